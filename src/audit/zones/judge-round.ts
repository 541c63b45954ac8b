// One round: configurations and the zones file that stands into verdicts, what each new change opened, and what is said of
// connections that were seen. Text in, answers out: it runs beside the station, in a process of its own.

import type {
  Opening,
  SeenFlow,
  SegmentFinding,
  ShownDeadRule,
  ShownDevice,
  ShownPair,
  UnusedWay,
} from '../../model/index.ts'
import type { Device } from '../network/device.ts'
import type { ReadWith } from '../read-config.ts'
import { deadIn } from '../segmentation/filter-questions.ts'
import { findingsIn } from '../segmentation/findings.ts'
import { judgeZones } from '../segmentation/judge-zones.ts'
import type { PairVerdict } from '../segmentation/judge-zones.ts'
import type { OtService } from '../segmentation/ot-services.ts'
import { pivotWays } from '../segmentation/pivots.ts'
import { placeZones } from '../segmentation/place-zones.ts'
import { openedFinding, openedPairs, shownPair } from '../segmentation/segment.ts'
import { shownAnswer } from '../segmentation/shown.ts'
import { readZones } from '../segmentation/zones-file.ts'
import type { Plan } from '../segmentation/zones-file.ts'
import { bordersOf } from './borders.ts'
import type { Borders } from './borders.ts'
import type { Given, GivenChange } from './gather-network.ts'
import { networkGiven } from './given-network.ts'
import type { Network, Text } from './given-network.ts'
import { judgeSeen } from './judge-seen.ts'
import type { Seen } from './seen-days.ts'

export type RoundAsk = Given & {
  readonly zones: string
  /** As `2026-11-29`. */
  readonly today: string
}

export type Round = {
  readonly devices: readonly (ShownDevice & { readonly id: string; readonly seenMs: number })[]
  readonly left: readonly string[]
  readonly pairs: readonly ShownPair[]
  readonly findings: readonly SegmentFinding[]
  readonly missing: readonly string[]
  readonly dead: readonly ShownDeadRule[]
  readonly openings: readonly { readonly diff: string; readonly openings: readonly Opening[] }[]
  readonly flows: readonly SeenFlow[]
  readonly unused: readonly UnusedWay[]
  readonly unseen: readonly string[]
  readonly span: Seen['span'] | null
}

export type RoundWith = {
  readonly tools: ReadWith
  readonly services: readonly OtService[]
  /** Connections that were seen between networks; `null` where nothing can be said of them. */
  readonly seen: (borders: Borders) => Promise<Seen | null>
}

/** Of a network with more, the first are kept. */
const DEAD_KEPT = 500

export async function judgeRound(
  { zones, today, devices: given, left, changes }: RoundAsk,
  { tools, services, seen }: RoundWith,
): Promise<Round> {
  const read = readZones(zones)
  if (!read.ok) throw new Error(`zones that were taken are not read: ${read.problems[0]?.kind}`)
  const { plan } = read
  const network = networkGiven(given, { tools, left })
  const { devices } = network
  const pairs = judgeZones(plan, { devices, services })
  const borders = bordersOf(plan, placeZones(plan, devices))
  const flows = borders === null ? null : await seen(borders)
  const told = flows === null ? null : judgeSeen(flows, { plan, pairs, devices, services })
  return {
    devices: given.map((one) => ({
      ...network.shown(one.name),
      id: one.id,
      seenMs: one.seenMs,
    })),
    left,
    pairs: pairs.map((pair) => shownPair(pair, null)),
    findings: [
      ...findingsIn(pairs, { services, ways: pivotWays(pairs, services), today }),
      ...(told?.findings ?? []),
    ],
    missing: placeZones(plan, devices).flatMap((zone) => zone.missing),
    dead: devices.flatMap(deadIn).slice(0, DEAD_KEPT),
    openings: changes.map((change, at) => ({
      diff: change.diff,
      openings: openingsOf(change, { plan, pairs, network, later: changes.slice(at + 1) }),
    })),
    flows: told?.flows ?? [],
    // What nobody looked at may be where a way was used.
    unused: flows?.span.tooMany.length === 0 ? (told?.unused ?? []) : [],
    unseen: told?.unseen ?? [],
    span: flows?.span ?? null,
  }
}

type Around = {
  readonly plan: Plan
  readonly pairs: readonly PairVerdict[]
  readonly network: Network
  /** Changes of other devices that came after this one and are looked at in the same round. */
  readonly later: readonly GivenChange[]
}

/** Each way is told of the change that made it one: of two that it needs, the later. */
function openingsOf(
  change: GivenChange,
  { plan, pairs, network, later }: Around,
): readonly Opening[] {
  const after = later.length === 0 ? undefined : network.before(later.map(textBefore))
  const before = network.before([change, ...later].map(textBefore))
  if (isSameTo(after ?? network.devices, before)) return []
  return openedPairs(plan, { pairs, before, after }).flatMap(({ pair, opened }) =>
    openedFinding(pair, opened).flatMap(({ from, to, severity }) =>
      opened === null ? [] : [{ from, to, severity, answer: shownAnswer(opened) }],
    ),
  )
}

function textBefore({ device, config, dialect }: GivenChange): Text {
  return { name: device, config, dialect }
}

const PLACES = new Set(['first', 'last', 'line', 'text', 'source', 'label'])

function isSameTo(now: readonly Device[], before: readonly Device[]): boolean {
  const rest = (all: readonly Device[], others: ReadonlySet<Device>) =>
    all.filter((one) => !others.has(one))
  return meaningOf(rest(now, new Set(before))) === meaningOf(rest(before, new Set(now)))
}

/** What of devices decides about packets, whatever lines they stand on. */
function meaningOf(devices: readonly Device[]): string {
  return JSON.stringify(devices, (key, value: unknown) =>
    PLACES.has(key) ? undefined : value instanceof Set ? [...value] : value,
  )
}
