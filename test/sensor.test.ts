// A sensor and a station's door, in one process, over real sockets and disks.

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SensorNote } from '../src/app/sensors/sensor-notes.ts'
import { startSensor } from '../src/app/sensors/sensor.ts'
import type { RunningSensor } from '../src/app/sensors/sensor.ts'
import { openAuthority } from '../src/collect/sensors/authority.ts'
import { openMemoryDoor } from '../src/collect/sensors/memory-door.test-helper.ts'
import type {
  MemoryDoor,
  MemoryDoorOptions,
} from '../src/collect/sensors/memory-door.test-helper.ts'
import { DAY_MS, freePort, readSettings, systemClock } from '../src/core/index.ts'
import type { Clock } from '../src/core/index.ts'
import { openLink } from './link.ts'

let folder = ''
let closers: (() => Promise<void> | void)[] = []
let notes: SensorNote[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-sensor-'))
  closers = []
  notes = []
})
afterEach(async () => {
  for (const close of closers.toReversed()) await close()
  rmSync(folder, { recursive: true, force: true })
})

async function door(changes: Partial<MemoryDoorOptions> = {}): Promise<MemoryDoor> {
  const opened = await openMemoryDoor({ folder: join(folder, 'station'), ...changes })
  closers.push(opened.close)
  return opened
}

type Changes = { code?: string; clock?: Clock; flags?: Record<string, string> }

async function sensor({ code, clock, flags }: Changes = {}): Promise<RunningSensor> {
  const settings = readSettings(
    {
      data: join(folder, 'sensor'),
      syslogPort: '0',
      syslogTlsPort: '0',
      flowPort: '0',
      httpPort: '0',
      ...flags,
    },
    {},
  )
  const running = await startSensor({
    settings,
    version: 'test',
    clock: clock ?? systemClock,
    ...(code === undefined ? {} : { code }),
    onNote: (note) => notes.push(note),
  })
  closers.push(running.close)
  return running
}

/** Closes before the test ends, and not again after it. */
async function closeNow(running: { close: () => Promise<void> }): Promise<void> {
  closers = closers.filter((close) => close !== running.close)
  await running.close()
}

async function until(condition: () => boolean, forMs = 20_000): Promise<void> {
  const endMs = Date.now() + forMs
  while (!condition()) {
    if (Date.now() > endMs) throw new Error('it did not come about')
    await sleep(10)
  }
}

async function sendTcp({ listeners }: RunningSensor, lines: readonly string[]): Promise<void> {
  const port = Number(listeners.syslog.split(':').at(-1))
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.end(lines.map((line) => `${line}\n`).join(''))
  await once(socket, 'close')
}

