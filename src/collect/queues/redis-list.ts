// A list of Redis: producers push, this takes. All that waits is set aside in one step under a name of our own, which no
// producer touches; a part is cut off there once its lines are on disk.

import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { reasonOf } from '../../core/index.ts'
import type { Position } from '../position.ts'
import type { RedisPlace } from './queue-place.ts'
import { EVENTS_AT_ONCE, QueueFailure, writeEvent } from './reading.ts'
import type { Reading } from './reading.ts'
import type { RedisConnection } from './redis-connection.ts'

const IDLE_MS = 200

/** `count` events at once at most: fewer after an answer that was too large. */
export async function readList(
  place: RedisPlace,
  { redis, bounded }: RedisConnection,
  reading: Reading,
  count = EVENTS_AT_ONCE,
): Promise<never> {
  const { signal, onWell } = reading
  const list = new TakenList(place, reading)
  for (let isFirst = true; ; isFirst = false) {
    if (isFirst || (await bounded(() => isSetAside(redis, place.key, list.name)))) {
      while (await list.takePart({ redis, bounded }, { count, isFirst })) {
        signal.throwIfAborted()
        onWell()
      }
    } else await sleep(IDLE_MS, undefined, { signal })
    onWell()
  }
}

type Asker = Pick<RedisConnection, 'redis' | 'bounded'>

class TakenList {
  readonly name: string
  readonly #place: RedisPlace
  readonly #reading: Reading
  #position: Position | null = null
  /** What an earlier connection may have written without cutting it off. */
  #isUnsure = true

  constructor(place: RedisPlace, reading: Reading) {
    this.#place = place
    this.#reading = reading
    this.name = takenName(place)
  }

  /** False when nothing is left of what was set aside. */
  async takePart(
    { redis, bounded }: Asker,
    { count, isFirst }: { readonly count: number; readonly isFirst: boolean },
  ): Promise<boolean> {
    const { intake, source, positionOf } = this.#reading
    if (isFirst && this.#isUnsure) this.#position = await positionOf(source)
    const written = this.#isUnsure && isFirst ? (this.#position?.lines ?? 0) : 0
    this.#isUnsure = false
    if (written > 0 && (await this.#cutWritten({ redis, bounded }, written))) return true
    const events = await bounded(() => this.#oldest(redis, count))
    if (events.length === 0) return false
    let goesOn = true
    for (const event of events) goesOn = writeEvent(this.#reading, event) && goesOn
    intake.note(source, this.#next(events))
    await intake.synced()
    await bounded(() => this.#cut(redis, events.length))
    if (!goesOn) await intake.drained()
    return true
  }

  /** Whether the next events are those that were written last: then they are only cut off. */
  async #cutWritten({ redis, bounded }: Asker, count: number): Promise<boolean> {
    const events = await bounded(() => this.#oldest(redis, count))
    if (events.length !== count || digestOf(events) !== this.#position?.fingerprint) return false
    await bounded(() => this.#cut(redis, count))
    return true
  }

  async #oldest(redis: Asker['redis'], count: number): Promise<readonly Buffer[]> {
    if (this.#place.pushed === 'right') return redis.lrangeBuffer(this.name, 0, count - 1)
    return (await redis.lrangeBuffer(this.name, -count, -1)).toReversed()
  }

  async #cut(redis: Asker['redis'], count: number): Promise<void> {
    if (this.#place.pushed === 'right') await redis.ltrim(this.name, count, -1)
    else await redis.ltrim(this.name, 0, -count - 1)
  }

  #next(events: readonly Buffer[]): Position {
    this.#position = {
      inode: 0,
      offset: 0,
      lines: events.length,
      fingerprint: digestOf(events),
      done: false,
      seq: (this.#position?.seq ?? 0) + 1,
    }
    return this.#position
  }
}

/** Takes one event off that is larger than anything we hold. */
export async function dropOldest(place: RedisPlace, { redis }: Asker): Promise<void> {
  if (place.pushed === 'right') await redis.ltrim(takenName(place), 1, -1)
  else await redis.ltrim(takenName(place), 0, -2)
}

/** In the same slot of a cluster as the key. */
function takenName({ key }: RedisPlace): string {
  return key.includes('{') ? `${key}:vigie` : `{${key}}:vigie`
}

/** False when nothing waits. */
async function isSetAside(redis: Asker['redis'], key: string, name: string): Promise<boolean> {
  try {
    const type = await redis.type(key)
    if (type === 'none') return false
    if (type !== 'list')
      throw new QueueFailure({ code: 'refused', reason: `${key} is a ${type}, not a list` })
    return (await redis.renamenx(key, name)) === 1
  } catch (cause) {
    // Somebody else took it in between.
    if (/no such key/i.test(reasonOf(cause))) return false
    throw cause
  }
}

function digestOf(events: readonly Buffer[]): string {
  const digest = createHash('sha1')
  for (const event of events) digest.update(`${event.length}:`).update(event)
  return digest.digest('base64url')
}
