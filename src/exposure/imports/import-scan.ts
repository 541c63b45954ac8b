// One report into the records, in one transaction: all of it, or nothing.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { timeOrderedId } from '../../core/index.ts'
import type { ScanAsk, ScanImported } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import { hostResolver } from '../assets/resolve-hosts.ts'
import type { HostResolver } from '../assets/resolve-hosts.ts'
import { inBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import { findingRow, joined } from './finding-rows.ts'
import type { FindingRow } from './finding-rows.ts'
import { readScan } from './formats.ts'
import { LIMITS, refuse } from './limits.ts'
import { productRow, writeProducts } from './product-rows.ts'
import type { ProductRow } from './product-rows.ts'
import type { Kept, ScannedProblem, ScannedThing } from './scanned.ts'
import { tlsRow, writeTls } from './tls-seen.ts'
import type { TlsRow } from './tls-seen.ts'
import { writeFindings } from './write-findings.ts'
import { writeKept } from './write-kept.ts'
import { writeReached } from './write-reached.ts'
import type { Reachable } from './write-reached.ts'

export type ImportContext = { readonly nowMs: number; readonly who: string; readonly ask: ScanAsk }

type ProblemMet = Pick<ScannedProblem, 'what' | 'value'> & { readonly count: number }
type Gathered = {
  readonly tool: string
  readonly sha256: string
  readonly rows: ReadonlyMap<string, FindingRow>
  readonly products: ReadonlyMap<string, ProductRow>
  readonly reachable: ReadonlyMap<string, Reachable>
  readonly tls: ReadonlyMap<string, TlsRow>
  readonly assets: ReadonlySet<string>
  readonly kept: ReadonlyMap<string, Kept>
  readonly problems: ReadonlyMap<string, ProblemMet>
  readonly groups: number
  readonly withoutFix: number
  readonly resolver: HostResolver
}

export type ScanWritten = Omit<
  ScanImported,
  'exposures' | 'undecided' | 'pressing' | 'triage' | 'seconds'
> & {
  readonly touched: readonly string[]
}

/** Reads and writes a report. Throws CONTENT_INVALID before anything is written. */
export async function importScan(
  work: Work,
  bytes: AsyncIterable<Uint8Array>,
  context: ImportContext,
): Promise<ScanWritten> {
  const gathered = await gather(work, bytes, context)
  const { nowMs, ask } = context
  const id = timeOrderedId(nowMs)
  await gathered.resolver.write(work)
  const { complete } = ask
  const { touched, ...counts } = await writeFindings(work, {
    ...gathered,
    nowMs,
    complete,
    importId: id,
  })
  const moved = await writeProducts(work, [...gathered.products.values()], nowMs)
  const kept = await writeKept(work, gathered.kept)
  await writeTls(work, [...gathered.tls.values()])
  const reached = await writeReached(work, [...gathered.reachable.values()])
  const result = {
    file: ask.file,
    tool: gathered.tool,
    findings: gathered.groups,
    instances: gathered.rows.size,
    withoutFix: gathered.withoutFix,
    assets: gathered.assets.size,
    newAssets: gathered.resolver.newAssets(),
    ...counts,
    problems: sentencesOf([...gathered.problems.values()]),
  }
  await work
    .insertInto('exposure_imports')
    .values({
      id,
      file: ask.file,
      tool: gathered.tool,
      sha256: gathered.sha256,
      by_whom: context.who,
      at: new Date(nowMs),
      result: JSON.stringify(result),
    })
    .execute()
  await touchAssets(work, [...gathered.assets], nowMs)
  return { ...result, touched: [...new Set([...touched, ...moved, ...kept, ...reached])] }
}

async function gather(
  work: Work,
  bytes: AsyncIterable<Uint8Array>,
  { nowMs, ask }: ImportContext,
): Promise<Gathered> {
  const hash = createHash('sha256')
  const hashed = async function* () {
    for await (const piece of bytes) {
      hash.update(piece)
      yield piece
    }
  }
  const { tool, scanned } = await readScan({ file: ask.file, bytes: hashed() })
  const resolver = await hostResolver(work, { source: tool, nowMs, file: ask.file })
  const state = {
    rows: new Map<string, FindingRow>(),
    products: new Map<string, ProductRow>(),
    reachable: new Map<string, Reachable>(),
    tls: new Map<string, TlsRow>(),
    assets: new Set<string>(),
    kept: new Map<string, Kept>(),
    problems: new Map<string, ProblemMet>(),
    groups: new Set<string>(),
    withoutFix: 0,
  }
  for await (const one of scanned) {
    if (one.kind === 'problem') note(one, state.problems)
    else take(one, state, { tool, resolver, nowMs, external: ask.external })
    if (state.rows.size > LIMITS.findings) refuse(ask.file, 'too_many', '2 000 000')
  }
  return { ...state, tool, sha256: hash.digest('hex'), groups: state.groups.size, resolver }
}

type State = {
  readonly rows: Map<string, FindingRow>
  readonly products: Map<string, ProductRow>
  readonly reachable: Map<string, Reachable>
  readonly tls: Map<string, TlsRow>
  readonly assets: Set<string>
  readonly kept: Map<string, Kept>
  readonly groups: Set<string>
  withoutFix: number
}
type TakeContext = {
  readonly tool: string
  readonly resolver: HostResolver
  readonly nowMs: number
  readonly external: boolean
}

/** Sentences that a person reads; more say nothing new. */
const MOST_PROBLEMS = 20

function note({ what, value }: ScannedProblem, problems: Map<string, ProblemMet>): void {
  const key = `${what} ${value}`
  const before = problems.get(key)
  if (before === undefined && problems.size >= MOST_PROBLEMS) return
  problems.set(key, { what, value, count: (before?.count ?? 0) + 1 })
}

function sentencesOf(problems: readonly ProblemMet[]): ScanImported['problems'] {
  return problems.map(({ what, value, count }) => ({
    en: wordsOf('en').exposure.cell[what](value, count),
    fr: wordsOf('fr').exposure.cell[what](value, count),
  }))
}

function take(
  one: ScannedThing,
  state: State,
  { tool, resolver, nowMs, external }: TakeContext,
): void {
  const resolved = resolver.resolve(one.host)
  state.assets.add(resolved.asset)
  const reach = (evidence: string, seenMs = nowMs) => {
    const row = {
      asset: resolved.asset,
      first_asset: resolved.firstAsset,
      evidence: evidence.slice(0, 300),
      source: tool,
      seen: new Date(seenMs).toISOString(),
    }
    state.reachable.set(`${row.first_asset} ${row.evidence}`, row)
  }
  if (one.kind === 'asset') {
    if (one.reachable !== undefined) reach(one.reachable)
    for (const seen of one.tls ?? []) {
      const row = tlsRow(seen, resolved, { tool, seenMs: nowMs })
      state.tls.set(`${row.first_asset} ${row.service}`, row)
    }
    if (one.kept !== undefined) {
      const said = Object.entries(one.kept).filter(([, value]) => value !== undefined)
      state.kept.set(resolved.asset, {
        ...state.kept.get(resolved.asset),
        ...Object.fromEntries(said),
      })
    }
    for (const product of one.products) keepProduct(state, productRow(product, resolved, tool))
    return
  }
  if (one.state === 'no-fix') state.withoutFix += 1
  else state.groups.add(one.group)
  const row = findingRow(one, resolved, { tool, nowMs })
  const before = state.rows.get(row.id)
  state.rows.set(row.id, before === undefined ? row : joined(before, row))
  if (one.component !== undefined) keepProduct(state, productRow(one.component, resolved, tool))
  if (external && one.about === 'service' && one.service !== '') reach(one.service, row.seenMs)
}

function keepProduct({ products }: State, row: ProductRow | undefined): void {
  if (row !== undefined) products.set(`${row.first_asset} ${row.key} ${row.version}`, row)
}

async function touchAssets(work: Work, assets: readonly string[], nowMs: number): Promise<void> {
  await inBulk(
    work,
    { rows: assets.map((id) => ({ id })), columns: 'id text' },
    (r) => sql`
    UPDATE exposure_assets a SET last_seen = ${new Date(nowMs)} FROM ${r} WHERE a.id = r.id`,
  )
}
