// What exposure, audit and the signed log leave in the records decides the goals that ask for it.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { exposureEvidence } from './evidence-exposure.ts'
import type { Seen } from './proof.ts'

const NOW = Date.parse('2026-11-29T12:00:00Z')

test('nothing imported is not known; what is past its deadline is not met', async () => {
  const records = await openTemporaryRecords()
  const seen = { core: { store: { records } }, clock: { nowMs: () => NOW } } as unknown as Seen
  const state = async (name: string) => (await exposureEvidence(seen)[name]?.())?.state
  for (const name of [
    'exposure.kev',
    'exposure.services',
    'assets.inventory',
    'audit.configurations',
    'log.integrity',
  ])
    expect(await state(name)).toBe('unknown')
  await sql`INSERT INTO exposure_assets (id, name, facing, first_seen, last_seen) VALUES ('a', 'vpn', 'internet', now(), ${new Date(NOW)})`.execute(
    records,
  )
  expect(await state('assets.inventory')).toBe('met')
  expect(await state('exposure.kev')).toBe('unknown')
  await sql`INSERT INTO exposure_vulnerabilities (id, kev, updated) VALUES ('CVE-2026-1', '{}', now())`.execute(
    records,
  )
  expect(await state('exposure.kev')).toBe('met')
  expect(await state('exposure.services')).toBe('met')
  await sql`INSERT INTO exposure_bases (id, rank, exploited, exposed, content) VALUES ('b', 1, true, true, '{}')`.execute(
    records,
  )
  await sql`INSERT INTO exposures (asset, vulnerability, state, product, version, sources, confidence, reason, severity, detected, last_seen, due, action, basis, digest)
    VALUES ('a', 'CVE-2026-1', 'open', 'p', '1', '[]', 90, '', 'critical', now(), now(), ${new Date(NOW - 1)}, '', 'b', '')`.execute(
    records,
  )
  expect(await state('exposure.kev')).toBe('not_met')
  expect(await state('exposure.services')).toBe('not_met')
  await sql`INSERT INTO batches (id, received, lines, bytes, sha256, parsers, findings, stored) VALUES ('b', now(), 1, 1, ${'a'.repeat(64)}, '{}', 0, now())`.execute(
    records,
  )
  expect(await state('log.integrity')).toBe('partly')
  await sql`INSERT INTO evidence_checkpoints (size, made, note) VALUES (1, now(), '')`.execute(
    records,
  )
  expect(await state('log.integrity')).toBe('met')
  await records.destroy()
})
