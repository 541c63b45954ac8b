// For tests only: random rules and random events, made so that they often meet. Seeded, so that a failure can be had again.

import { stringify } from 'yaml'
import type { PlainEvent } from './reference-matcher.test-helper.ts'

export type Random = () => number

/** Mulberry32: small, seeded, good enough to pick with. */
export function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const FIELDS = ['A', 'B', 'C', 'Ip', 'Num', 'When']
const WORDS = [
  'cmd',
  'CMD.exe',
  '-enc',
  '/enc',
  '\u2013enc x',
  'a*b',
  'a?b',
  'a\\b',
  '\\',
  '%',
  '_',
  'x y',
  'line\nbreak',
  'É',
  'é',
  'ß',
  '\u0000',
  '日本',
  '😀',
  '$',
  '(',
  '[',
  '',
]
const IPS = ['10.1.2.3', '192.168.0.1', '2001:db8::1', 'not an ip', '::ffff:10.1.2.3', '']
const NUMBERS = ['1', '10', '-3', '2.5', 'abc', '1e3', '']
const TIMES = ['2026-03-04T05:06:07Z', '2026-12-31 23:59:00', '2025-01-01T00:00:00+05:00', 'soon']

export function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)]
  if (found === undefined) throw new RangeError('nothing to pick from')
  return found
}

export function randomEvent(random: Random): PlainEvent {
  const fields: Record<string, string> = {}
  for (const field of FIELDS) if (random() < 0.8) fields[field] = valueOf(random, field)
  return { fields, raw: `raw ${phrase(random)}` }
}

function valueOf(random: Random, field: string): string {
  if (field === 'Ip') return pick(random, IPS)
  if (field === 'Num') return pick(random, NUMBERS)
  return field === 'When' ? pick(random, TIMES) : phrase(random)
}

function phrase(random: Random): string {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, WORDS)).join(
    pick(random, ['', ' ']),
  )
}

const TEXT_CHAINS = [
  '',
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|contains|all',
  '|cased',
  '|contains|cased',
  '|contains|windash',
  '|base64offset|contains',
  '|neq',
  '|contains|neq',
]
const REGEXES = [
  'cmd',
  '^cmd',
  'exe$',
  '(?i)CMD',
  'a.b',
  'line.break',
  '[a-c]+',
  '\\d{1,3}',
  'x?',
  '^$',
  '(cmd|enc) ?',
  '\\\\',
  '\\bcmd\\b',
]

/** A rule as text. */
export function randomRule(random: Random, id: number): string {
  const names = ['s1', 's2', 's3', '_s4'].slice(0, 1 + Math.floor(random() * 4))
  const detection = Object.fromEntries(names.map((name) => [name, randomSelection(random)]))
  return stringify({
    title: `Random ${id}`,
    id: `random-${id}`,
    logsource: { product: 'test' },
    detection: { ...detection, condition: randomCondition(random, names, 0) },
  })
}

function randomSelection(random: Random): unknown {
  const kind = random()
  if (kind < 0.15) return [keyword(random), keyword(random)]
  if (kind < 0.2) return { '|all': [keyword(random), keyword(random)] }
  if (kind < 0.4) return [randomMap(random), randomMap(random)]
  return randomMap(random)
}

/** Wildcards at times; never empty, which is refused. */
function keyword(random: Random): string {
  return pick(
    random,
    WORDS.filter((word) => word !== ''),
  )
}

function randomMap(random: Random): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: 1 + Math.floor(random() * 2) }, () => randomEntry(random)),
  )
}

function randomEntry(random: Random): readonly [string, unknown] {
  const kind = random()
  const field = pick(random, ['A', 'B', 'C'])
  if (kind < 0.06) return [field, null]
  if (kind < 0.12) return [`${field}|exists`, random() < 0.5]
  if (kind < 0.2)
    return [
      'Ip|cidr',
      pick(random, [['10.0.0.0/8', '2001:db8::/32'], ['192.168.0.1/32'], ['0.0.0.0/0']]),
    ]
  if (kind < 0.28)
    return [`Num|${pick(random, ['gt', 'gte', 'lt', 'lte'])}`, pick(random, [1, 2.5, 10])]
  if (kind < 0.34)
    return [
      `When|${pick(random, ['minute', 'hour', 'day', 'week', 'month', 'year'])}`,
      pick(random, [0, 1, 3, 4, 5, 6, 10, 23, 2026]),
    ]
  if (kind < 0.42)
    return [
      `${field}|fieldref${pick(random, ['', '|contains', '|startswith', '|endswith', '|neq'])}`,
      pick(random, ['A', 'B', 'C']),
    ]
  if (kind < 0.55)
    return [`${field}|re${pick(random, ['', '|i', '|s', '|m'])}`, pick(random, REGEXES)]
  const chain = pick(random, TEXT_CHAINS)
  const words =
    chain === '' || chain === '|neq' || chain === '|cased'
      ? WORDS
      : WORDS.filter((word) => word !== '')
  const plain = chain.includes('base64') ? words.filter((word) => !/[*?]/.test(word)) : words
  const values = [pick(random, plain), pick(random, plain), pick(random, plain)]
  return [`${field}${chain}`, chain.includes('all') || random() < 0.5 ? values : values[0]]
}

function randomCondition(random: Random, names: readonly string[], depth: number): string {
  const kind = random()
  if (depth > 2 || kind < 0.35) return pick(random, names)
  if (kind < 0.45) return pick(random, ['1 of them', 'all of them', '1 of s*', 'all of s*'])
  const left = randomCondition(random, names, depth + 1)
  if (kind < 0.6) return `not (${left})`
  return `(${left}) ${pick(random, ['and', 'or', 'and not'])} (${randomCondition(random, names, depth + 1)})`
}
