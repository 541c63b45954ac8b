// The compiler and the matcher of the tests agree on random patterns over random events in a real engine.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateEvents, openEmbeddedEngine, sql, trusted } from '../../store/index.ts'
import type { EventEngine } from '../../store/index.ts'
import { compilePattern } from './compile-pattern.ts'
import { observedOf } from './events.test-helper.ts'
import type { TestEvent } from './events.test-helper.ts'
import { matches } from './match-pattern.test-helper.ts'
import { parsePattern } from './parse-pattern.ts'
import { patternSql } from './pattern-sql.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-pattern-'))
let engine: EventEngine

beforeAll(async () => {
  engine = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 1 })
  await migrateEvents(engine)
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Small, known chance: a failure can be seen again. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}

const START_MS = Date.UTC(2026, 0, 1)
const VALUES = {
  ip: ['', '198.51.100.3', '198.51.100.77', '203.0.113.9', '2001:db8::5', '2001:db8:1::5'],
  port: [0, 53, 443, 8443],
  protocol: [0, 1, 6, 17],
  domain: ['', 'a.example', 'b.example', 'x.a.example'],
  url: ['', 'http://a.example/x', 'https://b.example/é', 'http://a.example/y%z'],
  user: ['', 'root', 'mary@a.example', 'Mary'],
  path: ['', '/usr/bin/wmic', 'C:\\Windows\\System32\\wmic.exe', 'cmd.exe'],
  command: ['', 'wmic /node:x', "it's", 'a\nb'],
  hash: ['', 'CEAD3F77F6CDA6EC00F57D76C9A6879F', '79054025255fb1a26e4bc422aef54eb4'],
} as const

function eventsOf(next: (below: number) => number): readonly TestEvent[] {
  const one = <T>(from: readonly T[]): T => from[next(from.length)] as T
  const times = new Set(Array.from({ length: 2 + next(7) }, () => next(30)))
  return [...times].map((second) => ({
    atMs: START_MS + second * 1000,
    src_ip: one(VALUES.ip),
    dst_ip: one(VALUES.ip),
    src_port: one(VALUES.port),
    dst_port: one(VALUES.port),
    proto_num: one(VALUES.protocol),
    dns_query: one(VALUES.domain),
    url: one(VALUES.url),
    actor_user: one(VALUES.user),
    user_name: one(VALUES.user),
    proc_path: one(VALUES.path),
    proc_cmd: one(VALUES.command),
    parent_path: one(VALUES.path),
    file_path: one(VALUES.path),
    file_hash: one(VALUES.hash),
  }))
}

const TESTS: readonly ((next: (below: number) => number) => string)[] = [
  (next) => `ipv4-addr:value ${op(next)} '${pick(next, ['198.51.100.3', '203.0.113.9'])}'`,
  (next) =>
    `ipv4-addr:value ${not(next)} ISSUBSET '${pick(next, ['198.51.100.0/24', '198.51.100.3', '0.0.0.0/0'])}'`,
  (next) =>
    `ipv6-addr:value ${not(next)} ISSUBSET '${pick(next, ['2001:db8::/32', '2001:db8:1::/48'])}'`,
  (next) => `ipv4-addr:value ISSUPERSET '${pick(next, ['198.51.100.3', '198.51.100.0/24'])}'`,
  (next) => `ipv4-addr:value ${not(next)} LIKE '198.%.${pick(next, ['3', '_7'])}'`,
  (next) => `network-traffic:src_ref.value ${op(next)} '198.51.100.3'`,
  (next) => `network-traffic:dst_ref.type = '${pick(next, ['ipv4-addr', 'ipv6-addr'])}'`,
  (next) =>
    `network-traffic:dst_port ${pick(next, ['=', '!=', '<', '>=', 'NOT >'])} ${pick(next, ['53', '443', '443.5'])}`,
  (next) => `network-traffic:src_port ${not(next)} IN (${pick(next, ['53, 443', '8443', ''])})`,
  (next) =>
    `network-traffic:protocols[*] ${pick(next, ['=', '!='])} '${pick(next, ['tcp', 'udp'])}'`,
  (next) => `network-traffic:dst_port ${pick(next, ['=', '!='])} 'text'`,
  (next) => `${pick(next, ['', 'NOT '])}EXISTS network-traffic:dst_port`,
  (next) => `domain-name:value ${op(next)} '${pick(next, ['a.example', 'b.example'])}'`,
  (next) => `domain-name:value ${not(next)} MATCHES '${pick(next, ['^x[.]a', 'a.ex', 'z'])}'`,
  (next) => `url:value ${not(next)} LIKE '${pick(next, ['http:%', '%/_', '%é', '%\\\\%'])}'`,
  (next) => `url:value ${pick(next, ['<', '>='])} 'https'`,
  (next) => `user-account:account_login ${op(next)} '${pick(next, ['root', 'Mary'])}'`,
  (next) => `email-addr:value ${op(next)} 'mary@a.example'`,
  (next) => `process:image_ref.name ${op(next)} '${pick(next, ['wmic.exe', 'cmd.exe', 'wmic'])}'`,
  (next) => `process:command_line ${not(next)} MATCHES '${pick(next, ['/node', 'a.b', "it\\'s"])}'`,
  (next) => `process:parent_ref.image_ref.name = '${pick(next, ['wmic', 'cmd.exe'])}'`,
  (next) => `file:name ${op(next)} '${pick(next, ['wmic', 'wmic.exe'])}'`,
  (next) => `file:hashes.MD5 ${pick(next, ['=', '!='])} 'cead3f77f6cda6ec00f57d76c9a6879f'`,
]

