// What a sensor learns from its station, and what goes first because of it, over real sockets and disks.

import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SensorNote } from '../src/app/sensors/sensor-notes.ts'
import { startSensor } from '../src/app/sensors/sensor.ts'
import type { RunningSensor } from '../src/app/sensors/sensor.ts'
import { openAuthority } from '../src/collect/sensors/authority.ts'
import { NO_CONTENT, openMemoryDoor } from '../src/collect/sensors/memory-door.test-helper.ts'
import type { MemoryDoor } from '../src/collect/sensors/memory-door.test-helper.ts'
import { packIndicators } from '../src/collect/sensors/token-hash.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { openLink } from './link.ts'
import { until } from './redis-server.ts'

let folder = ''
let closers: (() => Promise<void> | void)[] = []
let notes: SensorNote[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-content-'))
  closers = []
  notes = []
})
afterEach(async () => {
  for (const close of closers.toReversed()) await close()
  rmSync(folder, { recursive: true, force: true })
})

async function door(): Promise<MemoryDoor> {
  const opened = await openMemoryDoor({ folder: join(folder, 'station') })
  closers.push(opened.close)
  return opened
}

async function sensor(code?: string, flags: Record<string, string> = {}): Promise<RunningSensor> {
  const ports = { syslogPort: '0', syslogTlsPort: '0', flowPort: '0', httpPort: '0' }
  const running = await startSensor({
    settings: readSettings({ data: join(folder, 'sensor'), ...ports, ...flags }, {}),
    version: 'test',
    clock: systemClock,
    ...(code === undefined ? {} : { code }),
    onNote: (note) => notes.push(note),
  })
  closers.push(running.close)
  return running
}

async function closeNow(running: RunningSensor): Promise<void> {
  closers = closers.filter((close) => close !== running.close)
  await running.close()
}

async function sendTcp({ listeners }: RunningSensor, lines: readonly string[]): Promise<void> {
  const socket = connect(Number(listeners.syslog.split(':').at(-1)), '127.0.0.1')
  await once(socket, 'connect')
  socket.end(lines.map((line) => `${line}\n`).join(''))
  await once(socket, 'close')
}

const kept = () => join(folder, 'sensor/sensor/content/content.json')
const kinds = () => notes.map(({ kind }) => kind)
const versionTold = (station: MemoryDoor) =>
  (station.registry.reports.get('north') as { content?: number } | undefined)?.content

describe('content', () => {
  test('comes from the station, is kept over a restart, and said back', async () => {
    const station = await door()
    station.give({ version: 1000, first: ['ALARM'] })
    const running = await sensor(await station.invite('north'))
    await until(() => kinds().includes('content'))
    await closeNow(running)
    const again = await sensor()
    await until(() => versionTold(station) === 1000)
    expect(kinds().filter((kind) => kind === 'content').length).toBe(1)
    await closeNow(again)
  })

  test.each([
    ['altered', (text: string) => text.replace('ALARM', 'ALARN')],
    ['cut off', (text: string) => text.slice(0, -40)],
    ['empty', () => ''],
  ])('that the disk holds %s is not used, and fetched again', async (_name, harm) => {
    const station = await door()
    station.give({ version: 1000, first: ['ALARM'] })
    await closeNow(await sensorWithContent(station))
    writeFileSync(kept(), harm(readFileSync(kept(), 'utf8')))
    notes = []
    await sensor()
    await until(() => kinds().includes('content'))
    expect(kinds()).toContain('content_refused')
    expect(readFileSync(kept(), 'utf8')).toContain('ALARM')
  })

  test('signed by another, damaged, or older is refused, and what was in use stays', async () => {
    const station = await door()
    station.give({ version: 1000, first: ['ALARM'] })
    await closeNow(await sensorWithContent(station))
    const before = readFileSync(kept(), 'utf8')
    const other = await openAuthority(join(folder, 'other'), [], systemClock)
    for (const [sealed, problem] of [
      [other.seal({ ...NO_CONTENT, version: 2000 }), 'not_signed'],
      [
        station.authority.seal({ ...NO_CONTENT, version: 2000 }).replace('2000', '2001'),
        'not_signed',
      ],
      [station.authority.seal({ ...NO_CONTENT, version: 900 }), 'older'],
      ['{"content":"{}","signature":""}', 'not_signed'],
    ] as const) {
      station.giveSealed(2000, sealed)
      notes = []
      const running = await sensor()
      await until(() => kinds().includes('content_refused'))
      expect(notes.find(({ kind }) => kind === 'content_refused')).toMatchObject({ problem })
      await closeNow(running)
      expect(readFileSync(kept(), 'utf8')).toBe(before)
    }
  })

  test('a file name that leads elsewhere is not taken', async () => {
    const station = await door()
    for (const name of ['../../x.yml', '/etc/x.yml', 'a/b.yml', 'X.yml']) {
      const sealed = station.authority.seal({
        ...NO_CONTENT,
        version: 5,
        collectors: { [name]: 'x' },
      })
      station.giveSealed(5, sealed)
      notes = []
      const running = await sensor(kinds().length === 0 ? await invited(station) : undefined)
      await until(() => kinds().includes('content_refused'))
      await closeNow(running)
    }
    expect(readdirSync(join(folder, 'sensor/sensor/content'))).toEqual([])
  })

  test('a collector that changes at the station is what the sensor reads by, without a restart', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('content-type', 'application/json').end('[]')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closers.push(() => void server.close())
    const { port } = server.address() as { port: number }
    const collector = (path: string) => `title: { en: Portal, fr: Portail }
references: [https://portal.example/api]
sign_in: { kind: none }
streams: { audit: { request: { url: 'http://127.0.0.1:${port}/${path}' }, id: [id], poll_s: 1 } }
`
    const station = await door()
    station.give({ version: 1000, collectors: { 'town-portal.yml': collector('first') } })
    await closeNow(await sensorWithContent(station))
    mkdirSync(join(folder, 'sensor/cloud'), { recursive: true })
    writeFileSync(join(folder, 'sensor/cloud/town.yml'), 'collector: town-portal\n', {
      mode: 0o600,
    })
    await sensor()
    await until(() => asked.includes('/first'))
    station.give({ version: 2000, collectors: { 'town-portal.yml': collector('second') } })
    await until(() => asked.includes('/second'), 40_000)
    expect(readdirSync(join(folder, 'sensor/sensor/content')).toSorted()).toEqual([
      'collectors-2000',
      'content.json',
    ])
  }, 90_000)
})

