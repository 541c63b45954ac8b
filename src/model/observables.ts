// What people and indicators look for in a row: addresses, names, accounts, hashes. They stand in columns of their own;
// the list of them is made when asked for, and an index over their numbers finds the rows that hold one.

import { columnText } from './event-column.ts'
import type { EventColumn } from './event-column.ts'

/** What products write where there is nothing. */
export const NO_OBSERVABLES = ['', '-', '0.0.0.0', '::'] as const
const NOTHING = NO_OBSERVABLES.map((text) => `'${text}'`).join(', ')

/** Words of a column that holds hashes as products write them, `SHA256=…,MD5=…`. */
export const HASH_WORDS = 'tokens(lower(file_hash))'
/** MD5 to SHA-512, in hexadecimal digits. */
const HASH = '^[0-9a-f]{32,128}$'

export type Observed = {
  readonly addresses: readonly EventColumn[]
  readonly texts: readonly EventColumn[]
}

export function observedOf(columns: readonly EventColumn[]): Observed {
  const observed = columns.filter(({ isObserved }) => isObserved === true)
  return {
    addresses: observed.filter(({ type }) => type === 'IPv6'),
    texts: observed.filter(({ type }) => type !== 'IPv6'),
  }
}

/** SQL of the row's observables: Array(String), lower case, none twice. */
export function observablesOf(columns: readonly EventColumn[]): string {
  const { addresses, texts } = observedOf(columns)
  const own = [
    ...addresses.map(columnText),
    ...texts.map(({ name }) => `lowerUTF8(toString(${name}))`),
  ]
  const all = `arrayConcat([${own.join(', ')}], arrayMap(o -> lowerUTF8(o), dns_answers), arrayFilter(o -> match(o, '${HASH}'), ${HASH_WORDS}), other_observables)`
  return `arrayDistinct(arrayFilter(o -> o NOT IN (${NOTHING}), ${all}))`
}

/** SQL of a number for each observable, Array(UInt64): what the index of the table holds. */
export function observableKeys(columns: readonly EventColumn[]): string {
  const { addresses, texts } = observedOf(columns)
  const own = [
    ...addresses.map(({ name }) => `cityHash64(${name})`),
    ...texts.map(({ name }) => `cityHash64(lowerUTF8(${name}))`),
  ]
  return `arrayConcat([${own.join(', ')}], arrayMap(o -> cityHash64(lowerUTF8(o)), dns_answers), arrayMap(o -> cityHash64(o), ${HASH_WORDS}), arrayMap(o -> cityHash64(o), other_observables))`
}
