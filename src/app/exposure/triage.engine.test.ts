// A case that opens by itself speaks the language of its station.

import { expect, test } from 'vitest'
import { openExposure } from '../../exposure/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { triageCases } from './triage.ts'

const NOW = Date.parse('2026-08-20T12:00:00Z')
const clock = { nowMs: () => NOW }
async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

test.each([
  ['en', /exploited|triage/i, /memory|before/i],
  ['fr', /triage|exploit/i, /mémoire|avant/i],
] as const)('in %s', async (language, title, task) => {
  const records = await openTemporaryRecords()
  const evidence = { note: async () => undefined, noted: async () => undefined }
  const triage = triageCases({ records, evidence: evidence as never, clock, language })
  const room = openExposure({ store: { records }, clock, onTriageAsked: triage.ask })
  const list = {
    catalogVersion: '2026.08.20',
    dateReleased: '2026-08-20T08:00:00Z',
    vulnerabilities: [
      {
        cveID: 'CVE-2024-21762',
        vendorProject: 'Fortinet',
        product: 'FortiOS',
        vulnerabilityName: 'Out-of-bound write',
        dateAdded: '2026-08-18',
        dueDate: '2026-08-21',
      },
    ],
  }
  const estate =
    'asset,ip,vendor,product,version,internet-facing,cve\ngate.town.example,192.0.2.1,Fortinet,FortiOS,7.0.12,yes,CVE-2024-21762\n'
  await room.importScan(
    bytesOf(estate),
    { file: 'estate.csv', complete: false, external: true },
    'roy',
  )
  await room.loadKnowledge(bytesOf(JSON.stringify(list)), 'kev.json', 'roy')
  const [opened] = await records.selectFrom('cases').select(['title', 'summary']).execute()
  const tasks = await records.selectFrom('case_tasks').select(['title', 'how']).execute()
  expect(opened?.title).toMatch(title)
  expect(tasks.map((one) => `${one.title} ${one.how}`).join('\n')).toMatch(task)
  const french = /[éèàç]|\u202F:/u
  expect(french.test(`${opened?.summary} ${tasks.map(({ how }) => how).join(' ')}`)).toBe(
    language === 'fr',
  )
  await records.destroy()
})
