// C2SP tlog-checkpoint: what a log is at a moment, as three lines of a signed note: origin, size, root.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { HASH_BYTES } from '../merkle/hashes.ts'
import type { VerifierKey } from './keys.ts'
import { parseNote, whoSigned } from './signed-note.ts'
import type { NoteFlaw, Signed } from './signed-note.ts'

export type Checkpoint = {
  readonly origin: string
  readonly size: bigint
  readonly root: Buffer
}

export type CheckpointFlaw = NoteFlaw | 'not a checkpoint' | 'of another log'

export type OpenedCheckpoint = Checkpoint & {
  /** The log itself and its cosigners. */
  readonly signed: readonly Signed[]
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/** Lines behind the third are extensions: allowed, not read. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', root = ''] = text.split('\n')
  const bytes = Buffer.from(root, 'base64')
  if (origin === '' || !/^(?:0|[1-9]\d{0,19})$/.test(size)) return undefined
  if (bytes.length !== HASH_BYTES || bytes.toString('base64') !== root) return undefined
  return { origin, size: BigInt(size), root: bytes }
}

/** Reads a checkpoint that the log's key must have signed; keys of cosigners may follow. */
export function openCheckpoint(
  note: string,
  [log, ...cosigners]: readonly [VerifierKey, ...VerifierKey[]],
): Result<OpenedCheckpoint, CheckpointFlaw> {
  const parsed = parseNote(note)
  if (!parsed.ok) return failed(parsed.problem)
  const signed = whoSigned(parsed.value, [log, ...cosigners])
  if (!signed.ok) return failed(signed.problem)
  if (!signed.value.some(({ key }) => key === log)) return failed('not signed by a known key')
  const checkpoint = parseCheckpoint(parsed.value.text)
  if (checkpoint === undefined) return failed('not a checkpoint')
  if (checkpoint.origin !== log.name) return failed('of another log')
  return ok({ ...checkpoint, signed: signed.value })
}
