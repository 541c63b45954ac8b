// A whole station's evidence in real engines: what is found when somebody changes, drops or puts back.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql as kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readSettings } from '../core/index.ts'
import type { EvidenceFlaw, EvidenceReport } from '../model/index.ts'
import { openStore, sql, trusted } from '../store/index.ts'
import type { Store } from '../store/index.ts'
import { recordDigest } from './batch/record-digest.ts'
import { checkBundle } from './bundle/check-bundle.ts'
import { openLogKey } from './log/sign-checkpoint.ts'
import { verifierKeyText } from './notes/keys.ts'
import { openEvidence } from './open-evidence.ts'
import type { Evidence } from './open-evidence.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-evidence-'))
const DAY = 86_400_000
const NOW = Date.UTC(2026, 5, 1)
const clock = { nowMs: () => NOW }
let store: Store
let evidence: Evidence
const key = openLogKey(join(folder, 'keys'), 'vigie/test')

beforeAll(async () => {
  store = await openStore(readSettings({ data: join(folder, 'data') }, {}))
  evidence = openEvidence({
    store,
    key,
    folder,
    clock,
    everyMs: 3_600_000,
    onTrouble: () => undefined,
  })
})
afterAll(async () => {
  await evidence.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Three batches of 600 lines, each as the way in stores it. */
beforeEach(async () => {
  await store.events.ask.command(trusted('TRUNCATE TABLE events'))
  for (const table of ['evidence_entries', 'evidence_tiles', 'evidence_checkpoints', 'batches'])
    await kysely`DELETE FROM ${kysely.table(table)}`.execute(store.records)
  await kysely`UPDATE evidence_log SET size = 0`.execute(store.records)
  rmSync(join(folder, 'checkpoint'), { force: true })
  for (const batch of ['b1', 'b2', 'b3']) await addBatch(batch)
  await evidence.checkpoint()
})

async function addBatch(batch: string, receivedMs = NOW, lines = 600): Promise<void> {
  await store.events.ask.command(
    sql`INSERT INTO events (batch, line, received, source, context, raw, time) SELECT ${batch}, number,
      fromUnixTimestamp64Milli(${receivedMs} + number, 'UTC'), 'syslog/192.0.2.1', '', concat('line ', toString(number), char(255)), now64(3)
      FROM numbers(${lines})`,
  )
  const effects = await recordDigest({ lane: store.events.ask, table: 'events', batch })
  await store.records.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('batches')
      .values({
        id: batch,
        received: new Date(receivedMs),
        lines,
        bytes: 1,
        sha256: '',
        parsers: '{}',
        findings: 0,
        stored: new Date(NOW),
      })
      .execute()
    await effects.record(transaction)
  })
}

