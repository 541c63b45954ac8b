// Who has which role in a case, cases that become one, playbooks of others.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import {
  CacaoPlaybookSchema,
  CacaoTakenSchema,
  CaseMergeAskSchema,
  CaseRoleAskSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import { CaseNumberSchema, ONE } from './case-report-routes.ts'
import { seerOf } from './case-seer.ts'
import type { Station } from './station.ts'

/** A body to this address is a file: it is bounded by itself. */
export const PLAYBOOK_PATH = '/api/playbooks'

const done = (description: string) => answers(description, z.object({}))

const ROLE = createRoute({
  method: 'post',
  path: '/api/cases/{number}/people',
  request: { params: ONE, ...jsonBody(CaseRoleAskSchema) },
  responses: done('The role is given, or taken'),
})
const MERGE = createRoute({
  method: 'post',
  path: '/api/cases/{number}/merge',
  request: { params: ONE, ...jsonBody(CaseMergeAskSchema) },
  responses: answers(
    'It is part of the other; it can be taken back',
    z.object({ merge: z.string() }),
  ),
})
const UNDO = createRoute({
  method: 'post',
  path: '/api/case-merges/{merge}/undo',
  request: { params: z.object({ merge: z.string().min(1).max(100) }) },
  responses: done('Both are as they were'),
})
const IMPORT = createRoute({
  method: 'post',
  path: PLAYBOOK_PATH,
  request: {
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: answers('The playbook as it was taken in (CACAO 2.0)', CacaoTakenSchema),
})
const EXPORT = createRoute({
  method: 'get',
  path: '/api/playbooks/{playbook}/cacao',
  request: {
    params: z.object({ playbook: z.string().min(1).max(100) }),
    query: z.object({
      language: z.enum(['en', 'fr']).optional(),
      case: CaseNumberSchema.optional(),
    }),
  },
  responses: answers(
    'The playbook as CACAO 2.0; with a case, how far its steps got',
    CacaoPlaybookSchema,
  ),
})

export function addTogetherRoutes(app: ApiApp, { cases, language: own }: Station): void {
  app.openapi(ROLE, async (c) => {
    await cases.changeRole(c.req.valid('param').number, c.req.valid('json'), seerOf(c))
    return c.json({}, 200)
  })
  app.openapi(MERGE, async (c) => {
    const { number } = c.req.valid('param')
    return c.json({ merge: await cases.merge(number, c.req.valid('json'), seerOf(c)) }, 200)
  })
  app.openapi(UNDO, async (c) => {
    await cases.undoMerge(c.req.valid('param').merge, seerOf(c))
    return c.json({}, 200)
  })
  app.openapi(IMPORT, async (c) =>
    c.json(
      await withFile(c.req.raw.body, (bytes) => cases.importPlaybook(bytes, seerOf(c).name)),
      200,
    ),
  )
  app.openapi(EXPORT, async (c) => {
    const { language = own, case: number } = c.req.valid('query')
    if (number !== undefined && !(await cases.maySee(number, seerOf(c))))
      throw new VigieError('NOT_FOUND', { what: `case ${number}` })
    const { playbook } = c.req.valid('param')
    return c.json(await cases.exportPlaybook(playbook, { language, number }), 200)
  })
}
