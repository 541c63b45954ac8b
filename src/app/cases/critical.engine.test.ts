// Log sources of what is watched first.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { DAY_MS } from '../../core/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { SILENT_SOURCE_RULE, tellSilent } from './critical.ts'

test('a silent source of a critical item is an alert, once; heard and silent again, it is told again', async () => {
  const records = await openTemporaryRecords()
  let changed = 0
  const core = { store: { records }, live: { alertsChanged: () => void (changed += 1) } }
  const startMs = Date.parse('2026-11-30T08:00:00Z')
  const alerts = () =>
    records.selectFrom('alerts').select(['rule', 'entity', 'count', 'state']).execute()
  await tellSilent(core, ['syslog/dc1'], startMs)
  await tellSilent(core, ['syslog/dc1'], startMs + 60_000)
  expect(await alerts()).toMatchObject([
    { rule: SILENT_SOURCE_RULE, entity: 'syslog/dc1', state: 'new' },
  ])
  expect(changed).toBe(1)
  // A person closes it while the source is still silent: it stays closed.
  await sql`UPDATE alerts SET state = 'closed'`.execute(records)
  await tellSilent(core, ['syslog/dc1'], startMs + DAY_MS)
  expect(await alerts()).toMatchObject([{ state: 'closed' }])
  await sql`INSERT INTO sources (name, kind, first_seen, last_seen, lines, bytes, "unknown", partial, parsers)
    VALUES ('syslog/dc1', 'syslog', ${new Date(startMs)}, ${new Date(startMs + 2 * DAY_MS)}, 1, 1, 0, 0, '[]')`.execute(
    records,
  )
  await tellSilent(core, ['syslog/dc1'], startMs + 4 * DAY_MS)
  expect(await alerts()).toMatchObject([{ state: 'new' }])
  await records.destroy()
})
