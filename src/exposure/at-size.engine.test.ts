// What was promised of size and time, and what older layouts kept, against a real records database.

import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { EXPOSURE_UNDECIDED_STATEMENTS } from '../store/exposure-undecided-records.ts'
import { records, room, scan, know, rowsOf } from './exposure-room.test-helper.ts'

const KEV = join(
  import.meta.dirname,
  '../../../shared/data/posture/known_exploited_vulnerabilities.json',
)

test('what waited as rows of their own moves to lists, and history stays', async () => {
  await sql`DROP VIEW exposure_pairs`.execute(records)
  await sql`DROP TABLE exposure_undecided, exposure_undecided_lists`.execute(records)
  await sql`INSERT INTO exposure_bases VALUES ('b', 1, true, false, '{}')`.execute(records)
  for (const [vulnerability, reopened] of [
    ['CVE-2024-1000', 0],
    ['CVE-2024-2000', 1],
  ] as const)
    await sql`INSERT INTO exposures (asset, vulnerability, state, product, version, sources, confidence, reason, severity, detected, last_seen, action, basis, reopened, digest)
      VALUES ('a', ${vulnerability}, 'unsure', 'FortiOS', '', '[]', 10, 'product-named', 'high', now(), now(), 'decide', 'b', ${reopened}, '')`.execute(
      records,
    )
  for (const statement of EXPOSURE_UNDECIDED_STATEMENTS) await sql.raw(statement).execute(records)
  const { rows } =
    await sql`SELECT vulnerability, state, product, reopened FROM exposure_pairs ORDER BY vulnerability`.execute(
      records,
    )
  expect(rows).toEqual([
    { vulnerability: 'CVE-2024-1000', state: 'unsure', product: 'FortiOS', reopened: 0 },
    { vulnerability: 'CVE-2024-2000', state: 'unsure', product: 'FortiOS', reopened: 1 },
  ])
  expect([await rowsOf('exposures'), await rowsOf('exposure_undecided')]).toEqual([1, 1])
})

test('10,000 findings again take at most two seconds', async () => {
  const rows = Array.from(
    { length: 10_000 },
    (_, index) =>
      `host${index % 500},10.1.${Math.floor((index % 500) / 250)}.${index % 250},${1000 + Math.floor(index / 500)},CVE-2024-10000,high`,
  )
  const report = `host,ip,port,cve,severity\n${rows.join('\n')}\n`
  expect(await scan('big.csv', report)).toMatchObject({ created: 10_000, assets: 500 })
  const startedAt = process.cpuUsage()
  expect(await scan('big.csv', report)).toMatchObject({
    created: 0,
    closed: 0,
    reopened: 0,
    same: 10_000,
  })
  // Others may share the processors: what counts is this process's own time on them.
  const { user, system } = process.cpuUsage(startedAt)
  expect((user + system) / 1e6).toBeLessThan(2)
})

describe.skipIf(!existsSync(KEV))('at size', () => {
  test('5,000 assets meet the full exploited list, and a new entry of it within a minute', async () => {
    const catalogue = JSON.parse(readFileSync(KEV, 'utf8')) as {
      dateReleased: string
      vulnerabilities: { vendorProject: string; product: string }[]
    }
    const rows = Array.from({ length: 5000 }, (_, index) => {
      const { vendorProject, product } = catalogue.vulnerabilities[
        (index * 7) % catalogue.vulnerabilities.length
      ] ?? { vendorProject: '', product: '' }
      return `host${index}.town.example,"${vendorProject}","${product}",${index % 9}.${index % 7}.1`
    })
    await scan('estate.csv', `host,vendor,product,version\n${rows.join('\n')}\n`)
    const startedAt = process.cpuUsage()
    const [loaded] = await room.loadKnowledge(createReadStream(KEV), 'kev.json', 'test')
    const { user, system } = process.cpuUsage(startedAt)
    expect((user + system) / 1e6).toBeLessThan(5)
    expect(loaded).toMatchObject({ refused: 0 })
    expect(loaded?.exposures).toBeGreaterThan(5000)
    // Every pair is counted, though one row a product is kept.
    const { advisories } = await room.advisories({ limit: 1000, offset: 0 })
    const others = await room.advisories({ limit: 1000, offset: 1000 })
    const waiting = [...advisories, ...others.advisories].map(({ unsure }) => unsure)
    expect(waiting.reduce((sum, unsure) => sum + unsure, 0)).toBe(loaded?.exposures)
    expect(await rowsOf('exposure_undecided')).toBeLessThan(5001)
    const [first] = catalogue.vulnerabilities
    const more = [...catalogue.vulnerabilities, { ...first, cveID: 'CVE-2026-99999' }]
    const longer = { ...catalogue, dateReleased: '2026-08-21T00:00:00Z', vulnerabilities: more }
    const [again] = await know('kev.json', longer)
    expect(again).toMatchObject({ newlyExploited: 1, added: 1, changed: 0 })
    expect(again?.seconds).toBeLessThan(60)
  })
})
