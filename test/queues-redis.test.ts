// Redis as Suricata writes to it, read from a real server.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '../src/collect/syslog/index.ts'
import { openQueueRoom } from './queue-room.ts'
import type { QueueRoom } from './queue-room.ts'
import { redisMissing, startRedis, until } from './redis-server.ts'
import type { RedisServer, RedisServerOptions } from './redis-server.ts'

const missing = redisMissing()
let folder = ''
let closers: (() => Promise<void> | void)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-redis-'))
  closers = []
})
afterEach(async () => {
  for (const close of closers.toReversed()) await close()
  rmSync(folder, { recursive: true, force: true })
})

async function server(changes: Partial<RedisServerOptions> = {}): Promise<RedisServer> {
  const started = await startRedis({ folder: join(folder, 'redis'), ...changes })
  closers.push(started.stop)
  return started
}

function room(): QueueRoom {
  const opened = openQueueRoom(join(folder, 'spool'))
  closers.push(opened.close)
  return opened
}

function read(into: QueueRoom, ...words: Parameters<QueueRoom['read']>) {
  const service = into.read(...words)
  closers.push(service.close)
  return service
}

const eve = (at: number) =>
  `{"timestamp":"2026-11-24T10:00:00.000000+0000","event_type":"dns","flow_id":${at},"src_ip":"192.0.2.7"}`
const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => eve(from + at))

