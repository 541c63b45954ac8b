// Reading from queues begins with the first that is named: until then nothing of it is loaded.

import { VigieError } from '../../core/index.ts'
import type { Positions } from '../files/index.ts'
import type { Intake } from '../intake.ts'
import { kafkaPlace, redisPlace } from './queue-place.ts'
import type { QueuePlace } from './queue-place.ts'
import type { QueueEvent, QueueService } from './start-queues.ts'

export type QueuesOnDemandOptions = {
  /** Addresses, as `redisPlace` and `kafkaPlace` read them. */
  readonly redis: readonly string[]
  readonly kafka: readonly string[]
  readonly intake: Intake
  readonly positions: Positions
  readonly onEvent: (event: QueueEvent, sentence: (language: 'en' | 'fr') => string) => void
}

const NONE: QueueService = {
  troubleOf: () => undefined,
  sources: () => [],
  close: () => Promise.resolve(),
}

/** Throws SETTING_INVALID for an address that cannot be used, or when two queues would have one name. */
export async function queuesOnDemand(options: QueuesOnDemandOptions): Promise<QueueService> {
  const places = distinct([...options.redis.map(redisPlace), ...options.kafka.map(kafkaPlace)])
  if (places.length === 0) return NONE
  const { queueSentence, startQueues } = await import('./index.ts')
  return startQueues({
    places,
    intake: options.intake,
    positions: options.positions,
    onEvent: (event) => options.onEvent(event, (language) => queueSentence(event, language)),
  })
}

/** Two of one name would share one position. */
function distinct(places: readonly QueuePlace[]): readonly QueuePlace[] {
  const twice = places.find(({ name }, at) => places.findIndex((one) => one.name === name) !== at)
  if (twice === undefined) return places
  throw new VigieError('SETTING_INVALID', {
    name: twice.kind === 'kafka' ? 'kafka' : 'redis',
    met: twice.name,
    expected: 'Two queues would have this name: give one of them another with “name=”.',
  })
}
