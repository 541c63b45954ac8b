// Stored lines against what the log says of their batches.

import type { EvidenceFlaw } from '../../model/index.ts'
import { sql } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import { CHUNK_LINES } from '../batch/digest-sql.ts'
import type { BatchEntry } from '../batch/entry.ts'
import { digestsOf } from '../batch/record-digest.ts'
import type { BatchDigest } from '../batch/record-digest.ts'
import { hashesOf } from '../log/tiles.ts'
import { HASH_BYTES, isSame } from '../merkle/hashes.ts'
import { treeOf } from '../merkle/tree.ts'

export type Logged = { readonly entry: BatchEntry; readonly chunks: Uint8Array }

/** Flaws of one batch that are listed apart; more say nothing new. */
const MOST_FLAWS = 20

/** What is wrong with the stored lines of these batches. Batches that are as logged give none. */
export async function checkBatches(
  lane: EngineLane,
  logged: readonly Logged[],
): Promise<readonly EvidenceFlaw[]> {
  if (logged.length === 0) return []
  const ids = logged.map(({ entry }) => entry.batch)
  const first = logged.reduce((least, { entry }) => Math.min(least, entry.first), Infinity)
  const last = logged.reduce((most, { entry }) => Math.max(most, entry.last), 0)
  const digests = await digestsOf(
    lane,
    sql`FROM events WHERE batch IN (${ids}) AND received >= fromUnixTimestamp64Milli(${first}, 'UTC')
      AND received <= fromUnixTimestamp64Milli(${last}, 'UTC')`,
  )
  const found = new Map(digests.map((digest) => [digest.entry.batch, digest]))
  const flaws: EvidenceFlaw[] = []
  for (const one of logged) {
    const digest = found.get(one.entry.batch)
    if (digest !== undefined && isAsLogged(digest.entry, one.entry)) continue
    flaws.push(...(await explain(lane, one)))
  }
  return flaws
}

function isAsLogged(found: BatchEntry, logged: BatchEntry): boolean {
  return found.root === logged.root && found.lines === logged.lines
}

/** Where a batch differs, whatever its lines now say of when they were received. */
async function explain(lane: EngineLane, logged: Logged): Promise<readonly EvidenceFlaw[]> {
  const { batch, lines } = logged.entry
  const [digest] = await digestsOf(lane, sql`FROM events WHERE batch = ${batch}`)
  if (digest === undefined) return [{ kind: 'batch_missing', what: batch, from: 0, to: lines - 1 }]
  const missing = await missingLines(lane, batch, lines)
  const added = await addedLines(lane, batch, lines)
  const spoiled = new Set([...missing, ...added].flatMap(({ from, to }) => chunksOf(from, to)))
  const changed = (await changedChunks(digest, logged)).filter((chunk) => !spoiled.has(chunk))
  const flaws = [
    ...missing,
    ...added,
    ...changed.map((chunk): EvidenceFlaw => {
      const from = chunk * CHUNK_LINES
      const to = Math.min(from + CHUNK_LINES, lines) - 1
      return { kind: 'lines_changed', what: batch, from, to }
    }),
  ].slice(0, MOST_FLAWS)
  const whole: EvidenceFlaw = { kind: 'lines_changed', what: batch, from: 0, to: lines - 1 }
  return flaws.length > 0 ? flaws : [whole]
}

function chunksOf(from: number | null, to: number | null): readonly number[] {
  if (from === null || to === null) return []
  const first = Math.floor(from / CHUNK_LINES)
  return Array.from({ length: Math.floor(to / CHUNK_LINES) - first + 1 }, (_, at) => first + at)
}

type RangeRow = { from: number; to: number }

async function missingLines(
  lane: EngineLane,
  batch: string,
  lines: number,
): Promise<readonly EvidenceFlaw[]> {
  const { rows } =
    await lane.query<RangeRow>(sql`SELECT toUInt32(min(number)) AS from, toUInt32(max(number)) AS to
    FROM (SELECT number, number - row_number() OVER (ORDER BY number) AS run FROM numbers(${lines})
      WHERE toUInt32(number) NOT IN (SELECT line FROM events WHERE batch = ${batch}))
    GROUP BY run ORDER BY from LIMIT ${MOST_FLAWS}`)
  return rows.map(({ from, to }) => ({ kind: 'lines_missing', what: batch, from, to }))
}

/** Lines whose number the batch never had, or has twice. */
async function addedLines(
  lane: EngineLane,
  batch: string,
  lines: number,
): Promise<readonly EvidenceFlaw[]> {
  const { rows } = await lane.query<{
    line: number
  }>(sql`SELECT line FROM events WHERE batch = ${batch}
    GROUP BY line HAVING count() > 1 OR line >= ${lines} ORDER BY line LIMIT ${MOST_FLAWS}`)
  return rows.map(({ line }) => ({ kind: 'lines_added', what: batch, from: line, to: line }))
}

/** Nothing when what was kept of the chunks is not what the log says: then it is the whole batch. */
async function changedChunks(
  digest: BatchDigest,
  { entry, chunks }: Logged,
): Promise<readonly number[]> {
  const kept = hashesOf(chunks)
  const root = Buffer.from(await treeOf(kept).root()).toString('hex')
  if (root !== entry.root || kept.length !== Math.ceil(entry.lines / CHUNK_LINES)) return []
  return digest.numbers.filter((chunk, at) => {
    const now = digest.chunks.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)
    const then = kept[chunk]
    return then !== undefined && !isSame(now, then)
  })
}
