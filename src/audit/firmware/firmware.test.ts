import { describe, expect, test } from 'vitest'
import { readConfig } from '../read-config.ts'
import { dialects, door } from '../reference.test-helper.ts'
import { firmwareOf, verdictOn } from './firmware-of.ts'
import { readHashes } from './read-hashes.ts'

const DIGEST = '3f'.repeat(32)

function factsOf(text: string, knownAs: string): readonly string[] {
  const read = readConfig(Buffer.from(text), { dialects, door, knownAs })
  if (!read.ok) throw new Error('refused')
  const { view, dialect } = read.config
  return firmwareOf(view, dialect).map(({ fact, what, line }) => `${line} ${fact} ${what}`)
}

test('what a router says of itself beside its configuration is kept with its line', () => {
  const text = [
    '! System image file is "flash:/c2900-a.bin"',
    '! ROM: System Bootstrap, Version 15.0(1r)M16',
    '! Configuration register is 0x2142',
    `! verify /sha256 (flash:c2900-a.bin) = ${DIGEST.toUpperCase()}`,
    'version 15.2',
    'hostname r1',
    'boot system flash:/c2900-b.bin',
    'interface Gi0/0',
    ' description boot system flash:/no.bin',
  ].join('\n')
  expect(factsOf(text, 'cisco-ios')).toEqual([
    '1 image flash:/c2900-a.bin',
    '2 loader System Bootstrap, Version 15.0(1r)M16',
    '3 register 0x2142',
    `4 hash flash:c2900-a.bin ${DIGEST}`,
    '7 boot flash:/c2900-b.bin',
  ])
})

describe('a list of digests', () => {
  const list = readHashes(
    [
      'file,sha256',
      `c2900-a.bin,${DIGEST}`,
      `${'ab'.repeat(16)}  ./images/nxos.9.3.8.bin`,
      '# a remark',
      'nothing of use',
    ].join('\n'),
  )

  test('is read in either order, and says what it did not take', () => {
    expect(list.hashes).toEqual([
      { file: 'c2900-a.bin', digest: DIGEST },
      { file: './images/nxos.9.3.8.bin', digest: 'ab'.repeat(16) },
    ])
    expect(list.refused).toEqual([5])
  })

  test.each([
    [`flash:/C2900-A.bin ${DIGEST}`, 'known'],
    [`flash:/c2900-a.bin ${'00'.repeat(32)}`, 'wrong'],
    // Another kind of digest than the list has says nothing against it.
    [`flash:/c2900-a.bin ${'00'.repeat(16)}`, 'unlisted'],
    [`flash:/other.bin ${DIGEST}`, 'unlisted'],
  ])('%s is %s', (what, verdict) => {
    expect(verdictOn(what, new Map([['c2900-a.bin', [DIGEST]]]))).toBe(verdict)
  })
})