function sendHttp(running: RunningSensor, lines: readonly string[]): Promise<Response> {
  const token = readFileSync(join(folder, 'sensor/keys/intake-token'), 'utf8').trim()
  return fetch(`${running.listeners.http}/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: lines.join('\n'),
  })
}

const numbered = (count: number, of = 'line') =>
  Array.from({ length: count }, (_, at) => `${of} ${at}`)
const kinds = () => notes.map(({ kind }) => kind)

describe('a sensor', () => {
  test('forwards what it receives, named for itself, with the time it was received', async () => {
    const station = await door()
    const from = Date.now()
    const running = await sensor({ code: await station.invite('north') })
    await sendTcp(running, numbered(2000))
    expect((await sendHttp(running, ['by http'])).status).toBe(200)
    await until(() => station.lines.length >= 2001)
    expect(station.texts().toSorted()).toEqual(['by http', ...numbered(2000)].toSorted())
    expect(new Set(station.lines.map(({ source }) => source))).toEqual(
      new Set(['north:syslog/127.0.0.1', 'north:http/http']),
    )
    expect(
      station.lines.filter(({ receivedMs }) => receivedMs < from || receivedMs > Date.now()),
    ).toEqual([])
  })

  test('keeps what came while the station was out of reach, and its times', async () => {
    const station = await door()
    const link = await openLink(() => station.door.port)
    closers.push(link.close)
    const running = await sensor({ code: await station.invite('north', `127.0.0.1:${link.port}`) })
    link.cut()
    expect((await sendHttp(running, numbered(50))).status).toBe(200)
    const sentMs = Date.now()
    await until(() => kinds().includes('link_lost'))
    await closeNow(running)
    const again = await sensor()
    expect(kinds()).toContain('waits')
    expect(again.waitingBytes()).toBeGreaterThan(0)
    link.mend()
    await until(() => station.lines.length >= 50)
    expect(station.texts()).toEqual(numbered(50))
    expect(Math.max(...station.lines.map(({ receivedMs }) => receivedMs))).toBeLessThanOrEqual(
      sentMs,
    )
  })

  test('reads a dropped file once, also when it is started again', async () => {
    const station = await door()
    const running = await sensor({ code: await station.invite('north') })
    writeFileSync(join(folder, 'sensor/inbox/one.log'), numbered(30).join('\n'))
    await until(() => existsSync(join(folder, 'sensor/inbox/done')) && station.lines.length >= 30)
    await closeNow(running)
    await sensor()
    await sleep(500)
    expect(station.texts()).toEqual(numbered(30))
    expect(station.lines[0]?.source).toBe('north:inbox/one.log')
  })

  test('says how it is, with the difference of its clock', async () => {
    const station = await door()
    const clock = { nowMs: () => Date.now() + 90_000 }
    await sensor({ code: await station.invite('north'), clock })
    await until(() => {
      const report = station.registry.reports.get('north') as { skewMs?: number } | undefined
      return Math.abs((report?.skewMs ?? 0) - 90_000) < 500
    })
  })

  test('renews its certificate when half of its time is over, and goes on with it', async () => {
    const station = await door()
    const code = await station.invite('north')
    await closeNow(await sensor({ code }))
    const kept = () => readFileSync(join(folder, 'sensor/sensor/identity.json'), 'utf8')
    const before = kept()
    const early = Date.now() + 100 * DAY_MS
    const running = await sensor({ clock: { nowMs: () => Date.now() + 100 * DAY_MS } })
    await until(() => kept() !== before)
    await sendHttp(running, ['with the new one'])
    await until(() => station.lines.length === 1)
    // Received a season ahead: the station allows a day.
    expect(station.lines[0]?.receivedMs).toBeLessThan(early - 98 * DAY_MS)
    await closeNow(running)
    await sensor()
    await until(() => !kinds().includes('link_lost'))
  })

  test('sends what was named first before what waits longer', async () => {
    const station = await door()
    const link = await openLink(() => station.door.port)
    closers.push(link.close)
    const code = await station.invite('north', `127.0.0.1:${link.port}`)
    const flags = { priority: 'http/*', uplinkKib: '64' }
    const running = await sensor({ code, flags })
    link.cut()
    // Hardly packs, so that it takes seconds at this rate.
    const noise = Array.from({ length: 3000 }, () => crypto.randomUUID() + crypto.randomUUID())
    await sendTcp(running, noise)
    expect((await sendHttp(running, ['urgent'])).status).toBe(200)
    await sleep(700)
    link.mend()
    await until(() => station.texts().includes('urgent'))
    expect(station.lines.length).toBeLessThan(noise.length)
    await until(() => station.lines.length > noise.length)
    expect(station.texts().filter((text) => text === 'urgent')).toEqual(['urgent'])
  })

  test('keeps to its rate', async () => {
    const station = await door()
    const running = await sensor({
      code: await station.invite('north'),
      flags: { uplinkKib: '50' },
    })
    const noise = Array.from({ length: 2500 }, () => crypto.randomUUID() + crypto.randomUUID())
    const startMs = performance.now()
    await sendTcp(running, noise)
    await until(() => station.lines.length >= noise.length)
    // 36 hexadecimal characters hold 16 random bytes: at least 78 KiB, less a quarter of a second's burst.
    expect(performance.now() - startMs).toBeGreaterThan(1000)
  })
})

describe('who may come in', () => {
  test('a code is good once', async () => {
    const station = await door()
    const code = await station.invite('north')
    await closeNow(await sensor({ code }))
    rmSync(join(folder, 'sensor'), { recursive: true })
    await expect(sensor({ code })).rejects.toMatchObject({ code: 'SENSOR_CODE_REFUSED' })
  })

  test('a used code may stay on the command line', async () => {
    const station = await door()
    const code = await station.invite('north')
    await closeNow(await sensor({ code }))
    await sensor({ code })
    expect(kinds().filter((kind) => kind === 'enrolled')).toEqual(['enrolled'])
  })

  test('without a code a sensor does not start', async () => {
    await expect(sensor()).rejects.toMatchObject({ code: 'SENSOR_NOT_ENROLLED' })
    await expect(sensor({ code: 'nonsense' })).rejects.toMatchObject({
      code: 'SENSOR_CODE_INVALID',
    })
  })

  test('a revoked sensor is cut off at once and keeps its lines', async () => {
    const station = await door()
    const running = await sensor({ code: await station.invite('north') })
    await sendHttp(running, ['before'])
    await until(() => station.lines.length === 1)
    await station.registry.revoke('north')
    station.door.disconnect('north')
    expect((await sendHttp(running, ['after'])).status).toBe(200)
    await until(() => kinds().includes('refused') || kinds().includes('link_lost'))
    await sleep(1500)
    expect(station.texts()).toEqual(['before'])
    await closeNow(running)
    // Invited again under the same name, it sends what it kept.
    await sensor({ code: await station.invite('north') })
    await until(() => station.lines.length === 2)
    expect(station.texts()).toEqual(['before', 'after'])
  })

  test('the secret is not said to another station than the code was made by', async () => {
    const station = await door()
    const impostor = await openMemoryDoor({ folder: join(folder, 'impostor') })
    closers.push(impostor.close)
    const code = await station.invite('north', `127.0.0.1:${impostor.door.port}`)
    await expect(sensor({ code })).rejects.toMatchObject({ code: 'STATION_NOT_TRUSTED' })
  })

  test('lines are not sent to a station with another certificate', async () => {
    const station = await door()
    const impostor = await openMemoryDoor({ folder: join(folder, 'impostor') })
    closers.push(impostor.close)
    let port = station.door.port
    const link = await openLink(() => port)
    closers.push(link.close)
    const running = await sensor({ code: await station.invite('north', `127.0.0.1:${link.port}`) })
    port = impostor.door.port
    link.cut()
    link.mend()
    await sendHttp(running, ['secret'])
    await until(() => kinds().includes('link_lost'))
    await sleep(500)
    expect(impostor.lines).toEqual([])
    port = station.door.port
    await until(() => station.lines.length === 1)
  })

  test('nobody sends without a certificate of this station', async () => {
    const station = await door()
    const { Agent, request } = await import('node:https')
    const other = await openAuthority(join(folder, 'other'), [], systemClock)
    for (const own of [{}, { key: other.station.key, cert: other.station.cert }]) {
      const sent = request({
        port: station.door.port,
        method: 'POST',
        path: '/sensor/greet',
        agent: new Agent({ rejectUnauthorized: false, ...own }),
      })
      sent.end('{}')
      const [response] = await once(sent, 'response')
      expect(response.statusCode).toBe(401)
    }
  })
})

describe('a station that refuses', () => {
  test('answers 500: nothing is lost, tries are few, and it is said once', async () => {
    const { key, cert } = (await openAuthority(join(folder, 'station/keys'), [], systemClock))
      .station
    let tries = 0
    const broken = createServer({ key, cert }, (request, response) => {
      tries += 1
      request.resume()
      response.writeHead(500).end()
    })
    const station = await door()
    let port = station.door.port
    const link = await openLink(() => port)
    closers.push(link.close)
    const running = await sensor({ code: await station.invite('north', `127.0.0.1:${link.port}`) })
    broken.listen(0, '127.0.0.1')
    await once(broken, 'listening')
    closers.push(() => {
      broken.closeAllConnections()
      broken.close()
    })
    port = (broken.address() as { port: number }).port
    link.cut()
    link.mend()
    await sendHttp(running, numbered(100))
    await sleep(4000)
    expect(tries).toBeGreaterThan(1)
    expect(tries).toBeLessThan(15)
    expect(kinds().filter((kind) => kind === 'link_lost').length).toBe(1)
    port = station.door.port
    link.cut()
    link.mend()
    await until(() => station.lines.length >= 100)
    expect(station.texts()).toEqual(numbered(100))
    await until(() => kinds().includes('link_back'))
  })
})

describe('a full spool', () => {
  test('makes senders wait, stays within its limit, and loses nothing that was acknowledged', async () => {
    const station = await door()
    const link = await openLink(() => station.door.port)
    closers.push(link.close)
    const code = await station.invite('north', `127.0.0.1:${link.port}`)
    const running = await sensor({
      code,
      flags: { spoolLimitMib: '64', syslogPort: String(await freePort()) },
    })
    link.cut()
    const line = 'x'.repeat(10_000)
    const acknowledged: string[] = []
    const send = async (request: number): Promise<void> => {
      const lines = Array.from({ length: 500 }, (_, at) => `${request}.${at} ${line}`)
      if ((await sendHttp(running, lines)).ok) acknowledged.push(...lines.map(nameOf))
    }
    const sending = (async () => {
      for (let request = 0; request < 20; request += 1) await send(request)
    })()
    await until(() => kinds().includes('full'))
    await sleep(1500)
    await sendUdpUntil(running, () => running.listeners.counters().udp.dropped > 0)
    expect(notes.filter((note) => note.kind === 'listener').length).toBe(1)
    const before = acknowledged.length
    await sleep(1000)
    expect(acknowledged.length).toBe(before)
    expect(bytesIn(join(folder, 'sensor/spool'))).toBeLessThan(64 * 2 ** 20)
    link.mend()
    await sending
    await until(() => station.texts().filter((text) => text.endsWith('x')).length >= 10_000)
    const stored = station
      .texts()
      .filter((text) => !text.startsWith('udp'))
      .map(nameOf)
    expect(stored.length).toBe(new Set(stored).size)
    expect(new Set(stored)).toEqual(new Set(acknowledged))
    await until(() => kinds().includes('room_again'))
  })

  async function sendUdpUntil({ listeners }: RunningSensor, isSo: () => boolean): Promise<void> {
    const port = Number(listeners.syslog.split(':').at(-1))
    const socket = createSocket('udp4')
    const large = `udp ${'y'.repeat(60_000)}`
    for (let sent = 0; sent < 5000 && !isSo(); sent += 1) {
      await new Promise((resolve) => socket.send(large, port, '127.0.0.1', resolve))
      if (sent % 10 === 0) await sleep(2)
    }
    socket.close()
    expect(isSo()).toBe(true)
  }

  const nameOf = (text: string) => text.split(' ')[0] ?? ''
  const bytesIn = (path: string) =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + readFileSync(join(parentPath, name)).length, 0)
})

test('bytes that the disk altered are set aside, and the rest arrives', async () => {
  const station = await door()
  const link = await openLink(() => station.door.port)
  closers.push(link.close)
  const running = await sensor({ code: await station.invite('north', `127.0.0.1:${link.port}`) })
  link.cut()
  await sendHttp(running, numbered(10))
  await sleep(800)
  await closeNow(running)
  const spool = join(folder, 'sensor/spool/normal')
  const [name = ''] = readdirSync(spool)
  writeFileSync(
    join(spool, name),
    Buffer.concat([readFileSync(join(spool, name)), Buffer.from('torn')]),
  )
  link.mend()
  await sensor()
  await until(() => station.lines.length >= 10)
  expect(station.texts()).toEqual(numbered(10))
  expect(readFileSync(join(folder, 'sensor/quarantine', name), 'utf8')).toBe('torn')
  expect(kinds()).toContain('damaged')
})