function pick(next: (below: number) => number, from: readonly string[]): string {
  return from[next(from.length)] ?? ''
}
const op = (next: (below: number) => number) => pick(next, ['=', '!=', 'NOT =', 'NOT !='])
const not = (next: (below: number) => number) => pick(next, ['', 'NOT'])

function comparison(next: (below: number) => number, depth: number): string {
  const leaf = TESTS[next(TESTS.length)]?.(next) ?? ''
  if (depth === 0 || next(3) === 0) return leaf
  return `${depth > 1 ? `(${comparison(next, depth - 1)})` : leaf} ${pick(next, ['AND', 'OR'])} ${comparison(next, depth - 1)}`
}

function observation(next: (below: number) => number, depth: number): string {
  const simple = `[${comparison(next, 2)}]`
  const roll = next(6)
  if (depth === 0 || roll === 0) return simple
  if (roll === 1) return `${simple} REPEATS ${1 + next(3)} TIMES`
  if (roll === 2)
    return `${simple} START t'2026-01-01T00:00:0${next(9)}Z' STOP t'2026-01-01T00:00:1${next(9)}.5Z'`
  if (roll === 3) return `(${observation(next, depth - 1)})`
  return `${observation(next, depth - 1)} ${pick(next, ['AND', 'OR', 'FOLLOWEDBY', 'FOLLOWEDBY'])} ${observation(next, depth - 1)}`
}

function patternOf(next: (below: number) => number): string {
  const inner = observation(next, 2)
  return next(2) === 0 ? inner : `(${inner}) WITHIN ${1 + next(20)} SECONDS`
}

async function store(events: readonly TestEvent[]): Promise<void> {
  await engine.ask.command(trusted('TRUNCATE TABLE events'))
  const texts = events.map(({ atMs, src_ip: src, dst_ip: dst, ...rest }, line) =>
    JSON.stringify({
      ...rest,
      line,
      batch: 'b',
      src_ip: src === '' ? '::' : src,
      dst_ip: dst === '' ? '::' : dst,
      at: atMs,
    }),
  )
  await engine.ask.command(
    sql`INSERT INTO events (batch, line, received, time, src_ip, dst_ip, src_port, dst_port, proto_num, dns_query, url, actor_user, user_name, proc_path, proc_cmd, parent_path, file_path, file_hash)
      SELECT 'b', JSONExtractUInt(row, 'line'), fromUnixTimestamp64Milli(JSONExtractInt(row, 'at'), 'UTC') AS at, at, toIPv6(JSONExtractString(row, 'src_ip')), toIPv6(JSONExtractString(row, 'dst_ip')),
        JSONExtractUInt(row, 'src_port'), JSONExtractUInt(row, 'dst_port'), JSONExtractUInt(row, 'proto_num'), JSONExtractString(row, 'dns_query'), JSONExtractString(row, 'url'), JSONExtractString(row, 'actor_user'),
        JSONExtractString(row, 'user_name'), JSONExtractString(row, 'proc_path'), JSONExtractString(row, 'proc_cmd'), JSONExtractString(row, 'parent_path'), JSONExtractString(row, 'file_path'), JSONExtractString(row, 'file_hash')
      FROM (SELECT arrayJoin(${texts}) AS row)`,
  )
}

async function found(pattern: string): Promise<number | string> {
  const compiled = compilePattern(pattern)
  if (!compiled.ok) return compiled.problem.sentence
  const ask = { from: trusted('FROM events'), where: trusted('true'), limit: 100 }
  const { rows } = await engine.ask.query(patternSql(compiled.value, ask))
  return rows.length
}

test('on 400 random patterns, each over random events', { timeout: 400_000 }, async () => {
  const differing: unknown[] = []
  const counts = { matched: 0, unmatched: 0, refused: 0 }
  for (let round = 0; round < 20; round += 1) {
    const next = chance(round)
    const events = eventsOf(next)
    await store(events)
    const observed = events.map(observedOf)
    for (let at = 0; at < 20; at += 1) {
      const pattern = patternOf(next)
      const parsed = parsePattern(pattern)
      if (!parsed.ok) throw new Error(`${pattern}: ${parsed.problem.sentence}`)
      const rows = await found(pattern)
      const expected = matches(parsed.value, observed)
      if (typeof rows === 'string') counts.refused += 1
      else {
        counts[expected ? 'matched' : 'unmatched'] += 1
        if (rows > 0 !== expected) differing.push({ round, pattern, rows, expected })
      }
    }
  }
  expect(differing).toEqual([])
  expect(counts.matched).toBeGreaterThan(60)
  expect(counts.unmatched).toBeGreaterThan(60)
  expect(counts.refused).toBeLessThan(30)
})

test('says when a way to match began and which event completed it', async () => {
  const at = (second: number, change: Partial<TestEvent>) => ({
    ...(eventsOf(chance(1))[0] as TestEvent),
    url: '',
    dns_query: '',
    atMs: START_MS + second * 1000,
    ...change,
  })
  await store([
    at(1, { url: 'a' }),
    at(2, { url: 'a' }),
    at(5, { dns_query: 'b' }),
    at(60, { dns_query: 'b' }),
  ])
  const compiled = compilePattern(
    "([url:value = 'a'] FOLLOWEDBY [domain-name:value = 'b']) WITHIN 10 SECONDS",
  )
  if (!compiled.ok) throw new Error(compiled.problem.sentence)
  const ask = { from: trusted('FROM events'), where: trusted('true'), limit: 100 }
  const { rows } = await engine.ask.query(patternSql(compiled.value, ask))
  expect(rows).toEqual([
    { started: String(START_MS + 2000), ended: String(START_MS + 5000), batch: 'b', line: 2 },
  ])
})
