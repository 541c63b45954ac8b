// One connection to a Redis server. It is not mended: whoever reads opens another, after a pause.

import { once } from 'node:events'
import { Redis } from 'ioredis'
import { reasonOf } from '../../core/index.ts'
import type { RedisPlace } from './queue-place.ts'
import { MOST_ANSWER_BYTES, QueueFailure } from './reading.ts'

export type RedisConnection = {
  readonly redis: Redis
  /** Counts what the server sends; beyond the bound the connection ends. */
  readonly bounded: <Answer>(ask: () => Promise<Answer>) => Promise<Answer>
  /** What was counted so far was taken: counting begins again. */
  readonly taken: () => void
  readonly close: () => void
}

const CONNECT_MS = 10_000
/** Longer than a stream is waited for. */
const COMMAND_MS = 30_000

/** Throws QueueFailure. Ends when `signal` aborts. */
export async function connectRedis(
  place: RedisPlace,
  signal: AbortSignal,
  mostBytes = MOST_ANSWER_BYTES,
): Promise<RedisConnection> {
  const redis = new Redis({
    host: place.host,
    port: place.port,
    db: place.database,
    ...(place.user === '' ? {} : { username: place.user }),
    ...(place.password === '' ? {} : { password: place.password }),
    ...(place.tls === undefined ? {} : { tls: place.tls }),
    lazyConnect: true,
    // An account for one key may not ask how the server is.
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
    connectTimeout: CONNECT_MS,
    commandTimeout: COMMAND_MS,
    keepAlive: 30_000,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
  })
  let last: unknown
  redis.on('error', (cause: unknown) => {
    last = cause
  })
  const close = () => redis.disconnect()
  signal.addEventListener('abort', close, { once: true })
  redis.once('end', () => signal.removeEventListener('abort', close))
  try {
    await redis.connect()
  } catch (cause) {
    close()
    throw failureOf(last ?? cause)
  }
  return { redis, ...boundOf(redis, mostBytes), close }
}

/** What went wrong, as it is said: an answer of the server, or a broken line. */
export function failureOf(thrown: unknown): QueueFailure {
  if (thrown instanceof QueueFailure) return thrown
  const reason = reasonOf(thrown)
  const isAnswer = thrown instanceof Error && thrown.name === 'ReplyError'
  // A server that is loading its data, or hands over to another, will answer later.
  const isPassing = /^(?:LOADING|BUSY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN)\b/.test(reason)
  return new QueueFailure(
    { code: isAnswer && !isPassing ? 'refused' : 'unreachable', reason },
    { cause: thrown },
  )
}

/** The socket counts, since an answer is only seen once it is whole. */
function boundOf(redis: Redis, mostBytes: number): Pick<RedisConnection, 'bounded' | 'taken'> {
  let bytes = 0
  let isTooLarge = false
  redis.stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= mostBytes || isTooLarge) return
    isTooLarge = true
    redis.disconnect()
  })
  const taken = () => {
    bytes = 0
  }
  const bounded: RedisConnection['bounded'] = async (ask) => {
    taken()
    try {
      const answer = await ask()
      if (isTooLarge) throw new QueueFailure({ code: 'too_large', limitBytes: mostBytes })
      return answer
    } catch (cause) {
      if (isTooLarge) throw new QueueFailure({ code: 'too_large', limitBytes: mostBytes })
      throw failureOf(cause)
    }
  }
  return { taken, bounded }
}

/** Resolves when the connection is gone, or the reading ends. */
export async function ended({ redis }: RedisConnection, signal: AbortSignal): Promise<void> {
  if (redis.status === 'end') return
  await once(redis, 'end', { signal }).catch(() => undefined)
}
