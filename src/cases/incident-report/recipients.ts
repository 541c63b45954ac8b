// Whom a report may be encrypted for: their OpenPGP public keys, as teams of the field publish them. Only the holder of the private
// key reads what comes out; this station cannot.

import { VigieError } from '../../core/index.ts'
import { RecipientSchema } from '../../model/index.ts'
import type { Recipient, RecipientAsk } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Act } from '../book/acts.ts'

/** Keys that are read are small; a key of thousands of signatures is somebody's flood. */
const MOST_USERS = 50
const LIBRARY = () => import('openpgp')

/** Keeps a key under a name; another in its place is a person's act too. Throws BAD_REQUEST with what is wrong with the key. */
export async function setRecipient(
  records: Records,
  { name, key: armored }: RecipientAsk,
  { who, nowMs }: Act,
): Promise<void> {
  const { key, users, expires } = await readPublicKey(armored, nowMs)
  const values = {
    key: key.armor(),
    fingerprint: key.getFingerprint().toUpperCase(),
    users: JSON.stringify(users),
    expires,
    made: new Date(nowMs),
    made_by: who,
  }
  await records
    .insertInto('report_recipients')
    .values({ name, ...values })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
    .execute()
}

/** False when there is none of that name. */
export async function removeRecipient(records: Records, name: string): Promise<boolean> {
  const { numDeletedRows } = await records
    .deleteFrom('report_recipients')
    .where('name', '=', name)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function listRecipients(records: Records): Promise<readonly Recipient[]> {
  const rows = await records.selectFrom('report_recipients').selectAll().orderBy('name').execute()
  return rows.map(({ name, fingerprint, users, expires, made, made_by: setBy }) =>
    RecipientSchema.parse({
      name,
      fingerprint,
      users,
      expires: expires?.toISOString() ?? null,
      setBy,
      made: made.toISOString(),
    }),
  )
}

export type Sealing = {
  readonly recipient: string
  readonly name: string
  readonly bytes: Uint8Array
  readonly nowMs: number
}

/** Throws NOT_FOUND for nobody of that name; BAD_REQUEST for a key that is no longer good. */
export async function sealFor(
  records: Records,
  { recipient, name: filename, bytes, nowMs }: Sealing,
): Promise<{ readonly message: string; readonly fingerprint: string }> {
  const row = await records
    .selectFrom('report_recipients')
    .select(['key', 'fingerprint'])
    .where('name', '=', recipient)
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: recipient })
  const { key } = await readPublicKey(row.key, nowMs)
  const { createMessage, encrypt } = await LIBRARY()
  const message = await encrypt({
    message: await createMessage({ binary: bytes, filename, date: new Date(nowMs) }),
    encryptionKeys: key,
    date: new Date(nowMs),
  })
  return { message, fingerprint: row.fingerprint }
}

async function readPublicKey(armored: string, nowMs: number) {
  const { readKeys } = await LIBRARY()
  const keys = await readKeys({ armoredKeys: armored }).catch((cause: unknown) => {
    throw wrong('what is no OpenPGP key', 'an armored public key', cause)
  })
  const [key] = keys
  if (key === undefined || keys.length > 1) throw wrong(`${keys.length} keys`, 'one public key')
  // Whoever hands a private key in by mistake has to know at once: it is not kept.
  if (key.isPrivate()) throw wrong('a private key', 'the public key; the private one was not kept')
  const now = new Date(nowMs)
  await key.getEncryptionKey(undefined, now).catch((cause: unknown) => {
    throw wrong('a key that cannot encrypt now: expired, revoked or too weak', 'a valid one', cause)
  })
  const until = await key.getExpirationTime()
  const users = key.getUserIDs().slice(0, MOST_USERS)
  return {
    key,
    users: users.map((user) => user.replaceAll(/\p{C}/gu, ' ').slice(0, 300)),
    expires: until instanceof Date ? until : null,
  }
}

function wrong(met: string, expected: string, cause?: unknown): VigieError {
  return new VigieError('BAD_REQUEST', { met, expected }, { cause })
}
