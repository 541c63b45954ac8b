// Several layers over the same addresses become one row of ranges that do not overlap.

import { setImmediate as turn } from 'node:timers/promises'
import type { NetworkKind } from '../model/index.ts'
import type { KindOf } from './kinds.ts'
import type { Layer, NetworkRange } from './network-range.ts'

export type Operator = { readonly asn: number; readonly organisation: string }

export type Layers = {
  readonly operators: Layer<Operator>
  readonly countries: Layer<string>
  /** What a list says of single addresses goes before what is known of their network. */
  readonly kinds: Layer<NetworkKind>
}

const AT_ONCE = 20_000

/** Ascending ranges; neighbours that say the same are one. Lets others work in between: half a million take seconds. */
export async function mergeLayers(
  layers: Layers,
  kindOf: KindOf,
): Promise<readonly NetworkRange[]> {
  const operators = new Cursor(layers.operators)
  const countries = new Cursor(layers.countries)
  const kinds = new Cursor(layers.kinds)
  const edges = edgesOf([layers.operators, layers.countries, layers.kinds])
  const merged: NetworkRange[] = []
  for (let at = 0; at + 1 < edges.length; at += 1) {
    if (at % AT_ONCE === 0) await turn()
    const [first, next] = [edges[at] ?? 0n, edges[at + 1] ?? 0n]
    const operator = operators.at(first)
    const country = countries.at(first) ?? ''
    const listed = kinds.at(first)
    if (operator === undefined && country === '' && listed === undefined) continue
    const asn = operator?.asn ?? 0
    const organisation = operator?.organisation ?? ''
    const kind = listed ?? kindOf(asn, organisation)
    append(merged, { first, last: next - 1n, asn, organisation, kind, country })
  }
  return merged
}

function append(merged: NetworkRange[], range: NetworkRange): void {
  const before = merged.at(-1)
  if (before !== undefined && before.last + 1n === range.first && saysTheSame(before, range))
    merged[merged.length - 1] = { ...before, last: range.last }
  else merged.push(range)
}

function saysTheSame(one: NetworkRange, other: NetworkRange): boolean {
  return (
    one.asn === other.asn &&
    one.country === other.country &&
    one.kind === other.kind &&
    one.organisation === other.organisation
  )
}

/** Where something begins or has just ended, ascending, each once. */
function edgesOf(layers: readonly Layer<unknown>[]): BigUint64Array {
  const size = layers.reduce((sum, layer) => sum + layer.length * 2, 0)
  const all = new BigUint64Array(size)
  let filled = 0
  for (const layer of layers)
    for (const { first, last } of layer) {
      all[filled] = first
      all[filled + 1] = last + 1n
      filled += 2
    }
  all.sort()
  let kept = 0
  for (const edge of all)
    if (kept === 0 || all[kept - 1] !== edge) {
      all[kept] = edge
      kept += 1
    }
  return all.subarray(0, kept)
}

/** Walks a sorted layer once; where ranges overlap, the one that began last speaks. */
class Cursor<Value> {
  readonly #layer: Layer<Value>
  #next = 0
  #open: Layer<Value>[number][] = []

  constructor(layer: Layer<Value>) {
    this.#layer = layer.toSorted((one, other) =>
      one.first < other.first ? -1 : one.first > other.first ? 1 : one.last > other.last ? -1 : 1,
    )
  }

  /** Asked with ascending positions. */
  at(position: bigint): Value | undefined {
    for (
      let coming = this.#layer[this.#next];
      coming !== undefined && coming.first <= position;
      coming = this.#layer[this.#next]
    ) {
      this.#open.push(coming)
      this.#next += 1
    }
    while ((this.#open.at(-1)?.last ?? position) < position) this.#open.pop()
    return this.#open.at(-1)?.value
  }
}
