// What a station asked blindly, kept in its own engine: values with their tags, and the hub's list, brought together there. A value
// is asked about once under a key; what the hub adds to its list later is found among what was asked already.

import { DAY_MS } from '../../core/index.ts'
import { BlindKindSchema } from '../../model/index.ts'
import type { BlindKind } from '../../model/index.ts'
import { BLIND_KEPT_DAYS, dropExpired, join, sql, typed } from '../../store/index.ts'
import type { EventEngine, Sql } from '../../store/index.ts'
import type { PublishedTag } from './tags.ts'

export type AskedOf = { readonly peer: string; readonly epoch: number }

/** `tag` is '' for what stands on a warning list: it is not asked about, and not looked at again. */
export type AskedValue = {
  readonly kind: BlindKind
  readonly value: string
  readonly tag: string
  readonly recordKey: string
}

/** Rows of one statement, whose text is bounded: a name has 253 characters at most, a record 704. */
const VALUES_AT_ONCE = 500
const TAGS_AT_ONCE = 200

/** Values that need not be asked about again: one column of text. */
export function knownValues({ peer, epoch }: AskedOf): Sql {
  return sql`SELECT value FROM blind_values WHERE peer = ${peer} AND epoch = ${typed('UInt32', epoch)}`
}

export async function keepAsked(
  { ask }: EventEngine,
  { peer, epoch }: AskedOf,
  values: readonly AskedValue[],
): Promise<void> {
  for (let at = 0; at < values.length; at += VALUES_AT_ONCE) {
    const rows = values
      .slice(at, at + VALUES_AT_ONCE)
      .map(
        ({ kind, value, tag, recordKey }) =>
          sql`(${peer}, ${typed('UInt32', epoch)}, ${kind}, ${value}, ${tag}, ${recordKey}, now64(3))`,
      )
    await ask.command(
      sql`INSERT INTO blind_values (peer, epoch, kind, value, tag, record_key, asked) VALUES ${join(rows, ', ')}`,
    )
  }
}

type Taking = AskedOf & { readonly takenMs: number; readonly tags: readonly PublishedTag[] }

/** One page of a hub's list. The list is that of `takenMs` once all pages are in. */
export async function takeTags(
  { ask }: EventEngine,
  { peer, epoch, takenMs, tags }: Taking,
): Promise<void> {
  for (let at = 0; at < tags.length; at += TAGS_AT_ONCE) {
    const rows = tags
      .slice(at, at + TAGS_AT_ONCE)
      .map(
        ({ tag, record }) =>
          sql`(${peer}, ${typed('UInt32', epoch)}, ${tag}, ${record}, ${typed('UInt64', takenMs)}, now64(3))`,
      )
    await ask.command(
      sql`INSERT INTO blind_list (peer, epoch, tag, record, taken, asked) VALUES ${join(rows, ', ')}`,
    )
  }
}

export type Matched = {
  readonly kind: BlindKind
  readonly value: string
  readonly recordKey: string
  readonly record: string
}

const MOST_MATCHED = 10_000

/** Own values whose tag stands in the list that was taken then. */
export async function matchedValues(
  { ask }: EventEngine,
  { peer, epoch, takenMs }: AskedOf & { readonly takenMs: number },
): Promise<readonly Matched[]> {
  const { rows } = await ask.query<Record<'kind' | 'value' | 'record_key' | 'record', string>>(
    sql`SELECT DISTINCT toString(v.kind) AS kind, v.value AS value, v.record_key AS record_key, l.record AS record
FROM blind_values AS v GLOBAL INNER JOIN (
  SELECT tag, record FROM blind_list WHERE peer = ${peer} AND taken = ${typed('UInt64', takenMs)}) AS l ON v.tag = l.tag
WHERE v.peer = ${peer} AND v.epoch = ${typed('UInt32', epoch)} AND v.tag != '' LIMIT ${MOST_MATCHED}`,
  )
  return rows.flatMap(({ kind, value, record_key: recordKey, record }) => {
    const read = BlindKindSchema.safeParse(kind)
    return read.success ? [{ kind: read.data, value, recordKey, record }] : []
  })
}

export async function countAsked({ ask }: EventEngine, { peer, epoch }: AskedOf): Promise<number> {
  const { rows } = await ask.query<{ n: string }>(
    sql`SELECT uniqExact(kind, value) AS n FROM blind_values WHERE peer = ${peer} AND epoch = ${typed('UInt32', epoch)} AND tag != ''`,
  )
  return Number(rows[0]?.n ?? 0)
}

/** What was asked under keys that are gone. */
export async function dropOldAsked(engine: EventEngine, nowMs: number): Promise<void> {
  for (const table of ['blind_values', 'blind_list'])
    await dropExpired(engine, table, nowMs - BLIND_KEPT_DAYS * DAY_MS)
}
