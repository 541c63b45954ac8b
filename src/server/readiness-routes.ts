// Readiness: goals with their proof, what people say of them, plans, and the documents that are made of both.

import { createRoute, z } from '@hono/zod-openapi'
import {
  AttestAskSchema,
  GoalAskSchema,
  GoalCorrectionSchema,
  PlanKindSchema,
  PlanSchema,
  PlansSchema,
  ReadinessSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { PageQuerySchema, answerPage, pageAnswers } from './page-answer.ts'
import type { Station } from './station.ts'

const Key = z.object({ key: z.string().regex(/^[a-z0-9-]{1,60}$/) })
const done = (description: string) => answers(description, z.object({}))

const VIEW = createRoute({
  method: 'get',
  path: '/api/readiness',
  responses: answers('The goals with state and proof', ReadinessSchema),
})
const REPORT = createRoute({
  method: 'get',
  path: '/api/readiness/report',
  request: { query: PageQuerySchema },
  responses: pageAnswers('The report as one page'),
})
const OSCAL = createRoute({
  method: 'get',
  path: '/api/readiness/oscal',
  responses: answers('OSCAL assessment results', z.unknown()),
})
const ATTEST = createRoute({
  method: 'post',
  path: '/api/readiness/goals/{key}/attestations',
  request: { params: Key, ...jsonBody(AttestAskSchema) },
  responses: done('The statement is kept'),
})
const NOTE = createRoute({
  method: 'post',
  path: '/api/readiness/goals/{key}',
  request: { params: Key, ...jsonBody(GoalAskSchema) },
  responses: done('Owner, due date and the rest are kept'),
})
const CORRECT = createRoute({
  method: 'post',
  path: '/api/readiness/goals/{key}/correction',
  request: { params: Key, ...jsonBody(GoalCorrectionSchema) },
  responses: done('The goal is corrected from the official toolkit'),
})
const PLANS = createRoute({
  method: 'get',
  path: '/api/readiness/plans',
  responses: answers('Plans and what they lack', PlansSchema),
})
const SAVE = createRoute({
  method: 'post',
  path: '/api/readiness/plans/{kind}',
  request: { params: z.object({ kind: PlanKindSchema }), ...jsonBody(PlanSchema) },
  responses: done('The plan is kept'),
})
const TEMPLATE = createRoute({
  method: 'get',
  path: '/api/readiness/plans/{kind}/template',
  request: {
    params: z.object({ kind: PlanKindSchema }),
    query: z.object({ language: z.enum(['en', 'fr']).optional() }),
  },
  responses: answers('A plan to fill in', PlanSchema),
})
const SHEET = createRoute({
  method: 'get',
  path: '/api/readiness/contact-sheet',
  request: { query: PageQuerySchema },
  responses: pageAnswers('Whom to call, to print'),
})

export function addReadinessRoutes(app: ApiApp, station: Station): void {
  const { readiness } = station
  app.openapi(VIEW, async (c) => c.json(await readiness.view(), 200))
  app.openapi(REPORT, (c) => answerPage(c, station, c.req.valid('query'), readiness.report))
  app.openapi(OSCAL, async (c) => c.json(await readiness.oscal(), 200))
  app.openapi(ATTEST, async (c) => {
    await readiness.attest(
      c.req.valid('param').key,
      c.req.valid('json'),
      c.get('identity')?.name ?? '',
    )
    return c.json({}, 200)
  })
  app.openapi(NOTE, async (c) => {
    await readiness.note(
      c.req.valid('param').key,
      c.req.valid('json'),
      c.get('identity')?.name ?? '',
    )
    return c.json({}, 200)
  })
  app.openapi(CORRECT, async (c) => {
    await readiness.correct(
      c.req.valid('param').key,
      c.req.valid('json'),
      c.get('identity')?.name ?? '',
    )
    return c.json({}, 200)
  })
  app.openapi(PLANS, async (c) => c.json(await readiness.plans(), 200))
  app.openapi(SAVE, async (c) => {
    await readiness.savePlan(
      c.req.valid('param').kind,
      c.req.valid('json'),
      c.get('identity')?.name ?? '',
    )
    return c.json({}, 200)
  })
  app.openapi(TEMPLATE, (c) => {
    const { language = station.language } = c.req.valid('query')
    return c.json(readiness.planTemplate(c.req.valid('param').kind, language), 200)
  })
  app.openapi(SHEET, (c) => answerPage(c, station, c.req.valid('query'), readiness.contactSheet))
}
