import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { CODE_MS, sensorRegistry } from './registry.ts'
import type { SensorRegistry } from './registry.ts'

let records: Records
let registry: SensorRegistry
let nowMs = Date.UTC(2026, 10, 24, 12)
const KEY = '-----BEGIN PUBLIC KEY-----'

beforeAll(async () => {
  records = await openTemporaryRecords()
  registry = sensorRegistry(records, { nowMs: () => nowMs })
})
afterAll(() => records.destroy())

async function enrolled(name: string) {
  const { secret } = await registry.invite(name)
  const subject = await registry.enrol(secret, KEY)
  if (subject === undefined) throw new Error('it is not enrolled')
  return { secret, subject }
}

describe('the register of sensors', () => {
  test('takes a code once, and again only for the same key', async () => {
    const { secret, subject } = await enrolled('once')
    expect(subject.name).toBe('once')
    expect(await registry.enrol(secret, KEY)).toEqual(subject)
    expect(await registry.enrol(secret, 'another key')).toBeUndefined()
    expect(await registry.enrol('made up', KEY)).toBeUndefined()
  })

  test('takes no code that is too old', async () => {
    const { secret, untilMs } = await registry.invite('late')
    expect(untilMs).toBe(nowMs + CODE_MS)
    nowMs += CODE_MS + 1
    expect(await registry.enrol(secret, KEY)).toBeUndefined()
  })

  test('a new code replaces the one before', async () => {
    const first = await registry.invite('twice')
    const second = await registry.invite('twice')
    expect(await registry.enrol(first.secret, KEY)).toBeUndefined()
    expect(await registry.enrol(second.secret, KEY)).toMatchObject({ name: 'twice' })
  })

  test('an enrolled name is not given away', async () => {
    const { subject } = await enrolled('taken')
    await expect(registry.invite('taken')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await registry.isEnrolled(subject)).toBe(true)
  })

  test('a revoked sensor stays out, also when its name is enrolled anew', async () => {
    const { secret, subject } = await enrolled('gone')
    expect(await registry.revoke('gone')).toBe(true)
    expect(await registry.isEnrolled(subject)).toBe(false)
    expect(await registry.enrol(secret, KEY)).toBeUndefined()
    const again = await enrolled('gone')
    expect(await registry.isEnrolled(subject)).toBe(false)
    expect(await registry.isEnrolled(again.subject)).toBe(true)
    expect(await registry.revoke('never seen')).toBe(false)
  })

  test('shows what a sensor said last; the lag is told in the station’s time', async () => {
    const { subject } = await enrolled('shown')
    const report = {
      version: '0.1.0',
      waitingBytes: 5_000_000_000,
      limitBytes: 10_000_000_000,
      // Its clock is a minute ahead.
      oldestMs: nowMs - 30_000 + 60_000,
      dropped: 7,
      skewMs: 60_000,
    }
    await registry.seen(subject, report, new Date(nowMs + 1000))
    const shown = (await registry.list()).find(({ name }) => name === 'shown')
    expect(shown).toMatchObject({
      state: 'enrolled',
      lagMs: 30_000,
      waitingBytes: 5_000_000_000,
      dropped: 7,
      skewMs: 60_000,
      lastSeen: new Date(nowMs).toISOString(),
      certificateExpires: new Date(nowMs + 1000).toISOString(),
    })
  })
})
