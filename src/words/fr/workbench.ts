// L’atelier des règles, en français.

import type { RoomWords } from '../en.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('fr', count, one, many)

export const workbench: RoomWords['workbench'] = {
  title: 'Écrire une règle',
  back: 'Retour aux règles',
  text: 'Texte Sigma',
  readable: (rules, filters, correlations) =>
    `Utilisable\u202F: ${[n(rules, 'règle', 'règles'), n(filters, 'exception', 'exceptions'), n(correlations, 'corrélation', 'corrélations')].filter((part) => !part.startsWith('0 ')).join(', ')}.`,
  errors: (count) => `Pas encore utilisable\u202F: ${n(count, 'erreur', 'erreurs')}.`,
  severities: { error: 'Erreur', remark: 'Remarque' },
  line: (line) => `ligne ${line}`,
  save: 'Mettre en service',
  saveAgain: 'Enregistrer la modification',
  saved: (name) => `Conservée sous ${name}. Elle juge les nouvelles lignes en quelques secondes.`,
  seeRules: 'Voir les règles',
  remove: 'Mettre hors service',
  removed: (name) => `${name} n’est plus là.`,
  trial: {
    title: 'Ce qu’elle aurait fait',
    how: 'Juge les événements conservés avec ce texte. Rien n’est gardé, aucune alerte n’est levée.',
    start: 'Essayer sur les événements conservés',
    stop: 'Arrêter',
    states: { running: 'Essai en cours', done: 'Essayée', stopped: 'Arrêté', failed: 'Échec' },
    old: 'Le texte a changé depuis.',
    hits: (hits, judged) =>
      `${n(hits, 'correspondance', 'correspondances')} dans ${judged} événements.`,
    accepted: (accepted, hits) =>
      `L’exception accepterait ${accepted} correspondances sur ${hits}.`,
    alerts: (alerts) => `Elles se regrouperaient en ${n(alerts, 'alerte', 'alertes')}.`,
    left: (alerts) => `Ce qui reste se regrouperait en ${n(alerts, 'alerte', 'alertes')}.`,
    wouldFlood: (most) =>
      `Elle se serait arrêtée d’elle-même\u202F: ${most} correspondances en une heure. Resserrez-la d’abord.`,
    leftOut: 'Trop bavarde, elle a été laissée de côté pour le reste de la période.',
    untried: (titles) => `Les corrélations ne font pas partie d’un essai\u202F: ${titles}.`,
    byRule: 'Par règle',
    rule: 'Règle',
    hitsColumn: 'Correspondances',
    acceptedColumn: 'Acceptées',
    entities: 'Le plus souvent sur',
    samples: 'Dernières correspondances',
    acceptedSamples: 'Dernières correspondances qui seraient acceptées',
    byDay: 'Correspondances par jour',
    byHour: 'Correspondances par heure',
    plot: (hits, per) => `${per}\u202F: ${hits} en tout`,
    asTable: 'En tableau',
  },
}
