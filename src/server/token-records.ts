// Tokens in the records. Only SHA-256 digests are kept: who reads the records cannot sign in with them.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Records } from '../store/index.ts'

export type TokenKind = 'signin' | 'session' | 'client'
export type NewToken = {
  readonly kind: TokenKind
  readonly name: string
  readonly nowMs: number
  /** How long it holds; undefined is until it is replaced. */
  readonly forMs?: number
}

/** A new token of 256 random bits. It is known to who asked for it and to nobody else. */
export async function createToken(
  records: Records,
  { kind, name, nowMs, forMs }: NewToken,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const expires = forMs === undefined ? null : new Date(nowMs + forMs)
  await records
    .insertInto('tokens')
    .values({ hash: digest(secret), kind, name, created: new Date(nowMs), expires })
    .execute()
  return secret
}

/** The name that a token stands for, while it holds. */
export async function findToken(
  records: Records,
  kind: TokenKind,
  hash: string,
  nowMs: number,
): Promise<string | undefined> {
  const row = await records
    .selectFrom('tokens')
    .selectAll()
    .where('hash', '=', hash)
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (row === undefined || !isSame(row.hash, hash)) return undefined
  return row.expires !== null && row.expires.getTime() <= nowMs ? undefined : row.name
}

/** Takes a token away and gives its name: of two that come at once, one gets it. */
export async function useToken(
  records: Records,
  kind: TokenKind,
  hash: string,
): Promise<string | undefined> {
  const used = await records
    .deleteFrom('tokens')
    .where('hash', '=', hash)
    .where('kind', '=', kind)
    .returning('name')
    .executeTakeFirst()
  return used?.name
}

export async function removeTokensOf(
  records: Records,
  kind: TokenKind,
  name: string,
): Promise<void> {
  await records.deleteFrom('tokens').where('kind', '=', kind).where('name', '=', name).execute()
}

export async function removeExpired(records: Records, nowMs: number): Promise<void> {
  await records.deleteFrom('tokens').where('expires', '<=', new Date(nowMs)).execute()
}

export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
