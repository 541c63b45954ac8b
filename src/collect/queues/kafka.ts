// A topic of Kafka, read as a member of a consumer group. Offsets are committed once their lines are on disk; what is on
// disk already after a crash is known by the position of its partition.

import { isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer } from '@platformatic/kafka'
import type { ConsumerOptions, Message } from '@platformatic/kafka'
import { reasonOf } from '../../core/index.ts'
import type { Position } from '../position.ts'
import type { KafkaPlace } from './queue-place.ts'
import { QueueFailure, writeEvent } from './reading.ts'
import type { QueueTrouble, Reading } from './reading.ts'

const FETCH_BYTES = 1024 * 1024
const PARTITION_BYTES = 256 * 1024
/** Between two acknowledgements. */
const COMMIT_MS = 500
const FETCH_WAIT_MS = 1000
const CONNECT_MS = 10_000
const CLOSE_MS = 3000
/** After it a member that died is no longer waited for. */
const SESSION_MS = 10_000
const HEARTBEAT_MS = 2500
/** Joining waits for the others of the group. */
const REQUEST_MS = 40_000

/** Throws QueueFailure when the brokers go away or refuse. */
export async function readKafka(place: KafkaPlace, reading: Reading): Promise<never> {
  const { signal } = reading
  const consumer = new Consumer(optionsOf(place))
  const end = () => void consumer.close(true).catch(() => undefined)
  signal.addEventListener('abort', end, { once: true })
  try {
    await readTopic(consumer, place, reading)
  } catch (cause) {
    signal.throwIfAborted()
    throw failureOf(cause)
  } finally {
    signal.removeEventListener('abort', end)
    // Brokers that are away do not keep us from trying again.
    await Promise.race([consumer.close(true).catch(() => undefined), sleep(CLOSE_MS)])
  }
  signal.throwIfAborted()
  throw new QueueFailure({ code: 'unreachable', reason: 'the brokers ended the reading' })
}

async function readTopic(consumer: Consumer, place: KafkaPlace, reading: Reading): Promise<void> {
  const { signal, intake, onWell } = reading
  const progress = new Progress(place, reading)
  const stop = new AbortController()
  const stream = await consumer.consume({
    topics: [place.topic],
    mode: 'committed',
    fallbackMode: place.from,
    autocommit: false,
    maxWaitTime: FETCH_WAIT_MS,
  })
  onWell()
  const committing = commitEvery(consumer, progress, AbortSignal.any([signal, stop.signal]))
  // A failed commit ends the reading as a failed fetch does.
  committing.catch((cause: unknown) => stream.destroy(cause instanceof Error ? cause : undefined))
  try {
    for await (const message of stream) {
      signal.throwIfAborted()
      if (!(await progress.take(message))) await intake.drained()
    }
  } finally {
    stop.abort()
    stream.destroy()
  }
}

function optionsOf(place: KafkaPlace): ConsumerOptions<Buffer, Buffer, Buffer, Buffer> {
  const { host, port, brokers, group, user: username, password, sasl, tls } = place
  return {
    clientId: 'vigie',
    groupId: group,
    bootstrapBrokers: [`${host.includes(':') ? `[${host}]` : host}:${port}`, ...brokers],
    ...(tls === undefined ? {} : { tls, tlsServerName: tls.servername ?? isIP(host) === 0 }),
    ...(sasl === undefined ? {} : { sasl: { mechanism: sasl, username, password } }),
    connectTimeout: CONNECT_MS,
    requestTimeout: REQUEST_MS,
    sessionTimeout: SESSION_MS,
    rebalanceTimeout: SESSION_MS,
    heartbeatInterval: HEARTBEAT_MS,
    timeout: CONNECT_MS,
    retries: 2,
    maxBytes: FETCH_BYTES,
    maxBytesPerPartition: PARTITION_BYTES,
    highWaterMark: 1024,
  }
}

