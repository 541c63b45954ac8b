// C2SP tlog-witness, add-checkpoint: what a log sends a witness, and what the witness answers. Pure: the one who calls holds
// the log's row while this decides, and keeps what it gives before anybody hears the answer.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { MOST_ADD_CHECKPOINT } from '../../model/index.ts'
import type { LogFlaw, WitnessAnswer } from '../../model/index.ts'
import { HASH_BYTES, isSame } from '../merkle/hashes.ts'
import { consistencyFlaw } from '../merkle/verify.ts'
import { openCheckpoint } from '../notes/checkpoint.ts'
import type { OpenedCheckpoint } from '../notes/checkpoint.ts'
import type { SignerKey, VerifierKey } from '../notes/keys.ts'
import { noteText, parseNote, signNote } from '../notes/signed-note.ts'

export type AddCheckpoint = {
  readonly old: bigint
  readonly proof: readonly Uint8Array[]
  /** The checkpoint, a signed note. */
  readonly note: string
}

const MOST_PROOF = 63
const MOST_SIZE = 2n ** 64n

export function addCheckpointText({ old, proof, note }: AddCheckpoint): string {
  const lines = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`)
  return `old ${old}\n${lines.join('')}\n${note}`
}

/** Undefined for what is no such request. */
export function parseAddCheckpoint(body: string): AddCheckpoint | undefined {
  if (body.length > MOST_ADD_CHECKPOINT) return undefined
  const at = body.indexOf('\n\n')
  const [first = '', ...lines] = body.slice(0, Math.max(0, at)).split('\n')
  const [, old] = /^old (0|[1-9]\d{0,19})$/.exec(first) ?? []
  if (old === undefined || lines.length > MOST_PROOF) return undefined
  const proof = lines.map((line) => Buffer.from(line, 'base64'))
  const isProof = proof.every(
    (hash, n) => hash.length === HASH_BYTES && hash.toString('base64') === lines[n],
  )
  const isSize = BigInt(old) < MOST_SIZE
  return isProof && isSize ? { old: BigInt(old), proof, note: body.slice(at + 2) } : undefined
}

/** What a witness holds of a log: the checkpoint it signed last. */
export type Seen = { readonly size: bigint; readonly root: Uint8Array }

export type Considering = {
  /** The key that the log is known by. */
  readonly log: VerifierKey
  /** Undefined before the first. */
  readonly seen: Seen | undefined
  readonly witness: SignerKey
  readonly nowMs: number
}

export type Considered = {
  readonly answer: WitnessAnswer
  /** The checkpoint with this witness's signature alone; kept before it is answered. */
  readonly signed?: { readonly note: string; readonly size: bigint }
  /** The log's own signature stands under something that does not go on from what was signed here. */
  readonly flaw?: { readonly kind: LogFlaw; readonly note: string; readonly about: string }
}

/** Decides one request, in the order of the specification. */
export function considerCheckpoint(body: string, considering: Considering): Considered {
  const request = parseAddCheckpoint(body)
  if (request === undefined) return refused(400, 'not an add-checkpoint request\n')
  const opened = openSigned(request.note, considering.log)
  if (!opened.ok) return refused(403, `${opened.problem}\n`)
  const { seen } = considering
  const { size } = opened.value
  if (request.old > size) return refused(400, 'the old size is beyond the checkpoint\n')
  const seenSize = seen?.size ?? 0n
  const isSmaller = size < seenSize
  if (request.old !== seenSize) {
    const conflict = refused(409, `${seenSize}\n`)
    return isSmaller
      ? { ...conflict, flaw: flawOf('smaller', request, opened.value, seen) }
      : conflict
  }
  const reason = inconsistency(request, opened.value, seen)
  if (reason !== undefined) {
    const status = request.old === size ? 409 : 422
    const said = status === 409 ? `${seenSize}\n` : `${reason}\n`
    return { ...refused(status, said), flaw: flawOf('different', request, opened.value, seen) }
  }
  return sign(request.note, size, considering)
}

function refused(status: number, body: string): Considered {
  return { answer: { status, body } }
}

function openSigned(note: string, log: VerifierKey): Result<OpenedCheckpoint, string> {
  const opened = openCheckpoint(note, [log])
  return opened.ok ? ok(opened.value) : failed(opened.problem)
}

function inconsistency(
  { proof }: AddCheckpoint,
  { size, root }: OpenedCheckpoint,
  seen: Seen | undefined,
): string | undefined {
  if (seen === undefined || seen.size === 0n)
    return proof.length === 0 ? undefined : 'a proof from nothing'
  if (seen.size === size && !isSame(seen.root, root)) return 'root differs'
  return consistencyFlaw(seen.size, size, { first: seen.root, second: root, proof })
}

function flawOf(
  kind: LogFlaw,
  { note }: AddCheckpoint,
  { size, root }: OpenedCheckpoint,
  seen: Seen | undefined,
) {
  const shown = `${size} ${Buffer.from(root).toString('base64')}`
  const before = `${seen?.size ?? 0n} ${Buffer.from(seen?.root ?? []).toString('base64')}`
  return { kind, note, about: `${shown} / ${before}` }
}

/** What others signed is not handed on: each says what it saw by itself. */
function sign(note: string, size: bigint, { witness, log, nowMs }: Considering): Considered {
  const parsed = parseNote(note)
  if (!parsed.ok) return refused(400, `${parsed.problem}\n`)
  const own = parsed.value.signatures.filter(
    ({ id, name }) => name === log.name && id.equals(log.id),
  )
  const signed = signNote({ text: parsed.value.text, signatures: own }, witness, nowMs)
  const added = signed.signatures.slice(-1)
  const line = noteText({ text: '', signatures: added }).trimStart()
  return { answer: { status: 200, body: line }, signed: { note: noteText(signed), size } }
}
