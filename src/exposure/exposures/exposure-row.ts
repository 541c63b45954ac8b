// One exposure as a row: its state, its dates, and whether anything of it changed.

import { createHash } from 'node:crypto'
import { DAY_MS, HOUR_MS } from '../../core/index.ts'
import { TIERS } from '../../model/index.ts'
import type { Basis } from '../../model/index.ts'
import { deadlineOf } from '../deadlines/deadline.ts'
import type { Deadline } from '../deadlines/deadline.ts'
import { severityOfScore } from '../imports/scanned.ts'
import { deadlineInput } from './deadline-input.ts'
import type { InputContext } from './deadline-input.ts'
import type { Estate, EstateAsset, ExposureBefore } from './estate.ts'
import type { KnownVulnerability } from './known.ts'
import type { Pair } from './pairs.ts'

/** CISA's own practice (CyHy): within ninety days it is the same ticket, and its clock goes on. */
const REOPEN_DAYS = 90

export type RowContext = {
  readonly estate: Estate
  readonly known: ReadonlyMap<string, KnownVulnerability>
  readonly nowMs: number
  /** By everything a deadline rests on: most assets share it. */
  readonly deadlines: Map<string, Deadline>
  readonly bases: ReturnType<typeof basisKeeper>
}

export function rowsOf(asset: EstateAsset, pairs: ReadonlyMap<string, Pair>, context: RowContext) {
  const before = context.estate.before.get(asset.id) ?? new Map<string, ExposureBefore>()
  const gone = [...before.values()]
    .filter(({ vulnerability }) => !pairs.has(vulnerability))
    .map(goneOf)
  return [...pairs.values(), ...gone].flatMap((pair) => {
    const was = before.get(pair.vulnerability)
    // Fixed before it was ever seen open: nothing to tell.
    if (was === undefined && (pair.state === 'fixed' || pair.state === 'not-affected')) return []
    return [rowOf(asset, pair, { ...context, was })]
  })
}

/** Nobody says it any more: the version that is seen now lies outside. */
function goneOf({
  vulnerability,
  product,
  version,
  severity,
  lastMs,
  state,
}: ExposureBefore): Pair {
  return {
    vulnerability,
    state: state === 'not-affected' ? state : 'fixed',
    product,
    vendor: '',
    version,
    sources: [],
    confidence: 100,
    reason: 'no-match',
    severity,
    firstMs: undefined,
    lastMs,
  }
}

type WithBefore = RowContext & { readonly was: ExposureBefore | undefined }

function rowOf(asset: EstateAsset, pair: Pair, context: WithBefore) {
  const { known, bases, was, nowMs } = context
  const isOpen = pair.state === 'open' || pair.state === 'unsure'
  const wasOpen = was?.state === 'open' || was?.state === 'unsure'
  const isReopened = isOpen && was?.state === 'fixed'
  const detectedMs = detectedOf(pair, { was, isReopened, nowMs })
  const vulnerability = known.get(pair.vulnerability)
  const deadline = sharedDeadline(asset, pair, { ...context, vulnerability, detectedMs })
  const isTold = pair.severity !== 'informational'
  const row = {
    asset: asset.id,
    vulnerability: pair.vulnerability,
    state: pair.state,
    product: pair.product.slice(0, 300),
    version: pair.version,
    sources: pair.sources,
    confidence: pair.confidence,
    reason: pair.reason,
    severity: isTold ? pair.severity : severityOfScore(vulnerability?.score ?? undefined),
    detected: iso(detectedMs),
    ...datesOf(deadline),
    action: pair.state === 'unsure' ? 'decide' : deadline.action,
    basis: bases.idOf(deadline.basis),
    fixed: isOpen || pair.state === 'not-affected' ? null : iso(was?.fixedMs ?? nowMs),
    proof: isOpen ? '' : proofOf(pair, was),
    reopened: (was?.reopened ?? 0) + (isReopened ? 1 : 0),
  }
  const digest = digestOf(row)
  return {
    row: { ...row, last_seen: iso(pair.lastMs), digest },
    isChanged: was?.digest !== digest || Math.abs(was.lastMs - pair.lastMs) > HOUR_MS,
    isOpened: isOpen && !wasOpen,
    needsTriage: pair.state === 'open' && row.triage !== null && was?.hadTriage !== true,
    isFixed: pair.state === 'fixed' && wasOpen,
  }
}

