// Identities: exports come as files, so their body is streamed; what people confirm is JSON.

import { createRoute, z } from '@hono/zod-openapi'
import {
  AccountsSchema,
  CriticalCalledSchema,
  CriticalDecisionSchema,
  CriticalSchema,
  IdentityImportAskSchema,
  IdentityImportedSchema,
  IdentitySchema,
  LinkAskSchema,
  OfficeHoursSchema,
  StatementAskSchema,
  StatementKeySchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import { refusal } from './problems.ts'
import type { Station } from './station.ts'

export const IDENTITY_IMPORT_PATH = '/api/identity-imports'
const MOST_FILE_BYTES = 256 * 1024 * 1024
const Id = z.object({ id: z.string().max(200) })

const VIEW = createRoute({
  method: 'get',
  path: '/api/identity',
  responses: answers('What was imported, and the verdict of every check', IdentitySchema),
})
const CHECK = createRoute({
  method: 'post',
  path: '/api/identity/checks',
  request: jsonBody(z.object({})),
  responses: answers('Every check, asked again', IdentitySchema),
})
const ACCOUNTS = createRoute({
  method: 'get',
  path: '/api/identity/accounts',
  request: {
    query: z.object({
      text: z.string().max(200).default(''),
      tier: z.coerce.number().int().min(0).max(2).optional(),
      kind: z.string().max(20).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
    }),
  },
  responses: answers('Accounts, the most powerful first', AccountsSchema),
})
const IMPORT = createRoute({
  method: 'post',
  path: IDENTITY_IMPORT_PATH,
  request: {
    query: IdentityImportAskSchema,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: answers('The export is known; the checks were asked again', IdentityImportedSchema),
})
const STATE = createRoute({
  method: 'post',
  path: '/api/identity/statements/{key}',
  request: { params: z.object({ key: StatementKeySchema }), ...jsonBody(StatementAskSchema) },
  responses: answers('The statement is kept', z.object({})),
})
const LINK = createRoute({
  method: 'post',
  path: '/api/identity/links',
  request: jsonBody(LinkAskSchema),
  responses: answers('The account belongs to that person', z.object({})),
})
const CRITICAL = createRoute({
  method: 'get',
  path: '/api/critical',
  responses: answers('Who and what is watched first, with clocks', CriticalSchema),
})
const DECIDE = createRoute({
  method: 'post',
  path: '/api/critical/{id}',
  request: { params: Id, ...jsonBody(CriticalDecisionSchema) },
  responses: answers('The proposal is confirmed or refused', z.object({})),
})
const ACKNOWLEDGE = createRoute({
  method: 'post',
  path: '/api/critical-clocks/{id}/acknowledge',
  request: { params: Id, ...jsonBody(z.object({})) },
  responses: answers('Somebody has it', z.object({})),
})

const CALLED = createRoute({
  method: 'post',
  path: '/api/critical-calls/{id}/done',
  request: { params: Id, ...jsonBody(CriticalCalledSchema) },
  responses: answers('Whom the ladder names was called', z.object({})),
})
const HOURS = createRoute({
  method: 'post',
  path: '/api/critical-hours',
  request: jsonBody(OfficeHoursSchema),
  responses: answers('Clocks that start from now on keep these hours', z.object({})),
})

export function addIdentityRoutes(app: ApiApp, { identity }: Station): void {
  app.openapi(VIEW, async (c) => c.json(await identity.view(), 200))
  app.openapi(CHECK, async (c) => c.json(await identity.check(), 200))
  app.openapi(ACCOUNTS, async (c) => c.json(await identity.accounts(c.req.valid('query')), 200))
  app.openapi(IMPORT, async (c) => {
    const who = c.get('identity')?.name ?? ''
    const take = async (bytes: AsyncIterable<Uint8Array>) =>
      identity.importFile(await whole(bytes), c.req.valid('query'), who)
    return c.json(await withFile(c.req.raw.body, take), 200)
  })
  app.openapi(STATE, async (c) => {
    await identity.state(
      c.req.valid('param').key,
      c.req.valid('json'),
      c.get('identity')?.name ?? '',
    )
    return c.json({}, 200)
  })
  app.openapi(LINK, async (c) => {
    await identity.link(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(CRITICAL, async (c) => c.json(await identity.critical(), 200))
  app.openapi(DECIDE, async (c) => {
    await identity.decide(
      c.req.valid('param').id,
      c.req.valid('json'),
      c.get('identity')?.name ?? '',
    )
    return c.json({}, 200)
  })
  app.openapi(ACKNOWLEDGE, async (c) => {
    await identity.acknowledge(c.req.valid('param').id, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(CALLED, async (c) => {
    const who = c.get('identity')?.name ?? ''
    await identity.called(c.req.valid('param').id, c.req.valid('json'), who)
    return c.json({}, 200)
  })
  app.openapi(HOURS, async (c) => {
    await identity.setHours(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
}

/** JSON and CSV are judged whole before anything is kept, so the file is held whole. */
async function whole(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > MOST_FILE_BYTES) throw refusal(413, 'BODY_TOO_LARGE', { most: '256 MiB' })
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
