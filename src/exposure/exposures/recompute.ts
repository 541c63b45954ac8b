// Exposures follow from findings, products and knowledge. Worked out for the whole estate, for some assets, or for some vulnerabilities.

import { DAY_MS } from '../../core/index.ts'
import { HUMAN_IMPACTS } from '../../model/index.ts'
import type { Facing } from '../../model/index.ts'
import { deadlineOf } from '../deadlines/deadline.ts'
import type { Deadline, DeadlineInput } from '../deadlines/deadline.ts'
import { isEdgeProduct } from '../deadlines/edge-products.ts'
import { estimate } from '../deadlines/estimate.ts'
import { severityOfScore } from '../imports/scanned.ts'
import { foldName } from '../knowledge/criterion.ts'
import { insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import { openCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import { exposureDigest, loadEstate } from './estate.ts'
import type { Scope, Estate, EstateAsset, ExposureBefore, KnownVulnerability } from './estate.ts'
import { pairsOf } from './pairs.ts'
import type { Pair } from './pairs.ts'

export type Recomputed = {
  readonly pairs: number
  readonly opened: number
  readonly fixed: number
  readonly triage: readonly { readonly asset: string; readonly vulnerability: string }[]
}

/** CISA's own practice (CyHy): within ninety days it is the same ticket, and its clock goes on. */
const REOPEN_DAYS = 90

export async function recompute(work: Work, scope: Scope, nowMs: number): Promise<Recomputed> {
  const estate = await loadEstate(work, scope)
  const installed = estate.assets.flatMap(({ products }) => products)
  const catalogue = await openCatalogue(work, installed, scope.vulnerabilities)
  const paired = estate.assets.map((asset) => ({ asset, pairs: pairsOfAsset(asset, catalogue) }))
  const ids = new Set([
    ...paired.flatMap(({ pairs }) => [...pairs.keys()]),
    ...[...estate.before.values()].flatMap((ofAsset) => [...ofAsset.keys()]),
  ])
  const known = await estate.known([...ids])
  const rows = paired.flatMap(({ asset, pairs }) => rowsOf(asset, pairs, { estate, known, nowMs }))
  const changed = rows.filter(({ isChanged }) => isChanged).map(({ row }) => row)
  await insertInBulk(work, 'exposures', {
    rows: changed,
    columns: COLUMNS,
    onConflict: ON_CONFLICT,
  })
  const opened = rows.filter(({ isOpened }) => isOpened)
  return {
    pairs: rows.length,
    opened: opened.length,
    fixed: rows.filter(({ isFixed }) => isFixed).length,
    triage: opened
      .filter(({ row }) => row.triage !== null)
      .map(({ row: { asset, vulnerability } }) => ({ asset, vulnerability })),
  }
}

function pairsOfAsset(asset: EstateAsset, catalogue: Catalogue): ReadonlyMap<string, Pair> {
  const inferred = asset.products.flatMap((installed) =>
    catalogue
      .matches(installed)
      .map((match) => ({ ...match, installed, lastMs: installed.lastMs })),
  )
  return pairsOf(asset.scanners, inferred)
}

const COLUMNS =
  'asset text, vulnerability text, state text, product text, version text, sources jsonb, confidence integer, reason text, severity text, detected timestamptz, last_seen timestamptz, due timestamptz, work_by timestamptz, mitigate_by timestamptz, triage jsonb, action text, basis jsonb, fixed timestamptz, proof text, reopened integer'
const ON_CONFLICT = `ON CONFLICT (asset, vulnerability) DO UPDATE SET ${COLUMNS.split(', ')
  .slice(2)
  .map((column) => column.split(' ')[0] ?? '')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')}`

type RowContext = {
  readonly estate: Estate
  readonly known: ReadonlyMap<string, KnownVulnerability>
  readonly nowMs: number
}

function rowsOf(asset: EstateAsset, pairs: ReadonlyMap<string, Pair>, context: RowContext) {
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

function rowOf(
  asset: EstateAsset,
  pair: Pair,
  { estate, known, nowMs, was }: RowContext & { readonly was: ExposureBefore | undefined },
) {
  const isOpen = pair.state === 'open' || pair.state === 'unsure'
  const wasOpen = was?.state === 'open' || was?.state === 'unsure'
  const isReopened = isOpen && was?.state === 'fixed'
  const isSameTicket = !isReopened || nowMs - (was.fixedMs ?? 0) <= REOPEN_DAYS * DAY_MS
  const detectedMs =
    was !== undefined && isSameTicket ? was.detectedMs : Math.min(pair.firstMs ?? nowMs, nowMs)
  const vulnerability = known.get(pair.vulnerability)
  const deadline = deadlineOf(inputOf(asset, pair, { vulnerability, detectedMs, estate, nowMs }))
  const fixedMs = isOpen || pair.state === 'not-affected' ? null : (was?.fixedMs ?? nowMs)
  const scored =
    pair.severity === 'informational'
      ? severityOfScore(vulnerability?.score ?? undefined)
      : pair.severity
  const row = {
    asset: asset.id,
    vulnerability: pair.vulnerability,
    state: pair.state,
    product: pair.product.slice(0, 300),
    version: pair.version,
    sources: pair.sources,
    confidence: pair.confidence,
    reason: pair.reason,
    severity: scored,
    detected: iso(detectedMs),
    last_seen: iso(pair.lastMs),
    ...datesOf(deadline),
    action: pair.state === 'unsure' ? 'decide' : deadline.action,
    basis: deadline.basis,
    fixed: iso(fixedMs),
    proof: isOpen ? '' : proofOf(pair, was),
    reopened: (was?.reopened ?? 0) + (isReopened ? 1 : 0),
  }
  const digest = exposureDigest({ ...row, detectedMs, fixedMs, dueMs: deadline.dueMs })
  return {
    row,
    isChanged: was?.digest !== digest || Math.abs(was.lastMs - pair.lastMs) > 3_600_000,
    isOpened: isOpen && !wasOpen,
    isFixed: pair.state === 'fixed' && wasOpen,
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

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

/** What shows that it is fixed. */
function proofOf(pair: Pair, was: ExposureBefore | undefined): string {
  if (pair.state === 'not-affected') return pair.reason === 'cleared' ? 'supplier' : 'scanner'
  if (was?.proof !== undefined && was.proof !== '') return was.proof
  return pair.reason === 'reported' ? 'rescan' : 'version'
}

type InputContext = {
  readonly vulnerability: KnownVulnerability | undefined
  readonly detectedMs: number
  readonly estate: Estate
  readonly nowMs: number
}

function inputOf(
  asset: EstateAsset,
  pair: Pair,
  { vulnerability, detectedMs, estate, nowMs }: InputContext,
): DeadlineInput {
  const listed = listsOf(vulnerability)
  const { automatable, impact } = estimate(
    vulnerability?.ssvc ?? {},
    vulnerability?.vector,
    listed.length > 0,
  )
  return {
    listed,
    facing: facingOf(asset),
    isEdge: isEdgeProduct(pair.vendor, pair.product) || isEdgeProduct(asset.vendor, asset.system),
    automatable,
    impact,
    humanImpact: HUMAN_IMPACTS.find((level) => level === asset.criticality),
    guardsIdentityOrOt: asset.zone === 'ot' || asset.zone === 'management',
    detectedMs,
    directiveDueMs: undefined,
    supportEnded: hasEnded(asset, pair, { estate, nowMs }),
  }
}

/** CISA's list and the others that an operator trusts; exploitation that CISA's SSVC calls active is not a list. */
function listsOf(vulnerability: KnownVulnerability | undefined): DeadlineInput['listed'] {
  const kev = vulnerability?.kev
  const own =
    kev === undefined
      ? []
      : [
          {
            list: 'CISA KEV',
            addedMs: Date.parse(kev.added),
            dueMs: kev.due === undefined ? undefined : Date.parse(kev.due),
            ransomware: kev.ransomware,
          },
        ]
  return [
    ...own,
    ...(vulnerability?.otherLists ?? []).map((list) => ({
      list,
      addedMs: undefined,
      dueMs: undefined,
      ransomware: false,
    })),
  ]
}

/** What a person decided goes before the evidence. */
export function facingOf({
  facing,
  facingBy,
  reached,
}: Pick<EstateAsset, 'facing' | 'facingBy' | 'reached'>): Facing {
  if (facingBy !== '') return facing
  return reached > 0 ? 'internet' : 'unknown'
}

function hasEnded(
  asset: EstateAsset,
  { product, version }: Pair,
  { estate, nowMs }: { readonly estate: Estate; readonly nowMs: number },
): boolean {
  if (asset.supportEndsMs !== undefined && asset.supportEndsMs < nowMs) return true
  const cycles = estate.support.get(foldName(product)) ?? []
  // The cycle whose number begins the version; the longest goes first.
  const cycle = cycles.find(
    ({ name }) =>
      version === name || version.startsWith(`${name}.`) || version.startsWith(`${name}-`),
  )
  return cycle?.endsMs !== undefined && cycle.endsMs < nowMs
}
