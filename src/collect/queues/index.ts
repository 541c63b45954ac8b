// In: events that wait in Redis (list, stream, channel) or Kafka. Out: lines in the intake, each once in effect.
// An event is taken off its queue, or its offset acknowledged, only once its line is on disk.
// Never: loaded before a queue is named, or read faster than the disk takes lines.

export { queueSentence, queueTroubleSentence } from './sentences.ts'
export { startQueues } from './start-queues.ts'
