import { describe, expect, test } from 'vitest'
import { row } from '../read/row.ts'
import { KNOWLEDGE } from '../station.test-helper.ts'
import { assuranceOf } from './assurance.ts'
import { derive } from './derive.ts'
import { kindOf, personOf } from './kind.ts'
import { reach } from './reach.ts'

const guard = { onlyResistant: false, isOff: () => false, isUnknown: true }
const entra = (...types: readonly string[]) => types.map((type) => ({ vendor: 'entra', type }))

describe('assurance', () => {
  test.each([
    [['fido2'], 'device', 'device'],
    [['fido2', 'mobilePhone'], 'weak', 'device'],
    [['passKeySynced', 'softwareOneTimePasscode'], 'strong', 'synced'],
    [['securityQuestion', 'email', 'temporaryAccessPass'], 'none', 'none'],
    [[], 'unknown', 'unknown'],
    [['something new'], 'unknown', 'unknown'],
  ])('%j is worth its weakest usable factor', (types, weakest, strongest) => {
    expect(assuranceOf(entra(...types), guard, KNOWLEDGE)).toEqual({ weakest, strongest })
  })

  test('a policy that lets only resistant factors in lifts it', () => {
    expect(
      assuranceOf(entra('fido2', 'mobilePhone'), { ...guard, onlyResistant: true }, KNOWLEDGE),
    ).toEqual({ weakest: 'device', strongest: 'device' })
  })

  test('bypass wins over everything', () => {
    const factors = [...entra('fido2'), { vendor: 'duo', type: 'bypass' }]
    expect(assuranceOf(factors, { ...guard, onlyResistant: true }, KNOWLEDGE).weakest).toBe(
      'bypass',
    )
  })
})

describe('groups', () => {
  test('circles and repeated memberships end', () => {
    const edges = [
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'u'],
      ['b', 'u'],
      ['a', 'a'],
    ].map(([group = '', member = '']) => ({ group, member }))
    expect([...(reach(edges, ['a']).get('a') ?? [])].toSorted()).toEqual(['a', 'b', 'u'])
  })

  test('a chain of 100,000 groups is walked', () => {
    const edges = Array.from({ length: 100_000 }, (_, at) => ({
      group: `g${at}`,
      member: `g${at + 1}`,
    }))
    expect(reach(edges, ['g0']).get('g0')?.size).toBe(100_000)
  })

  test('a role given to a group is held by who is nested in it', () => {
    const rows = [
      row('account', 'u', { login: 'u' }),
      row('role', 'r', { principal: 'g1', role: 'Domain Admins' }),
      row('member', '1', { group: 'g1', member: 'g2' }),
      row('member', '2', { group: 'g2', member: 'u' }),
      row('member', '3', { group: 'g2', member: 'g1' }),
    ]
    const { accounts, held } = derive(rows, KNOWLEDGE, { confirmed: new Map(), hasFactors: true })
    expect(accounts).toMatchObject([{ id: 'u', tier: 0 }])
    expect(held.find(({ account }) => account === 'u')).toMatchObject({ via: 'g1', tier: 0 })
  })
})

describe('kinds and people', () => {
  const named = (login: string, body = {}) => ({ login, name: '', body, tier: 2 })
  test.each([
    ['adm-ann@town.example', 'privileged'],
    ['ann@town.example', 'daily'],
    ['svc-backup', 'service'],
    ['breakglass1@town.onmicrosoft.com', 'break_glass'],
    ['compte.urgence@ville.example', 'break_glass'],
    ['msp-lee@town.example', 'vendor'],
    ['reception@town.example', 'shared'],
    ['TOWN\\da-kim', 'privileged'],
    ['sandra@town.example', 'daily'],
    ['admiral@town.example', 'daily'],
  ])('%s is %s', (login, kind) => {
    expect(kindOf(named(login))).toBe(kind)
  })

  test('an administrator and their daily account are one person', () => {
    expect(personOf(named('adm-ann.roy@x'), 'privileged')).toBe(
      personOf(named('ann.roy@x'), 'daily'),
    )
  })

  test('parts that name an account by id and by login are one', () => {
    const rows = [
      row('account', 'id1', { login: 'Ann@x', enabled: true }),
      row('account', 'ann@x', { mfa: true }),
      row('factor', 'f', { account: 'ann@x', vendor: 'entra', type: 'fido2' }),
    ]
    expect(
      derive(rows, KNOWLEDGE, { confirmed: new Map(), hasFactors: true }).accounts,
    ).toMatchObject([{ id: 'id1', assurance: 'device' }])
  })
})
