// What in the verdicts calls for somebody to act.

import type { Severity } from '../../model/index.ts'
import type { Verdict } from '../network/question.ts'
import type { PairVerdict } from './judge-zones.ts'
import type { OtService } from './ot-services.ts'
import type { PivotWay } from './pivots.ts'
import type { ZoneKind } from './zones-file.ts'

export const FINDING_KINDS = [
  'ot_reachable',
  'management_reachable',
  'ot_to_outside',
  'vendor_reaches',
  'beyond_conduit',
  'unauthenticated_protocol',
  'pivot',
  'conduit_expired',
  'conduit_without_way',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

export type SegmentFinding = {
  readonly kind: FindingKind
  readonly severity: Severity
  readonly from: string
  readonly to: string
  readonly verdict: Verdict
  /** ATT&CK for ICS. */
  readonly techniques: readonly string[]
  /** Zones on the way, or services by their id. */
  readonly about: readonly string[]
}

const INSIDE = new Set<ZoneKind>(['ot', 'safety'])

/** From here into OT is no ordinary way. */
const TECHNIQUES: Readonly<Partial<Record<ZoneKind, readonly string[]>>> = {
  internet: ['T0883', 'T0822'],
  vendor: ['T0822', 'T0886'],
  it: ['T0886'],
}

export function findingsIn(
  pairs: readonly PairVerdict[],
  {
    services,
    ways,
    today,
  }: {
    readonly services: readonly OtService[]
    readonly ways: readonly PivotWay[]
    readonly today: string
  },
): readonly SegmentFinding[] {
  return [
    ...pairs.flatMap((pair) => beyondFindings(pair)),
    ...pairs.flatMap((pair) => protocolFindings(pair, services)),
    ...pairs.flatMap((pair) => conduitFindings(pair, today)),
    ...ways.map(({ zones, isSure }): SegmentFinding => ({
      kind: 'pivot',
      severity: isSure ? 'high' : 'medium',
      from: zones[0] ?? '',
      to: zones.at(-1) ?? '',
      verdict: isSure ? 'open' : 'conditional',
      techniques: ['T0886', 'T0867'],
      about: zones.slice(1, -1),
    })),
  ]
}

function beyondFindings({ from, to, beyond }: PairVerdict): readonly SegmentFinding[] {
  const { verdict } = beyond
  if (verdict !== 'open' && verdict !== 'conditional') return []
  const isOpen = verdict === 'open'
  const made = (kind: FindingKind, severity: Severity, techniques: readonly string[] = []) => [
    {
      kind,
      severity,
      from: from.id,
      to: to.id,
      verdict,
      techniques,
      about: [...beyond.services.keys()],
    },
  ]
  if (INSIDE.has(to.kind) && !INSIDE.has(from.kind)) {
    const isOutside = from.kind === 'internet' || from.kind === 'vendor'
    return made(
      'ot_reachable',
      isOpen ? (isOutside ? 'critical' : 'high') : 'medium',
      TECHNIQUES[from.kind] ?? ['T0886'],
    )
  }
  if (to.kind === 'management' && (from.kind === 'internet' || from.kind === 'vendor'))
    return made('management_reachable', isOpen ? 'high' : 'medium', ['T0883'])
  if (INSIDE.has(from.kind) && to.kind === 'internet')
    return made('ot_to_outside', isOpen ? 'high' : 'medium', ['T0883'])
  if (from.kind === 'vendor' && to.kind !== 'internet')
    return made('vendor_reaches', isOpen ? 'high' : 'medium', ['T0822'])
  return from.kind === 'undecided' || to.kind === 'undecided' || to.kind === 'internet'
    ? []
    : made('beyond_conduit', isOpen ? 'medium' : 'low')
}

/** A protocol that anybody may use who reaches it, across a border: also where a conduit allows it. */
function protocolFindings(
  { from, to, all, beyond }: PairVerdict,
  services: readonly OtService[],
): readonly SegmentFinding[] {
  if (!INSIDE.has(to.kind) || from.kind === to.kind) return []
  const open = services.filter(
    ({ id, authenticates, field }) =>
      field &&
      !authenticates &&
      all.services.get(id) === 'open' &&
      beyond.services.get(id) !== 'open',
  )
  if (open.length === 0) return []
  return [
    {
      kind: 'unauthenticated_protocol',
      severity: 'medium',
      from: from.id,
      to: to.id,
      verdict: 'open',
      techniques: ['T0886'],
      about: open.map(({ id }) => id),
    },
  ]
}

function conduitFindings(
  { from, to, conduits, all }: PairVerdict,
  today: string,
): readonly SegmentFinding[] {
  const shared = { from: from.id, to: to.id, verdict: all.verdict, techniques: [] }
  const expired = conduits.filter(({ expires }) => expires !== null && expires < today)
  const found: SegmentFinding[] = expired.map(({ allow }) => ({
    kind: 'conduit_expired',
    severity: 'medium',
    ...shared,
    about: allow,
  }))
  if (conduits.length > 0 && all.verdict === 'blocked')
    found.push({
      kind: 'conduit_without_way',
      severity: 'low',
      ...shared,
      about: conduits.flatMap(({ allow }) => allow),
    })
  return found
}
