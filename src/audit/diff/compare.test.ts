import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import { readConfig } from '../read-config.ts'
import {
  HAS_REFERENCE,
  REFERENCE,
  configurations,
  door,
  dialects,
  read,
} from '../reference.test-helper.ts'
import { readText } from '../tree/read-text.ts'
import { applyChanges, canonical } from './apply-changes.ts'
import { compare } from './compare.ts'
import type { Change } from './compare.ts'

const changes = (before: string, after: string, make: string) =>
  compare(read(before, make).view, read(after, make).view)
const shown = ({ kind, stanza, before, after }: Change) =>
  [kind, stanza.join(' > '), before?.text ?? '', after?.text ?? ''].join(' | ')

test('says what came, went and changed, with block and lines on both sides', () => {
  const before =
    'version 15.2\ninterface Gi0/1\n description a\n ip access-group 1 in\nntp server 10.0.0.1'
  const after =
    'version 15.2\nlogging host 10.0.0.9\ninterface Gi0/1\n description b\nntp server 10.0.0.1'
  const found = changes(before, after, 'cisco-ios')
  expect(found.map(shown)).toEqual([
    'added |  |  | logging host 10.0.0.9',
    'removed | interface Gi0/1 | ip access-group 1 in | ',
    'changed | interface Gi0/1 | description a | description b',
  ])
  expect([found[2]?.before?.first, found[2]?.after?.first]).toEqual([3, 4])
})

test('order matters in an access list and not among interfaces', () => {
  const list = (...entries: readonly string[]) =>
    ['version 15.2', 'ip access-list extended E', ...entries].join('\n')
  expect(
    changes(
      list(' permit ip any host 10.0.0.1', ' deny ip any any', ' permit tcp any any'),
      list(' deny ip any any', ' permit tcp any any', ' permit ip any host 10.0.0.1'),
      'cisco-ios',
    ).map(shown),
  ).toEqual([
    'moved | ip access-list extended E | permit ip any host 10.0.0.1 | permit ip any host 10.0.0.1',
  ])
  expect(
    changes(
      'version 15.2\ninterface A\n shutdown\ninterface B\n shutdown',
      'version 15.2\ninterface B\n shutdown\ninterface A\n shutdown',
      'cisco-ios',
    ),
  ).toEqual([])
})

test('flat lists are lists, wherever their lines stand', () => {
  expect(
    changes(
      'version 15.2\naccess-list 10 permit 10.0.0.1\naccess-list 10 deny any\nhostname r1',
      'version 15.2\naccess-list 10 deny any\nhostname r1\naccess-list 10 permit 10.0.0.1',
      'cisco-ios',
    ).map(shown),
  ).toEqual([
    'moved | access-list 10 | access-list 10 permit 10.0.0.1 | access-list 10 permit 10.0.0.1',
  ])
  expect(
    changes(
      'set rulebase security rules A action deny\nset rulebase security rules B action allow\nset rulebase security rules B log-end yes',
      'set rulebase security rules B action allow\nset rulebase security rules B log-end yes\nset rulebase security rules A action deny',
      'panos',
    ).map(({ kind, after }) => [kind, after?.path]),
  ).toEqual([['moved', 'rulebase security rules A']])
})

test('new numbers for the same entries are said to be that', () => {
  expect(
    changes(
      'version 15.2\nip access-list extended E\n 10 permit ip any any\n 20 deny ip any any',
      'version 15.2\nip access-list extended E\n 100 permit ip any any\n 200 deny ip any any',
      'cisco-ios',
    ).map(({ kind }) => kind),
  ).toEqual(['renumbered', 'renumbered'])
})

test('FortiOS policies are told by their number and ordered by their place', () => {
  const policies = (...ids: readonly number[]) =>
    [
      'config firewall policy',
      ...ids.flatMap((id) => [`    edit ${id}`, '        set action accept', '    next']),
      'end',
    ].join('\n')
  expect(changes(policies(1, 2, 3), policies(3, 1, 2), 'fortios').map(shown)).toEqual([
    'moved | firewall policy | 3 | 3',
  ])
})

