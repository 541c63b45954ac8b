// A new entry of the list of exploited vulnerabilities on a running station: met across the estate, told, and looked into in a case.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import {
  AdvisoriesSchema,
  AlertListSchema,
  CaseDetailSchema,
  CasesSchema,
  ExposuresSchema,
} from '../src/model/index.ts'
import { freePortFlags, run, start } from './commands.ts'
import type { Running } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-triage-'))
const data = join(folder, 'data')
const GATES = 40
const DAY_MS = 86_400_000
const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
let station: Running
let url = ''

const makerOf = (product: string) => (product === 'Payday' ? 'Contoso' : 'Fortinet')
const entry = (cveID: string, product: string) => ({
  cveID,
  vendorProject: makerOf(product),
  product,
  vulnerabilityName: `${product} out-of-bounds write`,
  dateAdded: day(0),
  dueDate: day(3),
})
const kev = (version: number, ...vulnerabilities: readonly object[]) =>
  JSON.stringify({
    catalogVersion: `${day(0)}.${version}`,
    dateReleased: new Date(Date.now() - DAY_MS + version * 60_000).toISOString(),
    vulnerabilities,
  })
/** `automatable`: CISA's own word, where it says one. */
const record = (cveId: string, product: string, automatable?: 'yes' | 'no', days = 0) =>
  JSON.stringify({
    dataType: 'CVE_RECORD',
    cveMetadata: { cveId, state: 'PUBLISHED', dateUpdated: `${day(days - 30)}T00:00:00Z` },
    containers: {
      cna: {
        affected: [
          {
            vendor: makerOf(product),
            product,
            versions: [{ version: '7.0.0', lessThanOrEqual: '7.0.16', status: 'affected' }],
          },
        ],
      },
      adp: automatable === undefined ? [] : [adpOf(automatable)],
    },
  })
const adpOf = (automatable: string) => {
  const options = [
    { Exploitation: 'active' },
    { Automatable: automatable },
    { 'Technical Impact': 'total' },
  ]
  return {
    title: 'CISA ADP Vulnrichment',
    metrics: [{ other: { type: 'ssvc', content: { options } } }],
  }
}

const vigie = (...args: readonly string[]) =>
  run(['exposure', ...args, '--url', url, '--data', data])
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
async function ask<T extends z.ZodType>(
  path: string,
  schema: T,
  body?: object,
): Promise<z.infer<T>> {
  const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
  const answer = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  })
  return schema.parse(await answer.json())
}
const cases = async () => (await ask('/api/cases', CasesSchema)).cases

beforeAll(async () => {
  const { flags, ports } = await freePortFlags()
  url = `http://127.0.0.1:${ports.console}`
  station = start(['up', '--data', data, ...flags])
  await station.until('Ctrl-C')
  const gates = Array.from(
    { length: GATES },
    (_, at) => `gate-${at}.town.example;192.0.2.${at + 1};Fortinet;FortiOS;7.0.12;oui`,
  )
  const estate = [
    'actif;adresse ip;fabricant;produit;version;exposé à internet',
    ...gates,
    'pay.town.example;10.0.0.8;Contoso;Payday;7.0.2;non',
    'safe.town.example;192.0.2.250;Fortinet;FortiOS;7.6.1;oui',
  ]
  await vigie('import', file('parc.csv', estate.join('\r\n')))
  for (const [id, product] of [
    ['CVE-2026-90001', 'FortiOS'],
    ['CVE-2026-90002', 'FortiOS'],
  ] as const)
    await vigie('knowledge', 'load', file(`${id}.json`, record(id, product)))
})
afterAll(async () => {
  station.signal('SIGINT')
  await station.ended
  rmSync(folder, { recursive: true, force: true })
})

test('a new entry meets the whole estate within a minute, and opens one case for it with three clocks', async () => {
  const first = file('kev-1.json', kev(1, entry('CVE-2026-90001', 'FortiOS')))
  const startMs = performance.now()
  expect((await vigie('knowledge', 'load', first)).code).toBe(3)
  const { advisories } = await ask('/api/exposure/advisories', AdvisoriesSchema)
  const { alerts } = await ask('/api/alerts/search', AlertListSchema, {})
  const [opened, ...others] = await cases()
  expect(performance.now() - startMs).toBeLessThan(60_000)
  expect(advisories[0]).toMatchObject({
    vulnerability: 'CVE-2026-90001',
    tier: 'three-days-forensic',
    assets: GATES,
    internetFacing: GATES,
  })
  expect([alerts.length, others]).toEqual([GATES, []])
  expect(opened).toMatchObject({ severity: 'critical', state: 'open', openedBy: 'vigie', lead: '' })
  expect(opened?.title).toMatch(/^Forensic triage: CVE-2026-90001 on gate-.* and 38 more$/)
  const detail = await ask(`/api/cases/${opened?.number}`, CaseDetailSchema)
  expect(detail.alerts).toHaveLength(GATES)
  expect(detail.case.summary).toContain('gate-0.town.example: CVE-2026-90001 in FortiOS 7.0.12')
  const hours = (title: RegExp) => {
    const due = detail.tasks.find((task) => title.test(task.title))?.due
    return Math.round((Date.parse(due ?? '') - Date.parse(opened?.opened ?? '')) / 3_600_000)
  }
  expect([hours(/^Scope/), hours(/^Volatile evidence/), hours(/^Decide/)]).toEqual([2, 24, 72])
  // Each asset is a task: memory is taken device by device.
  expect(detail.tasks.filter(({ title }) => title.startsWith('Volatile'))).toHaveLength(GATES)
  const exposed = await ask(
    '/api/exposure/exposures?vulnerability=CVE-2026-90001&limit=1',
    ExposuresSchema,
  )
  expect(exposed.exposures[0]?.triageCase).toBe(opened?.number)
})

test('more on the same assets joins the case; the same list again opens nothing', async () => {
  const second = file(
    'kev-2.json',
    kev(2, entry('CVE-2026-90001', 'FortiOS'), entry('CVE-2026-90002', 'FortiOS')),
  )
  await vigie('knowledge', 'load', second)
  await vigie('knowledge', 'load', second)
  const [only, ...others] = await cases()
  expect(others).toEqual([])
  const detail = await ask(`/api/cases/${only?.number}`, CaseDetailSchema)
  expect(detail.entries.map(({ text }) => text)).toEqual([
    expect.stringContaining('CVE-2026-90002'),
  ])
  expect(detail.tasks.filter(({ title }) => title.startsWith('Volatile'))).toHaveLength(GATES)
})

test('what only an insider reaches gets a case where the table asks for triage, and none where it does not', async () => {
  // Exploited, not exposed, not automatable: 14 days. Automatable besides: forensic triage.
  const id = 'CVE-2026-90003'
  await vigie('knowledge', 'load', file('word-1.json', record(id, 'Payday', 'no')))
  const listed = kev(
    3,
    entry('CVE-2026-90001', 'FortiOS'),
    entry('CVE-2026-90002', 'FortiOS'),
    entry(id, 'Payday'),
  )
  await vigie('knowledge', 'load', file('kev-3.json', listed))
  expect(await cases()).toHaveLength(1)
  await vigie('knowledge', 'load', file('word-2.json', record(id, 'Payday', 'yes', 1)))
  expect((await cases()).map(({ title }) => title)).toContain(
    'Forensic triage: CVE-2026-90003 on pay.town.example',
  )
})
