// A month without the station: lines wait on disk, day by day, through restarts, and arrive with the day they were received.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startSensor } from '../src/app/sensors/sensor.ts'
import type { RunningSensor } from '../src/app/sensors/sensor.ts'
import { openMemoryDoor } from '../src/collect/sensors/memory-door.test-helper.ts'
import { DAY_MS, readSettings } from '../src/core/index.ts'
import { openLink } from './link.ts'
import { until } from './redis-server.ts'

const DAYS = 31
const folder = mkdtempSync(join(tmpdir(), 'vigie-month-'))
const closers: (() => Promise<void> | void)[] = []
afterAll(async () => {
  for (const close of closers.toReversed()) await close()
  rmSync(folder, { recursive: true, force: true })
})

test('nothing of a month is lost, and each line keeps its day', { timeout: 120_000 }, async () => {
  const startMs = Date.now() - DAYS * DAY_MS
  let nowMs = startMs
  const clock = { nowMs: () => nowMs }
  const station = await openMemoryDoor({ folder: join(folder, 'station') })
  closers.push(station.close)
  const link = await openLink(() => station.door.port)
  closers.push(link.close)
  const ports = { syslogPort: '0', syslogTlsPort: '0', flowPort: '0', httpPort: '0' }
  const settings = readSettings({ data: join(folder, 'sensor'), spoolLimitMib: '64', ...ports }, {})
  const start = (code?: string): Promise<RunningSensor> =>
    startSensor({
      settings,
      version: 'test',
      clock,
      onNote: () => undefined,
      ...(code === undefined ? {} : { code }),
    })
  let running = await start(await station.invite('north', `127.0.0.1:${link.port}`))
  link.cut()
  const token = readFileSync(join(folder, 'sensor/keys/intake-token'), 'utf8').trim()
  for (let day = 0; day < DAYS; day += 1) {
    nowMs = startMs + day * DAY_MS
    const body = Array.from({ length: 200 }, (_, at) => `day ${day} line ${at}`).join('\n')
    const headers = { authorization: `Bearer ${token}` }
    const sent = await fetch(`${running.listeners.http}/ingest`, { method: 'POST', headers, body })
    expect(sent.status).toBe(200)
    if (day % 7 !== 6) continue
    await running.close()
    running = await start()
  }
  closers.push(() => running.close())
  nowMs = Date.now()
  expect(station.lines).toEqual([])
  link.mend()
  await until(() => station.lines.length >= DAYS * 200, 90_000)
  const wrong = station.lines.filter(
    ({ text, receivedMs }) =>
      receivedMs !== startMs + Number(/^day (\d+)/.exec(text)?.[1]) * DAY_MS,
  )
  expect(wrong).toEqual([])
  expect(new Set(station.texts()).size).toBe(DAYS * 200)
})
