// The alert budget on labelled alerts of four organisations (AIT-ADS): what is told, how much of it is true, what is missed.

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { episodesOf, prevalenceOf, rareHours } from '../src/detect/risk/index.ts'
import type { EntityHour } from '../src/detect/risk/index.ts'
import { openEmbeddedEngine, sql, trusted } from '../src/store/index.ts'

const DATA = join(import.meta.dirname, '../../shared/data/behaviour/ait-ads')
const ORGANISATIONS = ['fox', 'santos', 'wardbeck', 'wheeler'] as const
const STRUCTURE =
  'time Float64, name String, ip String, host String, short String, time_label String, event_label String'

type Labelled = EntityHour & { readonly isTrue: boolean }
type Row = { entity: string; hour: number; rules: string[]; true: number }

const folder = mkdtempSync(join(tmpdir(), 'vigie-budget-'))
const hours = new Map<string, readonly Labelled[]>()

describe.skipIf(!existsSync(DATA))(
  'labelled alerts of four organisations (skipped where the shared data are absent)',
  () => {
    beforeAll(async () => {
      const engine = await openEmbeddedEngine({
        folder,
        memoryMib: 800,
        intakeLanes: 1,
        askLanes: 1,
      })
      for (const organisation of ORGANISATIONS) {
        const file = join(DATA, `${organisation}_alerts.csv.gz`)
        const { rows } = await engine.ask.query<Row>(
          sql`SELECT host AS entity, toUInt32(intDiv(toUInt32(time), 3600)) AS hour, groupUniqArray(short) AS rules,
  max(time_label != 'false_positive' OR event_label != '-') AS true
FROM file(${file}, 'CSVWithNames', ${trusted(`'${STRUCTURE}'`)}) GROUP BY host, hour ORDER BY hour, host`,
        )
        hours.set(
          organisation,
          rows.map((row) => ({ ...row, isTrue: row.true === 1 })),
        )
      }
      await engine.close()
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    test.each([
      ['weighed by what the other three saw', true, { atLeast: 0.9, false: 0.1 }],
      ['weighed by the own past', false, { atLeast: 0.9, false: 0.15 }],
    ])('one a day, %s', (_, isCollective, wanted) => {
      const told = ORGANISATIONS.map((organisation) => tell(organisation, isCollective))
      const episodes = told.flatMap(({ verdicts }) => verdicts)
      const days = told.reduce((sum, one) => sum + one.days, 0)
      const wrong = episodes.filter((isTrue) => !isTrue).length
      expect(told.every(({ verdicts }) => verdicts.includes(true))).toBe(true)
      expect(days).toBe(15)
      expect((episodes.length - wrong) / episodes.length).toBeGreaterThanOrEqual(wanted.atLeast)
      expect(wrong / days).toBeLessThanOrEqual(wanted.false)
      console.log(
        `${episodes.length} episodes in ${days} organisation-days, ${wrong} of them false, every attack found`,
      )
    })
  },
)

function tell(organisation: string, isCollective: boolean) {
  const own = hours.get(organisation) ?? []
  const others = [...hours].flatMap(([name, some]) => (name === organisation ? [] : some))
  const isTrue = new Map(own.map((hour) => [`${hour.entity} ${hour.hour}`, hour.isTrue]))
  const budget = { hoursADay: 1, ...(isCollective ? { elsewhere: prevalenceOf(others) } : {}) }
  const verdicts = episodesOf(rareHours(own, budget)).map((one) =>
    one.hours.some(({ entity, hour }) => isTrue.get(`${entity} ${hour}`) === true),
  )
  const days = new Set(own.map(({ hour }) => Math.floor(hour / 24))).size - 1
  return { verdicts, days }
}
