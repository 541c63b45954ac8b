// L’écran de la comparaison à l’aveugle, en français.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'
import { blind } from './blind.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const consoleBlind: RoomWords['sharing']['blind'] = {
  how: 'Un centre peut détenir des valeurs qu’il ne donne à personne. Cette station peut demander lesquelles elle détient elle-même : le centre apprend combien de valeurs ont été demandées, et rien de ce qui a été rencontré tant que personne ici ne le lui dit.',
  noHits: 'Rien de ce qui a été demandé ne figure sur la liste d’un centre.',
  noHub: 'Aucun centre : il n’y a personne à qui demander.',
  states: blind.states,
  met: (peer, events, first, last) =>
    `Figure sur la liste de ${peer}. Dans ${events} événements ici, du ${first} au ${last}.`,
  note: (note, marking) => `Le centre dit (TLP ${marking}) : ${note}`,
  by: (who) => `Décidé par ${who}.`,
  tell: 'Le dire au centre',
  keep: 'Ne pas le dire',
  since: (time) => `Depuis ${time}.`,
  facts: {
    tell: 'Rencontres',
    by: 'Activé par',
    asked: 'Valeurs demandées',
    listed: 'Entrées de sa liste',
    keys: 'Clés',
    ends: 'Clés valables jusqu’au',
  },
  tells: blind.tell,
  keys: (epoch, fingerprint) => `époque ${epoch}, ${fingerprint} (à comparer par téléphone)`,
  off: 'Ne plus demander',
  isOff: 'Ce centre n’est pas interrogé.',
  on: {
    title: (peer) => `Interroger ${peer}`,
    how: 'C’est le consentement de votre organisation à la question, pour un an. Les valeurs de plages privées et des listes d’avertissement ne sont pas demandées.',
    tell: 'Quand quelque chose est rencontré',
    tells: {
      each: 'une personne ici décide si le centre l’apprend',
      rule: 'le centre l’apprend, par cette règle',
    },
    by: 'Votre nom : vous le décidez pour votre organisation',
    go: 'Interroger dès maintenant',
  },
  hub: {
    title: 'Valeurs sensibles de ce centre',
    how: 'Personne ne les reçoit. Un membre qui en détient une lit votre note, et vous l’apprenez quand le membre le dit.',
    facts: { total: 'Valeurs', keys: 'Clés', ends: 'Clés valables jusqu’au' },
    keys: (epoch, fingerprint) => `époque ${epoch}, ${fingerprint}`,
    rotate: 'Nouvelles clés maintenant',
    values: 'Valeurs',
    noValues: 'Aucune valeur sensible.',
    valueColumns: ['Valeur', 'Genre', 'TLP', 'Dite par', 'Note', 'Retirer'],
    kinds: { address: 'adresse', domain: 'domaine', hash: 'empreinte' },
    remove: (value) => `Retirer ${value}`,
    members: 'Qui a demandé combien en 24 heures',
    noMembers: 'Aucun membre.',
    memberColumns: ['Membre', 'Adresses', 'Domaines et empreintes', 'Refusées', 'Dernière heure'],
    of: (asked, budget) => `${asked} sur ${budget}`,
  },
  add: {
    title: 'Ajouter des valeurs sensibles',
    how: 'Adresses, domaines et empreintes : une par ligne, CSV ou MISP.',
    file: 'Fichier',
    marking: 'Jusqu’où la note peut aller',
    markings: {
      amber: 'TLP:AMBER',
      'amber+strict': 'TLP:AMBER+STRICT',
      green: 'TLP:GREEN',
      clear: 'TLP:CLEAR',
    },
    note: 'Ce qui est dit à qui en détient une, par exemple qui appeler',
    go: 'Les ajouter',
    said: (added, known) =>
      `${n(added, 'valeur ajoutée', 'valeurs ajoutées')}, ${known} déjà connues.`,
  },
  budget: {
    title: 'Fixer le budget d’un membre',
    how: 'Des valeurs aveuglées ne disent pas ce qu’elles sont : seul leur nombre empêche un membre d’essayer toutes les adresses. Au plus un quart en une heure.',
    peer: 'Membre',
    address: 'Adresses par jour',
    other: 'Domaines et empreintes par jour',
    go: 'Le fixer',
  },
  log: {
    title: 'Ce qui a été fait',
    none: 'Rien encore.',
    columns: ['Quand', 'Pair', 'Quoi', 'À propos', 'Par'],
    acts: blind.acts,
  },
}
