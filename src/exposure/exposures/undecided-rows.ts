// What waits to be decided, as rows: what changed is written, what waits no longer goes, and so do lists that nothing has any more.

import { sql } from 'kysely'
import { HOUR_MS } from '../../core/index.ts'
import { inBulk, insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import type { Before, UndecidedProduct } from './before.ts'
import { iso } from './exposure-row.ts'
import type { UndecidedList } from './undecided-entry.ts'
import type { Undecided } from './undecided.ts'

type Row = UndecidedProduct & { readonly asset: string }

/** Gives the ids of the bases that what was written rests on. */
export async function writeUndecided(
  work: Work,
  { rows, lists }: Undecided,
  before: Before,
): Promise<readonly string[]> {
  const was = new Map(
    [...before.undecided].flatMap(([asset, all]) =>
      all.map((one) => [keyOf({ ...one, asset }), { ...one, asset }] as const),
    ),
  )
  const changed = rows.filter((row) => {
    const one = was.get(keyOf(row))
    return one?.list !== row.list || Math.abs(one.lastMs - row.lastMs) > HOUR_MS
  })
  const now = new Set(rows.map(keyOf))
  const gone = [...was].filter(([key]) => !now.has(key)).map(([, row]) => row)
  const isNew = (id: string) => !before.lists.has(id)
  const entries = [...new Set(changed.map(({ list }) => list))]
    .filter(isNew)
    .flatMap((id) => entriesOf(id, lists.get(id)))
  await writeLists(work, entries)
  await writeRows(work, changed)
  await removeRows(work, gone)
  await removeUnused(work, [...gone, ...changed.flatMap((row) => was.get(keyOf(row)) ?? [])])
  return entries.map(({ basis }) => basis)
}

function keyOf({ asset, product, version }: Omit<Row, 'list' | 'lastMs'>): string {
  return `${asset}\n${product}\n${version}`
}

type EntryRow = ReturnType<typeof entriesOf>[number]

function entriesOf(list: string, entries: UndecidedList | undefined) {
  return [...(entries?.values() ?? [])].map(
    ({ detectedMs, dueMs, workByMs, mitigateByMs, ...entry }) => ({
      ...entry,
      list,
      detected: iso(detectedMs),
      due: iso(dueMs),
      work_by: iso(workByMs),
      mitigate_by: iso(mitigateByMs),
    }),
  )
}

async function writeLists(work: Work, rows: readonly EntryRow[]): Promise<void> {
  await insertInBulk(work, 'exposure_undecided_lists', {
    rows,
    columns:
      'list text, vulnerability text, confidence integer, reason text, severity text, basis text, detected timestamptz, due timestamptz, work_by timestamptz, mitigate_by timestamptz',
    // A list is named by what it holds: one that is there is the same.
    onConflict: 'ON CONFLICT (list, vulnerability) DO NOTHING',
  })
}

async function writeRows(work: Work, rows: readonly Row[]): Promise<void> {
  await insertInBulk(work, 'exposure_undecided', {
    rows: rows.map(({ lastMs, ...row }) => ({ ...row, last_seen: iso(lastMs) })),
    columns: 'asset text, product text, version text, list text, last_seen timestamptz',
    onConflict:
      'ON CONFLICT (asset, product, version) DO UPDATE SET list = excluded.list, last_seen = excluded.last_seen',
  })
}

async function removeRows(work: Work, rows: readonly Row[]): Promise<void> {
  await inBulk(
    work,
    { rows, columns: 'asset text, product text, version text' },
    (r) => sql`
    DELETE FROM exposure_undecided u USING ${r} WHERE u.asset = r.asset AND u.product = r.product AND u.version = r.version`,
  )
}

async function removeUnused(work: Work, rows: readonly Row[]): Promise<void> {
  const lists = [...new Set(rows.map(({ list }) => list))]
  await inBulk(
    work,
    { rows: lists.map((list) => ({ list })), columns: 'list text' },
    (r) => sql`
    DELETE FROM exposure_undecided_lists l USING ${r} WHERE l.list = r.list
      AND NOT EXISTS (SELECT 1 FROM exposure_undecided u WHERE u.list = r.list)`,
  )
}
