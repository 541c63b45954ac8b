// Topics of a real Kafka broker.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, Producer } from '@platformatic/kafka'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '../src/collect/syslog/index.ts'
import { kafkaMissing, startKafka, threePorts } from './kafka-server.ts'
import type { KafkaServer, KafkaServerOptions } from './kafka-server.ts'
import { openQueueRoom } from './queue-room.ts'
import type { QueueRoom } from './queue-room.ts'
import { until } from './redis-server.ts'

const missing = kafkaMissing()
const folder = mkdtempSync(join(tmpdir(), 'vigie-kafka-'))
let server: KafkaServer
let serverOptions: KafkaServerOptions
let certFile = ''
let topics = 0
let topic = ''
let closers: (() => Promise<void> | void)[] = []

beforeAll(async () => {
  if (missing !== undefined) return
  const certificate = await makeCertificate(['localhost', '127.0.0.1'], Date.now())
  certFile = join(folder, 'cert.pem')
  writeFileSync(certFile, certificate.cert)
  const ports = await threePorts()
  serverOptions = { folder: join(folder, 'broker'), certificate, ports }
  server = await startKafka(serverOptions)
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  topics += 1
  topic = `zeek_${topics}`
  closers = []
})
afterEach(async () => {
  for (const close of closers.toReversed()) await close()
})

const clientOptions = () => ({ clientId: 'test', bootstrapBrokers: [`127.0.0.1:${server.port}`] })

async function makeTopic(partitions = 3): Promise<void> {
  const admin = new Admin(clientOptions())
  await admin.createTopics({ topics: [topic], partitions, replicas: 1 })
  await admin.close()
}

type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'

async function produce(
  lines: readonly string[],
  compression: Compression = 'none',
  timeOf: (at: number) => bigint = () => BigInt(Date.now()),
): Promise<void> {
  // A topic that was made just now may have partitions without a leader: what is sent again then is not to be kept twice.
  const producer = new Producer({ ...clientOptions(), retries: 10, idempotent: true })
  for (let at = 0; at < lines.length; at += 500)
    await producer.send({
      messages: lines.slice(at, at + 500).map((line, index) => ({
        topic,
        value: Buffer.from(line),
        key: Buffer.from(String(at + index)),
        timestamp: timeOf(at + index),
      })),
      compression,
    })
  await producer.close()
}

let rooms = 0
function room(): QueueRoom {
  rooms += 1
  const opened = openQueueRoom(join(folder, `spool-${rooms}`))
  closers.push(opened.close)
  return opened
}

function read(into: QueueRoom, address = `kafka://127.0.0.1:${server.port}/${topic}`) {
  const service = into.read(address)
  closers.push(service.close)
  return service
}

const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => `{"ts":1764000000.5,"_path":"conn","n":${from + at}}`)
const sorted = (lines: readonly string[]) => lines.toSorted()

