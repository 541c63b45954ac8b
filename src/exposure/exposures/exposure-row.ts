// One exposure as a row: its state, its dates, and whether anything of it changed.

import { createHash } from 'node:crypto'
import { DAY_MS, HOUR_MS } from '../../core/index.ts'
import { severityOfScore } from '../imports/scanned.ts'
import { CONFIGURATION } from '../imports/write-seen.ts'
import type { ExposureBefore } from './before.ts'
import { standingOf } from './deadline-input.ts'
import type { DeadlineKeeper, NamedDeadline } from './deadline-keeper.ts'
import type { Estate, EstateAsset } from './estate.ts'
import type { KnownVulnerability } from './known.ts'
import type { Pair } from './pairs.ts'

/** CISA's own practice (CyHy): within ninety days it is the same ticket, and its clock goes on. */
const REOPEN_DAYS = 90

export type RowContext = {
  readonly estate: Estate
  readonly known: ReadonlyMap<string, KnownVulnerability>
  readonly nowMs: number
  readonly deadlines: DeadlineKeeper
}

export function rowsOf(asset: EstateAsset, pairs: ReadonlyMap<string, Pair>, context: RowContext) {
  const { before: past } = context.estate
  const before = past.exposures.get(asset.id) ?? new Map<string, ExposureBefore>()
  const gone = [...before.values()]
    .filter(({ vulnerability }) => !pairs.has(vulnerability))
    .map(goneOf)
  return [...pairs.values(), ...gone].flatMap((pair) => {
    const was = before.get(pair.vulnerability) ?? waitedBefore(past, asset.id, pair)
    // Fixed before it was ever seen open: nothing to tell.
    if (was === undefined && (pair.state === 'fixed' || pair.state === 'not-affected')) return []
    return [rowOf(asset, pair, { ...context, was })]
  })
}

/** It waited to be decided: the clock goes on. */
function waitedBefore(
  { undecided, lists }: Estate['before'],
  asset: string,
  { vulnerability, product, version, lastMs }: Pair,
): ExposureBefore | undefined {
  const entry = (undecided.get(asset) ?? [])
    .map(({ list }) => lists.get(list)?.get(vulnerability))
    .find((one) => one !== undefined)
  if (entry === undefined) return undefined
  return {
    ...entry,
    state: 'unsure',
    product,
    version,
    lastMs,
    fixedMs: undefined,
    proof: '',
    reopened: 0,
    hadTriage: false,
    wasUrgent: false,
    digest: '',
  }
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
  const { known, was, nowMs } = context
  const isOpen = pair.state === 'open' || pair.state === 'unsure'
  const wasOpen = was?.state === 'open' || was?.state === 'unsure'
  const isReopened = isOpen && was?.state === 'fixed'
  const detectedMs = detectedOf(pair, { was, isReopened, nowMs })
  const vulnerability = known.get(pair.vulnerability)
  const standing = standingOf(asset, pair, { support: context.estate.support, nowMs })
  const deadline = context.deadlines.deadlineOf(standing, pair.vulnerability, detectedMs)
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
    basis: deadline.basis.id,
    fixed: isOpen || pair.state === 'not-affected' ? null : iso(was?.fixedMs ?? nowMs),
    proof: isOpen ? '' : proofOf(pair, was, asset),
    reopened: (was?.reopened ?? 0) + (isReopened ? 1 : 0),
  }
  const digest = digestOf(row)
  return {
    row: { ...row, last_seen: iso(pair.lastMs), digest },
    isChanged: was?.digest !== digest || Math.abs(was.lastMs - pair.lastMs) > HOUR_MS,
    isOpened: pair.state === 'open' ? was?.state !== 'open' : isOpen && !wasOpen,
    needsTriage: pair.state === 'open' && row.triage !== null && was?.hadTriage !== true,
    isUrgent: isUrgent(pair, deadline) && was?.wasUrgent !== true,
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

/** Exploited, and reached from the public network or presumed to be: somebody acts now. */
function isUrgent({ state }: Pair, { basis: { exploited, exposed } }: NamedDeadline): boolean {
  return state === 'open' && exploited && exposed
}

function datesOf({ dueMs, workByMs, mitigateByMs, triage }: NamedDeadline) {
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
export function iso(ms: number | null): string | null {
  if (ms === null) return null
  const before = texts.get(ms)
  if (before !== undefined) return before
  if (texts.size > MOST_TEXTS) texts.clear()
  const text = new Date(ms).toISOString()
  texts.set(ms, text)
  return text
}

/** What shows that it is fixed. */
function proofOf(pair: Pair, was: ExposureBefore | undefined, { products }: EstateAsset): string {
  if (pair.state === 'not-affected') return pair.reason === 'cleared' ? 'supplier' : 'scanner'
  if (was?.proof !== undefined && was.proof !== '') return was.proof
  if (pair.reason === 'reported') return 'rescan'
  const product = (was?.product ?? pair.product).toLowerCase()
  const isConfigured = products.some(
    (one) => one.product.toLowerCase() === product && one.source === CONFIGURATION,
  )
  return isConfigured ? 'configuration' : 'version'
}
