// A bundle for somebody who has nothing but it and the key: lines, the way from each to its batch, from that to the log,
// and the signed checkpoint.

import { VigieError } from '../../core/index.ts'
import { MOST_EXPORTED_LINES } from '../../model/index.ts'
import type { EvidenceBundle } from '../../model/index.ts'
import { join, sql } from '../../store/index.ts'
import type { EngineLane, Store } from '../../store/index.ts'
import { CHUNK_LINES, LINE_HASH } from '../batch/digest-sql.ts'
import { nodeReader, proveInclusion } from '../log/read-log.ts'
import { hashesOf } from '../log/tiles.ts'
import { treeOf } from '../merkle/tree.ts'

export type Place = { readonly batch: string; readonly line: number }

export type ExportBundle = {
  readonly store: Store
  readonly places: readonly Place[]
  /** Signed after everything exported had its place in the log. */
  readonly checkpoint: string
  readonly size: number
  readonly key: string
  /** The quorum that holds, as tlog-policy; undefined while none is set. */
  readonly policy?: string | undefined
  readonly nowMs: number
}

/** Entries that a checkpoint must have to cover these batches. */
export async function leastSize({ records }: Store, batches: readonly string[]): Promise<number> {
  if (batches.length === 0) return 0
  const row = await records
    .selectFrom('evidence_entries')
    .select(({ fn }) => fn.max('at').as('at'))
    .where(
      'id',
      'in',
      batches.map((batch) => `batch:${batch}`),
    )
    .executeTakeFirst()
  return Number(row?.at ?? -1) + 1
}

/** Throws NOT_FOUND for a line that is not stored, or whose batch the log does not know. */
export async function exportBundle(request: ExportBundle): Promise<EvidenceBundle> {
  const { store, places, checkpoint, key, policy, nowMs } = request
  if (places.length > MOST_EXPORTED_LINES) {
    const expected = `at most ${MOST_EXPORTED_LINES} lines`
    throw new VigieError('BAD_REQUEST', { met: String(places.length), expected })
  }
  const byBatch = Map.groupBy(places, ({ batch }) => batch)
  const entries: EvidenceBundle['entries'] = []
  const lines: EvidenceBundle['lines'] = []
  for (const [batch, wanted] of byBatch) {
    const { chunks, ...entry } = await entryOf(request, batch)
    entries.push(entry)
    lines.push(...(await linesOf(store.events.ask, { batch, chunks, wanted })))
  }
  const made = new Date(nowMs).toISOString()
  return {
    format: 'vigie-evidence-1',
    made,
    key,
    checkpoint,
    ...(policy === undefined ? {} : { policy }),
    entries,
    lines,
  }
}

async function entryOf({ store: { records }, size }: ExportBundle, batch: string) {
  const row = await records
    .selectFrom('evidence_entries')
    .select(['at', 'entry', 'chunks'])
    .where('id', '=', `batch:${batch}`)
    .where('at', '<', size)
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: `The log entry of ${batch}` })
  const at = Number(row.at)
  const proof = await proveInclusion(nodeReader(records), at, size)
  const entry = Buffer.from(row.entry).toString('utf8')
  return { at, entry, proof: proof.map(base64), chunks: hashesOf(row.chunks) }
}

type Wanted = {
  readonly batch: string
  readonly chunks: readonly Uint8Array[]
  readonly wanted: readonly Place[]
}

async function linesOf(
  lane: EngineLane,
  { batch, chunks, wanted }: Wanted,
): Promise<EvidenceBundle['lines']> {
  const inBatch = treeOf(chunks)
  const byChunk = Map.groupBy(wanted, ({ line }) => Math.floor(line / CHUNK_LINES))
  const lines: EvidenceBundle['lines'] = []
  for (const [chunk, places] of byChunk) {
    const rows = await readChunk(lane, batch, { chunk, places })
    const inChunk = treeOf(rows.map(({ hash }) => Buffer.from(hash, 'hex')))
    const step = {
      index: chunk,
      size: chunks.length,
      proof: (await inBatch.inclusion(chunk)).map(base64),
    }
    for (const line of new Set(places.map((place) => place.line))) {
      const index = rows.findIndex((row) => row.line === line)
      const row = rows[index]
      if (row === undefined) throw new VigieError('NOT_FOUND', { what: `Line ${line} of ${batch}` })
      const proof = (await inChunk.inclusion(index)).map(base64)
      const { received, source, context, raw } = row
      lines.push({
        batch,
        line,
        received: Number(received),
        source,
        context,
        raw,
        inChunk: { index, size: rows.length, proof },
        inBatch: step,
      })
    }
  }
  return lines
}

type Row = {
  line: number
  hash: string
  received: string
  source: string
  context: string
  raw: string
}

/** Hashes of a chunk's lines, and those that are wanted in whole. */
async function readChunk(
  lane: EngineLane,
  batch: string,
  { chunk, places }: { readonly chunk: number; readonly places: readonly Place[] },
): Promise<readonly Row[]> {
  const wanted = sql`line IN (${places.map(({ line }) => line)})`
  const { rows } = await lane.query<Row>(
    join(
      [
        sql`SELECT line, hex(${LINE_HASH}) AS hash, toString(toUnixTimestamp64Milli(received)) AS received,`,
        sql`if(${wanted}, source, '') AS source, if(${wanted}, context, '') AS context, if(${wanted}, base64Encode(raw), '') AS raw`,
        sql`FROM events WHERE batch = ${batch} AND intDiv(line, ${CHUNK_LINES}) = ${chunk} ORDER BY line`,
      ],
      '\n',
    ),
    // A name given above shadows the column it is made from.
    { settings: { prefer_column_name_to_alias: 1 } },
  )
  return rows
}

/** Every line of a batch. */
export async function placesOfBatch(lane: EngineLane, batch: string): Promise<readonly Place[]> {
  const { rows } = await lane.query<{ line: number }>(
    sql`SELECT line FROM events WHERE batch = ${batch} ORDER BY line LIMIT ${MOST_EXPORTED_LINES + 1}`,
  )
  return rows.map(({ line }) => ({ batch, line }))
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
