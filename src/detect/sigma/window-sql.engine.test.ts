import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import { TEST_START_MS, foundIn } from './correlation-reference.test-helper.ts'
import type { TestHit } from './correlation-reference.test-helper.ts'
import { withEngine } from './event-fixture.test-helper.ts'
import { onceATimespan } from './once-a-timespan.ts'
import type { CorrelationPlan } from './plan-correlations.ts'
import { seeded } from './random-rules.test-helper.ts'
import { windowSql } from './window-sql.ts'
import { parseRules, planCorrelations } from './index.ts'

let lane: EngineLane
let close: () => Promise<void>

beforeAll(async () => {
  const opened = await withEngine()
  close = opened.close
  const [first] = opened.engine.intake
  if (first === undefined) throw new Error('no lane')
  lane = first
})
afterAll(() => close())

const RULES = ['a', 'b', 'c']
  .map(
    (name) =>
      `title: ${name}\nname: ${name}\nid: ${name}\nlogsource: { product: x }\ndetection: { s: { F: 1 }, condition: s }\n`,
  )
  .join('---\n')

/** A plan over the rules a, b and c. */
function planOf(correlation: string): CorrelationPlan {
  const { rules, correlations, problems } = parseRules(
    'test.yml',
    `${RULES}---\ntitle: t\ncorrelation: { ${correlation}, timespan: 10s, group-by: [u] }\n`,
  )
  const planned = planCorrelations(correlations, rules)
  const [plan] = planned.plans
  if (plan === undefined) throw new Error(JSON.stringify([problems, planned.problems]))
  return plan
}

const START = TEST_START_MS
const KNOWN = START + 1_000_000

function fromHits(hits: readonly TestHit[]): string {
  const rows = hits.map(
    ({ grp, member, ms, value, line }) =>
      `(${grp}, ${member}, ${START + ms}, '${value}', 'b', ${line})`,
  )
  return `SELECT * FROM values('grp UInt64, member UInt16, ms Int64, value String, batch String, line UInt32', ${rows.join(', ')})`
}

async function found(plan: CorrelationPlan, hits: readonly TestHit[], knownMs = KNOWN) {
  const { rows } = await lane.query<{ grp: string; ms: string; measure: string; line: number }>(
    trusted(windowSql(plan, { from: fromHits(hits), knownMs })),
  )
  return onceATimespan(
    rows.map((row) => ({ ...row, ms: Number(row.ms) })),
    plan.timespanMs,
  )
}

const places = (rows: readonly { readonly grp: string; readonly ms: number }[]) =>
  rows.map(({ grp, ms }) => [Number(grp), ms - START])

const hit = (ms: number, member = 0, value = '', grp = 1): Omit<TestHit, 'line'> => ({
  grp,
  member,
  ms,
  value,
})
const lines = (...hits: readonly Omit<TestHit, 'line'>[]): readonly TestHit[] =>
  hits.map((one, line) => ({ ...one, line }))

const two = 'type: event_count, rules: [a], condition: { gte: 2 }'

describe('windows', () => {
  test('both ends of a window belong to it, and not a millisecond more', async () => {
    expect(places(await found(planOf(two), lines(hit(0), hit(10_000))))).toEqual([[1, 10_000]])
    expect(places(await found(planOf(two), lines(hit(0), hit(10_001))))).toEqual([])
  })

  test('an event stored twice, or met by two rules, counts once', async () => {
    const both = planOf('type: event_count, rules: [a, b], condition: { gte: 2 }')
    const [one] = lines(hit(5))
    if (one === undefined) throw new Error('no hit')
    expect(await found(both, [one, one, { ...one, member: 1 }])).toEqual([])
  })

  test('a group is found again once the timespan has passed, and groups stand apart', async () => {
    const times = [0, 1, 2, 10_001, 10_002, 20_003, 20_004]
    const hits = lines(...times.map((ms) => hit(ms)), hit(3, 0, '', 2))
    expect(places(await found(planOf(two), hits))).toEqual([
      [1, 1],
      [1, 10_002],
      [1, 20_004],
    ])
  })

  test('a found window says its measure and the event that completes it', async () => {
    const sum = planOf('type: value_sum, rules: [a], condition: { field: n, gt: 5 }')
    const hits = lines(hit(0, 0, '2.5'), hit(1, 0, 'none'), hit(2, 0, '3'))
    expect(await found(sum, hits)).toMatchObject([{ measure: '5.5', line: 2 }])
  })

  test('what is denied must stay away until the window closes', async () => {
    const plan = planOf("type: temporal, rules: [a, b], condition: 'a and not b'")
    const hits = lines(hit(0, 0))
    expect(places(await found(plan, hits, START + 10_000))).toEqual([[1, 0]])
    expect(await found(plan, hits, START + 9999)).toEqual([])
    expect(await found(plan, lines(hit(0, 0), hit(10_000, 1)))).toEqual([])
    expect(places(await found(plan, lines(hit(0, 0), hit(10_001, 1))))).toEqual([[1, 0]])
  })

  test('events of one moment are in order', async () => {
    const plan = planOf('type: temporal_ordered, rules: [a, b]')
    expect(places(await found(plan, lines(hit(7, 1), hit(7, 0))))).toEqual([[1, 7]])
    expect(await found(plan, lines(hit(7, 1), hit(8, 0)))).toEqual([])
  })
})

