// Findings in a real embedded engine.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Finding } from '../model/index.ts'
import { migrateEvents, openEmbeddedEngine, trusted } from '../store/index.ts'
import type { EventEngine } from '../store/index.ts'
import { insertFindings } from './findings-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-findings-'))
let engine: EventEngine

beforeAll(async () => {
  engine = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 1 })
  await migrateEvents(engine)
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const finding = (line: number, value: string): Finding => ({
  rule: 'r1',
  title: 'it\'s a "rule"',
  severity: 'high',
  time: '2026-03-14T09:26:53.123Z',
  entityKind: 'device',
  entity: 'fw1',
  batch: 'b1',
  line,
  reasons: [{ selection: 's', field: 'F', value, pattern: '*' }],
})

const counted = async () => {
  const { rows } = await engine.ask.query<{ n: number; d: number; v: number }>(
    trusted(
      'SELECT toUInt32(count()) AS n, toUInt32(uniqExact(line)) AS d, toUInt32(max(length(reasons))) AS v FROM findings',
    ),
  )
  return rows[0]
}

test('more than the engine reads as one statement is stored, once', async () => {
  // 40 MB as JSON, more once its quotes and backslashes are escaped.
  const value = String.raw`"\'é`.repeat(1000)
  const findings = Array.from({ length: 3000 }, (_, line) => finding(line, value))
  const stored = { token: 't1', nowMs: Date.parse('2026-03-14T10:00:00Z'), again: false }
  await insertFindings(engine.ask, findings.slice(0, 2000), stored)
  await insertFindings(engine.ask, findings, { ...stored, again: true })
  expect(await counted()).toEqual({
    n: 3000,
    d: 3000,
    v: Buffer.byteLength(JSON.stringify(findings[0]?.reasons)),
  })
})
