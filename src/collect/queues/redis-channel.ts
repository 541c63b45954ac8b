// A channel of Redis. Nothing waits in it: what is published while nobody listens is gone, and Redis itself ends a
// connection that does not keep up.

import type { RedisPlace } from './queue-place.ts'
import { QueueFailure, writeEvent } from './reading.ts'
import type { Reading } from './reading.ts'
import { ended } from './redis-connection.ts'
import type { RedisConnection } from './redis-connection.ts'

export async function readChannel(
  { key }: RedisPlace,
  connection: RedisConnection,
  reading: Reading,
): Promise<never> {
  const { redis, bounded, taken } = connection
  const { intake, signal, onWell } = reading
  let isWaiting = false
  redis.on('messageBuffer', (_channel: Buffer, event: Buffer) => {
    taken()
    if (writeEvent(reading, event) || isWaiting) return
    isWaiting = true
    redis.stream.pause()
    void intake.drained().then(() => {
      isWaiting = false
      redis.stream.resume()
    })
  })
  await bounded(() => redis.subscribe(key))
  onWell()
  await ended(connection, signal)
  signal.throwIfAborted()
  // Asked once more, so that an end because of an event too large is told from others.
  await bounded(() => redis.ping())
  throw new QueueFailure({ code: 'unreachable', reason: 'the connection ended' })
}
