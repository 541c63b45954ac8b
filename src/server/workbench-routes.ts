// The rule workbench: check a text, try it over stored events, draft one, keep it.

import { createRoute, z } from '@hono/zod-openapi'
import {
  DraftAskSchema,
  RuleCheckSchema,
  RuleFileSchema,
  RuleTextSchema,
  RuleTrialSchema,
  TrialAskSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const ID = { params: z.object({ id: z.string().max(200) }) }

const CHECK = createRoute({
  method: 'post',
  path: '/api/rule-checks',
  request: jsonBody(RuleTextSchema),
  responses: answers('What is wrong with a text of Sigma documents', RuleCheckSchema),
})
const START = createRoute({
  method: 'post',
  path: '/api/rule-trials',
  request: jsonBody(TrialAskSchema),
  responses: answers('The test, under way', RuleTrialSchema),
})
const GET = createRoute({
  method: 'get',
  path: '/api/rule-trials/{id}',
  request: ID,
  responses: answers('What a text would have done over stored events, so far', RuleTrialSchema),
})
const STOP = createRoute({
  method: 'post',
  path: '/api/rule-trials/{id}/stop',
  request: ID,
  responses: answers('The test as it ended', RuleTrialSchema),
})
const DRAFT = createRoute({
  method: 'post',
  path: '/api/rule-drafts',
  request: jsonBody(DraftAskSchema),
  responses: answers(
    'A rule for an event, or an exception for an alert, to go on from',
    RuleTextSchema,
  ),
})
const SAVE = createRoute({
  method: 'post',
  path: '/api/rule-files',
  request: jsonBody(RuleTextSchema),
  responses: answers('The file among the rules of this station', RuleFileSchema),
})
const READ = createRoute({
  method: 'get',
  path: '/api/rule-files/{name}',
  request: { params: z.object({ name: z.string().max(200) }) },
  responses: answers('The text of a rule file of this station', RuleTextSchema),
})
const REMOVE = createRoute({
  method: 'delete',
  path: '/api/rule-files/{name}',
  request: { params: z.object({ name: z.string().max(200) }) },
  responses: answers('The file is gone', z.object({})),
})

export function addWorkbenchRoutes(app: ApiApp, { workbench }: Station): void {
  app.openapi(CHECK, (c) => c.json(workbench.check(c.req.valid('json').text), 200))
  app.openapi(START, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await workbench.startTrial(c.req.valid('json'), who), 200)
  })
  app.openapi(GET, (c) => c.json(workbench.trial(c.req.valid('param').id), 200))
  app.openapi(STOP, async (c) => c.json(await workbench.stopTrial(c.req.valid('param').id), 200))
  app.openapi(DRAFT, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json({ text: await workbench.draft(c.req.valid('json'), who) }, 200)
  })
  app.openapi(SAVE, async (c) => c.json(await workbench.save(c.req.valid('json').text), 200))
  app.openapi(READ, async (c) =>
    c.json({ text: await workbench.read(c.req.valid('param').name) }, 200),
  )
  app.openapi(REMOVE, async (c) => {
    await workbench.remove(c.req.valid('param').name)
    return c.json({}, 200)
  })
}
