// What comes from outside: groups that hold themselves or multiply, numbers that are none, half a file. Nothing hangs, nothing throws.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chance } from '../packets/random-rules.test-helper.ts'
import { HAS_REFERENCE, configurations, read } from '../reference.test-helper.ts'
import { deadIn } from '../segmentation/filter-questions.ts'
import { proposeZones } from '../segmentation/proposal.ts'
import { deviceOf } from './device-of.ts'

const LEVELS = 40
const FANOUT = 8

describe('groups', () => {
  const levels = Array.from({ length: LEVELS }, (_, at) => at)

  test('of groups of groups do not multiply (ASA)', () => {
    const groups = levels.map(
      (at) =>
        `object-group network G${at}\n${` group-object G${at + 1}\n`.repeat(FANOUT)} network-object host 10.0.0.${at}\n`,
    )
    const text = `ASA Version 9.8(2)\nhostname a\n${groups.join('')}object-group network G${LEVELS}\n network-object host 10.9.9.9\naccess-list X extended permit ip object-group G0 any\n`
    const [rule] = deviceOf(read(text), 'f').filters[0]?.rules ?? []
    expect(rule?.certainty).toBe('sure')
    expect(rule?.match[4]).toHaveLength(1)
  })

  test('that hold themselves make a rule that is not understood (IOS)', () => {
    const text = `version 17.9\nhostname r\nobject-group network A\n group-object B\nobject-group network B\n group-object A\nip access-list extended X\n 10 permit ip object-group A any\n`
    expect(deviceOf(read(text), 'f').filters[0]?.rules[0]?.certainty).toBe('unknown')
  })

  test('of classes do not multiply either (zone-pairs of IOS)', () => {
    const classes = levels
      .slice(0, 8)
      .map(
        (at) =>
          `class-map type inspect match-any C${at}\n${` match class-map C${at + 1}\n`.repeat(10)}`,
      )
    const text = `version 17.9\nhostname r\n${classes.join('')}class-map type inspect match-any C8\n match protocol ssh\npolicy-map type inspect P\n class type inspect C0\n  inspect\nzone security a\nzone security b\nzone-pair security AB source a destination b\n service-policy type inspect P\ninterface Gi0/0\n ip address 10.0.0.1 255.255.255.0\n zone-member security a\n`
    expect(deviceOf(read(text), 'f').policy?.rules.length).toBeLessThan(2100)
  })

  test('and virtual servers of a BIG-IP are put in order at once', () => {
    const text = `#TMSH-VERSION: 15.1\n${Array.from({ length: 3000 }, (_, at) => `ltm virtual v${at} {\n    destination 10.${at % 200}.${at % 250}.0:${1 + at}\n    ip-forward\n    mask 255.255.255.0\n}\n`).join('')}`
    const config = read(text)
    const start = performance.now()
    expect(deviceOf(config, 'f').policy?.rules).toHaveLength(3000)
    expect(performance.now() - start).toBeLessThan(3000)
  })

  test('of PAN-OS and FortiOS end as well', () => {
    const pan = `set deviceconfig system hostname p\n${levels.map((at) => `set address-group G${at} static [ ${`G${at + 1} `.repeat(FANOUT)}]\n`).join('')}set address-group G${LEVELS} static [ G0 ]\nset rulebase security rules r from any\nset rulebase security rules r to any\nset rulebase security rules r source G0\nset rulebase security rules r destination any\nset rulebase security rules r service any\nset rulebase security rules r action allow\n`
    expect(deviceOf(read(pan), 'f').policy?.rules).toHaveLength(1)
    const forti = `config system global\n    set hostname "f"\nend\nconfig firewall addrgrp\n${levels.map((at) => `    edit "G${at}"\n        set member ${`"G${at + 1}" `.repeat(FANOUT)}\n    next\n`).join('')}end\nconfig firewall policy\n    edit 1\n        set srcaddr "G0"\n        set dstaddr "G0"\n        set action accept\n    next\nend\n`
    expect(deviceOf(read(forti), 'f').policy?.rules[0]?.certainty).toBe('unknown')
  })
})

test('names of what every object has are names like others', () => {
  const text = `version 17.9\nhostname r\nip access-list extended constructor\n 10 permit __proto__ any any eq constructor\n 20 permit tcp any any eq toString\n 30 permit icmp any any constructor\n`
  const rules = deviceOf(read(text), 'f').filters[0]?.rules
  expect(rules?.map(({ certainty }) => certainty)).toEqual(['unknown', 'unknown', 'unknown'])
})

describe.skipIf(!HAS_REFERENCE)('public configurations', () => {
  const each = (change: (text: string, next: (below: number) => number) => string) => {
    const next = chance(11)
    let devices = 0
    for (const path of configurations()) {
      const text = change(readFileSync(path, 'utf8'), next)
      const config = (() => {
        try {
          return read(text)
        } catch {
          return undefined
        }
      })()
      if (config === undefined) continue
      const device = deviceOf(config, path)
      deadIn(device)
      proposeZones([device])
      devices += 1
    }
    return devices
  }

  test('are devices, all of them', () => {
    expect(each((text) => text)).toBeGreaterThan(1000)
  }, 120_000)

  test('with lines lost, cut and doubled are devices all the same', () => {
    const damaged = each((text, next) =>
      text
        .split('\n')
        .flatMap((line) => {
          const turn = next(12)
          if (turn === 0) return []
          if (turn === 1) return [line.slice(0, next(line.length + 1))]
          return turn === 2 ? [line, line] : [line]
        })
        .join('\n'),
    )
    expect(damaged).toBeGreaterThan(1000)
  }, 120_000)
})