describe.skipIf(missing !== undefined)(
  `Kafka${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    test('every partition of a topic is read, from its beginning and on', async () => {
      await makeTopic()
      await produce(numbered(3000))
      const into = room()
      read(into)
      await until(() => into.lines.length >= 3000)
      await produce(numbered(50, 3000))
      await until(() => into.lines.length >= 3050)
      expect(sorted(into.lines)).toEqual(sorted(numbered(3050)))
      expect([...into.sources]).toEqual([`queue/${topic.replace('_', '-')}`])
      expect(into.events.map(({ kind }) => kind)).toEqual(['started'])
    })

    test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('packed with %s', async (compression) => {
      await makeTopic(1)
      await produce(numbered(200), compression)
      const into = room()
      read(into)
      await until(() => into.lines.length >= 200)
      expect(into.lines).toEqual(numbered(200))
    })

    test('times that go back and forth double nothing when the same is read again', async () => {
      await makeTopic(1)
      const nowMs = BigInt(Date.now())
      await produce(numbered(100), 'none', (at) => nowMs - BigInt(at % 2) * 60_000n)
      const into = room()
      const first = read(into)
      await until(() => into.lines.length >= 100)
      // Nothing is told to the broker yet.
      await first.close()
      await produce(numbered(1, 100))
      read(into)
      await until(() => into.lines.length > 100)
      await sleep(500)
      expect(into.lines).toEqual(numbered(101))
    })

    test('reading goes on where it was, and what is on disk but not committed is not written again', async () => {
      await makeTopic(1)
      await produce(numbered(100))
      const into = room()
      const first = read(into)
      await until(() => into.lines.length >= 100)
      await sleep(1200)
      await first.close()
      await produce(numbered(100, 100))
      // Forty more were on disk when the process died before it could commit.
      const path = [...into.marks.keys()].find((one) => one.endsWith('#0')) ?? ''
      const mark = into.marks.get(path)
      if (mark === undefined) throw new Error('no position')
      into.marks.set(path, { ...mark, offset: 140, cursor: String(Date.now()), seq: mark.seq + 40 })
      read(into)
      await until(() => into.lines.length >= 160)
      await sleep(500)
      expect(into.lines).toEqual([...numbered(100), ...numbered(60, 140)])
    })

    test('a topic that was made anew is read from its beginning', async () => {
      await makeTopic(1)
      await produce(numbered(20))
      const into = room()
      const first = read(into)
      await until(() => into.lines.length >= 20)
      await sleep(1200)
      await first.close()
      const admin = new Admin(clientOptions())
      await admin.deleteTopics({ topics: [topic] })
      await sleep(1000)
      await admin.deleteGroups({ groups: ['vigie'] })
      await admin.close()
      await makeTopic(1)
      await produce(numbered(5, 900))
      read(into)
      await until(() => into.lines.length >= 25)
      expect(into.lines.slice(20)).toEqual(numbered(5, 900))
    })

    test.each(['plain', 'scram-sha-256', 'scram-sha-512'])('with TLS and SASL %s', async (sasl) => {
      await makeTopic(1)
      await produce(numbered(3))
      const into = room()
      const user = `vigie:${encodeURIComponent('h&k:l')}`
      read(
        into,
        `kafkas://${user}@127.0.0.1:${server.securePort}/${topic}?sasl=${sasl}&ca=${certFile}`,
      )
      await until(() => into.lines.length >= 3)
      expect(into.lines).toEqual(numbered(3))
    })

    test('a wrong password, a topic that is not there and another certificate are refused with the reason', async () => {
      await makeTopic(1)
      const other = join(folder, 'other.pem')
      writeFileSync(other, (await makeCertificate(['localhost'], Date.now())).cert)
      const place = `127.0.0.1:${server.securePort}/${topic}?sasl=scram-sha-512`
      for (const [address, reason] of [
        [`kafkas://vigie:wrong@${place}&ca=${certFile}`, /auth/i],
        [`kafkas://vigie:h@${place}&ca=${other}`, /certificate/i],
        [`kafka://127.0.0.1:${server.port}/not-there`, /topic/i],
      ] as const) {
        const service = read(room(), address)
        const [source = ''] = service.sources()
        await until(() => service.troubleOf(source) !== undefined)
        expect(service.troubleOf(source)).toMatchObject({
          code: 'refused',
          reason: expect.stringMatching(reason),
        })
      }
    })

    test('a broker that dies and comes back is read on, nothing lost or doubled', async () => {
      await makeTopic(1)
      await produce(numbered(100))
      const into = room()
      const service = read(into)
      await until(() => into.lines.length >= 100)
      await server.kill()
      await until(() => service.troubleOf(`queue/${topic.replace('_', '-')}`) !== undefined, 60_000)
      server = await startKafka(serverOptions)
      await produce(numbered(100, 100))
      await until(() => into.lines.length >= 200, 60_000)
      await sleep(500)
      expect(into.lines).toEqual(numbered(200))
      expect(into.events.map(({ kind }) => kind)).toEqual(['started', 'trouble', 'recovered'])
    }, 180_000)
  },
)