type Detection = {
  readonly was: ExposureBefore | undefined
  readonly isReopened: boolean
  readonly nowMs: number
}

function detectedOf({ firstMs }: Pair, { was, isReopened, nowMs }: Detection): number {
  const isSameTicket = !isReopened || nowMs - (was?.fixedMs ?? 0) <= REOPEN_DAYS * DAY_MS
  return was !== undefined && isSameTicket ? was.detectedMs : Math.min(firstMs ?? nowMs, nowMs)
}

/** What is written again only when it changed. When it was last seen is written apart. */
function digestOf(row: object): string {
  return createHash('sha1').update(JSON.stringify(row)).digest('base64').slice(0, 20)
}

function sharedDeadline(
  asset: EstateAsset,
  pair: Pair,
  { deadlines, ...context }: InputContext & Pick<RowContext, 'deadlines'>,
): Deadline {
  const { facing, facingBy, reached, criticality, zone, supportEndsMs, vendor, system } = asset
  const key = [
    pair.vulnerability,
    pair.vendor,
    pair.product,
    pair.version,
    context.detectedMs,
    facing,
    facingBy,
    reached > 0,
    criticality,
    zone,
    supportEndsMs,
    vendor,
    system,
  ].join('|')
  const before = deadlines.get(key)
  if (before !== undefined) return before
  const deadline = deadlineOf(deadlineInput(asset, pair, context))
  deadlines.set(key, deadline)
  return deadline
}

export type BasisRow = {
  readonly id: string
  readonly rank: number
  readonly exploited: boolean
  readonly exposed: boolean
  readonly content: Basis
}

/** Gives each basis its name, once for all that share it. */
export function basisKeeper() {
  const ids = new Map<Basis, string>()
  const rows = new Map<string, BasisRow>()
  return {
    idOf: (content: Basis): string => {
      const before = ids.get(content)
      if (before !== undefined) return before
      const id = createHash('sha1').update(JSON.stringify(content)).digest('base64url').slice(0, 20)
      const { exploited, exposed, tier } = content
      ids.set(content, id)
      rows.set(id, { id, rank: TIERS.indexOf(tier) + 1, exploited, exposed, content })
      return id
    },
    rowOf: (id: string): BasisRow | undefined => rows.get(id),
  }
}

function datesOf({ dueMs, workByMs, mitigateByMs, triage }: Deadline) {
  return {
    due: iso(dueMs),
    work_by: iso(workByMs),
    mitigate_by: iso(mitigateByMs),
    triage:
      triage === null
        ? null
        : {
            scopeBy: iso(triage.scopeByMs),
            evidenceBy: iso(triage.evidenceByMs),
            decideBy: iso(triage.decideByMs),
          },
  }
}

const MOST_TEXTS = 10_000
const texts = new Map<number, string>()

/** Most moments are met many times. */
function iso(ms: number | null): string | null {
  if (ms === null) return null
  const before = texts.get(ms)
  if (before !== undefined) return before
  if (texts.size > MOST_TEXTS) texts.clear()
  const text = new Date(ms).toISOString()
  texts.set(ms, text)
  return text
}

/** What shows that it is fixed. */
function proofOf(pair: Pair, was: ExposureBefore | undefined): string {
  if (pair.state === 'not-affected') return pair.reason === 'cleared' ? 'supplier' : 'scanner'
  if (was?.proof !== undefined && was.proof !== '') return was.proof
  return pair.reason === 'reported' ? 'rescan' : 'version'
}
