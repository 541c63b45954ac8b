// What reads from Redis, as one module that is loaded with the first queue there.

export { readChannel } from './redis-channel.ts'
export { connectRedis } from './redis-connection.ts'
export { dropOldest, readList } from './redis-list.ts'
export { readStream } from './redis-stream.ts'
