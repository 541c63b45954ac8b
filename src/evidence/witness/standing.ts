// Which witnesses count. A hub names its members' keys, and could name keys that it made itself: a key counts once a person heard its
// fingerprint from whoever holds it, by another way than the hub. A witness can be removed, and a log no more be signed.

import { createHash } from 'node:crypto'
import { VigieError } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import { parseVerifierKey, verifierKeyText } from '../notes/keys.ts'
import type { WitnessPolicy } from './policy.ts'
import { readPolicy } from './quorum.ts'

/** Of a key's text: 128 bits in groups of four, to be read out. */
export function keyFingerprint(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32).toUpperCase()
  return (digest.match(/.{4}/g) ?? []).join(' ')
}

const plain = (fingerprint: string) => fingerprint.replaceAll(/[\s:-]/g, '').toUpperCase()

type Act = { readonly who: string; readonly nowMs: number }

/** The name of the key that has the fingerprint. Throws BAD_REQUEST where none of the witnesses that are known has it. */
export async function confirmWitness(
  records: Records,
  fingerprint: string,
  { who, nowMs }: Act,
): Promise<string> {
  const rows = await records.selectFrom('witnesses').select('key').execute()
  const row = rows.find(({ key }) => plain(keyFingerprint(key)) === plain(fingerprint))
  if (row === undefined)
    throw new VigieError('BAD_REQUEST', {
      met: fingerprint.slice(0, 100),
      expected:
        'the fingerprint of a witness that is known here, as its own people read it out; where none has it, the hub names another key than theirs',
    })
  await records
    .updateTable('witnesses')
    .set({ confirmed: new Date(nowMs), confirmed_by: who, removed: null, removed_by: null })
    .where('key', '=', row.key)
    .execute()
  return parseVerifierKey(row.key)?.name ?? ''
}

/** It is asked no more, and what it signed counts no more. Throws NOT_FOUND; BAD_REQUEST while the quorum names it. */
export async function removeWitness(
  records: Records,
  key: string,
  { who, nowMs }: Act,
): Promise<void> {
  refuseNamed(await readPolicy(records), key)
  const { numUpdatedRows } = await records
    .updateTable('witnesses')
    .set({ removed: new Date(nowMs), removed_by: who, confirmed: null, confirmed_by: null })
    .where('key', '=', key)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new VigieError('NOT_FOUND', { what: key.slice(0, 200) })
}

function refuseNamed(policy: WitnessPolicy | undefined, key: string): void {
  const isNamed = [...(policy?.witnesses.values() ?? [])].some(
    (one) => verifierKeyText(one) === key,
  )
  if (isNamed)
    throw new VigieError('BAD_REQUEST', {
      met: 'a witness that the quorum names',
      expected: 'another quorum first, so that nothing stands without one unnoticed',
    })
}

/** This station, as a witness, signs the log no more, or again. Throws NOT_FOUND. */
export async function stopSigning(
  records: Records,
  { origin, isStopped }: { readonly origin: string; readonly isStopped: boolean },
  { who, nowMs }: Act,
): Promise<void> {
  const change = isStopped
    ? { stopped: new Date(nowMs), stopped_by: who }
    : { stopped: null, stopped_by: null }
  const { numUpdatedRows } = await records
    .updateTable('witnessed_logs')
    .set(change)
    .where('origin', '=', origin)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new VigieError('NOT_FOUND', { what: origin.slice(0, 200) })
}
