// Whom reports of cases are encrypted for, and what was approved beforehand.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import {
  RecipientAskSchema,
  ReportRuleAskSchema,
  ReportSendingSchema,
  SealAskSchema,
  SealedReportSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { ONE } from './case-report-routes.ts'
import { seerOf } from './case-seer.ts'
import type { Station } from './station.ts'

const done = (description: string) => answers(description, z.object({}))
const Named = { params: z.object({ name: z.string().min(1).max(100) }) }

const LIST = createRoute({
  method: 'get',
  path: '/api/report-sending',
  responses: answers(
    'Recipients with their keys, and rules recorded beforehand',
    ReportSendingSchema,
  ),
})
const SET = createRoute({
  method: 'post',
  path: '/api/report-sending/recipients',
  request: jsonBody(RecipientAskSchema),
  responses: done('Reports may be encrypted for them'),
})
const REMOVE = createRoute({
  method: 'post',
  path: '/api/report-sending/recipients/{name}/remove',
  request: Named,
  responses: done('Nothing is encrypted for them any more'),
})
const ADD_RULE = createRoute({
  method: 'post',
  path: '/api/report-sending/rules',
  request: jsonBody(ReportRuleAskSchema),
  responses: answers('The rule holds', z.object({ id: z.string() })),
})
const REVOKE_RULE = createRoute({
  method: 'post',
  path: '/api/report-sending/rules/{name}/revoke',
  request: Named,
  responses: done('The rule holds no more'),
})
const SEAL = createRoute({
  method: 'post',
  path: '/api/cases/{number}/report/sealed',
  request: { params: ONE, ...jsonBody(SealAskSchema) },
  responses: answers('The approved report, encrypted for one recipient', SealedReportSchema),
})

export function addCaseSendingRoutes(app: ApiApp, { cases, language: own }: Station): void {
  const missing = (what: string) => new VigieError('NOT_FOUND', { what })
  app.openapi(LIST, async (c) => c.json(await cases.sending(), 200))
  app.openapi(SET, async (c) => {
    await cases.setRecipient(c.req.valid('json'), seerOf(c).name)
    return c.json({}, 200)
  })
  app.openapi(REMOVE, async (c) => {
    const { name } = c.req.valid('param')
    if (!(await cases.removeRecipient(name))) throw missing(name)
    return c.json({}, 200)
  })
  app.openapi(ADD_RULE, async (c) =>
    c.json({ id: await cases.addRule(c.req.valid('json'), seerOf(c).name) }, 200),
  )
  app.openapi(REVOKE_RULE, async (c) => {
    const { name } = c.req.valid('param')
    if (!(await cases.revokeRule(name))) throw missing(name)
    return c.json({}, 200)
  })
  app.openapi(SEAL, async (c) => {
    const { number } = c.req.valid('param')
    const { language = own, ...ask } = c.req.valid('json')
    return c.json(await cases.sealReport(number, { ...ask, language }, seerOf(c).name), 200)
  })
}
