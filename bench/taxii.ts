// What a TAXII server over the embedded database takes and gives: node bench/taxii.ts [objects]

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../src/core/index.ts'
import type { TaxiiServer } from '../src/share/taxii/asked.ts'
import { saveCollection, saveRoot } from '../src/share/taxii/collections.ts'
import { handleTaxii } from '../src/share/taxii/handle.ts'
import { TAXII_MEDIA } from '../src/share/taxii/media-types.ts'
import { migrateRecords, openRecords } from '../src/store/index.ts'

const OBJECTS = Number(process.argv[2] ?? 1_000_000)
const AT_ONCE = 2500
const ROOT = '/root/'
const COLLECTION = '91a7b528-80eb-42ed-a74d-c6fbd5a26116'
const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
const records = await openRecords({ folder })
await migrateRecords(records)
await saveRoot(records, { path: ROOT, place: 0, title: 'Root', description: null, maxBytes: 1e9 })
const about = { title: 'Indicators', description: null, alias: null, mediaTypes: [] }
await saveCollection(records, {
  root: ROOT,
  id: COLLECTION,
  place: 0,
  canRead: true,
  canWrite: true,
  ...about,
})
const everything = {
  name: 'bench',
  mayRead: () => true,
  mayWrite: () => true,
  maySee: () => true,
}
const server: TaxiiServer = {
  records,
  clock: systemClock,
  secret: randomBytes(32),
  title: 'Bench',
  address: '',
  pageSize: 5000,
  identify: async () => everything,
  onTrouble: (_, cause) => {
    throw cause
  },
}
const url = `${ROOT}collections/${COLLECTION}/objects/`
const ask = async (query: string, body?: string) => {
  const answer = await handleTaxii(server, {
    method: body === undefined ? 'GET' : 'POST',
    path: url,
    parameters: new URLSearchParams(query),
    header: (name) => (['accept', 'content-type'].includes(name) ? TAXII_MEDIA : undefined),
    body: async () => body ?? '',
  })
  if (answer.status >= 400) throw new Error(answer.body)
  return answer
}

const indicator = (at: number) => ({
  type: 'indicator',
  spec_version: '2.1',
  id: `indicator--8e2e2d2b-17d4-4cbf-938f-${String(at).padStart(12, '0')}`,
  created: '2026-04-06T20:03:48.000Z',
  modified: '2026-04-06T20:03:48.000Z',
  name: `Indicator ${at}`,
  description: 'An address that logged in to several members and belongs to none of them',
  indicator_types: ['malicious-activity'],
  pattern: `[ipv4-addr:value = '198.51.${at % 256}.${(at >> 8) % 256}']`,
  pattern_type: 'stix',
  valid_from: '2026-04-06T20:03:48Z',
})

const [startMs, cpu] = [performance.now(), process.cpuUsage()]
for (let at = 0; at < OBJECTS; at += AT_ONCE) {
  const objects = Array.from({ length: Math.min(AT_ONCE, OBJECTS - at) }, (_, more) =>
    indicator(at + more),
  )
  await ask('', JSON.stringify({ objects }))
}
const spent = process.cpuUsage(cpu)
const seconds = (performance.now() - startMs) / 1000
const cpuSeconds = (spent.user + spent.system) / 1e6
console.log(
  `added ${OBJECTS} objects, checked each: ${Math.round(OBJECTS / seconds)} a second, ${Math.round(OBJECTS / cpuSeconds)} a processor second`,
)

for (const [name, query] of [
  ['first page of 500', 'limit=500'],
  ['page of 500 from the middle', 'middle'],
  ['page of 500 of one type', 'limit=500&match[type]=indicator'],
  ['one object by id', `match[id]=${indicator(Math.floor(OBJECTS / 2)).id}`],
] as const) {
  const from = await middle(query)
  const times: number[] = []
  for (let round = 0; round < 40; round += 1) {
    const beginMs = performance.now()
    await ask(from)
    times.push(performance.now() - beginMs)
  }
  const sorted = times.toSorted((a, b) => a - b)
  console.log(
    `${name}: median ${sorted[20]?.toFixed(1)} ms, 95th percentile ${sorted[38]?.toFixed(1)} ms`,
  )
}
await records.destroy()
rmSync(folder, { recursive: true, force: true })

async function middle(query: string): Promise<string> {
  if (query !== 'middle') return query
  const row = await records
    .selectFrom('taxii_objects')
    .select('added')
    .where('id', '=', indicator(Math.floor(OBJECTS / 2)).id)
    .executeTakeFirstOrThrow()
  const micros = Number(row.added)
  const ms = new Date(Math.floor(micros / 1000)).toISOString()
  return `limit=500&added_after=${ms}`
}
