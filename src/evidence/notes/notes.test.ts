import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeEntries, tileOfEntries, tilePath } from '../log/tiles.ts'
import { hashesOf } from '../log/tiles.ts'
import { treeOf } from '../merkle/tree.ts'
import { checkpointText, openCheckpoint } from './checkpoint.ts'
import { newSignerKey, parseSignerKey, parseVerifierKey, verifierKeyText } from './keys.ts'
import type { KeyKind, SignerKey } from './keys.ts'
import { noteText, parseNote, signNote, whoSigned } from './signed-note.ts'

const LOG = join(import.meta.dirname, '../../../../shared/data/sharing/tessera_log')

describe.skipIf(!existsSync(LOG))('a log made by others', () => {
  const file = (name: string) => readFileSync(join(LOG, name))
  const [text = ''] = existsSync(LOG) ? file('vkey.txt').toString().split('\n') : []
  const theirs = parseVerifierKey(text)

  test.each(Array.from({ length: 16 }, (_, size) => size))(
    'its checkpoint of size %i is signed, and its entries give its tile and its root',
    async (size) => {
      if (theirs === undefined) throw new Error('the key is not read')
      const opened = openCheckpoint(file(`checkpoint.${size}`).toString(), [theirs])
      if (!opened.ok) throw new Error(opened.problem)
      const bundle = size === 0 ? Buffer.alloc(0) : file(tilePath('entries', 0, size))
      const tile = tileOfEntries(decodeEntries(bundle) ?? [])
      expect(opened.value.size).toBe(BigInt(size))
      if (size > 0) expect(tile).toEqual(file(tilePath(0, 0, size)))
      expect(Buffer.from(await treeOf(hashesOf(tile)).root())).toEqual(opened.value.root)
    },
  )

  test('its newest checkpoint is the one of its largest size', () => {
    expect(file('checkpoint').toString()).toBe(file('checkpoint.15').toString())
  })
})

function key(name: string, kind: KeyKind): SignerKey {
  const made = parseSignerKey(newSignerKey(name, kind))
  if (made === undefined) throw new Error('a new key is not read')
  return made
}

const checkpoint = { origin: 'vigie/one', size: 7n, root: Buffer.alloc(32, 3) }
const log = key('vigie/one', 'note')
const hub = key('vigie/hub', 'cosignature')
const unsigned = { text: checkpointText(checkpoint), signatures: [] }
const note = noteText(signNote(signNote(unsigned, log, 0), hub, 1_700_000_000_000))

test('a checkpoint carries who signed it and when the cosigner saw it', () => {
  const opened = openCheckpoint(note, [log, hub])
  expect(opened).toMatchObject({ ok: true, value: checkpoint })
  const signed = opened.ok ? opened.value.signed.map(({ key: by, atMs }) => [by.name, atMs]) : []
  expect(signed).toEqual([
    ['vigie/one', undefined],
    ['vigie/hub', 1_700_000_000_000],
  ])
})

test('a key is read as it was written', () => {
  expect(parseVerifierKey(verifierKeyText(hub))).toMatchObject({ name: 'vigie/hub' })
  expect(parseVerifierKey(verifierKeyText(hub).replace('hub', 'hut'))).toBe(undefined)
})

test.each([
  ['another size', note.replace('\n7\n', '\n8\n'), 'bad signature'],
  ['another origin', note.replace('vigie/one\n', 'vigie/two\n'), 'bad signature'],
  ['a line cut short', note.slice(0, -1), 'not a signed note'],
  ['no signature', checkpointText(checkpoint), 'not a signed note'],
  ['a control character', note.replace('vigie', 'vi\u0008gie'), 'not a signed note'],
])('a note with %s is refused', (_, changed, flaw) => {
  expect(openCheckpoint(changed, [log, hub])).toEqual({ ok: false, problem: flaw })
})

test('no single changed byte leaves a checkpoint that is signed by both', () => {
  const bytes = Buffer.from(note)
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    const text = changed.toString()
    const opened = openCheckpoint(text, [log, hub])
    const whole = opened.ok && opened.value.signed.length === 2
    expect(whole && checkpointText(opened.value) !== checkpointText(checkpoint)).toBe(false)
  }
})

test('a signature of a cosigner alone does not make a checkpoint', () => {
  const parsed = parseNote(noteText(signNote(unsigned, hub, 0)))
  if (!parsed.ok) throw new Error(parsed.problem)
  expect(whoSigned(parsed.value, [hub]).ok).toBe(true)
  expect(openCheckpoint(noteText(parsed.value), [log, hub]).ok).toBe(false)
})

test.each([
  [0, 0, 256, 'tile/0/000'],
  [1, 1234067, 256, 'tile/1/x001/x234/067'],
  [0, 5, 17, 'tile/0/005.p/17'],
])('tile %i %i of width %i lies at %s', (level, n, width, path) => {
  expect(tilePath(level, n, width)).toBe(path)
})
