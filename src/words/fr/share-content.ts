// Ce qui se dit des règles, analyses et contrôles entre centres et stations.

import type { Words } from '../en.ts'

export const shareContent: Words['shareContent'] = {
  brief:
    'Règles, analyses et contrôles des centres : ce qui est venu, ce qui sert, ce que les membres répondent',
  list: 'Énumérer ce que les centres ont envoyé; sur un centre, ce qui a été donné et ce qu’en dit chaque membre',
  show: 'Montrer le texte de l’un d’eux',
  accept: 'En mettre un en service, et le passer sur ce qui est conservé',
  decline: 'Ne pas s’en servir, ou le retirer du service',
  accepted: 'Il est en service. Ce qui est conservé est en recherche.',
  declined: 'Il n’est pas en service ici. Le centre en est avisé.',
  none: 'Rien de tel n’est venu ni n’a été donné.',
  noSuch: (id) => `${id}, qu’aucun centre n’a envoyé`,
  expected: 'un identifiant de « vigie share content »',
  kinds: { rule: 'règle Sigma', analytic: 'analyse', check: 'contrôle de configurations' },
  answers: {
    'in use': 'en service',
    asked: 'attend une personne',
    declined: 'décliné',
    refused: 'inutilisable',
  },
  states: {
    taken: 'en vérification',
    asked: 'attend une personne',
    searching: 'en service; en recherche',
    answered: 'en service',
    'not watched': 'inutilisable',
    declined: 'décliné',
    kept: 'gardé',
    refused: 'refusé',
    withdrawn: 'retiré',
  },
  usedBefore: (version) => `la version ${version} reste en service`,
  seen: (count) => (count === 0 ? 'cherché, pas vu' : `vu ${count} fois`),
  nothingSaid: 'rien de dit',
  given: (name, kind) => `${name} (${kind})`,
  withdrawn: 'retiré',
}
