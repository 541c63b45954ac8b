// Exposures follow from findings, products and knowledge. Worked out for the whole estate, for some assets, or for some vulnerabilities.

import { insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import { openCatalogue } from './catalogue.ts'
import { deadlineKeeper } from './deadline-keeper.ts'
import { loadEstate } from './estate.ts'
import type { Estate, Scope } from './estate.ts'
import { rowsOf } from './exposure-row.ts'
import { settle } from './settle.ts'
import type { Settled } from './settle.ts'
import { writeUndecided } from './undecided-rows.ts'
import { undecidedOf } from './undecided.ts'

export type PairName = { readonly asset: string; readonly vulnerability: string }
export type Recomputed = {
  readonly opened: number
  /** Pairs that newly wait for a fact. */
  readonly undecided: number
  readonly fixed: number
  readonly triage: readonly PairName[]
  /** Newly open, exploited and exposed. */
  readonly urgent: readonly PairName[]
}

export async function recompute(work: Work, scope: Scope, nowMs: number): Promise<Recomputed> {
  const estate = await loadEstate(work, scope)
  const installed = estate.assets.flatMap(({ products }) => products)
  const catalogue = await openCatalogue(work, installed, scope.vulnerabilities)
  const settled = estate.assets.map((asset) =>
    settle(asset, catalogue, estate.before.exposures.get(asset.id)?.keys()),
  )
  const known = await estate.known([...idsOf(settled, estate)])
  const deadlines = deadlineKeeper(known)
  const context = { estate, known, nowMs, deadlines }
  const rows = settled.flatMap(({ asset, pairs }) => rowsOf(asset, pairs, context))
  const undecided = undecidedOf(settled, context, scope.vulnerabilities)
  const changed = rows.filter(({ isChanged }) => isChanged).map(({ row }) => row)
  const bases = await writeUndecided(work, undecided, estate.before)
  await insertInBulk(work, 'exposure_bases', {
    rows: deadlines.basesOf([...bases, ...changed.map(({ basis }) => basis)]),
    columns: 'id text, rank integer, exploited boolean, exposed boolean, content jsonb',
    onConflict: 'ON CONFLICT (id) DO NOTHING',
  })
  await insertInBulk(work, 'exposures', {
    rows: changed,
    columns: COLUMNS,
    onConflict: ON_CONFLICT,
  })
  const named = (list: typeof rows): readonly PairName[] =>
    list.map(({ row: { asset, vulnerability } }) => ({ asset, vulnerability }))
  return {
    opened: rows.filter(({ isOpened }) => isOpened).length,
    undecided: undecided.opened,
    fixed: rows.filter(({ isFixed }) => isFixed).length,
    triage: named(rows.filter(({ needsTriage }) => needsTriage)),
    urgent: named(rows.filter(({ isUrgent }) => isUrgent)),
  }
}

function idsOf(settled: readonly Settled[], { before }: Estate): ReadonlySet<string> {
  const lists = new Set(settled.flatMap(({ waiting }) => waiting.map(({ matches }) => matches)))
  return new Set([
    ...settled.flatMap(({ pairs }) => [...pairs.keys()]),
    ...[...before.exposures.values()].flatMap((ofAsset) => [...ofAsset.keys()]),
    ...[...lists].flatMap((matches) => matches.map(({ vulnerability }) => vulnerability)),
  ])
}

const COLUMNS =
  'asset text, vulnerability text, state text, product text, version text, sources jsonb, confidence integer, reason text, severity text, detected timestamptz, last_seen timestamptz, due timestamptz, work_by timestamptz, mitigate_by timestamptz, triage jsonb, action text, basis text, fixed timestamptz, proof text, reopened integer, digest text'
const ON_CONFLICT = `ON CONFLICT (asset, vulnerability) DO UPDATE SET ${COLUMNS.split(', ')
  .slice(2)
  .map((column) => column.split(' ')[0] ?? '')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')}`
