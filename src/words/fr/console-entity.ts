// Ce que dit la page d’une entité.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'
import { networks } from './networks.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const consoleEntity: RoomWords['entityPage'] = {
  what: 'Ce que c’est',
  alsoNamed: 'Aussi nommé',
  network: 'Réseau',
  account: 'Compte',
  tier: (tier) => `niveau ${tier}`,
  kinds: networks.kinds,
  assurance: 'Gardé par',
  critical: 'critique',
  importance: 'Criticité',
  zone: 'Zone',
  owner: 'Responsable',
  facing: 'Joignable depuis',
  unknown: 'Aucun annuaire, inventaire ni donnée de réseau n’en parle.',
  risk: 'Constaté en 30 jours',
  found: (findings, days) => `${n(findings, 'constat', 'constats')} en ${n(days, 'jour', 'jours')}`,
  none: 'Rien n’a été constaté en 30 jours.',
  rare: (hour, score) => `${hour} : signalée comme heure rare (poids ${score})`,
  usual: 'L’habitude, et aujourd’hui',
  usualNone:
    'Rien n’est gardé de ses habitudes. Les connexions, programmes et flux qui arrivent y remédient.',
  usualColumns: {
    what: 'Quoi',
    value: 'Valeur',
    days: 'Jours avant',
    last: 'Dernier',
    today: 'Aujourd’hui',
  },
  today: 'oui',
  newToday: 'nouveau aujourd’hui',
  notToday: 'non',
  aspects: {
    network: 'réseau',
    machine: 'machine',
    program: 'programme',
    target: 'connecté à',
    started: 'programme lancé',
    place: 'se connecte à',
    account: 'compte',
    event: 'type d’événement',
  },
  rules: 'Ce qui a constaté quelque chose',
  ruleColumns: { severity: 'Gravité', title: 'Règle', findings: 'Constats', last: 'Dernier' },
  rulesNone: 'Rien n’y a jamais été constaté.',
  alerts: 'Alertes',
  alertsNone: 'Aucune alerte n’a jamais été levée à son sujet.',
  hunt: 'Ses événements de 30 jours',
}
