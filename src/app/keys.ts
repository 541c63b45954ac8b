// Tokens that programs use, kept in files only the station's own account can read. The records hold digests alone.

import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../core/index.ts'
import type { Sessions } from '../server/index.ts'
import type { Records } from '../store/index.ts'

export type IntakeToken = (token: string) => Promise<string | null>

/** Writes `cli-token` anew at each start. */
export async function writeClientToken(sessions: Sessions, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, 'cli-token'), `${await sessions.createClient('cli')}\n`, {
    mode: 0o600,
  })
}

/** Makes `intake-token` at the first start; gives the check that HTTP intake asks: the source's name, or null. */
export async function openIntakeToken(
  records: Records,
  { folder, clock }: { folder: string; clock: Clock },
): Promise<IntakeToken> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'intake-token')
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  await records
    .insertInto('tokens')
    .values({
      hash: digest(readFileSync(file, 'utf8').trim()),
      kind: 'intake',
      name: 'http',
      created: new Date(clock.nowMs()),
      expires: null,
    })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
  return async (token) => {
    const row = await records
      .selectFrom('tokens')
      .select('name')
      .where('hash', '=', digest(token))
      .where('kind', '=', 'intake')
      .executeTakeFirst()
    return row?.name ?? null
  }
}

/** Looked up by digest, so comparing takes the same time whatever was sent. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