async function commitEvery(
  consumer: Consumer,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(COMMIT_MS, undefined, { signal }).catch(() => undefined)
    if (!signal.aborted) await progress.commit(consumer)
  }
}

type Taken = { readonly offset: bigint; readonly leaderEpoch: number }

/** How far each partition was read: written, and told to the broker. */
class Progress {
  readonly #place: KafkaPlace
  readonly #reading: Reading
  readonly #positions = new Map<number, Position | null>()
  #taken = new Map<number, Taken>()

  constructor(place: KafkaPlace, reading: Reading) {
    this.#place = place
    this.#reading = reading
  }

  /** False when the intake asks to wait. */
  async take({ partition, offset, value, timestamp, leaderEpoch }: Message): Promise<boolean> {
    const { intake, source, positionOf } = this.#reading
    const path = `${source}#${partition}`
    if (!this.#positions.has(partition)) this.#positions.set(partition, await positionOf(path))
    const before = this.#positions.get(partition) ?? null
    this.#taken.set(partition, { offset: offset + 1n, leaderEpoch })
    if (isWritten(before, offset, timestamp)) return true
    // Without waiting between: the line and how far it brings the partition reach the disk together.
    const goesOn = value === undefined || value === null || writeEvent(this.#reading, value)
    const next: Position = {
      inode: 0,
      offset: Number(offset) + 1,
      lines: (before?.lines ?? 0) + 1,
      fingerprint: '',
      done: false,
      cursor: String(newest(timestamp, before)),
      seq: (before?.seq ?? 0) + 1,
    }
    this.#positions.set(partition, next)
    intake.note(path, next)
    return goesOn
  }

  async commit(consumer: Consumer): Promise<void> {
    const taken = this.#taken
    if (taken.size === 0) return
    this.#taken = new Map()
    await this.#reading.intake.synced()
    const { topic } = this.#place
    await consumer.commit({
      offsets: [...taken].map(([partition, rest]) => ({ topic, partition, ...rest })),
    })
    this.#reading.onWell()
  }
}

/** Senders give the times, so that they go back and forth within a partition. */
function newest(timestamp: bigint, before: Position | null): bigint {
  const known = BigInt(before?.cursor ?? '0')
  return timestamp > known ? timestamp : known
}

/** A topic that was made anew counts from 0 again: its messages are younger than everything read of the old one. */
function isWritten(before: Position | null, offset: bigint, timestamp: bigint): boolean {
  if (before === null || offset >= BigInt(before.offset)) return false
  return timestamp <= BigInt(before.cursor ?? '0')
}

const REFUSALS =
  /SASL|AUTHENTICATION|AUTHORIZATION|unknown.topic|INVALID_TOPIC|UNSUPPORTED|certificate|self[- ]signed/i

function failureOf(thrown: unknown): QueueFailure {
  if (thrown instanceof QueueFailure) return thrown
  const reasons = [...reasonsIn(thrown)]
  const reason = reasons.join(': ').slice(0, 300)
  const code: QueueTrouble['code'] = REFUSALS.test(reasons.join(' ')) ? 'refused' : 'unreachable'
  return new QueueFailure({ code, reason }, { cause: thrown })
}

const MOST_WRAPPED = 20

/** The client wraps what was met in several errors; the innermost says most. */
function* reasonsIn(thrown: unknown, depth = 0): Generator<string> {
  if (depth > MOST_WRAPPED) return
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    yield* reasonsIn(thrown.errors[0], depth + 1)
    return
  }
  const cause = thrown instanceof Error ? thrown.cause : undefined
  if (cause instanceof Error) yield* reasonsIn(cause, depth + 1)
  else yield describe(thrown)
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return reasonOf(thrown)
  const id = 'apiId' in thrown && typeof thrown.apiId === 'string' ? thrown.apiId : ''
  return [id === '' && thrown.message === '' ? thrown.constructor.name : id, thrown.message]
    .filter((part) => part !== '')
    .join(': ')
}
