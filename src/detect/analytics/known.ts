// What the records know of accounts and assets, put beside the events for analytics to join: who is privileged, what is critical.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql as records } from 'kysely'
import { emptyNext, sql, takePlace, trusted } from '../../store/index.ts'
import type { Sql, Store } from '../../store/index.ts'

type Row = Readonly<Record<string, string | number>>

/** Copies them. They are few (tens of thousands at most) and change seldom, so all are written anew. */
export async function copyKnown({
  records: database,
  events,
}: Pick<Store, 'records' | 'events'>): Promise<void> {
  const accounts = await records<Row>`
    SELECT DISTINCT ON (account) account, tier, kind, assurance, critical FROM (
      SELECT lower(way) AS account, a.tier, a.kind, a.assurance,
        EXISTS (SELECT 1 FROM critical_items c WHERE c.state <> 'refused' AND c.kind = 'identity' AND c.key = a.source || '/' || a.id) AS critical
      FROM identity_accounts a
      CROSS JOIN LATERAL unnest(ARRAY[a.login, a.mail, split_part(a.login, '@', 1), substring(a.login FROM '[^\\\\]+$')]) AS way
      WHERE a.enabled IS NOT FALSE) ways
    WHERE account <> '' ORDER BY account, tier, critical DESC LIMIT ${MOST}`.execute(database)
  const assets = await records<Row>`
    SELECT DISTINCT ON (asset) asset, criticality, zone, owner, facing FROM (
      SELECT lower(way) AS asset, s.criticality, s.zone, s.owner, s.facing
      FROM exposure_assets s LEFT JOIN exposure_aliases l ON l.asset = s.id AND l.kind IN ('name', 'address')
      CROSS JOIN LATERAL unnest(ARRAY[l.value, s.name, split_part(s.name, '.', 1)]) AS way
      WHERE s.merged_into IS NULL) ways
    WHERE asset <> '' ORDER BY asset, criticality DESC LIMIT ${MOST}`.execute(database)
  await replace(events, { table: 'known_accounts', columns: ACCOUNT, rows: accounts.rows })
  await replace(events, { table: 'known_assets', columns: ASSET, rows: assets.rows })
}

const MOST = 500_000
const ACCOUNT = ['account', 'tier', 'kind', 'assurance', 'critical'] as const
const ASSET = ['asset', 'criticality', 'zone', 'owner', 'facing'] as const

type Replacing = {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

async function replace(
  events: Store['events'],
  { table, columns, rows }: Replacing,
): Promise<void> {
  await events.define(emptyNext(events.cluster, table))
  if (rows.length > 0) {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-known-'))
    try {
      const file = join(folder, table)
      writeFileSync(file, rowBinary(columns, rows), { mode: 0o600 })
      await events.ask.load({
        file,
        structure: columns.map((column) => `${column} String`).join(', '),
        insert: insertInto(table, columns),
        where: trusted(''),
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  for (const statement of takePlace(events.cluster, table)) await events.define(statement)
}

function insertInto(table: string, columns: readonly string[]): Sql {
  const values = columns.map((column) =>
    NUMBERS.has(column) ? `toUInt8OrZero(${column})` : column,
  )
  return sql`INSERT INTO ${trusted(`${table}_next`)} (${trusted(columns.join(', '))}) SELECT ${trusted(values.join(', '))} FROM`
}

const NUMBERS = new Set(['tier', 'critical'])

/** Strings of the engine's RowBinary: length as unsigned LEB128, then the bytes. */
function rowBinary(columns: readonly string[], rows: readonly Row[]): Buffer {
  const pieces = rows.flatMap((row) =>
    columns.flatMap((column) => {
      const bytes = Buffer.from(textOf(row[column]).slice(0, 4000))
      const size: number[] = []
      let rest = bytes.length
      for (; rest > 127; rest >>>= 7) size.push((rest & 127) | 128)
      return [Buffer.from([...size, rest]), bytes]
    }),
  )
  return Buffer.concat(pieces)
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
