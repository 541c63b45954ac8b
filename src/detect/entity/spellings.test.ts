import { expect, test } from 'vitest'
import { spellingsOf } from './spellings.ts'
import type { Spelled } from './spellings.ts'

const accounts = (...names: string[]): readonly Spelled[] =>
  names.map((name) => ({ kind: 'account', name }))
const devices = (...names: string[]): readonly Spelled[] =>
  names.map((name) => ({ kind: 'device', name }))
const same = (names: readonly Spelled[], kind: Spelled['kind'], name: string) =>
  spellingsOf(names).namesOf({ kind, name })

const STAFF = accounts(
  'ann',
  'TOWN\\ann',
  'ann@town.example',
  'bob',
  'TOWN\\bob',
  'bob@town.example',
  'TOWN\\carla',
  'carla@town.example',
)

test('names of one account in a domain and a directory that the station sees are one', () => {
  expect(same(STAFF, 'account', 'ann')).toEqual(['ann', 'TOWN\\ann', 'ann@town.example'])
  // Nobody writes her name alone.
  expect(same(STAFF, 'account', 'carla@town.example')).toEqual([
    'carla@town.example',
    'TOWN\\carla',
  ])
  expect(same(STAFF, 'account', 'Ann@Town.example')[0]).toBe('Ann@Town.example')
  expect(same(STAFF, 'account', 'Ann@Town.example')).toContain('TOWN\\ann')
})

test.each([
  ['a guest with the same local part', 'ann@mail.example'],
  ['the administrator of one computer', 'FILES01\\bob'],
  ['a name of another form', 'ann@town.example@elsewhere.example'],
])('%s stays somebody else', (_, other) => {
  expect(same([...STAFF, ...accounts(other)], 'account', other)).toEqual([other])
  expect(same([...STAFF, ...accounts(other)], 'account', 'ann')).not.toContain(other)
})

test('two accounts that are met under two names make no realm', () => {
  const few = accounts('ann', 'ann@town.example', 'bob', 'bob@town.example')
  expect(same(few, 'account', 'ann')).toEqual(['ann'])
})

test('a realm most of whose accounts are met under no other name is not the own one', () => {
  const many = accounts(
    ...['ann', 'bob', 'carla', 'dan', 'eve', 'fay', 'gus'].map((name) => `${name}@mail.example`),
    'ann',
    'bob',
    'carla',
  )
  expect(same(many, 'account', 'ann')).toEqual(['ann'])
})

test('letters and signs of any kind make no two accounts one by accident', () => {
  for (const odd of ['', '@', '\\', 'a\\', '\\a', '@a', 'a@', 'a\\b\\c', 'a\\b@c', '1 2', 'é@è'])
    expect(same([...STAFF, ...accounts(odd)], 'account', odd)).toEqual([odd])
})

test('a short name is the device with the one full name that begins with it', () => {
  const known = devices(
    'GATE.town.example',
    'gate',
    'dc01.town.example',
    'dc01.village.example',
    'dc01',
  )
  expect(same(known, 'device', 'gate')).toEqual(['gate', 'GATE.town.example'])
  // Of two towns: which one it is, nobody knows.
  expect(same(known, 'device', 'dc01')).toEqual(['dc01'])
  expect(same(known, 'device', 'dc01.town.example')).toEqual(['dc01.town.example'])
})

test('addresses are no names that could be cut', () => {
  const known = devices('192', '192.0.2.1', '2001', '2001:db8::1.2')
  for (const { name } of known) expect(same(known, 'device', name)).toEqual([name])
  expect(same([{ kind: 'address', name: '192.0.2.1' }], 'address', '192.0.2.1')).toHaveLength(1)
})
