import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compareNames, compareValues, nameRelation } from './compare-names.ts'
import { bindFormatted, bindUri, isWellFormed, parseCpe } from './cpe-name.ts'
import type { CpeName } from './cpe-name.ts'

const PAIRS = join(import.meta.dirname, '../../../../shared/data/posture/cpe_mitre_pairs_part.tsv')

function parsed(text: string): CpeName {
  const result = parseCpe(text)
  if (!result.ok) throw new Error(`${text} ${result.problem}`)
  return result.value
}

/** Equal, subset, superset, disjoint, as the reference tells a pair. */
function flags(source: CpeName, target: CpeName): string {
  const relations = Object.values(compareNames(source, target))
  const all = (...kinds: readonly string[]) => relations.every((one) => kinds.includes(one))
  return [
    all('equal'),
    all('equal', 'subset'),
    all('equal', 'superset'),
    relations.includes('disjoint'),
  ]
    .map(Number)
    .join('')
}

describe('names', () => {
  test.each([
    [
      'cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*',
      'cpe:/a:hp:insight_diagnostics:7.4.0.1570:-:~~online~win2003~x64~',
    ],
    [
      'cpe:2.3:a:hp:openview_network_manager:7.51:*:*:*:*:linux:*:*',
      'cpe:/a:hp:openview_network_manager:7.51::~~~linux~~',
    ],
    [
      'cpe:2.3:a:foo\\\\bar:big\\$money_manager_2010:*:*:*:*:special:ipod_touch:80gb:*',
      'cpe:/a:foo%5cbar:big%24money_manager_2010:::~~special~ipod_touch~80gb~',
    ],
    [
      'cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*',
      'cpe:/a:microsoft:internet_explorer:8.%02:sp%01',
    ],
  ])('binds %s to a URI and back', (formatted, uri) => {
    expect(bindUri(parsed(formatted))).toBe(uri)
    expect(bindFormatted(parsed(uri))).toBe(formatted)
  })

  test.each([
    ['not a name', 'begins with neither'],
    ['cpe:2.3:a:vendor:product:1.0', 'has 4 attributes'],
    ['cpe:2.3:x:vendor:product:1.0:*:*:*:*:*:*:*', 'part is “x”'],
    ['cpe:2.3:a:vendor:pro*duct:1.0:*:*:*:*:*:*:*', 'wildcard that is not at an end'],
    ['cpe:2.3:a::product:1.0:*:*:*:*:*:*:*', 'vendor is empty'],
    ['cpe:2.3:a:v\u0000:product:1.0:*:*:*:*:*:*:*', 'not printable ASCII'],
    [`cpe:2.3:a:${'v'.repeat(3000)}:p:1:*:*:*:*:*:*:*`, 'longer than'],
  ])('refuses %s', (text, problem) => {
    const result = parseCpe(text)
    expect(result.ok ? '' : result.problem).toContain(problem)
  })

  test('quotes what stands unquoted, and knows no case', () => {
    const name = parsed('cpe:2.3:a:Remix-Run:remix/node:1.0+b2:*:*:*:*:*:*:*')
    expect(bindFormatted(name)).toBe('cpe:2.3:a:remix-run:remix\\/node:1.0\\+b2:*:*:*:*:*:*:*')
  })

  test('is well formed with one of three parts alone', () => {
    expect(isWellFormed(parsed('cpe:2.3:*:v:p:*:*:*:*:*:*:*:*'))).toBe(false)
    expect(isWellFormed(parsed('cpe:2.3:h:v:p:*:*:*:*:*:*:*:*'))).toBe(true)
  })
})

describe('relations', () => {
  test.each([
    ['*', '*', 'equal'],
    ['*', '-', 'superset'],
    ['-', '*', 'subset'],
    ['-', '1.0', 'disjoint'],
    ['1.0', '*', 'subset'],
    ['1.*', '1.0', 'superset'],
    ['10', '1*', 'undefined'],
    ['1.0', '1.*', 'disjoint'],
    ['?1.0', '1.0', 'superset'],
    ['1.0??', '1.0ab', 'superset'],
    ['1.0?', '1.0ab', 'disjoint'],
    ['1\\*', '1\\*', 'equal'],
    ['*\\*', 'a\\*', 'superset'],
  ])('%s to %s is %s', (source, target, relation) => {
    expect(compareValues(source, target)).toBe(relation)
  })

  test('of names is undefined where attributes disagree', () => {
    const source = parsed('cpe:2.3:a:*:product:1.0:*:*:*:*:*:*:*')
    const target = parsed('cpe:2.3:a:vendor:product:*:*:*:*:*:*:*:*')
    expect(nameRelation(source, target)).toBe('undefined')
  })

  test.skipIf(!existsSync(PAIRS))('are those of the reference implementation', () => {
    const rows = readFileSync(PAIRS, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
    const told = rows.filter(([, , expected]) => /^[01]{4}$/.test(expected ?? ''))
    const wrong = told.filter(
      ([source = '', target = '', expected]) => flags(parsed(source), parsed(target)) !== expected,
    )
    expect(told.length).toBeGreaterThan(3000)
    expect(wrong).toEqual([])
  })
})
