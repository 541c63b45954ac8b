// Tokens of people and clients. Only SHA-256 digests are kept: who reads the records cannot sign in with them.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/index.ts'
import type { Clock } from '../core/index.ts'
import type { Records } from '../store/index.ts'
import type { Auth, Identity } from './station.ts'

export const SESSION_MS = 12 * HOUR_MS
const SIGN_IN_MS = 30 * MINUTE_MS
/** A session ended elsewhere is refused here after this long at most. */
const REMEMBERED_MS = 5 * SECOND_MS
const MOST_REMEMBERED = 1000

export type Sessions = Auth & {
  /** A token for one sign-in within half an hour. */
  readonly createSignIn: (name: string) => Promise<string>
  /** A token for a program of this machine; it replaces those given before under this name. */
  readonly createClient: (name: string) => Promise<string>
}

type Kind = 'signin' | 'session' | 'client'

export function createSessions(records: Records, clock: Clock): Sessions {
  const remembered = new Map<string, { readonly identity: Identity; readonly untilMs: number }>()

  const create = async (kind: Kind, name: string, forMs: number | undefined): Promise<string> => {
    const secret = randomBytes(32).toString('base64url')
    const nowMs = clock.nowMs()
    const expires = forMs === undefined ? null : new Date(nowMs + forMs)
    await records.insertInto('tokens').values({ hash: digest(secret), kind, name, created: new Date(nowMs), expires }).execute()
    return secret
  }
  const find = async (kind: Kind, hash: string): Promise<Identity | undefined> => {
    const row = await records.selectFrom('tokens').selectAll().where('hash', '=', hash).where('kind', '=', kind).executeTakeFirst()
    if (row === undefined || !isSame(row.hash, hash) || isOver(row.expires, clock)) return undefined
    return { name: row.name, kind: kind === 'client' ? 'client' : 'session' }
  }
  return {
    createSignIn: (name) => create('signin', name, SIGN_IN_MS),
    createClient: async (name) => {
      await records.deleteFrom('tokens').where('kind', '=', 'client').where('name', '=', name).execute()
      return create('client', name, undefined)
    },
    signIn: async (token) => {
      const now = new Date(clock.nowMs())
      await records.deleteFrom('tokens').where('expires', '<', now).execute()
      const used = await records
        .deleteFrom('tokens')
        .where('hash', '=', digest(token))
        .where('kind', '=', 'signin')
        .returning('name')
        .executeTakeFirst()
      return used === undefined ? undefined : create('session', used.name, SESSION_MS)
    },
    identify: async (kind, secret) => {
      const hash = digest(secret)
      const key = `${kind} ${hash}`
      const known = remembered.get(key)
      if (known !== undefined && known.untilMs > clock.nowMs()) return known.identity
      remembered.delete(key)
      const identity = await find(kind, hash)
      if (identity === undefined) return undefined
      if (remembered.size >= MOST_REMEMBERED) remembered.clear()
      remembered.set(key, { identity, untilMs: clock.nowMs() + REMEMBERED_MS })
      return identity
    },
    signOut: async (secret) => {
      const hash = digest(secret)
      remembered.delete(`session ${hash}`)
      await records.deleteFrom('tokens').where('hash', '=', hash).where('kind', '=', 'session').execute()
    },
  }
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function isOver(expires: Date | null, clock: Clock): boolean {
  return expires !== null && expires.getTime() <= clock.nowMs()
}
