// Ce qu’une alerte dit d’elle-même.

import type { EntityKind, Reason } from '../../model/index.ts'
import type { Words } from '../en.ts'
import { excerpt } from '../excerpt.ts'

const KINDS: Readonly<Record<EntityKind, string>> = {
  account: 'Compte',
  address: 'Adresse',
  device: 'Appareil',
  source: 'Source',
}

export const detect: Words['detect'] = {
  entityKind: (kind: EntityKind): string => KINDS[kind],
  why: (kind: EntityKind, entity: string, title: string, reasons: readonly Reason[]): string => {
    const [first, ...others] = reasons
    const met = first === undefined ? '' : ` : ${metBy(first)}`
    const more =
      others.length === 0
        ? ''
        : `, et ${others.length === 1 ? 'un autre indice' : `${others.length} autres indices`}`
    return `${KINDS[kind]} ${entity} : ${title}${met}${more}.`
  },
  unknownEntity: 'non nommé dans la ligne',
  rareHour: {
    title: 'Une heure plus rare que d’habitude',
    why: ({ kind, entity, titles, beside, of }) => {
      const met = `${KINDS[kind]} ${entity} : ${together(titles)}`
      const near = beside.length === 0 ? '' : `, et ${together(beside)} à moins de trois heures`
      return of === null
        ? `${met} : dangereux en soi, signalé quel que soit le budget.`
        : `${met}, en une heure${near}; au plus une heure sur ${of.toLocaleString('fr-CA')} pèse autant.`
    },
  },
}

const SHOWN_TITLES = 3

function together(titles: readonly string[]): string {
  const shown = titles.slice(0, SHOWN_TITLES).map((title) => `«\u202f${title}\u202f»`)
  const left = titles.length - shown.length
  return left === 0 ? shown.join(', ') : `${shown.join(', ')} et ${left} de plus`
}

function metBy(reason: Reason): string {
  const { field, value, pattern, timespan } = reason
  if (timespan !== undefined) return metWithin(reason, timespan)
  const shown = excerpt(value, pattern)
  return field === 'keywords'
    ? `la ligne dit «\u202f${shown}\u202f»`
    : `${field} vaut «\u202f${shown}\u202f»`
}

const UNITS: Readonly<Record<string, string>> = {
  s: 's',
  m: 'min',
  h: 'h',
  d: 'j',
  w: 'semaines',
  M: 'mois',
  y: 'ans',
}

/** D’une corrélation : `selection` est son type. */
function metWithin({ selection, field, value, pattern }: Reason, timespan: string): string {
  const within = `en ${timespan.slice(0, -1)} ${UNITS[timespan.slice(-1)] ?? ''}`
  const wanted = pattern === '' ? '' : ` (${pattern})`
  switch (selection) {
    case 'event_count':
      return `${value} événements ${within}${wanted}`
    case 'value_count':
      return `${value} valeurs distinctes de ${field} ${within}${wanted}`
    case 'value_sum':
      return `la somme de ${field} atteint ${value} ${within}${wanted}`
    case 'value_avg':
      return `${field} vaut ${value} en moyenne ${within}${wanted}`
    case 'value_percentile':
    case 'value_median':
      return `${field} se situe à ${value} ${within}${wanted}`
    case 'temporal_ordered':
      return `${value} règles rencontrées dans leur ordre ${within}${wanted}`
    default:
      return `${value} règles rencontrées ${within}${wanted}`
  }
}