test.each([
  [
    'cisco-ios',
    '! Last configuration change at 10:00:00 UTC Mon Jan 5 2026 by ann\nversion 15.2',
    '! Last configuration change at 11:00:00 UTC Tue Jan 6 2026 by bob\nversion 15.2',
    { who: 'bob', when: '11:00:00 UTC Tue Jan 6 2026' },
  ],
  [
    'cisco-ios',
    'Current configuration : 1200 bytes\nversion 15.2',
    'Current configuration : 1300 bytes\nversion 15.2',
    { size: '1300' },
  ],
  [
    'cisco-asa',
    ': Written by ann at 10:00\nASA Version 9.16',
    ': Written by bob at 11:00\nASA Version 9.16',
    { who: 'bob', when: '11:00' },
  ],
  [
    'cisco-nxos',
    '!Time: Mon Jan 5\nfeature bgp',
    '!Time: Tue Jan 6\nfeature bgp',
    { when: 'Tue Jan 6' },
  ],
  [
    'junos',
    '## Last commit: 2026-01-05 10:00:00 UTC by ann\nset system host-name j1',
    '## Last commit: 2026-01-06 11:00:00 UTC by bob\nset system host-name j1',
    { who: 'bob' },
  ],
  [
    'routeros',
    '# 2024-07-31 09:33:47 by RouterOS 7.15.2\n/ip dns\nset servers=10.0.0.1',
    '# 2024-08-01 10:00:00 by RouterOS 7.15.2\n/ip dns\nset servers=10.0.0.1',
    { when: '2024-08-01 10:00:00' },
  ],
  [
    'pfsense',
    '<pfsense>\n<revision>\n<time>1</time>\n<username>ann</username>\n</revision>\n</pfsense>',
    '<pfsense>\n<revision>\n<time>2</time>\n<username>bob</username>\n</revision>\n</pfsense>',
    { when: '2' },
  ],
  [
    'panos',
    '<config version="10.1.0" urldb="paloaltonetworks">\n<a admin="ann" time="1">\n<b>c</b>\n</a>\n</config>',
    '<config version="10.1.0" urldb="paloaltonetworks">\n<a admin="bob" time="2" dirtyId="4">\n<b>c</b>\n</a>\n</config>',
    undefined,
  ],
])('%s: what changes by itself is a fact and no change', (make, before, after, says) => {
  expect(changes(before, after, make)).toEqual([])
  if (says !== undefined)
    expect(read(after, make).view.facts.map((fact) => fact.says)).toContainEqual(
      expect.objectContaining(says),
    )
})

test('secrets that FortiOS writes anew are no change', () => {
  const admin = (salt: string) =>
    `config system admin\n    edit "a"\n        set password ENC ${salt}\n    next\nend\nconfig vpn certificate local\n    edit "c"\n        set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----\n${salt}\n${salt.length > 5 ? `${salt}\n` : ''}-----END ENCRYPTED PRIVATE KEY-----"\n    next\nend`
  expect(changes(admin('AAAA'), admin('BBBBBBBB'), 'fortios')).toEqual([])
})

test('another secret is a change, and neither shows', () => {
  const found = changes(
    'version 15.2\nenable secret 9 $9$aaaa$b',
    'version 15.2\nenable secret 9 $9$cccc$d',
    'cisco-ios',
  )
  expect(found.map(({ kind }) => kind)).toEqual(['changed'])
  expect(JSON.stringify(found)).not.toMatch(/aaaa|cccc/)
})

