// The witness's answers in the order of C2SP tlog-witness.

import { expect, test } from 'vitest'
import { leafHash } from '../merkle/hashes.ts'
import { consistencySpans, spanHash, spanHashes } from '../merkle/prove.ts'
import type { Node } from '../merkle/prove.ts'
import { treeOf } from '../merkle/tree.ts'
import { checkpointText, openCheckpoint } from '../notes/checkpoint.ts'
import { newSignerKey, parseSignerKey } from '../notes/keys.ts'
import type { SignerKey } from '../notes/keys.ts'
import { noteText, signNote } from '../notes/signed-note.ts'
import { addCheckpointText, considerCheckpoint, parseAddCheckpoint } from './add-checkpoint.ts'
import type { Seen } from './add-checkpoint.ts'

const keyOf = (name: string, kind: 'note' | 'cosignature'): SignerKey => {
  const key = parseSignerKey(newSignerKey(name, kind))
  if (key === undefined) throw new Error('no key')
  return key
}
const log = keyOf('vigie/log', 'note')
const witness = keyOf('vigie/witness', 'cosignature')
const NOW = Date.UTC(2026, 10, 30)

const leaves = (tree: string, size: number) =>
  Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`${tree} ${at}`)))
const rootOf = async (tree: string, size: number) =>
  Buffer.from(await treeOf(leaves(tree, size)).root())
const seenOf = async (tree: string, size: number): Promise<Seen> => ({
  size: BigInt(size),
  root: await rootOf(tree, size),
})

async function requestOf(tree: string, old: number, size: number, by = log): Promise<string> {
  const all = leaves(tree, size)
  const read = ({ level, index }: Node) => {
    const width = 2 ** level
    return treeOf(all.slice(index * width, (index + 1) * width)).root()
  }
  const proof =
    old === 0 || old > size
      ? []
      : await spanHashes(consistencySpans({ start: 0, end: old }, size), read)
  const root = Buffer.from(await spanHash({ start: 0, end: size }, read))
  const text = checkpointText({ origin: by.name, size: BigInt(size), root })
  const note = noteText(signNote({ text, signatures: [] }, by, NOW))
  return addCheckpointText({ old: BigInt(old), proof, note })
}

const consider = (body: string, seen: Seen | undefined) =>
  considerCheckpoint(body, { log, seen, witness, nowMs: NOW })

test('signs the first, and what goes on from the last, with the moment', async () => {
  const first = consider(await requestOf('a', 0, 5), undefined)
  expect(first.answer.status).toBe(200)
  expect(first.answer.body).toMatch(/^— vigie\/witness \S+\n$/)
  const next = consider(await requestOf('a', 5, 300), await seenOf('a', 5))
  expect(next.answer.status).toBe(200)
  expect(next.signed?.size).toBe(300n)
  const opened = openCheckpoint(next.signed?.note ?? '', [log, witness])
  expect(opened.ok ? opened.value.signed.map(({ key, atMs }) => [key.name, atMs]) : []).toEqual([
    ['vigie/log', undefined],
    ['vigie/witness', NOW],
  ])
})

test('signs the same again', async () => {
  expect(consider(await requestOf('a', 5, 5), await seenOf('a', 5)).answer.status).toBe(200)
})

test.each([
  ['no request', async () => 'hello', undefined, 400],
  ['an old size beyond the checkpoint', () => requestOf('a', 9, 5), undefined, 400],
  ['another key', () => requestOf('a', 0, 5, keyOf('vigie/log', 'note')), undefined, 403],
  ['another name', () => requestOf('a', 0, 5, keyOf('vigie/other', 'note')), undefined, 403],
  ['an old size that was not signed', () => requestOf('a', 3, 9), 5, 409],
  ['a proof from another tree', () => requestOf('b', 5, 9), 5, 422],
  ['the same size of another tree', () => requestOf('b', 5, 5), 5, 409],
])('%s is refused with its status', async (_, body, seen, status) => {
  const known = seen === undefined ? undefined : await seenOf('a', seen)
  const { answer, signed } = consider(await body(), known)
  expect(answer.status).toBe(status)
  expect(signed).toBeUndefined()
  if (status === 409) expect(answer.body).toBe('5\n')
})

test('a smaller log and another one are flaws of the log; a wrong old size is none', async () => {
  const seen = await seenOf('a', 8)
  expect(consider(await requestOf('a', 0, 5), seen).flaw?.kind).toBe('smaller')
  expect(consider(await requestOf('b', 8, 9), seen).flaw?.kind).toBe('different')
  expect(consider(await requestOf('b', 8, 8), seen).flaw?.kind).toBe('different')
  expect(consider(await requestOf('a', 3, 9), seen).flaw).toBeUndefined()
})

test.each([
  ['a leading zero', 'old 05\n\nnote'],
  ['a sign', 'old -5\n\nnote'],
  ['beyond 64 bits', 'old 18446744073709551616\n\nnote'],
  ['64 hashes', `old 1\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\nnote`],
  ['a short hash', `old 1\n${Buffer.alloc(31).toString('base64')}\n\nnote`],
  [
    'base64 with another spelling',
    `old 1\n${Buffer.alloc(32).toString('base64').replace('A=', 'B=')}\n\nnote`,
  ],
  ['no empty line', 'old 1\nnote'],
  ['too much', `old 1\n\n${'x'.repeat(70_000)}`],
])('%s is no request', (_, body) => {
  expect(parseAddCheckpoint(body)).toBeUndefined()
})
