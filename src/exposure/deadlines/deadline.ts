// By when a vulnerability on an asset must be fixed: a table, then reasons that may only shorten it, each kept beside the date.

import { DAY_MS, HOUR_MS } from '../../core/index.ts'
import type { Action, Basis, Facing, Modifier, Origin, Tier } from '../../model/index.ts'
import { bodTier } from './tables.ts'
import type { HumanImpact, Impact } from './tables.ts'

export type DeadlineInput = {
  /** CISA's list, or another that the operator trusts. */
  readonly listed: readonly {
    readonly list: string
    readonly addedMs: number | undefined
    readonly dueMs: number | undefined
    readonly ransomware: boolean
  }[]
  readonly facing: Facing
  /** A gateway, firewall, file transfer or management system: where nobody told, it is presumed reachable. */
  readonly isEdge: boolean
  readonly automatable: { readonly is: boolean; readonly from: Origin }
  readonly impact: { readonly is: Impact; readonly from: Origin }
  readonly humanImpact: HumanImpact | undefined
  /** Identity systems of the highest tier, or the way into operational technology. */
  readonly guardsIdentityOrOt: boolean
  readonly detectedMs: number
  /** A date that an authority set for all. */
  readonly directiveDueMs: number | undefined
  readonly supportEnded: boolean
}

export type Deadline = {
  readonly basis: Basis
  readonly dueMs: number | null
  readonly workByMs: number | null
  readonly mitigateByMs: number | null
  readonly triage: {
    readonly scopeByMs: number
    readonly evidenceByMs: number
    readonly decideByMs: number
  } | null
  readonly action: Action
}

/** BOD 26-04 table 1: calendar days. An upgrade has no date of its own. */
const DAYS: Readonly<Record<Tier, number | null>> = {
  'three-days-forensic': 3,
  'three-days': 3,
  'fourteen-days': 14,
  'sixty-days': 60,
  upgrade: null,
}
const SHORTER: Readonly<Record<Tier, Tier>> = {
  'three-days-forensic': 'three-days-forensic',
  'three-days': 'three-days',
  'fourteen-days': 'three-days',
  'sixty-days': 'fourteen-days',
  upgrade: 'sixty-days',
}
/** Hours: implementation guidance of BOD 26-04. Evidence is taken before the fix destroys it. */
const TRIAGE_HOURS = { scope: 2, evidence: 24, decide: 72 } as const
const CISA = 'CISA KEV'

export function deadlineOf(input: DeadlineInput): Deadline {
  const exploited = input.listed.length > 0
  const exposed = input.facing === 'internet' || (input.facing === 'unknown' && input.isEdge)
  const baseTier = bodTier({
    exploited,
    exposed,
    automatable: input.automatable.is,
    impact: input.impact.is,
  })
  const modifiers = modifiersOf(input, exposed)
  const tier = modifiers.reduce<Tier>((shortened) => SHORTER[shortened], baseTier)
  const startMs = Math.min(
    input.detectedMs,
    ...input.listed.map(({ addedMs }) => addedMs ?? Infinity),
  )
  const days = DAYS[tier]
  const { dueMs, cappedBy } = capped(days === null ? null : startMs + days * DAY_MS, input, exposed)
  const overdueOnArrival = dueMs !== null && dueMs < input.detectedMs
  return {
    basis: {
      exploited,
      lists: input.listed.map(({ list }) => list),
      ransomware: input.listed.some(({ ransomware }) => ransomware),
      exposed,
      facing: input.facing,
      automatable: input.automatable.is,
      automatableFrom: input.automatable.from,
      impact: input.impact.is,
      impactFrom: input.impact.from,
      baseTier,
      modifiers: [...modifiers],
      tier,
      start: new Date(startMs).toISOString(),
      cappedBy,
      overdueOnArrival,
      supportEnded: input.supportEnded,
    },
    dueMs,
    workByMs: overdueOnArrival ? input.detectedMs + DAY_MS : dueMs,
    mitigateByMs: exploited && exposed ? startMs + DAY_MS : null,
    triage: tier === 'three-days-forensic' ? triageFrom(input) : null,
    action: actionOf({ exploited, exposed, supportEnded: input.supportEnded }),
  }
}

function modifiersOf(input: DeadlineInput, exposed: boolean): readonly Modifier[] {
  const isFavoured = input.isEdge || input.listed.some(({ ransomware }) => ransomware)
  const matters = input.humanImpact === 'high' || input.humanImpact === 'very high'
  return [
    ...(matters ? (['human-impact'] as const) : []),
    ...(isFavoured ? (['favoured-target'] as const) : []),
    ...(exposed && input.guardsIdentityOrOt ? (['identity-or-ot'] as const) : []),
  ]
}

/** The earliest of what the table says, CISA's own date where it was set for an exposed asset, and a directive's. */
function capped(
  ofTable: number | null,
  { listed, directiveDueMs }: DeadlineInput,
  exposed: boolean,
): { readonly dueMs: number | null; readonly cappedBy: Basis['cappedBy'] } {
  const ofList = exposed ? Math.min(...listed.map(({ dueMs }) => dueMs ?? Infinity)) : Infinity
  const dueMs = Math.min(ofTable ?? Infinity, ofList, directiveDueMs ?? Infinity)
  if (dueMs === Infinity) return { dueMs: null, cappedBy: '' }
  if (dueMs === ofTable) return { dueMs, cappedBy: '' }
  return { dueMs, cappedBy: dueMs === ofList ? 'kev' : 'directive' }
}

/** From the moment both are known: that it is exploited, and that it is here. */
function triageFrom({ listed, detectedMs }: DeadlineInput): Deadline['triage'] {
  const added =
    listed.find(({ list }) => list === CISA)?.addedMs ?? listed[0]?.addedMs ?? detectedMs
  const fromMs = Math.max(added, detectedMs)
  return {
    scopeByMs: fromMs + TRIAGE_HOURS.scope * HOUR_MS,
    evidenceByMs: fromMs + TRIAGE_HOURS.evidence * HOUR_MS,
    decideByMs: fromMs + TRIAGE_HOURS.decide * HOUR_MS,
  }
}

/** CISA BOD 26-02: what has no more support is replaced; exploited and reachable, it is taken off the network. */
function actionOf({
  exploited,
  exposed,
  supportEnded,
}: {
  readonly exploited: boolean
  readonly exposed: boolean
  readonly supportEnded: boolean
}): Action {
  if (!supportEnded) return 'fix'
  return exploited && exposed ? 'disconnect' : 'replace'
}
