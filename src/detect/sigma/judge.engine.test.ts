import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { trusted } from '../../store/index.ts'
import type { EngineLane, EventEngine } from '../../store/index.ts'
import { applyFilters } from './apply-filters.ts'
import { createEventTable, insertEvents, withEngine } from './event-fixture.test-helper.ts'
import type { FixtureEvent } from './event-fixture.test-helper.ts'
import { routesOf } from './logsource.ts'
import { randomEvent, randomRule, seeded } from './random-rules.test-helper.ts'
import { matches } from './reference-matcher.test-helper.ts'
import { conditionSql } from './rule-sql.ts'
import type { LoadedRule } from './rule.ts'
import type { SweepLimits } from './sweeps.ts'
import { compileRuleSet, judge, parseRules, readLogsources } from './index.ts'

const LOGSOURCES = readLogsources(`
lanes:
  test: { entity: device, when: { parser: test } }
  tree: { entity: account, keywords: values, json: true, when: { parser: tree } }
sources:
  - { product: test, lane: test, fields: { EventID: { column: event_code } }, routes: [{}] }
  - { product: test, service: one, lane: test, routes: [{ when: { log_name: Channel/One } }] }
  - { product: test, category: both, lane: test, routes: [{ when: { event_code: 1 }, fields: { X: A } }, { when: { event_code: 2 }, fields: { X: B } }] }
  - { product: tree, lane: tree, routes: [{}] }
`)

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

function rule(
  detection: unknown,
  logsource: unknown = { product: 'test' },
  id = 'r1',
  more: object = {},
): LoadedRule {
  const { rules, problems } = parseRules(
    'test.yml',
    stringify({ title: id, id, logsource, detection, ...more }),
  )
  const [first] = rules
  if (first === undefined) throw new Error(JSON.stringify(problems))
  return first
}

function event(
  fields: Readonly<Record<string, string>>,
  columns: Readonly<Record<string, string>> = {},
): FixtureEvent {
  return {
    fields,
    columns: {
      parser: 'test',
      batch: 'b',
      source: 's',
      device_name: 'host1',
      raw: Object.values(fields).join(' '),
      ...columns,
    },
  }
}

async function hits(
  rules: readonly LoadedRule[],
  events: readonly FixtureEvent[],
): Promise<readonly string[]> {
  await createEventTable(lane, 't')
  await insertEvents(lane, 't', events)
  const findings = await judge({ lane, table: 't', ruleSet: compileRuleSet(rules, LOGSOURCES) })
  return findings.map(({ rule: id, line }) => `${id}@${line}`)
}

/** Lines (from 1) on which a rule with one selection fires. */
async function lines(
  selection: unknown,
  events: readonly FixtureEvent[],
  condition = 's',
): Promise<readonly number[]> {
  const found = await hits([rule({ s: selection, condition })], events)
  return found.map((hit) => Number(hit.split('@')[1]))
}

test('what a filter describes is not found, by the rules it is for', async () => {
  const found = (id: string) => rule({ s: { F: ['a', 'b'] }, condition: 's' }, undefined, id)
  const { filters } = parseRules(
    'filter.yml',
    stringify({
      title: 'accepted',
      logsource: { product: 'test' },
      filter: { rules: ['r1'], s: { 'G|startswith': 'adm' }, condition: 's' },
    }),
  )
  const { rules } = applyFilters([found('r1'), found('r2')], filters, '')
  const events = [
    event({ F: 'a', G: 'ADM-1' }),
    event({ F: 'a', G: 'x' }),
    event({ F: 'b' }),
    event({ F: 'c', G: 'adm' }),
  ]
  expect(await hits(rules, events)).toEqual(['r2@1', 'r1@2', 'r2@2', 'r1@3', 'r2@3'])
})

