import { describe, expect, test } from 'vitest'
import { read } from '../reference.test-helper.ts'
import { groupOf, isNamedBy } from './device-patterns.ts'
import { driftFrom } from './drift.ts'

const GOLDEN = `version 17.9
hostname <*>
username ops privilege 15 secret 9 Go1denS3cret
logging host 10.0.0.9
interface Loopback0
 ip address <*> 255.255.255.255
line vty 0 4
 access-class MGMT in`

const device = (...more: readonly string[]) => `version 17.9
hostname r7
username ops privilege 15 secret 9 An0therS3cret
logging host 10.0.0.9
interface Loopback0
 ip address 10.255.0.7 255.255.255.255
${more.join('\n')}
line vty 0 4
 access-class MGMT in`

function drift(now: string, more: Partial<Parameters<typeof driftFrom>[2]> = {}) {
  const view = (text: string) => read(text, 'cisco-ios').view
  return driftFrom(view(GOLDEN), view(now), { isPart: false, allows: [], ...more }).map(
    ({ kind, before, after }) => `${kind} ${(before ?? after)?.text.split('\n')[0] ?? ''}`,
  )
}

describe('drift', () => {
  test('is none where only names, secrets and what may be anything differ', () => {
    expect(drift(device())).toEqual([])
  })

  test('is what came, went and changed', () => {
    const now = device('ip http server').replace('logging host 10.0.0.9\n', '')
    expect(drift(now)).toEqual(['removed logging host 10.0.0.9', 'added ip http server'])
  })

  test('leaves out what may differ, and nothing else', () => {
    const now = device('vlan 20', ' name STAFF', 'ip http server')
    expect(drift(now, { allows: ['vlan 20'] })).toEqual(['added ip http server'])
  })

  test('of a part is what does not stand as it should', () => {
    const now = device('ip http server').replace('access-class MGMT in', 'access-class OTHER in')
    expect(drift(now, { isPart: true })).toEqual(['removed access-class MGMT in'])
  })

  test('is seen where the value of a `<*>` goes on otherwise', () => {
    const now = device().replace('10.255.0.7 255.255.255.255', '10.255.0.7 255.255.255.0')
    expect(drift(now)).toEqual(['changed ip address <*> 255.255.255.255'])
  })
})

describe('the group of a device', () => {
  test.each([
    ['core-*', 'core-1', true],
    ['CORE-*', 'core-1', true],
    ['*-fw', 'town-fw', true],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'abc', true],
    ['ab*ba', 'aba', false],
    ['core-1', 'core-10', false],
    ['*', 'anything', true],
  ])('%s names %s: %s', (pattern, name, expected) => {
    expect(isNamedBy(pattern, name)).toBe(expected)
  })

  test('is the one that names it most exactly', () => {
    const groups = [
      { name: 'all', devices: ['*'] },
      { name: 'core', devices: ['core-*'] },
      { name: 'one', devices: ['core-1'] },
    ]
    expect(groupOf(groups, 'core-1')?.name).toBe('one')
    expect(groupOf(groups, 'core-2')?.name).toBe('core')
    expect(groupOf(groups, 'edge')?.name).toBe('all')
    expect(groupOf(groups.slice(1), 'edge')).toBeUndefined()
  })
})
