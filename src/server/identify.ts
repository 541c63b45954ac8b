// Who a request comes from: a session's cookie, or a client's token. Without either, only signing in is open.

import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { VigieError } from '../core/index.ts'
import type { ServerEnv } from './api-app.ts'
import { refusal } from './problems.ts'
import type { RateLimit } from './rate-limit.ts'
import { remoteAddress } from './remote-address.ts'
import { SESSION_COOKIE } from './session-routes.ts'
import type { Auth, Identity } from './station.ts'

const OPEN = new Set(['/api/session', '/api/openapi.json'])

export function identify(auth: Auth, tries: RateLimit): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const identity = await identityOf(c, auth, tries)
    if (identity === undefined && !OPEN.has(c.req.path)) throw new VigieError('NOT_AUTHORISED', {})
    c.set('identity', identity)
    await next()
  }
}

/** Who asks now; a wrong token counts as a try. */
export async function identityOf(
  c: Context<ServerEnv>,
  auth: Auth,
  tries: RateLimit,
): Promise<Identity | undefined> {
  const bearer = /^Bearer ([\w.~+/-]{1,200}=*)$/iu.exec(c.req.header('authorization') ?? '')?.[1]
  if (bearer !== undefined) {
    const client = await auth.identify('client', bearer)
    if (client !== undefined) return client
    const seconds = tries.take(remoteAddress(c))
    if (seconds > 0) throw refusal(429, 'TOO_MANY_REQUESTS', { seconds })
    return undefined
  }
  const cookie = getCookie(c, SESSION_COOKIE)
  return cookie === undefined ? undefined : auth.identify('session', cookie)
}
