// Configurations and a zones file into what is said about them.

import type { ShownDevice, ShownPair } from '../../model/index.ts'
import type { Device } from '../network/device.ts'
import { openedBy } from '../network/opened.ts'
import type { Answer } from '../network/question.ts'
import { policiesOf } from '../network/sets.ts'
import { findingsIn } from './findings.ts'
import type { SegmentFinding } from './findings.ts'
import { allowedBy, families, judgeZones, worst } from './judge-zones.ts'
import type { PairVerdict } from './judge-zones.ts'
import type { OtService } from './ot-services.ts'
import { pivotWays } from './pivots.ts'
import { placeZones } from './place-zones.ts'
import type { PlacedZone } from './place-zones.ts'
import { shownAnswer } from './shown.ts'
import type { Plan } from './zones-file.ts'

export type SegmentWith = {
  readonly devices: readonly Device[]
  readonly before: readonly Device[] | null
  readonly services: readonly OtService[]
  /** As `2026-11-29`: conduits that ended before are expired. */
  readonly today: string
}

export type Segmented = {
  readonly pairs: readonly ShownPair[]
  readonly findings: readonly (SegmentFinding | OpenedFinding)[]
  readonly missing: readonly string[]
}

export type OpenedFinding = Omit<SegmentFinding, 'kind'> & { readonly kind: 'change_opened' }

export function segment(plan: Plan, { devices, before, services, today }: SegmentWith): Segmented {
  const pairs = judgeZones(plan, { devices, services })
  const shown =
    before === null
      ? pairs.map((pair) => ({ pair, opened: null }))
      : openedPairs(plan, { pairs, before })
  return {
    pairs: shown.map(({ pair, opened }) => shownPair(pair, opened)),
    findings: [
      ...shown.flatMap(({ pair, opened }) => openedFinding(pair, opened)),
      ...findingsIn(pairs, { services, ways: pivotWays(pairs, services), today }),
    ],
    missing: placeZones(plan, devices).flatMap((zone) => zone.missing),
  }
}

export type Opened = {
  readonly pairs: readonly PairVerdict[]
  readonly before: readonly Device[]
  /** Right after the change, where others came later. */
  readonly after?: readonly Device[] | undefined
}

/** What each pair lets through that it did not among the devices as they were. */
export function openedPairs(
  plan: Plan,
  { pairs, before, after }: Opened,
): readonly { readonly pair: PairVerdict; readonly opened: Answer | null }[] {
  const was: Placed = { devices: before, zones: placeZones(plan, before) }
  const since = after && { devices: after, zones: placeZones(plan, after) }
  return pairs.map((pair) => ({ pair, opened: openedIn(pair, was, since) }))
}

export function shownPair(
  { from, to, all, beyond }: PairVerdict,
  opened: Answer | null,
): ShownPair {
  return {
    from: from.id,
    to: to.id,
    fromKind: from.kind,
    toKind: to.kind,
    all: shownAnswer(all),
    beyond: shownAnswer(beyond),
    opened: opened === null ? null : shownAnswer(opened),
  }
}

type Placed = { readonly devices: readonly Device[]; readonly zones: readonly PlacedZone[] }

function openedIn(pair: PairVerdict, was: Placed, since: Placed | undefined): Answer | null {
  const ends = ({ zones }: Placed) => {
    const end = (zone: PlacedZone) => zones.find(({ id }) => id === zone.id)?.end ?? zone.end
    return { from: end(pair.from), to: end(pair.to) }
  }
  const found = families(pair.from, pair.to).flatMap((family) => {
    const now = {
      devices: pair.devices,
      from: pair.from.end,
      to: pair.to.end,
      family,
      named: pair.named,
      allowed: allowedBy(pair, family),
    }
    const opened = openedBy({
      now,
      before: was.devices,
      ends: ends(was),
      ...(since === undefined ? {} : { after: { devices: since.devices, ends: ends(since) } }),
    })
    if (opened === 'too_large')
      return [
        {
          ...pair.beyond,
          verdict: 'indeterminate' as const,
          witness: null,
          reasons: ['too_large' as const],
        },
      ]
    return opened === null ? [] : [opened]
  })
  return found.length === 0 ? null : worst(found)
}

const INSIDE = new Set(['ot', 'safety'])
const OUTSIDE = new Set(['internet', 'vendor'])

/** A change that opens a way into OT is critical by itself. */
export function openedFinding(
  { from, to }: PairVerdict,
  opened: Answer | null,
): readonly OpenedFinding[] {
  if (opened === null || opened.verdict === 'indeterminate') return []
  const isInside = INSIDE.has(to.kind) && !INSIDE.has(from.kind)
  const isToManagement = to.kind === 'management' && OUTSIDE.has(from.kind)
  return [
    {
      kind: 'change_opened',
      severity: isInside ? 'critical' : isToManagement ? 'high' : 'medium',
      from: from.id,
      to: to.id,
      verdict: opened.verdict,
      techniques: isInside ? ['T0886'] : [],
      about: [],
    },
  ]
}

export function shownDevice(device: Device): ShownDevice {
  const { name, source, make, interfaces, filters, limits } = device
  const applied = interfaces.flatMap(({ ingress, egress }) => [...ingress, ...egress])
  const rules = [
    ...new Set([
      ...policiesOf(device).flatMap(({ rules: own }) => own),
      ...filters.flatMap((one) => one.rules),
      ...applied.flatMap((one) => one.rules),
    ]),
  ]
  return {
    name,
    file: source,
    make,
    interfaces: interfaces.length,
    rules: rules.length,
    unreadRules: rules.filter(({ certainty }) => certainty === 'unknown').length,
    limits,
  }
}
