import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AlertChange, Finding } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { alertHistory, changeAlerts, raiseAlerts, searchAlerts, undoChange } from './index.ts'
import type { RuleFacts } from './index.ts'

const RULE: RuleFacts = {
  id: 'rule-1',
  title: { en: 'Copy of the directory database', fr: 'Copie de la base de l’annuaire' },
  severity: 'high',
  attack: ['attack.t1003.003'],
  author: 'somebody',
  reference: 'https://example.org/rule-1',
}
const rules = new Map([[RULE.id, RULE]])
const HOUR = 3_600_000
let records: Records

beforeAll(async () => {
  records = await openTemporaryRecords()
})
afterAll(() => records.destroy())

function finding(entity: string, hour: number): Finding {
  return {
    rule: RULE.id,
    title: RULE.title.en,
    severity: 'high',
    time: new Date(hour * HOUR).toISOString(),
    entityKind: 'device',
    entity,
    batch: 'b',
    line: hour,
    reasons: [
      {
        selection: 'tool',
        field: 'CommandLine',
        value: 'ntdsutil ac i ntds',
        pattern: '*ntdsutil*',
      },
    ],
  }
}

async function raise(findings: readonly Finding[]): Promise<void> {
  await records.transaction().execute(async (transaction) => {
    await raiseAlerts(transaction, findings, { rules, nowMs: 100 * HOUR })
  })
}

async function of(entity: string) {
  const { alerts } = await searchAlerts(records, { entity })
  return alerts[0]
}

test('gathers findings of one rule and entity in one alert with count and span', async () => {
  await raise([finding('DC01', 3), finding('DC01', 1), finding('DC02', 2)])
  await raise([finding('DC01', 2)])
  expect(await of('DC01')).toMatchObject({
    count: 3,
    firstSeen: new Date(HOUR).toISOString(),
    lastSeen: new Date(3 * HOUR).toISOString(),
    state: 'new',
  })
  expect((await of('DC02'))?.count).toBe(1)
})

test('says in one sentence why, in both languages', async () => {
  const alert = await of('DC01')
  expect(alert?.why.en).toBe(
    'Device DC01: Copy of the directory database: CommandLine is “ntdsutil ac i ntds”.',
  )
  expect(alert?.why.fr).toContain('Appareil DC01 : Copie de la base')
})

test('groups by rule with the same filter', async () => {
  const { groups, total } = await searchAlerts(records, { rule: RULE.id })
  expect(total).toBe(2)
  expect(groups).toEqual([expect.objectContaining({ rule: RULE.id, alerts: 2, events: 4 })])
})

test('asks for an assessment and a reason when an alert is closed', async () => {
  const alert = await of('DC02')
  await expect(
    changeAlerts(records, { ids: [alert?.id ?? ''], state: 'closed' }, { who: 'ana', nowMs: 0 }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('closes, undoes, and opens again when the rule is met once more', async () => {
  const id = (await of('DC02'))?.id ?? ''
  const closing: AlertChange = {
    ids: [id],
    state: 'closed',
    assessment: 'authorised',
    reason: 'planned work',
  }
  const { undo } = await changeAlerts(records, closing, { who: 'ana', nowMs: 1 })
  expect(await of('DC02')).toMatchObject({
    state: 'closed',
    assessment: 'authorised',
    reason: 'planned work',
  })
  expect(await undoChange(records, undo, { who: 'ana', nowMs: 2 })).toBe(1)
  expect(await of('DC02')).toMatchObject({ state: 'new', assessment: null, reason: null })
  expect(await undoChange(records, undo, { who: 'ana', nowMs: 3 })).toBe(0)

  await changeAlerts(records, closing, { who: 'ana', nowMs: 4 })
  await raise([finding('DC02', 9)])
  expect(await of('DC02')).toMatchObject({ state: 'new', reopened: 1, count: 2 })
  const actions = (await alertHistory(records, id)).map(({ action }) => action)
  expect(actions).toEqual(['raised', 'changed', 'undone', 'changed', 'reopened'])
})

test('finds by free text without reading it as a pattern', async () => {
  expect((await searchAlerts(records, { text: 'directory database' })).total).toBe(2)
  expect((await searchAlerts(records, { text: '%' })).total).toBe(0)
})