async function invited(station: MemoryDoor): Promise<string> {
  rmSync(join(folder, 'sensor'), { recursive: true, force: true })
  await station.registry.revoke('north')
  return station.invite('north')
}

async function sensorWithContent(station: MemoryDoor, flags: Record<string, string> = {}) {
  const running = await sensor(await station.invite('north'), flags)
  await until(() => kinds().includes('content'))
  return running
}

describe('what goes first', () => {
  const noise = (count: number) =>
    Array.from({ length: count }, () => crypto.randomUUID() + crypto.randomUUID())

  test('an appliance’s alert, before what waits longer of the same sender', async () => {
    const station = await door()
    station.give({ version: 1000, first: ['"event_type":"alert"'] })
    const link = await openLink(() => station.door.port)
    closers.push(link.close)
    const code = await station.invite('north', `127.0.0.1:${link.port}`)
    const running = await sensor(code, { uplinkKib: '64' })
    await until(() => kinds().includes('content'))
    link.cut()
    const others = noise(3000)
    await sendTcp(running, others)
    await sendTcp(running, ['{"event_type":"alert","n":1}'])
    await sleep(700)
    link.mend()
    await until(() => station.texts().includes('{"event_type":"alert","n":1}'))
    expect(station.lines.length).toBeLessThan(others.length)
    await until(() => station.lines.length > others.length)
    expect(station.texts().toSorted()).toEqual(
      [...others, '{"event_type":"alert","n":1}'].toSorted(),
    )
  })

  test('the part of a followed file with an alert in it, each line once, also after a restart', async () => {
    const station = await door()
    station.give({ version: 1000, first: ['"event_type":"alert"'] })
    const link = await openLink(() => station.door.port)
    closers.push(link.close)
    const code = await station.invite('north', `127.0.0.1:${link.port}`)
    const file = join(folder, 'eve.json')
    writeFileSync(file, '')
    const flags = { uplinkKib: '400', follow: file }
    const running = await sensor(code, flags)
    await until(() => kinds().includes('content'))
    link.cut()
    const lines: string[] = []
    for (let part = 0; part < 6; part += 1) {
      const some = [...noise(12_000), ...(part === 5 ? ['{"event_type":"alert"}'] : [])]
      lines.push(...some)
      writeFileSync(file, `${some.join('\n')}\n`, { flag: 'a' })
      await sleep(1200)
    }
    await until(() => running.waitingBytes() > 5_000_000)
    await sleep(1500)
    await closeNow(running)
    expect(
      readdirSync(join(folder, 'sensor/spool/normal')).some((name) => name.endsWith('.early.rb')),
    ).toBe(true)
    await sensor(undefined, flags)
    link.mend()
    await until(() => station.texts().includes('{"event_type":"alert"}'), 60_000)
    expect(station.lines.length).toBeLessThan(lines.length)
    await until(() => station.lines.length >= lines.length, 60_000)
    expect(station.texts().toSorted()).toEqual(lines.toSorted())
  }, 150_000)

  test('a value of the station’s lists, said at once; without the setting nothing is looked for', async () => {
    const station = await door()
    const packed = packIndicators([{ value: 'evil.example', below: true }]).toString('base64')
    station.give({ version: 1000, indicators: { count: 1, hasSix: false, packed } })
    const off = await sensorWithContent(station)
    await sendTcp(off, ['query www.evil.example'])
    await until(() => station.lines.length === 1)
    await closeNow(off)
    expect(station.registry.sightings).toEqual([])
    const on = await sensor(undefined, { matchIndicators: 'on' })
    const startMs = Date.now()
    await sendTcp(on, ['query www.Evil.example', 'nothing', 'again evil.example'])
    await until(() => station.registry.sightings.length === 1)
    expect(Date.now() - startMs).toBeLessThan(2000)
    expect(station.registry.sightings[0]).toMatchObject({
      value: 'evil.example',
      source: 'syslog/127.0.0.1',
      count: 2,
    })
    await until(() => station.lines.length === 4)
    expect(readdirSync(join(folder, 'sensor/spool/priority'))).toEqual([])
  })
})