function randomly(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

function disturbed(text: string, chance: (below: number) => number): string {
  const lines = text.split('\n')
  for (let round = 0; round < 4; round += 1) {
    const [from, to] = [chance(lines.length), chance(lines.length)]
    const line = lines[from] ?? ''
    const how = chance(4)
    if (how === 0) lines.splice(from, 1)
    else if (how === 1) lines.splice(to, 0, line)
    else if (how === 2) lines.splice(to, 0, ...lines.splice(from, 1))
    else lines[from] = line.replace(/\d/, '7')
  }
  return lines.join('\n')
}

/** The law: the old version with the changes made says what the new one says. */
function holds(before: Uint8Array, after: Uint8Array): boolean | undefined {
  const was = readConfig(before, { dialects, door })
  const is = readConfig(after, { dialects, door })
  if (
    !was.ok ||
    !is.ok ||
    was.config.dialect.name !== is.config.dialect.name ||
    was.config.tree.form !== is.config.tree.form
  )
    return undefined
  const [one, other] = [was.config.view, is.config.view]
  return (
    JSON.stringify(canonical(applyChanges(one.root, compare(one, other)))) ===
    JSON.stringify(canonical(other.root))
  )
}

test('applying the changes to the old version gives the new one', () => {
  const chance = randomly(11)
  const text =
    'version 15.2\nhostname r1\naccess-list 10 permit 10.0.0.1\naccess-list 10 permit 10.0.0.2\naccess-list 10 deny any\ninterface A\n description x\n ip address 10.0.0.1 255.0.0.0\ninterface B\n shutdown\nip access-list extended E\n 10 permit ip any any\n 20 deny ip any any\nrouter bgp 1\n neighbor 10.0.0.2 remote-as 2\n address-family ipv4\n  network 10.0.0.0'
  for (let round = 0; round < 300; round += 1)
    expect({
      round,
      holds: holds(Buffer.from(text), Buffer.from(disturbed(text, chance))),
    }).not.toMatchObject({ holds: false })
})

describe.skipIf(!HAS_REFERENCE)('public configurations', () => {
  test('the law holds for each, disturbed at random, and none differs from itself', () => {
    const chance = randomly(5)
    let judged = 0
    let index = 0
    for (const path of configurations()) {
      index += 1
      // One in four: each is read five times.
      if (index % 4 !== 0) continue
      const bytes = readFileSync(path)
      const text = readText(bytes)
      if (!text.ok || bytes.length > 200_000) continue
      const law = holds(bytes, Buffer.from(disturbed(text.text, chance)))
      if (law !== undefined) judged += 1
      expect({ path, law: law !== false, self: holds(bytes, bytes) !== false }).toEqual({
        path,
        law: true,
        self: true,
      })
    }
    expect(judged).toBeGreaterThan(200)
  }, 60_000)

  test('what Oxidized calls insignificant is no change on any device it names', () => {
    const folder = join(REFERENCE, 'oxidized')
    let judged = 0
    for (const model of readdirSync(folder)) {
      for (const device of readdirSync(join(folder, model))) {
        const at = join(folder, model, device)
        if (!readdirSync(at).includes('significant_changes.yaml')) continue
        const { fail } = z
          .object({ fail: z.array(z.string()) })
          .parse(yamlValue(readFileSync(join(at, 'significant_changes.yaml'), 'utf8')))
        const text = readFileSync(join(at, 'output.txt'), 'utf8')
        const config = read(text)
        for (const pattern of fail) {
          judged += 1
          const again = text
            .split('\n')
            .map((line) => (new RegExp(pattern).test(line) ? writtenAnew(line) : line))
          const changed = compare(config.view, read(again.join('\n'), config.dialect.name).view)
          expect({ device, pattern, changed: changed.length }).toEqual({
            device,
            pattern,
            changed: 0,
          })
        }
      }
    }
    expect(judged).toBeGreaterThan(10)
  })

  test.each(HAS_REFERENCE ? readdirSync(join(REFERENCE, 'hier_config')) : [])(
    '%s: the remediation that hier_config makes is what changed',
    (platform) => {
      const file = (name: string) =>
        readFileSync(join(REFERENCE, 'hier_config', platform, `${name}.conf`))
      const there = holds(file('running'), file('generated'))
      const back = holds(file('generated'), file('running'))
      expect([there, back]).toEqual([true, true])
      const known = new Set(words(file('remediation').toString()))
      const said = compare(
        read(file('running'), platformMake(platform)).view,
        read(file('generated'), platformMake(platform)).view,
      )
      const leaves = said.flatMap(({ after }) => (after === null ? [] : leavesOf(after)))
      expect(leaves.filter((leaf) => !words(leaf).every((word) => known.has(word)))).toEqual([])
    },
  )
})

/** Another time, another salt, another key. */
const writtenAnew = (line: string) =>
  line
    .replaceAll(/\d/g, (digit) => String((Number(digit) + 3) % 10))
    .replaceAll('AAAA', 'QQQQ')
    .replaceAll('XX', 'YY')
const words = (text: string) =>
  text
    .replaceAll('"', '')
    .split(/\s+/)
    .filter((word) => word !== '')
const leavesOf = (node: {
  readonly text: string
  readonly children: readonly { readonly text: string }[]
}) => (node.children.length === 0 ? [node.text] : node.children.map(({ text }) => text))
const platformMake = (platform: string) =>
  ({ comware5: 'hp-comware', iosxr: 'cisco-xr', nxos: 'cisco-nxos' })[platform] ?? platform
