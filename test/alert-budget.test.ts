// The alert budget on labelled alerts of four organisations (AIT-ADS): what is told, how much of it is true, what is missed.

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { episodesOf, prevalenceOf, rareHours } from '../src/detect/risk/index.ts'
import type { EntityHour } from '../src/detect/risk/index.ts'
import { openEmbeddedEngine, sql, trusted, typed } from '../src/store/index.ts'
import type { EventEngine } from '../src/store/index.ts'

const DATA = join(import.meta.dirname, '../../shared/data/behaviour/ait-ads')
const ORGANISATIONS = ['fox', 'santos', 'wardbeck', 'wheeler'] as const
const STRUCTURE =
  'time Float64, name String, ip String, host String, short String, time_label String, event_label String'

type Labelled = EntityHour & { readonly isTrue: boolean }
type Row = { entity: string; hour: number; rules: string[]; true: number }

/** How the alerts are changed before they are counted: what holds for four recordings alone would hold for no fifth. */
type Variant = {
  readonly name: string
  /** Everything happens so much later. */
  readonly laterHours?: number
  /** A tenth of the lines is lost, chosen by this. */
  readonly lostBy?: number
  /** Two organisations watched as one, from the same day on. */
  readonly joined?: readonly [Organisation, Organisation]
}
type Organisation = (typeof ORGANISATIONS)[number]

const AS_RECORDED = 'as recorded'
const VARIANTS: readonly Variant[] = [
  { name: AS_RECORDED },
  { name: 'seven hours later', laterHours: 7 },
  { name: 'seventeen hours later', laterHours: 17 },
  { name: 'nineteen hours later: logs begin an hour before midnight', laterHours: 19 },
  { name: 'ten days and a half later', laterHours: 252 },
  { name: 'a tenth of the lines lost', lostBy: 1 },
  { name: 'another tenth of the lines lost', lostBy: 2 },
  { name: 'a third tenth of the lines lost', lostBy: 3 },
  { name: 'two places as one', joined: ['fox', 'wheeler'] },
  { name: 'two other places as one', joined: ['santos', 'wardbeck'] },
]

const folder = mkdtempSync(join(tmpdir(), 'vigie-budget-'))
let engine: EventEngine

describe.skipIf(!existsSync(DATA))(
  'labelled alerts of four organisations (skipped where the shared data are absent)',
  () => {
    beforeAll(async () => {
      engine = await openEmbeddedEngine({ folder, memoryMib: 800, intakeLanes: 1, askLanes: 1 })
      await engine.ask.command(
        trusted(
          'CREATE TABLE labelled (organisation String, host String, at UInt32, short LowCardinality(String), is_true UInt8) ENGINE = Memory',
        ),
      )
      for (const organisation of ORGANISATIONS)
        await engine.ask.command(
          sql`INSERT INTO labelled SELECT ${organisation}, host, toUInt32(time), short, time_label != 'false_positive' OR event_label != '-'
FROM file(${join(DATA, `${organisation}_alerts.csv.gz`)}, 'CSVWithNames', ${trusted(`'${STRUCTURE}'`)})`,
        )
    })
    afterAll(async () => {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    })

    const counted = { episodes: 0, wrong: 0 }

    test.each(VARIANTS)('one a day, $name', async (variant) => {
      const hours = await hoursOf(variant)
      for (const isCollective of [true, false]) {
        const told = [...hours.keys()].map((place) => tell(hours, place, isCollective))
        const episodes = told.flatMap(({ verdicts }) => verdicts)
        const days = told.reduce((sum, one) => sum + one.days, 0)
        const wrong = episodes.filter((isTrue) => !isTrue).length
        expect(told.every(({ verdicts }) => verdicts.includes(true))).toBe(true)
        expect(wrong / days).toBeLessThanOrEqual(0.1)
        // A variant has ten episodes or so, of which one is a tenth: those changed are held to their share together.
        if (variant.name === AS_RECORDED)
          expect((episodes.length - wrong) / episodes.length).toBeGreaterThanOrEqual(0.9)
        counted.episodes += episodes.length
        counted.wrong += wrong
        console.log(
          `${variant.name}, weighed by ${isCollective ? 'what the others saw' : 'the own past'}: ${episodes.length} episodes in ${days} organisation-days, ${wrong} of them false, every attack found`,
        )
      }
    })

    test('nine in ten are true over all variants', () => {
      expect(counted.episodes).toBeGreaterThan(100)
      expect(counted.wrong / counted.episodes).toBeLessThanOrEqual(0.1)
    })
  },
)

type Hours = ReadonlyMap<string, readonly Labelled[]>

async function hoursOf({ laterHours = 0, lostBy = 0, joined }: Variant): Promise<Hours> {
  const { rows } = await engine.ask.query<Row & { place: string }>(
    sql`SELECT if(has(${typed('Array(String)', joined ?? [])}, organisation), 'both', organisation) AS place,
  concat(organisation, ' ', host) AS entity, toUInt32(intDiv(at, 3600) + ${laterHours}) - if(place = 'both', begins, 0) AS hour,
  arraySort(groupUniqArray(toString(short))) AS rules, max(is_true) AS true
FROM labelled INNER JOIN (SELECT organisation, 24 * intDiv(min(at), 86400) AS begins FROM labelled GROUP BY organisation) AS first USING organisation
WHERE ${lostBy} = 0 OR cityHash64(at, host, short, rowNumberInAllBlocks(), ${lostBy}) % 10 != 0
GROUP BY place, entity, hour ORDER BY hour, entity`,
  )
  const labelled = rows.map((row) => ({ ...row, isTrue: row.true === 1 }))
  return Map.groupBy(labelled, ({ place }) => place)
}

function tell(hours: Hours, place: string, isCollective: boolean) {
  const own = hours.get(place) ?? []
  const others = [...hours].flatMap(([name, some]) => (name === place ? [] : some))
  const isTrue = new Map(own.map((hour) => [`${hour.entity} ${hour.hour}`, hour.isTrue]))
  const budget = { hoursADay: 1, ...(isCollective ? { elsewhere: prevalenceOf(others) } : {}) }
  const verdicts = episodesOf(rareHours(own, budget)).map((one) =>
    one.hours.some(({ entity, hour }) => isTrue.get(`${entity} ${hour}`) === true),
  )
  const days = new Set(own.map(({ hour }) => Math.floor(hour / 24))).size - 1
  return { verdicts, days }
}
