// A sensor that reads from Redis and Kafka is killed again and again: every event arrives at the station, once.

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, Producer } from '@platformatic/kafka'
import { afterAll, describe, expect, test } from 'vitest'
import { openMemoryDoor } from '../src/collect/sensors/memory-door.test-helper.ts'
import { kafkaMissing, startKafka } from './kafka-server.ts'
import { redisMissing, startRedis, until } from './redis-server.ts'

const KILLS = 6
const ROOT = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'vigie-queue-kills-'))
const closers: (() => Promise<void> | void)[] = []
let child: ChildProcess | undefined
afterAll(async () => {
  child?.kill('SIGKILL')
  for (const close of closers.toReversed()) await close()
  rmSync(folder, { recursive: true, force: true })
})

async function sensor(words: readonly string[]): Promise<ChildProcess> {
  const started = spawn(
    process.execPath,
    [join(ROOT, 'src/cli/main.ts'), 'sensor', '--data', join(folder, 'sensor'), ...words],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  for await (const part of started.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false }))
    if (String(part).includes('Ctrl-C')) break
  started.stdout.resume()
  return started
}

const PORTS = ['syslog-port', 'syslog-tls-port', 'flow-port', 'http-port'].flatMap((name) => [
  `--${name}`,
  '0',
])
const [noRedis, noKafka] = [redisMissing(), kafkaMissing()]
const missing = noRedis ?? noKafka

describe.skipIf(missing !== undefined)(
  `kill -9${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    test(
      'nothing lost, nothing doubled, of a list, a stream and a topic',
      { timeout: 400_000 },
      async () => {
        const redis = await startRedis({ folder: join(folder, 'redis') })
        closers.push(redis.stop)
        const kafka = await startKafka({ folder: join(folder, 'kafka') })
        closers.push(kafka.stop)
        const client = {
          clientId: 'test',
          bootstrapBrokers: [`127.0.0.1:${kafka.port}`],
          retries: 10,
        }
        const admin = new Admin(client)
        await admin.createTopics({ topics: ['zeek'], partitions: 2, replicas: 1 })
        await admin.close()
        const producer = new Producer({ ...client, idempotent: true })
        closers.push(() => producer.close())
        const station = await openMemoryDoor({ folder: join(folder, 'station') })
        closers.push(station.close)

        const sent: string[] = []
        const end = new AbortController()
        const producing = (async () => {
          for (let at = 0; !end.signal.aborted; at += 1) {
            const some = Array.from({ length: 60 }, (_, of) => `${at}.${of}`)
            await redis.client.lpush('suricata', ...some.map((name) => `list ${name}`))
            for (const name of some.slice(0, 20))
              await redis.client.xadd('eve', '*', 'eve', `stream ${name}`)
            await producer.send({
              messages: some.map((name) => ({
                topic: 'zeek',
                key: Buffer.from(name),
                value: Buffer.from(`topic ${name}`),
              })),
            })
            sent.push(
              ...some.map((name) => `list ${name}`),
              ...some.slice(0, 20).map((name) => `stream ${name}`),
              ...some.map((name) => `topic ${name}`),
            )
            await sleep(20)
          }
        })()
        const queues = [
          '--redis',
          `redis://127.0.0.1:${redis.port}/?mode=list&key=suricata,redis://127.0.0.1:${redis.port}/?mode=stream&key=eve`,
          '--kafka',
          `kafka://127.0.0.1:${kafka.port}/zeek`,
        ]
        const words = [...PORTS, ...queues, '--enrol', await station.invite('north')]
        const topicLines = () => station.texts().filter((text) => text.startsWith('topic')).length
        for (let kill = 0; kill < KILLS; kill += 1) {
          child = await sensor(words)
          const before = topicLines()
          // A topic is given to the new member once the dead one is no longer waited for.
          await until(() => topicLines() > before, 60_000)
          await sleep(Math.random() * 1500)
          child.kill('SIGKILL')
          await once(child, 'exit')
        }
        end.abort()
        await producing
        child = await sensor(words)
        await until(() => station.lines.length >= sent.length, 120_000)
        await sleep(2000)
        const texts = station.texts()
        expect(sent.length).toBeGreaterThan(5000)
        for (const kind of ['list', 'stream', 'topic']) {
          const of = (lines: readonly string[]) =>
            lines.filter((line) => line.startsWith(kind)).toSorted()
          expect(of(texts), kind).toEqual(of(sent))
        }
        expect(new Set(station.lines.map(({ source }) => source))).toEqual(
          new Set(['north:queue/suricata', 'north:queue/eve', 'north:queue/zeek']),
        )
      },
    )
  },
)
