// What a sensor kept for a whole season comes to the station at once: lines of ninety days in one batch.

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openCore } from '../src/app/core.ts'
import { recordPositions } from '../src/collect/index.ts'
import { takePiece } from '../src/collect/sensors/take-piece.ts'
import { encodeSegment } from '../src/collect/spool/record.ts'
import { seal } from '../src/collect/spool/segment-file.ts'
import { DAY_MS, readSettings, systemClock } from '../src/core/index.ts'
import { sql } from '../src/store/index.ts'

const DAYS = 92
const folder = mkdtempSync(join(tmpdir(), 'vigie-season-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every line becomes a row of the day it was received on, none older than the bound', async () => {
  const core = await openCore({
    settings: readSettings({ data: folder }, {}),
    clock: systemClock,
    durable: true,
    onTrouble: (cause) => {
      if (cause !== null) throw cause
    },
  })
  const { intake } = core.wayIn
  const nowMs = Date.now()
  const lines = Array.from({ length: DAYS }, (_, day) =>
    encodeSegment([`<134>day ${day} FortiGate`, `<38>sshd[1]: Failed password for root ${day}`], {
      source: 'syslog/192.0.2.1',
      context: '',
      receivedMs: nowMs - day * DAY_MS,
    }),
  )
  const bytes = Buffer.concat([...lines, seal(lines)])
  const context = {
    intake,
    positions: recordPositions(core.store.records, (path) => intake.noted(path)),
    clock: systemClock,
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const piece = { sensor: 'north', queue: 'normal', seq: 1, segment: 'a', sha256, bytes } as const
  expect(await takePiece(context, piece)).toMatchObject({ kind: 'taken' })
  await core.wayIn.settled()
  const { rows } = await core.store.events.ask.query<{
    lines: string
    days: string
    batches: string
  }>(
    sql`SELECT count() AS lines, uniqExact(toDate(received)) AS days, uniqExact(batch) AS batches FROM events`,
  )
  expect(rows[0]).toEqual({ lines: String(2 * DAYS), days: '91', batches: '1' })
  // Stored and out of the spool, the number stands in the records.
  expect(await takePiece(context, piece)).toMatchObject({ kind: 'taken', standing: { seq: 1 } })
  await core.close()
})