const KINDS = [
  'type: event_count, rules: [a, b], condition: { gte: 3 }',
  'type: event_count, rules: [a, b, c], condition: { gt: 1, lte: 3 }',
  'type: value_count, rules: [a, b], condition: { field: v, gte: 3 }',
  'type: value_sum, rules: [a], condition: { field: v, gte: 9 }',
  'type: value_avg, rules: [a, b], condition: { field: v, lt: 2 }',
  'type: value_median, rules: [a], condition: { field: v, gte: 4 }',
  'type: value_percentile, rules: [a, c], condition: { field: v, percentile: 90, gt: 4 }',
  'type: temporal, rules: [a, b, c]',
  'type: temporal, rules: [a, b, c], condition: { gte: 2 }',
  'type: temporal_ordered, rules: [c, a, b]',
  "type: temporal, rules: [a, b, c], condition: '(a or b) and not c'",
  "type: temporal, rules: [a, b, c], condition: 'a and not (b and c)'",
  "type: temporal_ordered, rules: [a, b, c], condition: 'b and a and not c'",
] as const

describe('windows found by the engine are those that looking at each one finds', () => {
  test.each(KINDS)('%s', async (kind) => {
    const plan = planOf(kind)
    let sum = 0
    for (let seed = 1; seed <= 12; seed += 1) {
      const hits = randomHits(seed)
      const knownMs = seed % 2 === 0 ? 1_000_000 : 45_000
      const wanted = foundIn(plan, hits, knownMs)
      expect(places(await found(plan, hits, START + knownMs)), `seed ${seed}`).toEqual(wanted)
      sum += wanted.length
    }
    expect(sum).toBeGreaterThan(0)
  })
})

describe('windows asked for', () => {
  test('only those of the groups and times given are told, whole', async () => {
    const times = [0, 9000, 30_000, 36_000, 50_000, 55_000]
    const hits = lines(...times.map((ms) => hit(ms)), hit(1, 0, '', 2), hit(2, 0, '', 2))
    const ends = `SELECT toUInt64(1) AS grp, toInt64(${START + 30_000}) AS from_ms, toInt64(${START + 40_000}) AS to_ms`
    const { rows } = await lane.query<{ grp: string; ms: string }>(
      trusted(windowSql(planOf(two), { from: fromHits(hits), knownMs: KNOWN, ends })),
    )
    expect(rows.map(({ grp, ms }) => [Number(grp), Number(ms) - START])).toEqual([[1, 36_000]])
  })
})

/** Times repeat, lie exactly a timespan apart, and hits are doubled. */
function randomHits(seed: number): readonly TestHit[] {
  const random = seeded(seed)
  const pick = (count: number) => Math.floor(random() * count)
  const hits = Array.from({ length: 60 }, (_, line): TestHit => ({
    grp: pick(3),
    member: pick(3),
    ms: pick(40) * 2500 + (pick(4) === 0 ? 1 : 0),
    value: pick(12) === 0 ? 'x' : String(pick(6)),
    line,
  }))
  return [
    ...hits,
    ...hits.slice(0, 5),
    ...hits.slice(5, 12).map((one) => ({ ...one, member: pick(3) })),
  ]
}
