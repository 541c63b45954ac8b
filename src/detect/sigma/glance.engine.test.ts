// A glance may leave rows that no rule holds for, and may not pass over one that some rule does.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { trusted } from '../../store/index.ts'
import type { EngineLane, EventEngine } from '../../store/index.ts'
import { createEventTable, insertEvents, withEngine } from './event-fixture.test-helper.ts'
import { randomEvent, randomRule, seeded } from './random-rules.test-helper.ts'
import {
  KIND,
  compileRuleSet,
  createPicked,
  dropGlances,
  judge,
  kindsOf,
  parseRules,
  pickRows,
  readLogsources,
  workOf,
} from './index.ts'

/** Field A stands in a column as well; the others are read again from the line. */
const LOGSOURCES = readLogsources(`
lanes:
  test: { entity: device, keywords: values, when: { parser: test }, fields: { A: { field: A, column: proc_path } } }
sources:
  - { product: test, lane: test, routes: [{}] }
`)

/** Lines are JSON, which is plain where no letter is escaped. */
const VERBATIM = String.raw`(parser = 'test' AND position(raw, '\\u00') = 0)`

let engine: EventEngine
let close: () => Promise<void>
let lane: EngineLane

beforeAll(async () => {
  const opened = await withEngine()
  ;({ engine, close } = opened)
  const [first] = engine.intake
  if (first === undefined) throw new Error('no lane')
  lane = first
})
afterAll(() => close())

type Fields = Readonly<Record<string, string>>

beforeEach(async () => {
  await createEventTable(lane, 't')
})

/** Lines by number from 1. */
async function write(lines: readonly { readonly fields: Fields; readonly raw?: string }[]) {
  await insertEvents(
    lane,
    't',
    lines.map(({ fields, raw = JSON.stringify(fields) }) => ({
      fields,
      columns: { parser: 'test', batch: 'b', raw, proc_path: fields['A'] ?? '' },
    })),
  )
}

/** Lines that the glance leaves; `undefined` where it says nothing. */
async function glanced(
  texts: readonly string[],
  verbatim = VERBATIM,
): Promise<{ readonly left: readonly number[] | undefined; readonly found: readonly number[] }> {
  const rules = texts.flatMap((text) => parseRules('test.yml', text).rules)
  const ruleSet = compileRuleSet(rules, LOGSOURCES)
  const kinds = await kindsOf(lane, trusted('FROM t'))
  const work = workOf(ruleSet, kinds)
  const found = (await judge({ lane, table: 't', ruleSet })).map(({ line }) => line)
  await createPicked(lane, 'picked')
  const picked = await pickRows({
    lane,
    ruleSet,
    verbatim: () => verbatim,
    settings: {},
    work,
    kinds,
    from: (of) => trusted(`FROM t WHERE ${KIND} IN (${of.join(', ')})`),
    picked: 'picked',
  })
  await dropGlances(lane, ruleSet)
  if (picked.size < work.size) return { left: undefined, found }
  const { rows } = await lane.query<{ line: number }>(
    trusted('SELECT DISTINCT line FROM picked ORDER BY line'),
  )
  return { left: rows.map(({ line }) => line), found }
}

function rule(selection: unknown, condition = 's', others: object = {}): string {
  return stringify({
    title: 'r',
    id: JSON.stringify(selection).slice(0, 60),
    logsource: { product: 'test' },
    detection: { s: selection, ...others, condition },
  })
}

