// A whole station that reads a provider: its events are found, and what cannot be read is shown.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStation } from '../src/app.ts'
import type { RunningStation } from '../src/app.ts'
import { startProvider } from '../src/collect/cloud/provider.test-helper.ts'
import type { Provider } from '../src/collect/cloud/provider.test-helper.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { trusted } from '../src/store/index.ts'

const data = mkdtempSync(join(tmpdir(), 'vigie-cloud-station-'))
const notes: string[] = []
let provider: Provider
let station: RunningStation

const PORTS = {
  consolePort: '0',
  syslogPort: '0',
  syslogTlsPort: '0',
  httpPort: '0',
  flowPort: '0',
}

function start(): Promise<RunningStation> {
  return startStation({
    settings: readSettings({ data, ...PORTS }, {}),
    clock: systemClock,
    onNote: (sentence) => notes.push(sentence),
    onTrouble: () => {},
  })
}

const published = new Date(Date.now() - 60_000).toISOString()
/** As the provider has them: three events, of which each answer holds two. */
const LOG = ['u1', 'u2', 'u3'].map((uuid) => ({
  uuid,
  published,
  eventType: 'user.session.start',
  displayMessage: 'User login to Okta',
  outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
  actor: { alternateId: 'jroy@town.example', type: 'User' },
  client: { ipAddress: '198.51.100.23' },
  target: [],
}))

beforeAll(async () => {
  provider = await startProvider(({ headers, query }) => {
    if (headers.authorization !== 'Bearer right') return { status: 403, body: 'no right to read' }
    const from = Number(query['after'] ?? 0)
    const page = LOG.slice(from, from + 2)
    const link = `<${provider.url}/log?after=${from + page.length}>; rel="next"`
    return { headers: page.length === 0 ? {} : { Link: link }, body: page }
  })
  mkdirSync(join(data, 'cloud'), { recursive: true, mode: 0o700 })
  for (const [name, token] of [
    ['town', 'right'],
    ['other', 'wrong'],
  ]) {
    const text = `collector: http-json\nsettings: { url: '${provider.url}/log' }\nsecrets: { token: Bearer ${token} }`
    writeFileSync(join(data, 'cloud', `${name}.yml`), text, { mode: 0o600 })
  }
  station = await start()
}, 60_000)
afterAll(async () => {
  await station.close()
  await provider.close()
  rmSync(data, { recursive: true, force: true })
})

async function stored(): Promise<unknown> {
  await station.core.wayIn.settled()
  const { rows } = await station.core.store.events.ask.query(
    trusted(`SELECT source, parser, user_name, toString(src_ip) AS ip, toUInt32(count()) AS n
FROM events WHERE source LIKE 'cloud/%' GROUP BY ALL`),
  )
  return rows
}

test('events of a provider are stored once, read by their parser, also after a restart', async () => {
  for (let tries = 0; tries < 50 && JSON.stringify(await stored()).length < 3; tries += 1)
    await sleep(100)
  const once = [
    {
      source: 'cloud/town/events',
      parser: 'okta',
      user_name: 'jroy@town.example',
      ip: '::ffff:198.51.100.23',
      n: 3,
    },
  ]
  await expect.poll(stored, { timeout: 10_000 }).toEqual(once)
  await station.close()
  const before = provider.asked.length
  station = await start()
  await expect.poll(() => provider.asked.length, { timeout: 10_000 }).toBeGreaterThan(before)
  await sleep(500)
  expect(await stored()).toEqual(once)
})

test('an account that is refused is said with the provider’s words', async () => {
  await expect
    .poll(() => station.listeners.cloud.troubleOf('cloud/other/events'), { timeout: 10_000 })
    .toEqual({ code: 'refused', status: 403, said: 'no right to read' })
  expect(notes.join('\n')).toContain('cloud/other/events: The provider refuses (403)')
  expect(station.listeners.cloud.sources().toSorted()).toEqual([
    'cloud/other/events',
    'cloud/town/events',
  ])
})
