// Who is signed in: one-time tokens become sessions, clients keep a token of their own.

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/index.ts'
import type { Clock } from '../core/index.ts'
import type { Records } from '../store/index.ts'
import type { Auth, Identity } from './station.ts'
import {
  createToken,
  digest,
  findToken,
  removeExpired,
  removeTokensOf,
  useToken,
} from './token-records.ts'

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

export function createSessions(records: Records, clock: Clock): Sessions {
  const memory = new IdentityMemory(clock)
  return {
    createSignIn: (name) =>
      createToken(records, { kind: 'signin', name, nowMs: clock.nowMs(), forMs: SIGN_IN_MS }),
    createClient: async (name) => {
      await removeTokensOf(records, 'client', name)
      memory.clear()
      return createToken(records, { kind: 'client', name, nowMs: clock.nowMs() })
    },
    signIn: async (token) => {
      await removeExpired(records, clock.nowMs())
      const name = await useToken(records, 'signin', digest(token))
      if (name === undefined) return undefined
      return createToken(records, {
        kind: 'session',
        name,
        nowMs: clock.nowMs(),
        forMs: SESSION_MS,
      })
    },
    identify: async (kind, secret) => {
      const hash = digest(secret)
      const known = memory.get(kind, hash)
      if (known !== undefined) return known
      const name = await findToken(records, kind, hash, clock.nowMs())
      return name === undefined ? undefined : memory.keep({ name, kind }, hash)
    },
    signOut: async (secret) => {
      memory.clear()
      await useToken(records, 'session', digest(secret))
    },
  }
}

/** Spares the records a question for every request. */
class IdentityMemory {
  readonly #clock: Clock
  readonly #known = new Map<string, { readonly identity: Identity; readonly sinceMs: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get(kind: Identity['kind'], hash: string): Identity | undefined {
    const known = this.#known.get(`${kind} ${hash}`)
    if (known === undefined) return undefined
    const ageMs = this.#clock.nowMs() - known.sinceMs
    return ageMs >= 0 && ageMs < REMEMBERED_MS ? known.identity : undefined
  }

  keep(identity: Identity, hash: string): Identity {
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear()
    this.#known.set(`${identity.kind} ${hash}`, { identity, sinceMs: this.#clock.nowMs() })
    return identity
  }

  clear(): void {
    this.#known.clear()
  }
}
