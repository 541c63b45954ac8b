import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { generate } from 'selfsigned'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isVigieError } from '../../core/index.ts'
import { recordingIntake, until } from '../files/recording-intake.test-helper.ts'
import { senderAddress } from '../sender.ts'
import { dropsOfPort } from '../udp/kernel-drops.ts'
import { makeCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { MAX_UNENDED_BYTES } from './framer.ts'
import { startSyslog } from './start-syslog.ts'
import type { SyslogOptions, SyslogService } from './start-syslog.ts'
import type { SyslogEvent } from './syslog-event.ts'

let certificate: Certificate
const services: SyslogService[] = []
const sockets: Socket[] = []

beforeAll(async () => {
  certificate = await makeCertificate(['localhost', '127.0.0.1'], Date.now())
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const service of services.splice(0)) await service.close()
})

async function start(changes: Partial<SyslogOptions> = {}) {
  const intake = recordingIntake()
  const events: SyslogEvent[] = []
  const service = await startSyslog({
    intake,
    host: '127.0.0.1',
    udpPort: 0,
    tcpPort: 0,
    tlsPort: 0,
    tls: certificate,
    onEvent: (event) => events.push(event),
    ...changes,
  })
  services.push(service)
  const { udp, tcp, tls } = service.addresses
  return { intake, events, service, udp: udp ?? 0, tcp: tcp ?? 0, tls: tls ?? 0 }
}

async function client(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

test('TCP lines arrive under the name of their sender', async () => {
  const { intake, tcp, service } = await start()
  const socket = await client(tcp)
  socket.write('<13>one\n8 <13>tw\0o<13>three\n')
  await until(() => intake.lines.length === 3)
  expect(intake.texts()).toEqual(['<13>one', '<13>tw\0o', '<13>three'])
  expect(intake.lines[0]).toMatchObject({ kind: 'syslog', source: 'syslog/127.0.0.1', context: '' })
  expect(service.counters().tcp).toMatchObject({ connections: 1, messages: 3 })
})

test('a line that the peer did not end is kept when the connection ends', async () => {
  const { intake, tcp, service } = await start()
  const socket = await client(tcp)
  socket.end('<13>one\n<13>half of a l')
  await until(() => service.counters().tcp.connections === 0 && intake.lines.length === 2)
  expect(intake.texts()).toEqual(['<13>one', '<13>half of a l'])
})

test('TCP waits while the intake is full, and then loses nothing', async () => {
  const { intake, tcp, service } = await start()
  intake.saturate()
  const socket = await client(tcp)
  const line = `<13>${'x'.repeat(995)}\n`
  const total = 40_000
  socket.write(line.repeat(total))
  await until(() => intake.lines.length > 0)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(service.counters().tcp.bytes).toBeLessThan(1024 * 1024)
  intake.release()
  await until(() => intake.lines.length === total)
  expect(intake.lines.length).toBe(total)
})

test('a peer that never ends its line is cut, then closed, and others go on', async () => {
  const { intake, tcp, events, service } = await start()
  const [endless, other] = [await client(tcp), await client(tcp)]
  const closed = new Promise((resolve) => endless.once('close', resolve))
  endless.write(Buffer.alloc(MAX_UNENDED_BYTES + 200_000, 'z'))
  await closed
  other.write('<13>still here\n')
  await until(() => intake.texts().includes('<13>still here'))
  expect(events).toContainEqual({ kind: 'runaway', transport: 'tcp', source: 'syslog/127.0.0.1' })
  expect(service.counters().tcp).toMatchObject({ runaways: 1, connections: 1 })
  expect(service.counters().tcp.cut).toBeGreaterThanOrEqual(MAX_UNENDED_BYTES / 65_536)
  expect(intake.texts()).toContain('<13>still here')
})

test('1,000 connections at once each deliver', async () => {
  const { intake, tcp, service } = await start()
  const many = await Promise.all(Array.from({ length: 1000 }, () => client(tcp)))
  await until(() => service.counters().tcp.connections === 1000)
  many.forEach((socket, index) => socket.write(`<13>from ${index}\n`))
  await until(() => intake.lines.length === 1000)
  expect(new Set(intake.texts()).size).toBe(1000)
})

test('TLS 1.2 and 1.3 arrive; a plain text peer fails alone', async () => {
  const { intake, tls, events } = await start()
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const secure = connectTls({
      port: tls,
      host: '127.0.0.1',
      ca: certificate.cert,
      minVersion: version,
      maxVersion: version,
    })
    sockets.push(secure)
    await once(secure, 'secureConnect')
    expect(secure.getProtocol()).toBe(version)
    secure.write(`9 <13>${version.slice(-5)}`)
  }
  const plain = await client(tls)
  plain.write('<13>not TLS\n')
  await until(() => intake.lines.length === 2 && events.length > 0)
  expect(intake.texts().toSorted()).toEqual(['<13>Sv1.2', '<13>Sv1.3'])
  expect(events[0]).toMatchObject({ kind: 'handshake_failed', source: 'syslog/127.0.0.1' })
})

test('TLS with an authority refuses a client without its certificate', async () => {
  const own = await clientCertificate()
  const { intake, tls, service } = await start({ tls: { ...certificate, ca: own.cert } })
  const options = { port: tls, host: '127.0.0.1', ca: certificate.cert }
  const without = connectTls(options)
  without.on('error', () => {})
  without.write('<13>no certificate\n')
  sockets.push(without)
  const withOne = connectTls({ ...options, key: own.key, cert: own.cert })
  sockets.push(withOne)
  withOne.write('<13>known\n')
  await until(() => intake.lines.length > 0 && service.counters().tls.failedHandshakes > 0)
  expect(intake.texts()).toEqual(['<13>known'])
})

