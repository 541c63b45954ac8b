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
}

function metBy({ field, value, pattern }: Reason): string {
  const shown = excerpt(value, pattern)
  return field === 'keywords' ? `la ligne dit « ${shown} »` : `${field} vaut « ${shown} »`
}
