// Where knowledge of networks comes from, and all of it laid together.

import type { NetworkKind, NetworkSource } from '../model/index.ts'
import type { KindOf } from './kinds.ts'
import { mergeLayers } from './merge.ts'
import type { NetworkRange } from './network-range.ts'
import { readCountries, readListed, readOperators } from './read-lists.ts'

export type Sources = {
  /** Files of `first,last,number,name`. */
  readonly operators: readonly string[]
  /** Files of `first,last,country`. */
  readonly countries: readonly string[]
  /** Files of addresses and networks of one kind, such as exits of Tor. */
  readonly lists: readonly { readonly kind: NetworkKind; readonly file: string }[]
  readonly said: readonly NetworkSource[]
}

/** Throws NETWORKS_REFUSED, NOTHING_TO_READ. */
export async function readSources(
  { operators, countries, lists }: Sources,
  kindOf: KindOf,
): Promise<readonly NetworkRange[]> {
  const listed = await Promise.all(lists.map(({ kind, file }) => readListed(file, kind)))
  const layers = {
    operators: await readOperators(operators),
    countries: await readCountries(countries),
    kinds: listed.flat(),
  }
  return mergeLayers(layers, kindOf)
}

/** When the oldest of them was made: the whole is no newer. */
export function oldestOf(said: readonly NetworkSource[]): string {
  return said.map(({ dated }) => dated).toSorted()[0] ?? new Date(0).toISOString()
}
