// A sensor that falls silent becomes an alert, once for each silence; and what a station gives its sensors, from its engine.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alertDetail } from '../src/app/cases/alert-detail.ts'
import { openCore } from '../src/app/core.ts'
import type { Core } from '../src/app/core.ts'
import { SensorContents } from '../src/app/sensors/sensor-content.ts'
import { ALERT_AFTER_MS, tellSilence } from '../src/app/sensors/silent-sensors.ts'
import { openAuthority, sensorRegistry } from '../src/collect/index.ts'
import type { Authority } from '../src/collect/index.ts'
import { openContent } from '../src/collect/sensors/sealed-content.ts'
import { wordFinder } from '../src/collect/sensors/token-hash.ts'
import { MINUTE_MS, readSettings } from '../src/core/index.ts'
import { alertHistory, changeAlerts, searchAlerts } from '../src/detect/index.ts'
import { ImportAskSchema } from '../src/model/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-silence-'))
const settings = readSettings({ data: folder }, {})
let nowMs = Date.now()
const clock = { nowMs: () => nowMs }
let core: Core
let authority: Authority
const raise = (cause: unknown) => {
  if (cause !== null) throw cause
}

beforeAll(async () => {
  core = await openCore({ settings, clock, durable: true, onTrouble: raise })
  authority = await openAuthority(join(folder, 'keys'), [], clock)
})
afterAll(async () => {
  await core.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a sensor that is not heard from', () => {
  test('is one alert for each silence', async () => {
    const { records } = core.store
    const registry = sensorRegistry(records, clock)
    const list = async () => ({ asOf: '', address: null, sensors: [...(await registry.list())] })
    const look = () => tellSilence({ core, sensors: { list }, clock, onTrouble: raise })
    const alerts = async () => (await searchAlerts(records, { limit: 10 })).alerts
    const { secret } = await registry.invite('north')
    const subject = await registry.enrol(secret, 'key')
    if (subject === undefined) throw new Error('not enrolled')
    const report = {
      version: '1',
      waitingBytes: 0,
      limitBytes: 1,
      oldestMs: null,
      dropped: 0,
      skewMs: 0,
    }
    const greet = () => registry.seen(subject, report, new Date(nowMs + 1e9))
    await greet()
    nowMs += ALERT_AFTER_MS - MINUTE_MS
    await look()
    expect(await alerts()).toEqual([])
    nowMs += 2 * MINUTE_MS
    await look()
    await look()
    const [alert, ...others] = await alerts()
    expect(others).toEqual([])
    expect(alert).toMatchObject({
      entityKind: 'device',
      entity: 'north',
      severity: 'high',
      count: 1,
      state: 'new',
    })
    expect(alert?.why.fr).toContain('north')
    const detail = await alertDetail(core, alert?.id ?? '')
    expect(detail?.evidence).toEqual([])

    await changeAlerts(
      records,
      { ids: [alert?.id ?? ''], state: 'closed', assessment: 'benign', reason: 'moved' } as never,
      { who: 'a', nowMs },
    )
    await greet()
    await look()
    nowMs += ALERT_AFTER_MS + MINUTE_MS
    await look()
    expect(await alerts()).toMatchObject([{ count: 2, state: 'new', reopened: 1 }])
    expect((await alertHistory(records, alert?.id ?? '')).map(({ action }) => action)).toContain(
      'reopened',
    )

    await registry.revoke('north')
    nowMs += ALERT_AFTER_MS * 2
    await look()
    expect(await alerts()).toMatchObject([{ count: 2 }])
  })
})

describe('what sensors are given', () => {
  const made = async (contents: SensorContents) => {
    const { version, sealed } = await contents.newest()
    const opened = openContent(sealed, authority.certificate)
    if (!opened.ok) throw new Error(opened.problem)
    return { version, content: opened.content }
  }

  test('grows with a change alone, and holds the surest values without their text', async () => {
    const options = { core, settings, clock, authority, onTrouble: raise }
    const contents = new SensorContents(options)
    const first = await made(contents)
    expect(Object.keys(first.content.collectors)).toContain('aws-s3.yml')
    expect(first.content.first).toContain('"event_type":"alert"')
    expect(first.content.indicators.count).toBe(0)
    nowMs += 2 * MINUTE_MS
    expect((await made(contents)).version).toBe(first.version)
    expect((await made(new SensorContents(options))).version).toBe(first.version)

    const give = async (list: string, lines: string, confidence: number, marking: string) =>
      core.indicators.importList(
        Readable.from([Buffer.from(lines)]),
        ImportAskSchema.parse({ list, confidence, marking }),
        'test',
      )
    await give(
      'sure',
      'evil.example\n45.9.148.7\n2a0e:b107::66\nhttps://evil.example/path\n',
      90,
      'amber',
    )
    await give('doubtful', 'maybe.example\n', 50, 'green')
    await give('for one person', 'secret.example\n', 95, 'red')
    nowMs += 2 * MINUTE_MS
    const second = await made(contents)
    expect(second.version).toBeGreaterThan(first.version)
    expect(second.content.indicators).toMatchObject({ count: 3, hasSix: true })
    expect(JSON.stringify(second.content.indicators)).not.toContain('evil')
    const find = wordFinder(Buffer.from(second.content.indicators.packed, 'base64'), true)
    const isMet = (text: string) => find(Buffer.from(text), 0, text.length) !== undefined
    expect(['www.evil.example', '45.9.148.7', '2A0E:b107:0::66'].map(isMet)).toEqual([
      true,
      true,
      true,
    ])
    expect(['maybe.example', 'secret.example'].map(isMet)).toEqual([false, false])

    await core.indicators.remove('sure')
    nowMs += 2 * MINUTE_MS
    const third = await made(contents)
    expect(third.version).toBeGreaterThan(second.version)
    expect(third.content.indicators.count).toBe(0)
    expect(readFileSync(join(folder, 'keys/sensors-content.json'), 'utf8')).toContain(
      String(third.version),
    )
  })
})
