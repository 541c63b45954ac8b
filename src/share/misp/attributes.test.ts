import { describe, expect, test } from 'vitest'
import { markingOfLabel } from '../stix/tlp.ts'
import { indicator } from '../taxii/server.test-helper.ts'
import { attributesOf } from './attributes.ts'

const made = (pattern: string, more: object = {}) => ({
  ...indicator(1),
  pattern,
  pattern_type: 'stix',
  object_marking_refs: [markingOfLabel('amber')],
  ...more,
})
const MD5 = 'c'.repeat(32)
const SHA1 = 'd'.repeat(40)
const typed = (pattern: string) =>
  attributesOf(made(pattern), 'amber').map(({ type, value }) => [type, value])

describe('a pattern that is any of some values is those values', () => {
  test.each([
    ["[ipv4-addr:value = '198.51.100.7']", [['ip-dst', '198.51.100.7']]],
    ["[ipv4-addr:value ISSUBSET '198.51.100.0/24']", [['ip-dst', '198.51.100.0/24']]],
    ["[ipv6-addr:value = '2001:db8::7']", [['ip-dst', '2001:db8::7']]],
    [
      "[domain-name:value = 'a.example' OR domain-name:value = 'b.example']",
      [
        ['domain', 'a.example'],
        ['domain', 'b.example'],
      ],
    ],
    [
      "[url:value = 'https://a.example/x'] OR [domain-name:value = 'a.example']",
      [
        ['url', 'https://a.example/x'],
        ['domain', 'a.example'],
      ],
    ],
    [
      "[file:hashes.'SHA-256' IN ('aa', 'bb')]",
      [
        ['sha256', 'aa'],
        ['sha256', 'bb'],
      ],
    ],
    [`[file:hashes.MD5 = '${MD5}']`, [['md5', MD5]]],
    ["[windows-registry-key:key = 'HKLM\\\\a']", [['regkey', 'HKLM\\a']]],
    [`[x509-certificate:hashes.'SHA-1' = '${SHA1}']`, [['x509-fingerprint-sha1', SHA1]]],
    [
      "[domain-name:value = 'a.example' OR domain-name:value = 'a.example']",
      [['domain', 'a.example']],
    ],
  ])('%s', (pattern, expected) => {
    expect(typed(pattern)).toEqual(expected)
  })
})

describe('a pattern that says more is given whole', () => {
  test.each([
    "[ipv4-addr:value = '198.51.100.7' AND network-traffic:dst_port = 443]",
    "[ipv4-addr:value != '198.51.100.7']",
    '[NOT EXISTS file:name]',
    "[domain-name:value LIKE '%.example']",
    "[domain-name:value = 'a.example'] FOLLOWEDBY [ipv4-addr:value = '198.51.100.7']",
    "[domain-name:value = 'a.example'] REPEATS 5 TIMES",
    "[process:command_line = 'x' OR domain-name:value = 'a.example']",
    "[file:name = 'a\nb']",
  ])('%s', (pattern) => {
    const attributes = typed(pattern)
    if (attributes.length > 0) expect(attributes).toEqual([['stix2-pattern', pattern]])
    else expect(pattern).toContain('NOT EXISTS')
  })
})

test('what is no STIX pattern has no form there', () => {
  expect(attributesOf(made('alert tcp', { pattern_type: 'snort' }), 'green')).toEqual([])
  expect(attributesOf(made('[not a pattern'), 'green')).toEqual([])
})

test('ids stay: that of the indicator for one value, the same ones again for several', () => {
  const one = made("[domain-name:value = 'a.example']")
  expect(attributesOf(one, 'amber')[0]?.uuid).toBe(one.id.slice('indicator--'.length))
  const two = made("[domain-name:value IN ('a.example', 'b.example')]")
  const ids = () => attributesOf(two, 'amber').map(({ uuid }) => uuid)
  expect(new Set(ids()).size).toBe(2)
  expect(ids()).toEqual(ids())
})

test('the marking is a tag, what was withdrawn is deleted, and nothing goes further than its receiver', () => {
  const [one] = attributesOf(
    made("[domain-name:value = 'a.example']", { revoked: true }),
    'amber+strict',
  )
  expect(one).toMatchObject({ deleted: true, distribution: '0', to_ids: true })
  expect(one?.Tag.map(({ name }) => name)).toContain('tlp:amber+strict')
})
