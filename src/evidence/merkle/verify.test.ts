import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  consistencyFlaw,
  inclusionFlaw,
  subtreeConsistencyFlaw,
  subtreeInclusionFlaw,
} from './verify.ts'

const CASES = join(import.meta.dirname, '../../../../shared/data/sharing/merkle')

/** Integers become BigInt before `JSON.parse` would round them. */
function read(file: string) {
  const text = readFileSync(file, 'utf8').replaceAll(/: (\d+)(?=[,\n])/g, ': "$1"')
  const values = JSON.parse(text) as Record<string, unknown>
  const int = (name: string) => BigInt(values[name] as string)
  const hash = (name: string) => Buffer.from((values[name] ?? '') as string, 'base64')
  const proof = ((values['proof'] ?? []) as string[]).map((item) => Buffer.from(item, 'base64'))
  return { int, hash, proof, isWrong: values['wantErr'] === true }
}

function files(kind: string): string[] {
  const folder = join(CASES, kind)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name))
}

const judges = {
  inclusion: ({ int, hash, proof }: ReturnType<typeof read>) =>
    inclusionFlaw(int('treeSize'), {
      index: int('leafIdx'),
      leaf: hash('leafHash'),
      root: hash('root'),
      proof,
    }),
  consistency: ({ int, hash, proof }: ReturnType<typeof read>) =>
    consistencyFlaw(int('size1'), int('size2'), {
      first: hash('root1'),
      second: hash('root2'),
      proof,
    }),
  subtreeinclusion: ({ int, hash, proof }: ReturnType<typeof read>) =>
    subtreeInclusionFlaw(
      { start: int('start'), end: int('end') },
      { index: int('leafIdx'), leaf: hash('leafHash'), root: hash('root'), proof },
    ),
  subtreeconsistency: ({ int, hash, proof }: ReturnType<typeof read>) =>
    subtreeConsistencyFlaw({ start: int('start'), end: int('end') }, int('size'), {
      first: hash('root1'),
      second: hash('root2'),
      proof,
    }),
}

describe.skipIf(!existsSync(CASES))('reference proofs', () => {
  test.each(Object.entries(judges))('%s: every verdict is the expected one', (kind, judge) => {
    const all = files(kind)
    const differing = all.filter((file) => {
      const given = read(file)
      return (judge(given) !== undefined) !== given.isWrong
    })
    expect(differing).toEqual([])
    expect(all.length).toBeGreaterThan(90)
  })
})

test('a proof of nothing is refused, also for subtrees of a size beyond 2^53', () => {
  const hash = Buffer.alloc(32)
  expect(consistencyFlaw(0n, 5n, { first: hash, second: hash, proof: [] })).toBe('nothing to prove')
  const range = { start: 2n ** 53n + 1n, end: 2n ** 53n + 3n }
  expect(
    subtreeInclusionFlaw(range, { index: range.start, leaf: hash, root: hash, proof: [] }),
  ).toBe('no such subtree')
})
