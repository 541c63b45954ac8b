// What was told before: when, and in which words.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { inBulk, insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import type { Told } from './knowledge.ts'

export type Known = { readonly datedMs: number; readonly isListed: boolean }

export async function knownOf(
  work: Work,
  told: readonly Told[],
): Promise<ReadonlyMap<string, Known>> {
  type Row = { id: string; dated: Date | null; listed: boolean }
  const rows = await inBulk<Row>(
    work,
    { rows: told.map(({ id }) => ({ id })), columns: 'id text' },
    (r) => sql<Row>`
    SELECT v.id, v.dated, v.kev IS NOT NULL AS listed FROM exposure_vulnerabilities v JOIN ${r} ON v.id = r.id`,
  )
  return new Map(
    rows.map(({ id, dated, listed }) => [id, { datedMs: dated?.getTime() ?? 0, isListed: listed }]),
  )
}

/** What the same source said in the same words before costs nothing, and touches nothing. */
export async function onlyChanged(
  work: Work,
  told: readonly Told[],
  source: string,
): Promise<readonly Told[]> {
  const digests = new Map(
    told.map((one) => [
      one.id,
      createHash('sha1').update(JSON.stringify(one)).digest('base64').slice(0, 20),
    ]),
  )
  const rows = [...digests].map(([vulnerability, digest]) => ({ vulnerability, source, digest }))
  const columns = 'vulnerability text, source text, digest text'
  const same = await inBulk<{ vulnerability: string }>(
    work,
    { rows, columns },
    (r) => sql<{ vulnerability: string }>`
    SELECT r.vulnerability FROM exposure_told t JOIN ${r} ON t.vulnerability = r.vulnerability AND t.source = r.source AND t.digest = r.digest`,
  )
  const known = new Set(same.map(({ vulnerability }) => vulnerability))
  await insertInBulk(work, 'exposure_told', {
    rows: rows.filter(({ vulnerability }) => !known.has(vulnerability)),
    columns,
    onConflict: 'ON CONFLICT (vulnerability, source) DO UPDATE SET digest = excluded.digest',
  })
  return told.filter(({ id }) => !known.has(id))
}