async function report(checkpoints: readonly string[] = []): Promise<EvidenceReport> {
  evidence.verify(checkpoints)
  for (;;) {
    const now = evidence.report()
    if (now !== null && now.state !== 'running') return now
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const flaws = async (checkpoints: readonly string[] = []): Promise<readonly EvidenceFlaw[]> =>
  (await report(checkpoints)).flaws

/** A change that an intruder with the whole machine could make. */
async function rewrite(batch: string, change: string): Promise<void> {
  await store.events.ask.command(
    trusted(`INSERT INTO events (batch, line, received, source, context, raw, time) SELECT * FROM (SELECT * REPLACE (${change}) FROM
      (SELECT batch, line, received, source, context, raw, time FROM events WHERE batch = '${batch}'))`),
  )
}

async function dropWhere(condition: string): Promise<void> {
  await store.events.ask.command(
    trusted(`ALTER TABLE events DELETE WHERE ${condition} SETTINGS mutations_sync = 2`),
  )
}

test('an untouched station verifies: every line, every batch, every checkpoint', async () => {
  const found = await report()
  expect(found).toMatchObject({ state: 'done', flaws: [], lines: 1800, size: 3 })
  expect(found.batches).toEqual({ verified: 3, expired: 0, uncovered: 0 })
  expect(found.checkpoints).toBe(2)
})

test.each([
  ['a byte of a line', `raw`, `concat(substring(raw, 1, 2), 'X', substring(raw, 4))`],
  ['a time of reception', 'received', `received + toIntervalMillisecond(1)`],
  ['a source', 'source', `'syslog/192.0.2.2'`],
])('%s that was changed is found within its 256 lines', async (_, column, value) => {
  await store.events.ask.command(
    trusted(
      `CREATE OR REPLACE TABLE kept ENGINE = Memory AS SELECT batch, line, received, source, context, raw, time FROM events WHERE batch = 'b2'`,
    ),
  )
  await dropWhere("batch = 'b2'")
  await store.events.ask.command(
    trusted(`INSERT INTO events (batch, line, received, source, context, raw, time)
      SELECT batch, line, received, source, context, raw, time FROM (SELECT * REPLACE (if(line = 300, ${value}, ${column}) AS ${column}) FROM kept)`),
  )
  expect(await flaws()).toEqual([{ kind: 'lines_changed', what: 'b2', from: 256, to: 511 }])
})

test('lines that were dropped are named', async () => {
  await dropWhere("batch = 'b2' AND (line = 7 OR line BETWEEN 300 AND 302)")
  expect(await flaws()).toEqual([
    { kind: 'lines_missing', what: 'b2', from: 7, to: 7 },
    { kind: 'lines_missing', what: 'b2', from: 300, to: 302 },
  ])
})

test('a batch that was dropped is named, and one that was slipped in', async () => {
  await rewrite('b1', "'b9' AS batch")
  await dropWhere("batch = 'b1'")
  expect(await flaws()).toEqual([
    { kind: 'batch_missing', what: 'b1', from: 0, to: 599 },
    { kind: 'batch_unknown', what: 'b9', from: 0, to: 599 },
  ])
})

test('lines that were doubled are named', async () => {
  await store.events.ask.command(
    trusted(`INSERT INTO events (batch, line, received, source, context, raw, time)
      SELECT batch, line, received, source, context, 'other', time FROM events WHERE batch = 'b3' AND line = 5`),
  )
  expect(await flaws()).toEqual([{ kind: 'lines_added', what: 'b3', from: 5, to: 5 }])
})

test('a changed entry is named, even when its tile was changed with it', async () => {
  await kysely`UPDATE evidence_entries SET entry = (SELECT entry FROM evidence_entries WHERE at = 0) WHERE at = 1`.execute(
    store.records,
  )
  const kinds = (await flaws()).map(({ kind, what }) => `${kind} ${what}`)
  expect(kinds).toContain('entry_changed 1')
  expect(kinds).toContain('tree_differs 3')
})

test('a ledger row that was taken away or changed is named', async () => {
  await kysely`DELETE FROM batches WHERE id = 'b1'`.execute(store.records)
  await kysely`UPDATE batches SET lines = 5 WHERE id = 'b2'`.execute(store.records)
  expect(await flaws()).toEqual([
    { kind: 'ledger_missing', what: 'b1', from: null, to: null },
    { kind: 'ledger_differs', what: 'b2', from: null, to: null },
  ])
})

test('records put back to an older state are found by what was kept elsewhere, and nothing is signed', async () => {
  const elsewhere = await evidence.checkpoint()
  await kysely`DELETE FROM evidence_entries WHERE at = 2`.execute(store.records)
  await kysely`DELETE FROM batches WHERE id = 'b3'`.execute(store.records)
  await kysely`DELETE FROM evidence_checkpoints`.execute(store.records)
  await kysely`UPDATE evidence_tiles SET hashes = substring(hashes for 64)`.execute(store.records)
  await kysely`UPDATE evidence_log SET size = 2`.execute(store.records)
  await dropWhere("batch = 'b3'")
  await expect(evidence.checkpoint()).rejects.toMatchObject({ code: 'EVIDENCE_REWRITTEN' })
  const rolled = { kind: 'rolled_back', what: '3', from: 2, to: 2 }
  expect(await flaws()).toEqual([rolled])
  // Also when the intruder took the file that lies beside the records.
  rmSync(join(folder, 'checkpoint'))
  expect(await flaws()).toEqual([])
  expect(await flaws([elsewhere])).toEqual([rolled])
})

test('a log that was written anew over the same size is found', async () => {
  const elsewhere = await evidence.checkpoint()
  await kysely`UPDATE evidence_entries SET at = null`.execute(store.records)
  await kysely`UPDATE evidence_entries SET made = made - interval '1 day' WHERE id = 'batch:b3'`.execute(
    store.records,
  )
  await kysely`DELETE FROM evidence_tiles`.execute(store.records)
  await kysely`DELETE FROM evidence_checkpoints`.execute(store.records)
  await kysely`UPDATE evidence_log SET size = 0`.execute(store.records)
  rmSync(join(folder, 'checkpoint'))
  await evidence.checkpoint()
  expect(await flaws()).toEqual([])
  expect(await flaws([elsewhere])).toEqual([{ kind: 'tree_differs', what: '3', from: 0, to: 2 }])
})

test('days that retention drops are expired when the log says so, and missing when it does not', async () => {
  await addBatch('old', NOW - 40 * DAY)
  await evidence.checkpoint()
  await dropWhere("batch = 'old'")
  expect(await flaws()).toEqual([{ kind: 'batch_missing', what: 'old', from: 0, to: 599 }])
  await evidence.retention(NOW - 30 * DAY, 30)
  await evidence.checkpoint()
  const found = await report()
  expect(found.flaws).toEqual([])
  expect(found.batches).toEqual({ verified: 3, expired: 1, uncovered: 0 })
})

test('a checkpoint that somebody else made is said to be unsigned', async () => {
  const other = (await evidence.checkpoint()).replace('\n3\n', '\n9\n')
  expect(await flaws([other])).toEqual([
    { kind: 'checkpoint_unsigned', what: '9', from: null, to: null },
  ])
})

test('a bundle proves its lines to somebody who has nothing else', async () => {
  const bundle = await evidence.exportLines(
    [
      { batch: 'b2', line: 300 },
      { batch: 'b1', line: 599 },
    ],
    [],
  )
  const { key: text } = await evidence.state()
  expect(checkBundle(bundle, { keys: [text] })).toMatchObject({
    origin: 'vigie/test',
    size: '3',
    entries: 2,
    lines: 2,
    flaws: [],
  })
  expect(JSON.stringify(bundle)).not.toContain('bGluZSAzMDH')
})

test('a bundle of a whole batch proves each line of it', async () => {
  const bundle = await evidence.exportLines([], ['b3'])
  expect(checkBundle(bundle, { keys: [] })).toMatchObject({ entries: 1, lines: 600, flaws: [] })
})

test('no changed value of a bundle passes', async () => {
  const bundle = await evidence.exportLines([{ batch: 'b2', line: 300 }], [])
  const { key: text } = await evidence.state()
  const [line] = bundle.lines
  const changes = [
    { ...line, raw: Buffer.from('another line').toString('base64') },
    { ...line, received: 5 },
    { ...line, source: 'other' },
    { ...line, line: 301 },
    { ...line, batch: 'b1' },
    { ...line, inBatch: { ...line?.inBatch, index: 0 } },
  ]
  for (const changed of changes)
    expect(checkBundle({ ...bundle, lines: [changed] }, { keys: [text] }).flaws).toHaveLength(1)
  const [entry] = bundle.entries
  const other = { ...bundle, entries: [{ ...entry, entry: entry?.entry.replace('600', '601') }] }
  expect(checkBundle(other, { keys: [text] }).flaws.length).toBeGreaterThan(0)
  const stranger = openLogKey(mkdtempSync(join(folder, 'stranger-')), 'vigie/test')
  expect(checkBundle(bundle, { keys: [verifierKeyText(stranger)] }).flaws).toEqual([
    { what: 'checkpoint', reason: 'not signed by a known key' },
  ])
  expect(checkBundle({}, { keys: [text] }).flaws).toHaveLength(1)
})

test('the file that lies beside the records is the newest checkpoint', async () => {
  const note = await evidence.checkpoint()
  expect(readFileSync(join(folder, 'checkpoint'), 'utf8')).toBe(note)
  writeFileSync(join(folder, 'checkpoint'), note.replace('\n3\n', '\n4\n'))
  await expect(evidence.checkpoint()).rejects.toMatchObject({ code: 'CONTENT_INVALID' })
})

test('a log of many entries grows by tiles and keeps every earlier checkpoint', async () => {
  for (let round = 0; round < 5; round += 1) {
    for (let at = 0; at < 150; at += 1) await evidence.note(`${round}-${at}`, 'test', { round, at })
    await evidence.checkpoint()
  }
  const found = await report()
  expect(found).toMatchObject({ flaws: [], size: 753 })
  expect(found.checkpoints).toBe(7)
  expect((await evidence.tile(1, 0)).length).toBe(2 * 32)
  expect((await evidence.tile(0, 2)).length).toBe((753 - 512) * 32)
})
