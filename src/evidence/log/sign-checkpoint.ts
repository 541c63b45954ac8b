// Signs what the log is now. Before that it looks whether the log still begins with what was signed last: a station whose
// records were put back to an older state does not sign its own forgery.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VigieError } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import { isSame } from '../merkle/hashes.ts'
import { checkpointText, openCheckpoint } from '../notes/checkpoint.ts'
import type { OpenedCheckpoint } from '../notes/checkpoint.ts'
import { newSignerKey, parseSignerKey } from '../notes/keys.ts'
import type { KeyKind, SignerKey } from '../notes/keys.ts'
import { noteText, signNote } from '../notes/signed-note.ts'
import { logRoot, logSize, nodeReader } from './read-log.ts'

/** Opens the key kept in `folder`, which only the station's account can read; makes it at first. */
export function openLogKey(folder: string, origin: string): SignerKey {
  return openKeyFile(folder, { file: 'evidence-key', name: origin, kind: 'note' })
}

type KeyFile = { readonly file: string; readonly name: string; readonly kind: KeyKind }

/** Throws CONTENT_INVALID when the file holds no such key: never another in its place. */
export function openKeyFile(folder: string, { file: name, kind, ...made }: KeyFile): SignerKey {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, name)
  if (!existsSync(file))
    writeFileSync(file, `${newSignerKey(made.name, kind)}\n`, { mode: 0o600, flush: true })
  const key = parseSignerKey(readFileSync(file, 'utf8'))
  if (key?.kind === kind) return key
  throw new VigieError('CONTENT_INVALID', { file, reason: 'not a signing key' })
}

const NEWEST = 'checkpoint'

/** The note that was written beside the records; undefined when there is none. */
export function keptCheckpoint(folder: string): string | undefined {
  const file = join(folder, NEWEST)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

export type SignCheckpoint = {
  readonly records: Records
  readonly key: SignerKey
  /** Where the newest note is kept apart from the records. */
  readonly folder: string
  readonly nowMs: number
}

/** The newest checkpoint, signed now when the log has grown. Throws EVIDENCE_REWRITTEN. */
export async function signCheckpoint({
  records,
  key,
  folder,
  nowMs,
}: SignCheckpoint): Promise<string> {
  const size = await logSize(records)
  const read = nodeReader(records)
  await refuseRewritten(read, size, keptOrThrow(folder, key))
  const root = await logRoot(read, size)
  const known = await records
    .selectFrom('evidence_checkpoints')
    .select('note')
    .where('size', '=', size)
    .executeTakeFirst()
  const text = checkpointText({ origin: key.name, size: BigInt(size), root })
  const note = known?.note ?? noteText(signNote({ text, signatures: [] }, key, nowMs))
  await records
    .insertInto('evidence_checkpoints')
    .values({ size, made: new Date(nowMs), note })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  keep(folder, note)
  return note
}

function keptOrThrow(folder: string, key: SignerKey): OpenedCheckpoint | undefined {
  const note = keptCheckpoint(folder)
  if (note === undefined) return undefined
  const opened = openCheckpoint(note, [key])
  if (opened.ok) return opened.value
  throw new VigieError('CONTENT_INVALID', { file: join(folder, NEWEST), reason: opened.problem })
}

async function refuseRewritten(
  read: ReturnType<typeof nodeReader>,
  size: number,
  kept: OpenedCheckpoint | undefined,
): Promise<void> {
  if (kept === undefined) return
  const signed = Number(kept.size)
  if (signed <= size && isSame(await logRoot(read, signed), kept.root)) return
  throw new VigieError('EVIDENCE_REWRITTEN', { signed, found: size })
}

/** Whole or not at all, and on disk. */
function keep(folder: string, note: string): void {
  mkdirSync(folder, { recursive: true })
  const next = join(folder, `${NEWEST}.next`)
  writeFileSync(next, note, { flush: true })
  renameSync(next, join(folder, NEWEST))
}
