// Exposures follow from findings, products and knowledge. Worked out for the whole estate, for some assets, or for some vulnerabilities.

import type { Deadline } from '../deadlines/deadline.ts'
import { insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import { openCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import { loadEstate } from './estate.ts'
import type { EstateAsset, Scope } from './estate.ts'
import { basisKeeper, rowsOf } from './exposure-row.ts'
import { pairsOf } from './pairs.ts'
import type { Pair } from './pairs.ts'

export type Recomputed = {
  readonly pairs: number
  readonly opened: number
  readonly fixed: number
  readonly triage: readonly { readonly asset: string; readonly vulnerability: string }[]
}

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
  const bases = basisKeeper()
  const deadlines = new Map<string, Deadline>()
  const rows = paired.flatMap(({ asset, pairs }) =>
    rowsOf(asset, pairs, { estate, known, nowMs, deadlines, bases }),
  )
  const changed = rows.filter(({ isChanged }) => isChanged).map(({ row }) => row)
  await insertInBulk(work, 'exposure_bases', {
    rows: [...new Set(changed.map(({ basis }) => basis))].flatMap(
      (basis) => bases.rowOf(basis) ?? [],
    ),
    columns: 'id text, rank integer, exploited boolean, exposed boolean, content jsonb',
    onConflict: 'ON CONFLICT (id) DO NOTHING',
  })
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
    triage: rows
      .filter(({ needsTriage }) => needsTriage)
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
  'asset text, vulnerability text, state text, product text, version text, sources jsonb, confidence integer, reason text, severity text, detected timestamptz, last_seen timestamptz, due timestamptz, work_by timestamptz, mitigate_by timestamptz, triage jsonb, action text, basis text, fixed timestamptz, proof text, reopened integer, digest text'
const ON_CONFLICT = `ON CONFLICT (asset, vulnerability) DO UPDATE SET ${COLUMNS.split(', ')
  .slice(2)
  .map((column) => column.split(' ')[0] ?? '')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')}`
