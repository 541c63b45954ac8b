// C2SP signed-note: a text, a blank line, a line for each signature. A text may be signed by many; who is unknown is ignored.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { isKeyName, isSignedBy, signBytes } from './keys.ts'
import type { SignerKey, VerifierKey } from './keys.ts'

export type NoteSignature = {
  readonly name: string
  readonly id: Buffer
  readonly bytes: Buffer
}

export type SignedNote = {
  /** Ends in a newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export type NoteFlaw =
  | 'not a signed note'
  | 'too long'
  | 'not signed by a known key'
  | 'bad signature'

export type Signed = { readonly key: VerifierKey; readonly atMs: number | undefined }

const MOST_BYTES = 1_000_000
const MOST_SIGNATURES = 100
const ID_BYTES = 4
const TIME_BYTES = 8
const LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u

export function parseNote(note: string): Result<SignedNote, NoteFlaw> {
  if (Buffer.byteLength(note) > MOST_BYTES) return failed('too long')
  const at = note.lastIndexOf('\n\n')
  // Control characters other than newline could show one thing and mean another.
  if (at < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000B-\u001F\uFFFD]/.test(note))
    return failed('not a signed note')
  const lines = note.slice(at + 2, -1).split('\n')
  if (lines.length > MOST_SIGNATURES) return failed('too long')
  const signatures = lines.flatMap(readLine)
  if (signatures.length !== lines.length) return failed('not a signed note')
  return ok({ text: note.slice(0, at + 1), signatures })
}

function readLine(line: string): readonly NoteSignature[] {
  const [, name = '', encoded = ''] = LINE.exec(line) ?? []
  const bytes = Buffer.from(encoded, 'base64')
  if (!isKeyName(name) || bytes.length <= ID_BYTES) return []
  return [{ name, id: bytes.subarray(0, ID_BYTES), bytes: bytes.subarray(ID_BYTES) }]
}

/** Who of `keys` signed. One bad signature by a known key spoils the note: somebody changed it. */
export function whoSigned(
  { text, signatures }: SignedNote,
  keys: readonly VerifierKey[],
): Result<readonly Signed[], NoteFlaw> {
  const signed: Signed[] = []
  for (const { name, id, bytes } of signatures) {
    const key = keys.find((one) => one.name === name && one.id.equals(id))
    if (key === undefined || signed.some((one) => one.key === key)) continue
    const read = readSignature(key, text, bytes)
    if (read === undefined) return failed('bad signature')
    signed.push({ key, atMs: read.atMs })
  }
  return signed.length === 0 ? failed('not signed by a known key') : ok(signed)
}

function readSignature(key: VerifierKey, text: string, bytes: Buffer) {
  if (key.kind === 'note') {
    return isSignedBy(key, Buffer.from(text), bytes) ? { atMs: undefined } : undefined
  }
  if (bytes.length <= TIME_BYTES) return undefined
  const seconds = bytes.readBigUInt64BE()
  const message = cosigned(text, seconds)
  return isSignedBy(key, message, bytes.subarray(TIME_BYTES))
    ? { atMs: Number(seconds) * 1000 }
    : undefined
}

/** C2SP tlog-cosignature: what a witness signs is the text with the moment it saw it. */
function cosigned(text: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)
}

export function noteText({ text, signatures }: SignedNote): string {
  const lines = signatures.map(
    ({ name, id, bytes }) => `— ${name} ${Buffer.concat([id, bytes]).toString('base64')}\n`,
  )
  return `${text}\n${lines.join('')}`
}

/** The note with one more signature; a cosigner's says when. */
export function signNote(note: SignedNote, key: SignerKey, nowMs: number): SignedNote {
  const { name, id } = key
  return {
    ...note,
    signatures: [...note.signatures, { name, id, bytes: bytesOf(note, key, nowMs) }],
  }
}

function bytesOf({ text }: SignedNote, key: SignerKey, nowMs: number): Buffer {
  if (key.kind === 'note') return signBytes(key, Buffer.from(text))
  const seconds = BigInt(Math.floor(nowMs / 1000))
  const time = Buffer.alloc(TIME_BYTES)
  time.writeBigUInt64BE(seconds)
  return Buffer.concat([time, signBytes(key, cosigned(text, seconds))])
}
