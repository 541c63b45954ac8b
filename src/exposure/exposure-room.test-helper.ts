// For tests: a room of exposure over a real records database that is emptied before each test, and an estate to fill it with.

import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { ScanAskSchema } from '../model/index.ts'
import type { Records } from '../store/index.ts'
import { openTemporaryRecords } from '../store/temporary-records.test-helper.ts'
import { openExposure } from './exposure.ts'
import type { ExposureRoom, TriageNeeded } from './exposure.ts'

export const START = Date.parse('2026-08-20T12:00:00Z')
/** What the test's clock says. */
export const at = { nowMs: START }
/** What the room told since the test began. */
export const told: { triage: TriageNeeded[]; urgent: string[] } = { triage: [], urgent: [] }
export let records: Records
export let room: ExposureRoom
let tables: readonly string[] = []

beforeAll(async () => {
  records = await openTemporaryRecords()
  const { rows } = await sql<{
    name: string
  }>`SELECT tablename AS name FROM pg_tables WHERE tablename LIKE 'exposure%'`.execute(records)
  tables = rows.map(({ name }) => name)
})
afterAll(() => records.destroy())
beforeEach(async () => {
  // Most are empty, and emptying a table costs more than asking.
  for (const name of tables) await sql`DELETE FROM ${sql.table(name)}`.execute(records)
  await sql`DELETE FROM audit_versions`.execute(records)
  await sql`DELETE FROM audit_devices`.execute(records)
  at.nowMs = START
  told.triage = []
  told.urgent = []
  room = openExposure({
    store: { records },
    clock: { nowMs: () => at.nowMs },
    onTriage: (needed) => void told.triage.push(...needed),
    onUrgent: async (_, exposures) =>
      void told.urgent.push(...exposures.map((one) => `${one.assetName} ${one.vulnerability}`)),
  })
})

export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
export const scan = (file: string, text: string, more: object = {}) =>
  room.importScan(bytesOf(text), ScanAskSchema.parse({ file, ...more }), 'test')
export const know = (file: string, document: unknown) =>
  room.loadKnowledge(
    bytesOf(typeof document === 'string' ? document : JSON.stringify(document)),
    file,
    'test',
  )
export const open = async (more: object = {}) =>
  (await room.exposures({ state: 'open', limit: 1000, offset: 0, ...more })).exposures

export const advisory = async (id: string) =>
  (await room.advisories({ limit: 1000, offset: 0 })).advisories.find(
    ({ vulnerability }) => vulnerability === id,
  )
export const rowsOf = async (
  table: 'exposures' | 'exposure_undecided' | 'exposure_undecided_lists',
) =>
  Number(
    (await sql<{ n: string }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(records))
      .rows[0]?.n,
  )

export const ESTATE = `asset,ip,vendor,product,version,internet-facing,cve
gate.town.example,192.0.2.1,Fortinet,FortiOS,7.0.12,yes,
files.town.example,10.0.0.5,Progress,MOVEit Transfer,2023.0.1,,
mail.town.example,10.0.0.6,Microsoft,Exchange Server,15.2.1118.20,,CVE-2023-21709
`
export const kevOf = (released: string, entries: readonly object[]) => ({
  title: 'CISA Catalog',
  catalogVersion: '2026.08.20',
  dateReleased: released,
  count: entries.length,
  madeUpField: { deep: [1] },
  vulnerabilities: entries,
})
export const FORTIOS = {
  cveID: 'CVE-2024-21762',
  vendorProject: 'Fortinet',
  product: 'FortiOS',
  vulnerabilityName: 'Fortinet FortiOS Out-of-Bound Write',
  dateAdded: '2026-08-18',
  dueDate: '2026-08-21',
  requiredAction: 'Update.',
  knownRansomwareCampaignUse: 'Known',
  somethingNew: 3,
}
export const RECORD = {
  dataType: 'CVE_RECORD',
  cveMetadata: { cveId: 'CVE-2024-21762', state: 'PUBLISHED', dateUpdated: '2026-08-01T00:00:00Z' },
  containers: {
    cna: {
      affected: [
        {
          vendor: 'Fortinet',
          product: 'FortiOS',
          defaultStatus: 'unaffected',
          versions: [
            {
              version: '7.0.0',
              lessThanOrEqual: '7.0.13',
              status: 'affected',
              versionType: 'semver',
            },
          ],
        },
      ],
      metrics: [
        {
          cvssV3_1: {
            vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
            baseScore: 9.8,
          },
        },
      ],
    },
    adp: [
      {
        metrics: [
          {
            other: {
              type: 'ssvc',
              content: {
                options: [
                  { Exploitation: 'Active' },
                  { Automatable: 'yes' },
                  { 'Technical Impact': 'TOTAL' },
                ],
              },
            },
          },
        ],
      },
    ],
  },
}