describe('a glance leaves', () => {
  test.each<[string, string, readonly Fields[], readonly number[] | undefined]>([
    ['what a column says', rule({ A: 'x' }), [{ A: 'x' }, { A: 'y' }], [1]],
    ['what a word of the line may say', rule({ B: 'word' }), [{ B: 'word' }, { B: 'x' }], [1]],
    ['a word that stands elsewhere', rule({ B: 'word' }), [{ C: 'a word' }, { C: 'x' }], [1]],
    [
      'the longest part of a text, whatever is escaped around it',
      rule({ 'B|contains': 'C:\\Users\\Public\\' }),
      [{ B: 'C:\\Users\\Public\\a' }, { B: 'C:\\Users\\me' }],
      [1],
    ],
    [
      'rows where a column decides, though another part is not known',
      rule({ A: 'x', 'Num|gt': 3 }),
      [{ A: 'x', Num: '1' }, { A: 'y' }],
      [1],
    ],
    [
      'what may not be denied',
      rule({ A: 'x' }, 's and not f', { f: { B: 'word' } }),
      [{ A: 'x', B: 'word' }, { A: 'x' }, { A: 'y' }],
      [1, 2],
    ],
    ['what a column denies', rule({ A: 'x' }, 'not s'), [{ A: 'x' }, { A: 'y' }], [2]],
    ['nothing said of an absent field', rule({ A: null }), [{ A: 'x' }, { B: 'y' }], undefined],
    [
      'two columns that are alike',
      rule({ 'A|fieldref': 'A', B: 'word' }),
      [{ A: 'x', B: 'word' }, { A: 'x' }],
      [1],
    ],
    [
      'words that a pattern requires, one of its alternatives',
      rule({ 'B|re|i': 'c(?:ipher|odebook).{1,4}9' }),
      [{ B: 'a Codebook 9' }, { B: 'CIPHER--9' }, { B: 'code 9' }],
      [1, 2],
    ],
    ['nothing said where a text is too short', rule({ B: 'ab' }), [{ B: 'ab' }], undefined],
    ['nothing said of numbers', rule({ 'Num|gt': 3 }), [{ Num: '4' }], undefined],
    ['nothing said of what must be absent', rule({ B: null }), [{ A: 'x' }], undefined],
  ])('%s', async (_, text, fields, expected) => {
    await write(fields.map((one) => ({ fields: one })))
    const { left, found } = await glanced([text])
    expect(left).toEqual(expected)
    if (left !== undefined) expect(found.filter((line) => !left.includes(line))).toEqual([])
  })

  test('lines of which the parser does not say that they hold their fields as they are', async () => {
    const kelvin = 'wor\u212a'
    await write([
      { fields: { B: 'word' }, raw: String.raw`{"B":"\u0077ord"}` },
      { fields: { B: kelvin } },
      { fields: { B: 'other' } },
      { fields: { B: 'pa\u017f\u017f' } },
    ])
    const { left, found } = await glanced([
      rule({ B: 'word' }),
      rule({ B: 'work' }),
      rule({ 'B|re|i': 'pass' }),
    ])
    expect(left).toEqual([1, 2, 4])
    expect(found).toEqual([1, 2, 4])
  })

  test('nothing said of words where no parser says so', async () => {
    await write([{ fields: { B: 'word' } }])
    expect((await glanced([rule({ B: 'word' })], '0')).left).toBeUndefined()
  })
})

test.each([1, 2])('no row that a random rule holds for is passed over (seed %i)', async (seed) => {
  const random = seeded(seed)
  const words = ['powershell', 'Windows\\System32', 'cmd.exe /c', '4444', 'É-word', 'wor\u212a']
  const events = Array.from({ length: 200 }, () => {
    const fields = { ...randomEvent(random).fields } as Record<string, string>
    for (const field of ['A', 'B', 'C'])
      if (random() < 0.3)
        fields[field] = `${fields[field] ?? ''}${words[Math.floor(random() * words.length)]}`
    return { fields }
  })
  await write(events)
  let said = 0
  let passed = 0
  for (let at = 0; at < 100; at += 1) {
    const word = words[Math.floor(random() * words.length)] ?? ''
    const text = randomRule(random, at).replaceAll('cmd', word)
    const { left, found } = await glanced([text])
    if (left === undefined) continue
    said += 1
    passed += events.length - left.length
    expect({ text, over: found.filter((line) => !left.includes(line)) }).toEqual({
      text,
      over: [],
    })
    await lane.command(trusted('TRUNCATE TABLE picked'))
  }
  expect(said).toBeGreaterThan(20)
  expect(passed).toBeGreaterThan(said * 20)
})
