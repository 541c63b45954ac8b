// An estate of 5,000 assets against CISA's list of exploited vulnerabilities, in a new database. Prints JSON: processor seconds.
// Arguments: known_exploited_vulnerabilities.json; `unseen` leaves the versions of the inventory out.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { DAY_MS } from '../src/core/index.ts'
import { openExposure } from '../src/exposure/index.ts'
import { ScanAskSchema } from '../src/model/index.ts'
import { migrateRecords, openRecords } from '../src/store/index.ts'

const ASSETS = 5000
const EntrySchema = z.looseObject({ vendorProject: z.string(), product: z.string() })
const ListSchema = z.looseObject({
  dateReleased: z.string(),
  vulnerabilities: z.array(EntrySchema).min(1),
})

const [, , file = '', versions = 'seen'] = process.argv
const list = ListSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
const { vulnerabilities } = list
const inventory = Array.from({ length: ASSETS }, (_, at) => {
  const { vendorProject = '', product = '' } =
    vulnerabilities[(at * 7) % vulnerabilities.length] ?? {}
  const version = versions === 'unseen' ? '' : `${at % 9}.${at % 7}.1`
  return `host${at}.town.example,"${vendorProject}","${product}",${version}`
})
const longer = {
  ...list,
  dateReleased: new Date(Date.parse(list.dateReleased) + DAY_MS).toISOString(),
  vulnerabilities: [...vulnerabilities, { ...vulnerabilities[0], cveID: 'CVE-2026-99999' }],
}

const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
const records = await openRecords({ folder: join(folder, 'records') })
await migrateRecords(records)
const room = openExposure({
  store: { records },
  clock: { nowMs: () => Date.parse(list.dateReleased) + DAY_MS },
})

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return Math.round((user + system) / 1e4) / 100
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
const load = (document: unknown) => () =>
  room.loadKnowledge(bytesOf(JSON.stringify(document)), 'kev.json', 'bench')
const text = `host,vendor,product,version\n${inventory.join('\n')}\n`
const ask = ScanAskSchema.parse({ file: 'estate.csv' })
const page = { limit: 100, offset: 0 }

const figures = {
  inventory: await cpuSeconds(() => room.importScan(bytesOf(text), ask, 'bench')),
  firstLoad: await cpuSeconds(load(list)),
  again: await cpuSeconds(() => room.recompute()),
  oneMore: await cpuSeconds(load(longer)),
  advisories: await cpuSeconds(() => room.advisories(page)),
  undecided: await cpuSeconds(() => room.exposures({ ...page, state: 'unsure' })),
}
const { total } = await room.exposures({ ...page, state: 'unsure' })
process.stdout.write(`${JSON.stringify({ ...figures, pairs: total })}\n`)
await records.destroy()
rmSync(folder, { recursive: true, force: true })
