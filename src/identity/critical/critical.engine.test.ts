import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { readGolden } from '../checks/check-book.ts'
import { CONTENT, NOW_MS, memoryRecords, storeGolden } from '../station.test-helper.ts'
import { acknowledge, decide, startClock } from './decide.ts'
import { proposeCritical } from './propose.ts'
import { watchCritical } from './watch.ts'

test('what is proposed from evidence waits for a person; an alert on it starts its clock and climbs the ladder', async () => {
  const records = await memoryRecords()
  await storeGolden(
    records,
    readGolden(`${CONTENT}/checks/i27-number-of-global-administrators.miss.yml`),
  )
  expect(await proposeCritical(records, NOW_MS)).toBe(2)
  const [item] = await records.selectFrom('critical_items').selectAll().orderBy('name').execute()
  if (item === undefined) throw new Error('nothing proposed')
  expect(item).toMatchObject({ band: 'C1', state: 'proposed', name: 'a' })
  expect(await startClock(records, { item: item.id, alert: 'x', receivedMs: NOW_MS })).toBe(false)
  const by = { who: 'roy', nowMs: NOW_MS }
  await expect(decide(records, { id: item.id, state: 'refused' }, by)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await decide(
    records,
    {
      id: item.id,
      state: 'confirmed',
      people: [
        { who: 'Ann', how: '613-555-0100' },
        { who: 'Bob', how: 'sms' },
      ],
    },
    by,
  )
  await sql`INSERT INTO alerts (id, rule, title_en, title_fr, severity, entity_kind, entity, count, first_seen, last_seen, why_en, why_fr, reasons, attack, author, reference, state, updated)
    VALUES ('al1', 'r', '', '', 'high', 'user', 'A', 1, ${new Date(NOW_MS)}, ${new Date(NOW_MS)}, '', '', '[]', '[]', '', '', 'new', ${new Date(NOW_MS)})`.execute(
    records,
  )
  expect(await watchCritical(records, NOW_MS + 1000)).toMatchObject([
    { alert: 'al1', rung: { who: 'Ann' } },
  ])
  expect(await watchCritical(records, NOW_MS + 2000)).toEqual([])
  expect(await watchCritical(records, NOW_MS + 6 * 60_000)).toMatchObject([
    { rung: { who: 'Bob' } },
  ])
  const [clock] = await records.selectFrom('critical_clocks').selectAll().execute()
  await acknowledge(records, clock?.id ?? '', by)
  await expect(acknowledge(records, clock?.id ?? '', by)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  // The next import leaves a person's word alone.
  await proposeCritical(records, NOW_MS + 1)
  expect(
    await records.selectFrom('critical_items').select('state').where('id', '=', item.id).execute(),
  ).toEqual([{ state: 'confirmed' }])
  await records.destroy()
})
