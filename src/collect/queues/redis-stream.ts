// A stream of Redis, read as a consumer of a group: an entry is acknowledged once its line is on disk. After a crash the
// server gives again what was not; what is on disk already is known by its id.

import { reasonOf } from '../../core/index.ts'
import type { Position } from '../position.ts'
import type { RedisPlace } from './queue-place.ts'
import { EVENTS_AT_ONCE, QueueFailure, writeEvent } from './reading.ts'
import type { Reading } from './reading.ts'
import type { RedisConnection } from './redis-connection.ts'

const BLOCK_MS = 5000
/** How producers name the one member that is the event: Suricata, and others. */
const EVENT_MEMBERS: ReadonlySet<string> = new Set([
  'eve',
  'event',
  'message',
  'data',
  'line',
  'raw',
])

type Entry = { readonly id: string; readonly members: readonly Buffer[] }

export async function readStream(
  place: RedisPlace,
  connection: RedisConnection,
  reading: Reading,
  count = EVENTS_AT_ONCE,
): Promise<never> {
  const { redis, bounded } = connection
  const { intake, source, positionOf, signal, onWell } = reading
  await bounded(() => ensureGroup(place, connection))
  let position = await positionOf(source)
  const written = position?.cursor ?? ''
  // What the server gave us before and was not told that we have it comes first.
  for (let from = '0'; ;) {
    signal.throwIfAborted()
    const entries = await bounded(() => ask(place, connection, { from, count }))
    onWell()
    if (entries.length === 0) {
      from = '>'
      continue
    }
    let goesOn = true
    for (const { id, members } of entries) {
      if (from !== '>' && !isAfter(id, written)) continue
      const line = eventOf(members)
      if (line !== undefined) goesOn = writeEvent(reading, line) && goesOn
      position = { ...NOWHERE, cursor: id, seq: (position?.seq ?? 0) + 1 }
      intake.note(source, position)
    }
    await intake.synced()
    await bounded(() => redis.call('XACK', place.key, place.group, ...entries.map(({ id }) => id)))
    if (from !== '>') from = entries.at(-1)?.id ?? '>'
    if (!goesOn) await intake.drained()
  }
}

const NOWHERE: Position = { inode: 0, offset: 0, lines: 0, fingerprint: '', done: false, seq: 0 }

async function ensureGroup({ key, group }: RedisPlace, { redis }: RedisConnection): Promise<void> {
  try {
    await redis.call('XGROUP', 'CREATE', key, group, '0', 'MKSTREAM')
  } catch (cause) {
    if (!reasonOf(cause).startsWith('BUSYGROUP')) throw cause
  }
}

async function ask(
  { key, group, consumer }: RedisPlace,
  { redis }: RedisConnection,
  { from, count }: { readonly from: string; readonly count: number },
): Promise<readonly Entry[]> {
  const block = from === '>' ? ['BLOCK', BLOCK_MS] : []
  const words = ['GROUP', group, consumer, 'COUNT', count, ...block, 'STREAMS', key, from]
  return entriesIn(await redis.callBuffer('XREADGROUP', ...words))
}

/** `[[key, [[id, [member, value, …]], …]]]`, or nothing. An entry that was cut off in between has no members. */
function entriesIn(answer: unknown): readonly Entry[] {
  if (answer === null) return []
  const entries: unknown = listOf(listOf(answer)[0])[1]
  return listOf(entries).map((entry) => {
    const [id, members] = listOf(entry)
    return {
      id: String(id),
      members: members === null ? [] : listOf(members).filter((one) => Buffer.isBuffer(one)),
    }
  })
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new QueueFailure({ code: 'refused', reason: 'the answer is no list of entries' })
}

/** The only value, the one that is named as the event, or all of them as JSON. */
function eventOf(members: readonly Buffer[]): Buffer | undefined {
  if (members.length <= 2) return members[1]
  const all: [string, Buffer][] = []
  for (let at = 0; at + 1 < members.length; at += 2)
    all.push([members[at]?.toString('utf8') ?? '', members[at + 1] ?? Buffer.alloc(0)])
  const named = all.find(([name]) => EVENT_MEMBERS.has(name))
  if (named !== undefined) return named[1]
  return Buffer.from(
    JSON.stringify(Object.fromEntries(all.map(([k, v]) => [k, v.toString('utf8')]))),
  )
}

/** Ids are `milliseconds-number`. */
function isAfter(id: string, other: string): boolean {
  if (other === '') return true
  const [ms = 0, seq = 0] = id.split('-').map(Number)
  const [otherMs = 0, otherSeq = 0] = other.split('-').map(Number)
  return ms > otherMs || (ms === otherMs && seq > otherSeq)
}
