// Who may speak to the server at all: the right host name, no other site's pages, and headers that keep a page to itself.

import type { Context, MiddlewareHandler } from 'hono'
import { refusal } from './problems.ts'

/** Nothing inline, nothing from elsewhere, no frame, no form to elsewhere. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

export function setHeaders(c: Context): void {
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
}

export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  setHeaders(c)
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * A page elsewhere may point a name of its own at this address (DNS rebinding); its requests carry that name and end here.
 */
export function checkHost(allowed: readonly string[]): MiddlewareHandler {
  const names = new Set([...LOOPBACK, ...allowed.map((name) => name.toLowerCase())])
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    const name = /^(\[[0-9a-f:]+\]|[^:]*)(?::\d{1,5})?$/iu.exec(host)?.[1]?.toLowerCase()
    if (name === undefined || !names.has(name))
      throw refusal(421, 'WRONG_HOST', { host: host.slice(0, 100) })
    await next()
  }
}

const SAFE = new Set(['GET', 'HEAD'])

/** What changes something must come from our own page, or from a program that is no browser. */
export const checkOrigin: MiddlewareHandler = async (c, next) => {
  if (!SAFE.has(c.req.method) && !isOwnOrigin(c)) throw refusal(403, 'WRONG_ORIGIN', undefined)
  await next()
}

function isOwnOrigin(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const origin = c.req.header('origin')
  if (origin === undefined) return true
  // A form of our own pages says `null`, because they send no referrer (Fetch standard, “append a request Origin header”); that it is
  // ours the browser says beside it, which no page can write.
  if (origin === 'null') return site === 'same-origin'
  return URL.canParse(origin) && new URL(origin).host === c.req.header('host')?.toLowerCase()
}