describe('what a rule means', () => {
  const values = (...texts: readonly string[]) => texts.map((text) => event({ F: text }))

  test.each<[string, unknown, readonly string[], readonly number[]]>([
    ['whole value, any case', { F: 'Abc' }, ['abc', 'ABC', 'abcd', 'xabc', ' abc'], [1, 2]],
    ['a last line break is part of the value', { 'F|endswith': 'abc' }, ['abc', 'abc\n'], [1]],
    ['exact value and a last line break', { F: 'ab*c' }, ['abc', 'abc\n'], [1]],
    ['wildcards pass line breaks', { F: 'a*c' }, ['a\nc', 'ac', 'ab'], [1, 2]],
    [
      '? is one character, of any length in bytes',
      { F: 'a?c' },
      ['abc', 'aéc', 'a😀c', 'ac', 'abbc'],
      [1, 2, 3],
    ],
    ['escaped wildcards', { F: String.raw`a\*c` }, ['a*c', 'abc'], [1]],
    ['backslash before a wildcard', { F: String.raw`a\\*` }, ['a\\x', 'a\\', 'ax'], [1, 2]],
    ['percent and underscore are plain', { 'F|contains': '%_' }, ['a%_b', 'axxb'], [1]],
    ['case folding beyond ASCII', { 'F|contains': 'ÉCOLE' }, ['une école', 'ecole'], [1]],
    ['a NUL before a match', { 'F|contains': 'evil' }, ['x\u0000evil'], [1]],
    ['cased', { 'F|cased': 'Abc' }, ['Abc', 'abc'], [1]],
    ['cased contains', { 'F|contains|cased': 'Abc' }, ['xAbcx', 'xabcx'], [1]],
    ['all', { 'F|contains|all': ['a', 'b'] }, ['xbxax', 'a'], [1]],
    ['neq', { 'F|neq': 'a' }, ['a', 'b'], [2]],
    ['neq of a list is none of it', { 'F|neq': ['a', 'b'] }, ['a', 'b', 'c'], [3]],
    [
      'windash',
      { 'F|contains|windash': ' -enc' },
      ['p -enc', 'p /enc', 'p –enc', 'p —enc', 'p ―enc', 'p +enc'],
      [1, 2, 3, 4, 5],
    ],
    ['regular expressions mind case and are unanchored', { 'F|re': 'b+c' }, ['abbc', 'ABBC'], [1]],
    ['. stops at line breaks', { 'F|re': 'a.c' }, ['abc', 'a\nc'], [1]],
    ['. passes line breaks with s', { 'F|re|s': 'a.c' }, ['abc', 'a\nc'], [1, 2]],
    ['i', { 'F|re|i': 'abc' }, ['ABC', 'abd'], [1]],
    ['m', { 'F|re|m': '^b$' }, ['a\nb\nc', 'abc'], [1]],
    ['$ is the very end', { 'F|re': 'c$' }, ['abc', 'abc\n'], [1]],
    ['a pattern that may match nothing needs the field', { 'F|re': 'x*' }, ['', 'x'], [1, 2]],
    [
      'cidr never errs on what is no address',
      { 'F|cidr': '10.0.0.0/8' },
      ['10.1.1.1', 'bad', '', '11.1.1.1', '2001:db8::1'],
      [1],
    ],
    [
      'cidr takes what lies at both ends of a network, given by any of its addresses',
      { 'F|cidr': '192.0.2.77/26' },
      ['192.0.2.63', '192.0.2.64', '192.0.2.127', '192.0.2.128'],
      [2, 3],
    ],
    [
      'the cidr of everything takes no text that is no address',
      { 'F|cidr': '0.0.0.0/0' },
      ['0.0.0.0', '255.255.255.255', '', 'bad', '10.0.0.1:443'],
      [1, 2],
    ],
    ['cidr v6', { 'F|cidr': '2001:db8::/32' }, ['2001:db8::1', '10.1.1.1', '2001:db9::1'], [1]],
    [
      'many networks of both families, asked together',
      { 'F|cidr': ['0.0.0.0/8', '10.0.0.0/8', '192.0.2.64/26', '2001:db8::/32', 'fe80::/10'] },
      ['0.1.2.3', '10.1.1.1', '192.0.2.128', '2001:db8::1', 'fe80::1', '::1', 'bad', ''],
      [1, 2, 4, 5],
    ],
    ['numbers compare as numbers', { 'F|gt': 9 }, ['10', '9', 'ten', ''], [1]],
    ['numbers as values compare as text', { F: 4624 }, ['4624', '04624'], [1]],
    ['empty', { F: '' }, ['', 'x'], [1]],
    [
      'base64offset minds case',
      { 'F|base64offset|contains': 'foobar' },
      ['xxZm9vYmFyxx', 'xxZvb2Jhcxx', 'xxzvb2jhcxx'],
      [1, 2],
    ],
    [
      'wide and base64offset',
      { 'F|wide|base64offset|contains': 'ping' },
      [Buffer.from('xping', 'utf16le').toString('base64'), 'ping'],
      [1],
    ],
    [
      'parts of a time',
      { 'F|hour': 5 },
      ['2026-03-04T05:06:07Z', '2026-03-04T06:06:07Z', 'x'],
      [1],
    ],
  ])('%s', async (_, selection, texts, expected) => {
    expect(await lines(selection, values(...texts))).toEqual(expected)
  })

  test('absent, null and empty are three things', async () => {
    const events = [event({ F: '' }), event({ G: 'x' }), event({ F: 'x' })]
    expect(await lines({ F: null }, events)).toEqual([2])
    expect(await lines({ F: '' }, events)).toEqual([1])
    expect(await lines({ 'F|exists': true }, events)).toEqual([1, 3])
    expect(await lines({ 'F|exists': false }, events)).toEqual([2])
    expect(await lines({ F: '*' }, events)).toEqual([1, 3])
    expect(await lines({ F: ['x', null] }, events)).toEqual([2, 3])
  })

  test('bytes that are no UTF-8 hide nothing, from few patterns or from many', async () => {
    await createEventTable(lane, 't')
    await lane.command(
      trusted(
        `INSERT INTO t (parser, batch, line, fields) SELECT 'test', 'b', 1, map('F', concat(unhex('ff'), 'evil', unhex('c3')))`,
      ),
    )
    const many = ['evil', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8']
    const rules = [rule({ s: { 'F|contains': many }, condition: 's' })]
    const found = await judge({ lane, table: 't', ruleSet: compileRuleSet(rules, LOGSOURCES) })
    expect(found.map(({ line }) => line)).toEqual([1])
    const few = await judge({
      lane,
      table: 't',
      ruleSet: compileRuleSet([rule({ s: { 'F|contains': 'evil' }, condition: 's' })], LOGSOURCES),
    })
    expect(few.map(({ line }) => line)).toEqual([1])
  })

  test('a filter on an absent field does not lose the row', async () => {
    const found = await hits(
      [rule({ s: { G: 'x' }, f: { 'F|contains': 'ok' }, condition: 's and not f' })],
      [event({ G: 'x' }), event({ G: 'x', F: 'ok' })],
    )
    expect(found).toEqual(['r1@1'])
  })

  test('a rule of nothing but a negation sees every row of its log source', async () => {
    expect(
      await lines({ F: 'x' }, [event({ F: 'x' }), event({ F: 'y' }), event({})], 'not s'),
    ).toEqual([2, 3])
  })

  test('keywords are sought in the whole line, lists mean any, all means all', async () => {
    const events = [
      event({ F: 'Failed password' }),
      event({ F: 'failed', G: 'login' }),
      event({ F: 'fine' }),
    ]
    expect(await lines(['FAILED pass', 'nothing'], events)).toEqual([1])
    expect(await lines({ '|all': ['failed', 'login'] }, events)).toEqual([2])
    expect(await lines('fail*login', events)).toEqual([2])
    expect(await lines([{ F: 'fine' }, 'password'], events)).toEqual([1, 3])
  })

  test('fieldref compares two fields of one event', async () => {
    const events = [
      event({ F: 'Abc', G: 'aBC' }),
      event({ F: 'abcd', G: 'abc' }),
      event({ F: 'x' }),
      event({ F: 'x', G: '' }),
    ]
    expect(await lines({ 'F|fieldref': 'G' }, events)).toEqual([1])
    expect(await lines({ 'F|fieldref|startswith': 'G' }, events)).toEqual([1, 2])
    expect(await lines({ 'F|fieldref|neq': 'G' }, events)).toEqual([2, 3, 4])
  })

  test('arrays match by any element, dotted names are paths, the literal name comes first', async () => {
    const tree = (fields: Readonly<Record<string, string>>) => event(fields, { parser: 'tree' })
    const events = [
      tree({ who: '[{"name":"root"},{"name":"bob"}]' }),
      tree({ who: '{"name":["alice","eve"]}' }),
      tree({ 'who.name': 'Root', who: '{"name":"x"}' }),
      tree({ tags: '["a","b"]' }),
    ]
    const ask = async (selection: unknown) =>
      (await hits([rule({ s: selection, condition: 's' }, { product: 'tree' })], events)).map(
        (hit) => Number(hit.split('@')[1]),
      )
    expect(await ask({ 'who.name': 'root' })).toEqual([1, 3])
    expect(await ask({ 'who.name|endswith': 'eve' })).toEqual([2])
    expect(await ask({ 'who.name': null })).toEqual([4])
    expect(await ask({ tags: 'b' })).toEqual([4])
    expect(await ask({ tags: 'a*b' })).toEqual([])
  })
})

describe('log sources', () => {
  const seen = { s: { A: 'x' }, condition: 's' }

  test('a rule never fires on another log source', async () => {
    const rules = [rule(seen, { product: 'test', service: 'one' })]
    const events = [
      event({ A: 'x' }, { log_name: 'CHANNEL/one' }),
      event({ A: 'x' }, { log_name: 'Channel/Two' }),
      event({ A: 'x' }, { parser: 'other', log_name: 'Channel/One' }),
    ]
    expect(await hits(rules, events)).toEqual(['r1@1'])
  })

  test('each route has its own fields', async () => {
    const rules = [rule({ s: { X: 'x' }, condition: 's' }, { product: 'test', category: 'both' })]
    const events = [
      event({ A: 'x' }, { event_code: '1' }),
      event({ B: 'x' }, { event_code: '1' }),
      event({ B: 'x' }, { event_code: '2' }),
      event({ A: 'x' }, { event_code: '3' }),
    ]
    expect(await hits(rules, events)).toEqual(['r1@1', 'r1@3'])
  })

  test('an event id decides by itself, and with its negation', async () => {
    const events = ['1', '2', '1'].map((event_code) => event({}, { event_code }))
    expect(await hits([rule({ s: { EventID: 1 }, condition: 's' })], events)).toEqual([
      'r1@1',
      'r1@3',
    ])
    expect(await hits([rule({ s: { EventID: 1 }, condition: 'not s' })], events)).toEqual(['r1@2'])
    expect(await hits([rule({ s: { EventID: [2, 3] }, condition: 's' })], events)).toEqual(['r1@2'])
  })

  test('rules that write one value in two cases both fire', async () => {
    const rules = ['0x1FFFFF', '0x1fffff', '0X1ffFFF'].map((value, at) =>
      rule({ s: { F: value }, condition: 's' }, { product: 'test' }, `r${at}`),
    )
    expect(await hits(rules, [event({ F: '0x1Fffff' })])).toEqual(['r0@1', 'r1@1', 'r2@1'])
  })

  test('a rule without a route is listed with its reason, and so is one that is always true', () => {
    const set = compileRuleSet(
      [
        rule(seen, { product: 'unheard' }),
        rule({ s: { A: 'x' }, condition: 's' }, { product: 'test' }, 'r2'),
      ],
      LOGSOURCES,
    )
    expect(set.noRoute[0]?.reason).toMatchObject({
      code: 'SIGMA_NO_ROUTE',
      file: 'test.yml',
      line: 1,
    })
    expect(set.active.map(({ id }) => id)).toEqual(['r2'])
  })

  test('the same line number in two batches is two rows', async () => {
    await createEventTable(lane, 't')
    await insertEvents(lane, 't', [event({ A: 'x' }, { batch: 'one' })])
    await insertEvents(lane, 't', [event({ A: 'x' }, { batch: 'two' })])
    const found = await judge({
      lane,
      table: 't',
      ruleSet: compileRuleSet([rule(seen)], LOGSOURCES),
    })
    expect(found.map(({ batch, line }) => `${batch} ${line}`)).toEqual(['one 1', 'two 1'])
  })
})

describe('findings', () => {
  test('say when, on what and why', async () => {
    await createEventTable(lane, 't')
    await insertEvents(lane, 't', [
      event({ A: 'Evil.exe', B: '10.0.0.9', C: 'no' }, { event_code: '7' }),
    ])
    const rules = [
      rule(
        {
          selection: { 'A|endswith': ['.exe', '.dll'], 'B|cidr': '10.0.0.0/8', EventID: 7 },
          filter: { C: 'yes' },
          condition: 'selection and not filter',
        },
        { product: 'test' },
        'why',
        { level: 'high' },
      ),
    ]
    expect(await judge({ lane, table: 't', ruleSet: compileRuleSet(rules, LOGSOURCES) })).toEqual([
      {
        rule: 'why',
        title: 'why',
        severity: 'high',
        time: '2026-01-01T00:00:01.000Z',
        entityKind: 'device',
        entity: 'host1',
        batch: 'b',
        line: 1,
        reasons: [
          { selection: 'selection', field: 'A', value: 'Evil.exe', pattern: '*.exe' },
          { selection: 'selection', field: 'B', value: '10.0.0.9', pattern: '10.0.0.0/8' },
          { selection: 'selection', field: 'EventID', value: '7', pattern: '7' },
        ],
      },
    ])
  })

  test('gather on the entity the rule asks for, or the next one the line names', async () => {
    await createEventTable(lane, 't')
    await insertEvents(lane, 't', [
      event({ A: 'x' }, { user_name: 'alice' }),
      event({ A: 'x' }),
      event({ A: 'x' }, { device_name: '' }),
    ])
    const rules = [
      rule({ s: { A: 'x' }, condition: 's' }, { product: 'test' }, 'r1', {
        vigie: { entity: 'account' },
      }),
    ]
    const found = await judge({ lane, table: 't', ruleSet: compileRuleSet(rules, LOGSOURCES) })
    expect(found.map(({ entityKind, entity }) => `${entityKind} ${entity}`)).toEqual([
      'account alice',
      'device host1',
      'source s',
    ])
  })

  test('leave no table behind, also when nothing is found', async () => {
    await createEventTable(lane, 't')
    await judge({
      lane,
      table: 't',
      ruleSet: compileRuleSet([rule({ s: { A: 'x' }, condition: 's' })], LOGSOURCES),
    })
    const { rows } = await lane.query<{ name: string }>(
      trusted("SELECT name FROM system.tables WHERE name = 't_hits'"),
    )
    expect(rows).toEqual([])
  })
})

/** By lists, each kind of event by itself, and by conditions, all kinds together. */
const ALONE: SweepLimits = { statement: -Infinity, mostConditions: 0 }
const TOGETHER: SweepLimits = { statement: Infinity, mostConditions: Infinity }

describe('random rules over random events', () => {
  test.each([1, 2, 3])(
    'the reference, the plain SQL and the plan agree (seed %i)',
    async (seed) => {
      const random = seeded(seed)
      const rules = Array.from(
        { length: 400 },
        (_, id) => parseRules('random.yml', randomRule(random, id)).rules,
      ).flat()
      expect(rules.length).toBeGreaterThan(300)
      const events = Array.from({ length: 120 }, () => randomEvent(random))
      await createEventTable(lane, 't')
      await insertEvents(
        lane,
        't',
        events.map(({ raw, fields }) => event(fields, { raw })),
      )
      const set = compileRuleSet(rules, LOGSOURCES)
      const alwaysTrue = new Set(set.refused.map(({ rule: { id } }) => id))
      const judged = rules.filter(({ id }) => !alwaysTrue.has(id))

      const reference = judged
        .flatMap((one) =>
          events.flatMap((plain, at) => (matches(one, plain) ? [`${one.id}@${at + 1}`] : [])),
        )
        .toSorted()
      for (const limits of [ALONE, TOGETHER]) {
        const planned = (await judge({ lane, table: 't', ruleSet: set, limits }))
          .map(({ rule: id, line }) => `${id}@${line}`)
          .toSorted()
        expect(difference(planned, reference)).toEqual([])
        expect(planned.length).toBeGreaterThan(1000)
      }

      const route = routesOf({ product: 'test' }, LOGSOURCES)[0]
      if (route === undefined) throw new Error('no route')
      const conditions = judged.map((one, at) => `if(${conditionSql(one, route)}, ${at + 1}, 0)`)
      const { rows } = await lane.query<{ line: number; met: readonly number[] }>(
        trusted(`SELECT line, arrayFilter(r -> r != 0, [${conditions.join(',\n')}]) AS met FROM t`),
      )
      const plain = rows
        .flatMap(({ line, met }) => met.map((at) => `${judged[at - 1]?.id}@${line}`))
        .toSorted()
      expect(difference(plain, reference)).toEqual([])
    },
  )
})

function difference(met: readonly string[], expected: readonly string[]): readonly string[] {
  const have = new Set(met)
  const want = new Set(expected)
  return [
    ...met.filter((one) => !want.has(one)).map((one) => `extra ${one}`),
    ...expected.filter((one) => !have.has(one)).map((one) => `missing ${one}`),
  ].slice(0, 20)
}