async function clientCertificate(): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'sensor-1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'extKeyUsage', clientAuth: true }],
  })
  return { key: made.private, cert: made.cert }
}

describe('UDP', () => {
  async function send(port: number, ...messages: string[]): Promise<void> {
    return sendFrom('127.0.0.1', port, messages)
  }

  async function sendFrom(address: string, port: number, messages: readonly string[]) {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind({ address }, resolve))
    for (const message of messages) {
      await new Promise((resolve) => socket.send(message, port, '127.0.0.1', resolve))
    }
    socket.close()
  }

  test('a datagram is a message, its terminators left out', async () => {
    const { intake, udp, service } = await start()
    await send(udp, '<13>one\n', '<13>two\r\n\0', '\n', `<13>${'x'.repeat(1020)}`)
    await until(() => service.counters().udp.messages === 4)
    expect(intake.texts().slice(0, 2)).toEqual(['<13>one', '<13>two'])
    expect(intake.lines).toHaveLength(3)
    expect(service.counters().udp).toMatchObject({ messages: 4, likelyTruncated: 1, dropped: 0 })
  })

  test('what a full intake cannot take is counted, and reported once', async () => {
    const { intake, udp, service, events } = await start()
    intake.saturate()
    const large = 'x'.repeat(60_000)
    for (let round = 0; round < 12; round += 1) {
      await send(udp, ...Array.from({ length: 25 }, () => large))
      await until(() => service.counters().udp.messages === (round + 1) * 25)
    }
    const { dropped, messages } = service.counters().udp
    expect(dropped).toBeGreaterThan(0)
    expect(service.counters().udp.droppedFrom).toEqual(new Map([['syslog/127.0.0.1', dropped]]))
    expect(intake.lines.length + dropped).toBe(messages)
    expect(events).toEqual([{ kind: 'datagrams_dropped', source: 'syslog/127.0.0.1' }])
  })

  // Other systems have one loopback address.
  test.skipIf(process.platform !== 'linux')(
    'senders of a way that has room go on while another is full',
    async () => {
      const recording = recordingIntake()
      const { udp, service } = await start({
        intake: {
          ...recording,
          open: (origin) => ({
            ...recording.open(origin),
            queue: origin.source === 'syslog/127.0.0.2' ? 'first' : 'second',
          }),
          write: (from, bytes, begin, end) =>
            recording.write(from, bytes, begin, end) && from.queue === 'first',
          drained: () => new Promise<void>(() => undefined),
        },
      })
      for (let round = 0; round < 12; round += 1) {
        await send(udp, ...Array.from({ length: 25 }, () => 'x'.repeat(60_000)))
        await until(() => service.counters().udp.messages === (round + 1) * 25)
      }
      expect(service.counters().udp.dropped).toBeGreaterThan(0)
      await sendFrom('127.0.0.2', udp, ['alert'])
      await until(() => recording.texts().includes('alert'))
      expect([...service.counters().udp.droppedFrom.keys()]).toEqual(['syslog/127.0.0.1'])
    },
  )

  // Only Linux says what its kernel dropped.
  test.skipIf(process.platform !== 'linux')(
    'what the kernel drops while the station is busy is counted',
    async () => {
      const { udp, service, intake } = await start()
      expect(service.counters().udp.droppedByKernel).toBe(0)
      const count = 20_000
      // It runs while this thread waits and takes nothing; 20 MB are more than any socket holds.
      const flood = `const s = require('node:dgram').createSocket('udp4'); let n = 0
        const next = () => n++ < ${count} ? s.send('x'.repeat(1000), ${udp}, '127.0.0.1', next) : s.close(); next()`
      expect(spawnSync(process.execPath, ['-e', flood], { timeout: 30_000 }).status).toBe(0)
      const { droppedByKernel } = service.counters().udp
      expect(droppedByKernel).toBeGreaterThan(0)
      await until(() => intake.lines.length + (droppedByKernel ?? 0) === count)
    },
    40_000,
  )

  test('reads the kernel drops of its own port', () => {
    const table = [
      '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
      '  101: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 4711 2 0000000000000000 42',
      '  102: 0100007F:0202 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 4712 2 0000000000000000 7',
    ].join('\n')
    expect(dropsOfPort(table, 5514)).toBe(42)
    expect(dropsOfPort(table, 514)).toBe(7)
    expect(dropsOfPort(table, 515)).toBe(0)
  })
})

test.each(['udpPort', 'tcpPort', 'tlsPort'] as const)(
  'a %s in use is named, and nothing stays open',
  async (name) => {
    const first = await start()
    const { addresses } = first.service
    const taken = { udpPort: addresses.udp, tcpPort: addresses.tcp, tlsPort: addresses.tls }[name]
    const thrown = await start({ [name]: taken }).catch((cause: unknown) => cause)
    expect(isVigieError(thrown) && thrown.code).toBe('ADDRESS_IN_USE')
    expect(isVigieError(thrown) && thrown.details).toMatchObject({ address: `127.0.0.1:${taken}` })
    await first.service.close()
    services.length = 0
    const again = await start({ [name]: taken })
    expect(again.service.addresses.host).toBe('127.0.0.1')
  },
)

test.each([
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8::7', '2001:db8::7'],
  [undefined, 'unknown'],
])('the sender %s is shown as %s', (remote, shown) => {
  expect(senderAddress(remote)).toBe(shown)
})
