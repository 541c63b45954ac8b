// Les règles, analyses et contrôles des centres sur les écrans du partage.

import type { consoleContent as english } from '../en/console-content.ts'
import { shareContent } from './share-content.ts'

export const consoleContent: typeof english = {
  title: 'Règles, analyses et contrôles',
  how: 'Ce que vos centres ont écrit pour trouver des intrus. Ce qui est mis en service est passé sur tout ce qui est conservé, et le centre apprend combien de fois cela a été rencontré, ou que cela ne l’a pas été.',
  none: 'Aucun centre n’en a encore envoyé.',
  kinds: shareContent.kinds,
  states: shareContent.states,
  answers: shareContent.answers,
  seen: shareContent.seen,
  from: (organisation, version) => `De ${organisation}, version du ${version}.`,
  facts: {
    reason: 'Pourquoi',
    seen: 'Ici',
    used: 'En service depuis',
    before: 'Encore en service',
  },
  usedBy: (by, since) => `${since}, accepté par ${by}`,
  byAgreement: (since) => `${since}, selon l’entente`,
  before: (version) => `la version du ${version}`,
  text: 'Son texte',
  accept: (name) => `Mettre « ${name} » en service`,
  decline: (name) => `Ne pas se servir de « ${name} »`,
  given: {
    title: 'Règles, analyses et contrôles donnés',
    none: 'Aucun n’a été donné. Donnez le fichier d’une règle, d’une analyse ou d’un contrôle comme tout autre fichier.',
    columns: ['Quoi', 'Membre', 'État là-bas', 'Pourquoi', 'Rencontré là-bas', 'Dit'],
    nobody: 'aucun membre encore',
    nothingSaid: shareContent.nothingSaid,
    withdrawn: (name) => `${name} (retiré)`,
    withdraw: (name) => `Retirer « ${name} »`,
  },
}
