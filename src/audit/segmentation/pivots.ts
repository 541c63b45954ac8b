// Ways on foot: from IT over a host of one zone into the next, until OT. One way through two hops is worth as much to an
// intruder as a direct one.

import type { PairVerdict } from './judge-zones.ts'
import type { OtService } from './ot-services.ts'
import type { ZoneKind } from './zones-file.ts'

export type PivotWay = {
  /** Zones from first to last. */
  readonly zones: readonly string[]
  /** For each step, the services that give a foothold or reach the process. */
  readonly services: readonly (readonly string[])[]
  /** Every step is proven; else a condition stands on one of them. */
  readonly isSure: boolean
}

const OUTSIDE = new Set<ZoneKind>(['it', 'internet', 'vendor'])
const INSIDE = new Set<ZoneKind>(['ot', 'safety'])

const MOST_WAYS = 50
const MOST_HOPS = 4

type Edge = { readonly to: string; readonly services: readonly string[]; readonly isSure: boolean }

/** Ways with at least one zone between, the shortest first; no zone twice. */
export function pivotWays(
  pairs: readonly PairVerdict[],
  catalogue: readonly OtService[],
): readonly PivotWay[] {
  const kinds = new Map(
    pairs.flatMap(({ from, to }) => [[from.id, from.kind] as const, [to.id, to.kind] as const]),
  )
  const edges = edgesOf(pairs, catalogue)
  const found: PivotWay[] = []
  let ways: readonly PivotWay[] = [...kinds]
    .filter(([, kind]) => OUTSIDE.has(kind))
    .map(([id]) => ({ zones: [id], services: [], isSure: true }))
  for (let hops = 1; hops <= MOST_HOPS && found.length < MOST_WAYS; hops += 1) {
    ways = ways.flatMap((way) => longer(way, edges, kinds))
    found.push(
      ...ways.filter(
        ({ zones }) => hops > 1 && INSIDE.has(kinds.get(zones.at(-1) ?? '') ?? 'undecided'),
      ),
    )
    // Who is inside has arrived.
    ways = ways
      .filter(({ zones }) => !INSIDE.has(kinds.get(zones.at(-1) ?? '') ?? 'undecided'))
      .slice(0, MOST_WAYS * MOST_WAYS)
  }
  return found.slice(0, MOST_WAYS)
}

function longer(
  way: PivotWay,
  edges: ReadonlyMap<string, readonly Edge[]>,
  kinds: ReadonlyMap<string, ZoneKind>,
): readonly PivotWay[] {
  return (edges.get(way.zones.at(-1) ?? '') ?? [])
    .filter(({ to }) => !way.zones.includes(to) && kinds.get(to) !== 'internet')
    .map(({ to, services, isSure }) => ({
      zones: [...way.zones, to],
      services: [...way.services, services],
      isSure: way.isSure && isSure,
    }))
}

/** Into a host on the way only services count that give a foothold; into OT the field protocols as well. */
function edgesOf(
  pairs: readonly PairVerdict[],
  catalogue: readonly OtService[],
): ReadonlyMap<string, readonly Edge[]> {
  const edges = new Map<string, Edge[]>()
  for (const { from, to, all } of pairs) {
    if (all.verdict !== 'open' && all.verdict !== 'conditional') continue
    const counts = catalogue.filter(({ id, foothold }) => {
      const verdict = all.services.get(id)
      return (verdict === 'open' || verdict === 'conditional') && (foothold || INSIDE.has(to.kind))
    })
    if (counts.length === 0) continue
    const services = counts.map(({ id }) => id)
    const isSure = services.some((id) => all.services.get(id) === 'open')
    edges.set(from.id, [...(edges.get(from.id) ?? []), { to: to.id, services, isSure }])
  }
  return edges
}