describe.skipIf(missing !== undefined)(
  `Redis${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    test.each([
      ['list', 'lpush'],
      ['lpush', 'lpush'],
      ['rpush', 'rpush'],
    ] as const)('a list in mode %s is read in the order it was written', async (mode, push) => {
      const { client, port } = await server()
      await client[push]('suricata', ...numbered(1200))
      const into = room()
      read(into, `redis://127.0.0.1:${port}/?mode=${mode}&key=suricata`)
      await until(() => into.lines.length >= 1200)
      await client[push]('suricata', ...numbered(5, 1200))
      await until(() => into.lines.length >= 1205)
      expect(into.lines).toEqual(numbered(1205))
      expect([...into.sources]).toEqual(['queue/suricata'])
      await until(async () => (await client.keys('*')).length === 0)
      expect(into.events).toEqual([{ kind: 'started', source: 'queue/suricata' }])
    })

    test('what was set aside and not cut off is not written again, and what was not written is', async () => {
      const { client, port } = await server()
      await client.lpush('suricata', ...numbered(700))
      const into = room()
      const address = `redis://127.0.0.1:${port}`
      const first = read(into, address)
      await until(() => into.lines.length >= 700)
      await first.close()
      // As after a crash between the disk and the server: the last part of 200 stands there again, others behind it.
      await client.lpush('{suricata}:vigie', ...numbered(200, 500), ...numbered(50, 700))
      await client.lpush('suricata', ...numbered(10, 750))
      read(into, address)
      await until(() => into.lines.length >= 760)
      expect(into.lines).toEqual(numbered(760))
    })

    test('a stream is acknowledged once it is on disk, and read on where it was', async () => {
      const { client, port } = await server()
      for (const line of numbered(30))
        await client.xadd('suricata', 'MAXLEN', '~', 100000, '*', 'eve', line)
      const into = room()
      const address = `redis://127.0.0.1:${port}/?mode=stream&key=suricata`
      const first = read(into, address)
      await until(() => into.lines.length >= 30)
      await until(async () => (await pending(client)) === 0)
      await first.close()
      for (const line of numbered(30, 30)) await client.xadd('suricata', '*', 'eve', line)
      // Given out before a crash, acknowledged by nobody: half of it is on disk.
      const given = (await client.call(
        'XREADGROUP',
        'GROUP',
        'vigie',
        'vigie',
        'COUNT',
        20,
        'STREAMS',
        'suricata',
        '>',
      )) as [[string, [string, unknown][]]]
      const mark = into.marks.get('queue/suricata')
      if (mark === undefined) throw new Error('no position')
      const written = given[0][1].slice(0, 10)
      into.marks.set('queue/suricata', {
        ...mark,
        cursor: written.at(-1)?.[0] ?? '',
        seq: mark.seq + 1,
      })
      read(into, address)
      await until(() => into.lines.length >= 50)
      expect(into.lines).toEqual([...numbered(30), ...numbered(20, 40)])
      await until(async () => (await pending(client)) === 0)
    })

    test('an entry of several members is the one named as the event, or all as JSON', async () => {
      const { client, port } = await server()
      await client.xadd('logs', '*', 'host', 'gate', 'message', 'the line')
      await client.xadd('logs', '*', 'user', 'a"b', 'action', 'deny')
      await client.xadd('logs', '*', 'whatever', 'alone\n')
      const into = room()
      read(into, `redis://127.0.0.1:${port}/?mode=xadd&key=logs&name=gate-logs`)
      await until(() => into.lines.length >= 3)
      expect(into.lines).toEqual(['the line', '{"user":"a\\"b","action":"deny"}', 'alone'])
      expect([...into.sources]).toEqual(['queue/gate-logs'])
    })

    test('a channel is heard from the start of reading on', async () => {
      const { client, port } = await server()
      const into = room()
      read(into, `redis://127.0.0.1:${port}/?mode=channel&key=suricata`)
      await until(async () => (await client.publish('suricata', '')) === 1)
      for (const line of numbered(2000)) void client.publish('suricata', line)
      await until(() => into.lines.length >= 2000)
      expect(into.lines).toEqual(numbered(2000))
    })

    test('a server that goes away and comes back is read on, said once', async () => {
      const before = await server()
      await before.client.lpush('suricata', ...numbered(10))
      const into = room()
      read(into, `redis://127.0.0.1:${before.port}`)
      await until(() => into.lines.length >= 10)
      await before.stop()
      await sleep(700)
      const { client } = await server({ port: before.port })
      await client.lpush('suricata', ...numbered(10, 10))
      await until(() => into.lines.length >= 20)
      expect(into.lines).toEqual(numbered(20))
      expect(into.events.map(({ kind }) => kind)).toEqual(['started', 'trouble', 'recovered'])
    })

    test('an account of its own, over TLS, with a certificate of ours', async () => {
      const made = await makeCertificate(['localhost', '127.0.0.1'], Date.now())
      const file = (name: string, text: string) => {
        writeFileSync(join(folder, name), text)
        return join(folder, name)
      }
      const [cert, key] = [file('cert.pem', made.cert), file('key.pem', made.key)]
      const password = file('password', 'h&d=e/n?\n')
      const probe = await server({
        words: [
          `--tls-cert-file ${cert} --tls-key-file ${key} --tls-ca-cert-file ${cert} --tls-auth-clients no`,
          '--user vigie on >h&d=e/n? ~suricata ~{suricata}:vigie +renamenx +type +lrange +ltrim',
        ].flatMap((line) => line.split(' ')),
        isTls: true,
        client: { tls: { ca: made.cert } },
      })
      await probe.client.lpush('suricata', ...numbered(3))
      const into = room()
      const place = (user: string) =>
        `rediss://${user}@127.0.0.1:${probe.port}/?password_file=${password}&ca=${cert}`
      read(into, place('vigie'))
      await until(() => into.lines.length >= 3)
      expect(into.lines).toEqual(numbered(3))
      const refused = room()
      const service = read(refused, place('nobody'))
      await until(() => service.troubleOf('queue/suricata') !== undefined)
      expect(service.troubleOf('queue/suricata')).toMatchObject({ code: 'refused' })
    })

    test('an event larger than the bound is said and left out; the others are read', async () => {
      const { client, port } = await server()
      await client.rpush('suricata', eve(0), 'x'.repeat(400_000), eve(1))
      const into = room()
      read(into, `redis://127.0.0.1:${port}/?mode=rpush`, { mostAnswerBytes: 200_000 })
      await until(() => into.lines.length >= 2)
      expect(into.lines).toEqual(numbered(2))
      expect(into.events).toContainEqual({
        kind: 'trouble',
        source: 'queue/suricata',
        trouble: { code: 'too_large', limitBytes: 200_000 },
      })
    })

    test('a key that is no list is refused with what it is', async () => {
      const { client, port } = await server()
      await client.set('suricata', 'text')
      const into = room()
      const service = read(into, `redis://127.0.0.1:${port}`)
      await until(() => service.troubleOf('queue/suricata') !== undefined)
      expect(service.troubleOf('queue/suricata')).toEqual({
        code: 'refused',
        reason: 'suricata is a string, not a list',
      })
      expect(await client.get('suricata')).toBe('text')
    })
  },
)

async function pending(client: Redis): Promise<number> {
  const [count] = (await client.call('XPENDING', 'suricata', 'vigie')) as [number]
  return count
}
