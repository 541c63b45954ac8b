// This station as a witness: logs of others, each with the checkpoint it signed last. What it answers it has kept before.

import { createHash, randomBytes } from 'node:crypto'
import { VigieError } from '../../core/index.ts'
import { MOST_WITNESSED, WitnessedLogSchema } from '../../model/index.ts'
import type { LogFlaw, WitnessAnswer, WitnessedLog } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openKeyFile } from '../log/sign-checkpoint.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { parseVerifierKey } from '../notes/keys.ts'
import type { SignerKey } from '../notes/keys.ts'
import { parseNote } from '../notes/signed-note.ts'
import { considerCheckpoint, parseAddCheckpoint } from './add-checkpoint.ts'
import type { Considered, Seen } from './add-checkpoint.ts'

/** The key this station signs others' logs with; made at first. Its name says nothing of whose it is. */
export function openWitnessKey(folder: string): SignerKey {
  const name = `vigie/witness/${randomBytes(8).toString('hex')}`
  return openKeyFile(folder, { file: 'witness-key', name, kind: 'cosignature' })
}

export type Enrolled = {
  /** Text of the key its checkpoints are signed with. */
  readonly log: string
  readonly peer: string
  readonly organisation: string
  /** Logs that one peer may bring. */
  readonly most?: number
}

/** Pins a log to its key. False for what is no log's key, for another key under a name that is known, for too many. */
export async function enrolLog(
  records: Records,
  { log, peer, organisation, most = MOST_WITNESSED }: Enrolled,
): Promise<boolean> {
  const key = parseVerifierKey(log)
  if (key?.kind !== 'note') return false
  const known = await records
    .selectFrom('witnessed_logs')
    .select(['key', 'peer'])
    .where('origin', '=', key.name)
    .executeTakeFirst()
  if (known !== undefined) return known.key === log && known.peer === peer
  const { n } = await records
    .selectFrom('witnessed_logs')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('peer', '=', peer)
    .executeTakeFirstOrThrow()
  if (Number(n) >= most) return false
  const { numInsertedOrUpdatedRows } = await records
    .insertInto('witnessed_logs')
    .values({ origin: key.name, key: log, peer, organisation: organisation.slice(0, 200) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export type Adding = {
  readonly records: Records
  readonly key: SignerKey
  /** Who brings it: a log of another peer is not known to this one. */
  readonly peer: string
  readonly nowMs: number
}

export type Added = {
  readonly answer: WitnessAnswer
  /** Said once: the log shows something that does not go on from what was signed here. */
  readonly newFlaw?: {
    readonly kind: LogFlaw
    readonly origin: string
    readonly organisation: string
  }
}

/** One add-checkpoint request: decided and kept in one transaction that holds the log's row. */
export async function addCheckpoint(
  { records, key, peer, nowMs }: Adding,
  body: string,
): Promise<Added> {
  const request = parseAddCheckpoint(body)
  const origin = request === undefined ? undefined : parseCheckpoint(request.note)?.origin
  if (origin === undefined)
    return { answer: { status: 400, body: 'not an add-checkpoint request\n' } }
  return records.transaction().execute(async (transaction): Promise<Added> => {
    const row = await transaction
      .selectFrom('witnessed_logs')
      .selectAll()
      .where('origin', '=', origin)
      .where('peer', '=', peer)
      .forUpdate()
      .executeTakeFirst()
    const log = row === undefined ? undefined : parseVerifierKey(row.key)
    if (row === undefined || log === undefined)
      return { answer: { status: 404, body: 'this log is not known here\n' } }
    if (row.stopped !== null)
      return { answer: { status: 403, body: 'this log is signed here no more\n' } }
    const considered = considerCheckpoint(body, {
      log,
      seen: seenIn(row.note),
      witness: key,
      nowMs,
    })
    const change = changeOf(considered, nowMs, row.flaw !== null)
    if (change !== undefined)
      await transaction
        .updateTable('witnessed_logs')
        .set(change)
        .where('origin', '=', origin)
        .execute()
    const { answer, flaw } = considered
    if (flaw === undefined || row.flaw !== null) return { answer }
    return { answer, newFlaw: { kind: flaw.kind, origin, organisation: row.organisation } }
  })
}

function changeOf({ signed, flaw }: Considered, nowMs: number, hasFlaw: boolean) {
  const now = new Date(nowMs)
  if (signed !== undefined) return { size: signed.size, note: signed.note, signed: now }
  if (flaw === undefined || hasFlaw) return undefined
  // The first is kept, with the note: two checkpoints of one key that do not go together are the proof.
  return { flaw: JSON.stringify({ ...flaw, at: now.toISOString() }) }
}

function seenIn(note: string): Seen | undefined {
  if (note === '') return undefined
  const parsed = parseNote(note)
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : undefined
  if (checkpoint !== undefined) return checkpoint
  // Never as if it had seen nothing: that would sign anything.
  throw new VigieError('CONTENT_INVALID', { file: 'witnessed_logs', reason: 'not a checkpoint' })
}

/** The newest note signed here of the log with this SHA-256 (hex) of its origin. */
export async function signedNote(
  records: Records,
  peer: string,
  originHash: string,
): Promise<string | undefined> {
  const rows = await records
    .selectFrom('witnessed_logs')
    .select(['origin', 'note'])
    .where('peer', '=', peer)
    .execute()
  const row = rows.find(({ origin }) => hashOfOrigin(origin) === originHash)
  return row === undefined || row.note === '' ? undefined : row.note
}

export function hashOfOrigin(origin: string): string {
  return createHash('sha256').update(origin).digest('hex')
}

export async function listWitnessed(records: Records): Promise<readonly WitnessedLog[]> {
  const rows = await records
    .selectFrom('witnessed_logs')
    .selectAll()
    .orderBy('organisation')
    .orderBy('origin')
    .execute()
  return rows.map(
    ({ origin, key, organisation, peer, size, signed, flaw, stopped, stopped_by: by }) => ({
      origin,
      key,
      organisation,
      peer,
      size: Number(size),
      signed: signed?.toISOString() ?? null,
      flaw: flawIn(flaw),
      stopped: stopped === null ? null : { by: by ?? '', at: stopped.toISOString() },
    }),
  )
}

function flawIn(kept: unknown): WitnessedLog['flaw'] {
  return kept === null ? null : WitnessedLogSchema.shape.flaw.parse(kept)
}
