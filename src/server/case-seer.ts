// Who may know of a case: asked before anything of it is answered. What somebody may not see is answered as what is not there.

import type { Context, MiddlewareHandler } from 'hono'
import { VigieError } from '../core/index.ts'
import type { ServerEnv } from './api-app.ts'
import type { CaseSeer } from './case-service.ts'
import type { Station } from './station.ts'

export function seerOf(c: Context<ServerEnv>): CaseSeer {
  const identity = c.get('identity')
  return { name: identity?.name ?? '', isMachine: identity?.kind === 'client' }
}

const NUMBERED = /^\/api\/cases\/(\d{1,10})(?:\/|$)/

/** `number`: where the case stands in the request, when it is not in the path. */
export function onlySeers(
  cases: Station['cases'],
  numberOf = (c: Context<ServerEnv>) => NUMBERED.exec(c.req.path)?.[1],
): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const number = numberOf(c)
    const isCase = number !== undefined && /^\d{1,10}$/.test(number) && Number(number) < 2 ** 31
    if (isCase && !(await cases.maySee(Number(number), seerOf(c))))
      throw new VigieError('NOT_FOUND', { what: `case ${number}` })
    await next()
  }
}
