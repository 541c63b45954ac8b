// Keeps one reader going for each queue that was named, each tried again ever more rarely while its server is away.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Positions } from '../files/index.ts'
import type { Intake } from '../intake.ts'
import type { QueuePlace, RedisPlace } from './queue-place.ts'
import { EVENTS_AT_ONCE, QueueFailure } from './reading.ts'
import type { QueueTrouble, Reading } from './reading.ts'

export type QueuesOptions = {
  readonly places: readonly QueuePlace[]
  readonly intake: Intake
  readonly positions: Positions
  readonly onEvent: (event: QueueEvent) => void
  /** The first pause before another try; doubled up to a minute. */
  readonly firstPauseMs?: number
  readonly mostAnswerBytes?: number
}

export type QueueEvent =
  | { readonly kind: 'trouble'; readonly source: string; readonly trouble: QueueTrouble }
  | { readonly kind: 'started' | 'recovered' | 'open_line'; readonly source: string }

export type QueueService = {
  /** What keeps a source from being read now; undefined for one that is well or unknown. */
  readonly troubleOf: (source: string) => QueueTrouble | undefined
  readonly sources: () => readonly string[]
  readonly close: () => Promise<void>
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 60_000
const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '::1'])

export function startQueues(options: QueuesOptions): QueueService {
  const stop = new AbortController()
  const troubles = new Map<string, QueueTrouble | undefined>()
  const readers = options.places.map((place) => keepReading(place, options, { stop, troubles }))
  return {
    troubleOf: (source) => troubles.get(source),
    sources: () => [...troubles.keys()],
    close: async () => {
      stop.abort()
      await Promise.allSettled(readers)
    },
  }
}

type Shared = {
  readonly stop: AbortController
  readonly troubles: Map<string, QueueTrouble | undefined>
}

async function keepReading(
  place: QueuePlace,
  options: QueuesOptions,
  { stop: { signal }, troubles }: Shared,
): Promise<void> {
  const { intake, positions, firstPauseMs = FIRST_PAUSE_MS, onEvent } = options
  const source = `queue/${place.name}`
  if (place.password !== '' && place.tls === undefined && !OWN_HOSTS.has(place.host))
    onEvent({ kind: 'open_line', source })
  const teller = new Teller(source, troubles, onEvent)
  let pauseMs = firstPauseMs
  const reading: Reading = {
    intake,
    source,
    signal,
    origin: intake.open({ kind: 'queue', source, context: '' }),
    positionOf: async (path) => positions.get(path),
    onWell: () => {
      pauseMs = firstPauseMs
      teller.well()
    },
    onTrouble: (trouble) => teller.trouble(trouble),
  }
  const size = new AnswerSize()
  while (!signal.aborted) {
    try {
      await readPlace(place, reading, { size, ...options })
    } catch (thrown) {
      if (signal.aborted) return
      const { trouble } = failureIn(thrown)
      if (trouble.code !== 'too_large' || size.isOne) teller.trouble(trouble)
      size.shrinkAfter(trouble)
      await sleep(pauseMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }
}

function failureIn(thrown: unknown): QueueFailure {
  if (thrown instanceof QueueFailure) return thrown
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return new QueueFailure({ code: 'unreachable', reason }, { cause: thrown })
}

/** How many events are asked for at once: one at a time where several were too large together, and that one left out where it is. */
class AnswerSize {
  count = EVENTS_AT_ONCE
  skipsNext = false

  get isOne(): boolean {
    return this.count === 1
  }

  shrinkAfter({ code }: QueueTrouble): void {
    if (code !== 'too_large') return
    this.skipsNext = this.isOne
    this.count = 1
  }
}

type ReadOptions = Pick<QueuesOptions, 'mostAnswerBytes'> & { readonly size: AnswerSize }

/** Each client is loaded with the first queue of its kind: a sensor counts its megabytes. */
async function readPlace(
  place: QueuePlace,
  reading: Reading,
  options: ReadOptions,
): Promise<never> {
  if (place.kind === 'kafka') {
    const { readKafka } = await import('./kafka.ts')
    return readKafka(place, reading)
  }
  return readRedis(place, reading, options)
}

async function readRedis(
  place: RedisPlace,
  reading: Reading,
  { size, mostAnswerBytes }: ReadOptions,
): Promise<never> {
  const { connectRedis, dropOldest, readChannel, readList, readStream } = await import('./redis.ts')
  const connection = await connectRedis(place, reading.signal, mostAnswerBytes)
  try {
    if (place.kind === 'channel') return await readChannel(place, connection, reading)
    if (place.kind === 'stream') return await readStream(place, connection, reading, size.count)
    if (size.skipsNext) await connection.bounded(() => dropOldest(place, connection))
    size.skipsNext = false
    return await readList(place, connection, reading, size.count)
  } finally {
    connection.close()
  }
}

/** Says the same trouble once, until the queue was read again. */
class Teller {
  readonly #source: string
  readonly #troubles: Shared['troubles']
  readonly #onEvent: QueuesOptions['onEvent']
  readonly #said = new Set<QueueTrouble['code']>()
  #isStarted = false

  constructor(source: string, troubles: Shared['troubles'], onEvent: QueuesOptions['onEvent']) {
    this.#source = source
    this.#troubles = troubles
    this.#onEvent = onEvent
    troubles.set(source, undefined)
  }

  trouble(trouble: QueueTrouble): void {
    this.#troubles.set(this.#source, trouble)
    if (!this.#said.has(trouble.code))
      this.#onEvent({ kind: 'trouble', source: this.#source, trouble })
    this.#said.add(trouble.code)
  }

  well(): void {
    if (this.#isStarted && this.#said.size === 0) return
    const isBack = this.#said.size > 0
    this.#said.clear()
    this.#troubles.set(this.#source, undefined)
    if (isBack || !this.#isStarted)
      this.#onEvent({ kind: isBack ? 'recovered' : 'started', source: this.#source })
    this.#isStarted = true
  }
}
