// The kept verdicts as people and the API see them.

import { VigieError } from '../../core/index.ts'
import type {
  PairState,
  SegmentFlows,
  SegmentPair,
  Segmentation,
  ZoneEntry,
} from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import { readZones } from '../segmentation/zones-file.ts'
import type { KeptRound } from './keep-round.ts'
import { namesOf } from './keep-zones.ts'
import type { KeptZones } from './keep-zones.ts'
import { findingSentence } from './segment-alerts.ts'
import { entriesOf } from './zone-entries.ts'
import type { Entries } from './zone-entries.ts'

export type Standing = {
  readonly zones: KeptZones | null
  readonly round: KeptRound | null
  readonly nowMs: number
}

type Viewed = Standing & {
  readonly devices: readonly unknown[]
  /** Of what there is now. */
  readonly inputs: string
}

const at = (ms: number): string => new Date(ms).toISOString()

export function viewOf({ zones, round, nowMs, devices, inputs }: Viewed): Segmentation {
  const result = round?.result ?? null
  const names = namesOf(zones?.text ?? '')
  const problem = round !== null && round.result === null ? round.problem : null
  return {
    asOf: at(nowMs),
    state: stateOf({ zones, round, devices }),
    problem:
      problem === null
        ? null
        : {
            en: wordsOf('en').segment.notJudged(problem),
            fr: wordsOf('fr').segment.notJudged(problem),
          },
    stands: zones === null ? null : standsOf(zones),
    zones: entriesIn(zones).zones,
    made: result === null || round === null ? null : at(round.madeMs),
    isOld: round !== null && round.inputs.split(' ')[0] !== inputs,
    devices: (result?.devices ?? []).map(({ seenMs, ...device }) => ({
      ...device,
      seen: at(seenMs),
    })),
    left: result?.left ?? [],
    pairs: statesOf(result),
    findings: (result?.findings ?? []).map((finding) => ({
      ...finding,
      sentence: findingSentence(finding, names),
    })),
    missing: result?.missing ?? [],
    dead: result?.dead ?? [],
    span: result?.span ?? null,
  }
}

function stateOf({
  zones,
  round,
  devices,
}: Omit<Viewed, 'nowMs' | 'inputs'>): Segmentation['state'] {
  if (devices.length === 0) return 'no_devices'
  if (zones === null) return 'no_zones'
  if (round === null) return 'waiting'
  return round.result === null ? 'failed' : 'judged'
}

function statesOf(result: KeptRound['result']): PairState[] {
  const never = new Set(
    result?.flows.flatMap(({ state, from, to }) => (state === 'never' ? [`${from} ${to}`] : [])),
  )
  return (result?.pairs ?? []).map(({ from, to, all, beyond }) => ({
    from,
    to,
    all: all.verdict,
    beyond: beyond.verdict,
    isSeenNever: never.has(`${from} ${to}`),
  }))
}

function standsOf(zones: KeptZones) {
  const { text: _, ...version } = zones
  return version
}

function entriesIn(zones: KeptZones | null): Entries {
  const read = zones === null ? null : readZones(zones.text)
  return read?.ok === true ? entriesOf(read.file) : { zones: [], conduits: [] }
}

export function pairOf({ zones, round }: Standing, from: string, to: string): SegmentPair {
  const result = round?.result ?? null
  const pair = result?.pairs.find((one) => one.from === from && one.to === to)
  const entries = entriesIn(zones)
  const zoneOf = (id: string, kind: string): ZoneEntry =>
    entries.zones.find((one) => one.id === id) ?? {
      id,
      name: id,
      kind,
      prefixes: [],
      interfaces: [],
      purdue: null,
      targetLevel: null,
      suggestedBy: '',
    }
  if (result === null || pair === undefined)
    throw new VigieError('NOT_FOUND', { what: `${from} → ${to}` })
  const isOwn = (one: { readonly from: string; readonly to: string }) =>
    one.from === from && one.to === to
  const names = namesOf(zones?.text ?? '')
  return {
    from: zoneOf(from, pair.fromKind),
    to: zoneOf(to, pair.toKind),
    all: pair.all,
    beyond: pair.beyond,
    conduits: entries.conduits.filter(isOwn),
    findings: result.findings
      .filter(isOwn)
      .map((finding) => ({ ...finding, sentence: findingSentence(finding, names) })),
    flows: result.flows.filter(isOwn),
    devices: result.devices.map(({ name, id }) => ({ name, id })),
  }
}

export function flowsOf({ round, nowMs }: Standing): SegmentFlows {
  const result = round?.result ?? null
  return {
    asOf: at(nowMs),
    span: result?.span ?? null,
    flows: result?.flows ?? [],
    unused: result?.unused ?? [],
    unseen: result?.unseen ?? [],
  }
}
