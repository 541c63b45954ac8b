// The report of a case: filled in, looked at, approved, and written down as sent.

import { createRoute, z } from '@hono/zod-openapi'
import {
  ReportApprovalAskSchema,
  ReportFormatSchema,
  ReportHubAskSchema,
  ReportSentSchema,
  ReportViewSchema,
  StatedReportSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { answerPdf } from './page-answer.ts'
import type { Station } from './station.ts'

/** Largest that PostgreSQL's integer holds. */
export const CaseNumberSchema = z.coerce.number().int().min(1).max(2_147_483_647)
export const ONE = z.object({ number: CaseNumberSchema })
const Language = z.enum(['en', 'fr'])
const InLanguage = z.object({ language: Language.optional() })
const done = (description: string) => answers(description, z.object({}))

const VIEW = createRoute({
  method: 'get',
  path: '/api/cases/{number}/report',
  request: { params: ONE, query: InLanguage },
  responses: answers('What would leave, what must not, what is missing', ReportViewSchema),
})
const STATE = createRoute({
  method: 'post',
  path: '/api/cases/{number}/report',
  request: { params: ONE, ...jsonBody(StatedReportSchema) },
  responses: done('It is filled in'),
})
const APPROVE = createRoute({
  method: 'post',
  path: '/api/cases/{number}/report/approval',
  request: {
    params: ONE,
    ...jsonBody(ReportApprovalAskSchema),
  },
  responses: done('It is approved, word for word'),
})
const SENT = createRoute({
  method: 'post',
  path: '/api/cases/{number}/report/sent',
  request: { params: ONE, ...jsonBody(ReportSentSchema) },
  responses: done('It is written down'),
})
const TO_HUB = createRoute({
  method: 'post',
  path: '/api/cases/{number}/report/hub',
  request: { params: ONE, ...jsonBody(ReportHubAskSchema) },
  responses: done('It goes to the hub, as it was approved'),
})
const AS = createRoute({
  method: 'get',
  path: '/api/cases/{number}/report/{format}',
  request: { params: ONE.extend({ format: ReportFormatSchema }), query: InLanguage },
  responses: {
    200: {
      description: 'The report as a page, as PDF, as JSON or as a STIX bundle',
      content: {
        'text/html': { schema: z.string() },
        'application/pdf': { schema: z.string().openapi({ format: 'binary' }) },
        'application/json': { schema: z.unknown() },
      },
    },
    default: done('').default,
  },
})

export function addCaseReportRoutes(app: ApiApp, { cases, print, language: own }: Station): void {
  app.openapi(VIEW, async (c) => {
    const { number } = c.req.valid('param')
    return c.json(await cases.report(number, c.req.valid('query').language ?? own), 200)
  })
  app.openapi(STATE, async (c) => {
    const { number } = c.req.valid('param')
    await cases.stateReport(number, c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(APPROVE, async (c) => {
    const { number } = c.req.valid('param')
    const { digest, language = own, rule } = c.req.valid('json')
    const approved = { digest, language, rule }
    await cases.approveReport(number, approved, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(SENT, async (c) => {
    const { number } = c.req.valid('param')
    await cases.reportSent(number, c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(TO_HUB, async (c) => {
    const { number } = c.req.valid('param')
    const { language = own, ...ask } = c.req.valid('json')
    await cases.reportToHub(number, { ...ask, language }, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(AS, async (c) => {
    const { number, format } = c.req.valid('param')
    const language = c.req.valid('query').language ?? own
    if (format === 'pdf')
      return answerPdf(c, await print(await cases.reportAs(number, 'html', language)))
    const text = await cases.reportAs(number, format, language)
    return c.body(text, 200, {
      'content-type': format === 'html' ? 'text/html; charset=utf-8' : 'application/json',
    })
  })
}
