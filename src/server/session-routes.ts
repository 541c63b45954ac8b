// Signing in, who is signed in, signing out.

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { VigieError } from '../core/index.ts'
import { SessionSchema, SignInSchema } from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { refusal } from './problems.ts'
import type { RateLimit } from './rate-limit.ts'
import { remoteAddress } from './remote-address.ts'
import { SESSION_MS } from './sessions.ts'
import type { Identity, Station } from './station.ts'

export const SESSION_COOKIE = 'vigie_session'

const GET = createRoute({
  method: 'get',
  path: '/api/session',
  responses: answers('Who is signed in', SessionSchema),
})
const POST = createRoute({
  method: 'post',
  path: '/api/session',
  request: jsonBody(SignInSchema),
  responses: answers('A session, kept in a cookie, for the one-time token', SessionSchema),
})
const DELETE = createRoute({
  method: 'delete',
  path: '/api/session',
  responses: answers('The session is over', z.object({})),
})

export function addSessionRoutes(app: ApiApp, station: Station, tries: RateLimit): void {
  const session = (identity: Identity) => ({
    user: identity.name,
    language: station.language,
    station: station.name,
    version: station.version,
  })
  app.openapi(GET, (c) => {
    const identity = c.get('identity')
    if (identity === undefined) throw new VigieError('NOT_AUTHORISED', {})
    return c.json(session(identity), 200)
  })
  app.openapi(POST, async (c) => {
    const seconds = tries.take(remoteAddress(c))
    if (seconds > 0) throw refusal(429, 'TOO_MANY_REQUESTS', { seconds })
    const secret = await station.auth.signIn(c.req.valid('json').token)
    const identity =
      secret === undefined ? undefined : await station.auth.identify('session', secret)
    if (secret === undefined || identity === undefined)
      throw refusal(401, 'SIGN_IN_REFUSED', undefined)
    setCookie(c, SESSION_COOKIE, secret, { ...cookieOptions(c), maxAge: SESSION_MS / 1000 })
    return c.json(session(identity), 200)
  })
  app.openapi(DELETE, async (c) => {
    const secret = getCookie(c, SESSION_COOKIE)
    if (secret !== undefined) await station.auth.signOut(secret)
    deleteCookie(c, SESSION_COOKIE, cookieOptions(c))
    return c.json({}, 200)
  })
}

/** Out of reach of scripts and of other sites (RFC 6265bis section 4.1.2). */
function cookieOptions(c: Context) {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: new URL(c.req.url).protocol === 'https:',
  } as const
}
