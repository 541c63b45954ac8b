// Notices: whom a hub tells and who answered; what this station was told; who is registered.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import {
  ConfirmAskSchema,
  NOTICE_STATES,
  NoticeAnswerAskSchema,
  NoticeCallSchema,
  NoticeEffectSchema,
  NoticeListSchema,
  OwnRegistrationSchema,
  RegisterAskSchema,
  RegisteredListSchema,
  RegistrationSchema,
  ReportAskSchema,
  ReportTakenSchema,
  ToldListSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import { PageQuerySchema, answerPage, pageAnswers } from './page-answer.ts'
import type { Station } from './station.ts'

/** A body to this address is a file: it is bounded by itself. */
export const REPORT_PATH = '/api/notices/reports'

const Done = z.object({})
const Named = { params: z.object({ id: z.string().max(100) }) }
const Listed = z.object({
  state: z.enum(NOTICE_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})

const LIST = createRoute({
  method: 'get',
  path: '/api/notices',
  request: { query: Listed },
  responses: answers(
    'Notices of this hub with their clocks, and what nobody could be told of',
    NoticeListSchema,
  ),
})
const ANSWER = createRoute({
  method: 'post',
  path: '/api/notices/{id}/answers',
  request: { ...Named, ...jsonBody(NoticeAnswerAskSchema) },
  responses: answers('The answer is written down', Done),
})
const CALLED = createRoute({
  method: 'post',
  path: '/api/notices/{id}/calls',
  request: { ...Named, ...jsonBody(NoticeCallSchema) },
  responses: answers('The call is written down', Done),
})
const SHEET = createRoute({
  method: 'get',
  path: '/api/notices/{id}/sheet',
  request: { ...Named, query: PageQuerySchema },
  responses: pageAnswers('The call sheet'),
})
const SETTLE = createRoute({
  method: 'post',
  path: '/api/notices/unplaced/{id}/settle',
  request: Named,
  responses: answers('It is settled: nobody is told', Done),
})
const REPORT = createRoute({
  method: 'post',
  path: REPORT_PATH,
  request: {
    query: ReportAskSchema,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: answers('What the report says, and of whom', ReportTakenSchema),
})
const EFFECT = createRoute({
  method: 'get',
  path: '/api/notices/effect',
  responses: answers('How many were told, answered and mended, and how fast', NoticeEffectSchema),
})
const TOLD = createRoute({
  method: 'get',
  path: '/api/notices/told',
  responses: answers('What hubs told this station', ToldListSchema),
})
const ANSWER_TOLD = createRoute({
  method: 'post',
  path: '/api/notices/told/{id}/answers',
  request: { ...Named, ...jsonBody(NoticeAnswerAskSchema) },
  responses: answers('The answer goes to the hub', Done),
})
const OWN = createRoute({
  method: 'get',
  path: '/api/registration',
  responses: answers('What this station registered, and which hubs have it', OwnRegistrationSchema),
})
const REGISTER = createRoute({
  method: 'post',
  path: '/api/registration',
  request: jsonBody(RegistrationSchema),
  responses: answers('It is registered; joined hubs are told', Done),
})
const ORGANISATIONS = createRoute({
  method: 'get',
  path: '/api/organisations',
  responses: answers('Who is registered at this hub', RegisteredListSchema),
})
const ENTER = createRoute({
  method: 'post',
  path: '/api/organisations',
  request: jsonBody(RegisterAskSchema),
  responses: answers('The organisation is registered', z.object({ id: z.string() })),
})
const CONFIRM = createRoute({
  method: 'post',
  path: '/api/organisations/confirmations',
  request: jsonBody(ConfirmAskSchema),
  responses: answers('How many holdings changed', z.object({ changed: z.number().int() })),
})
const REMOVE = createRoute({
  method: 'post',
  path: '/api/organisations/{id}/remove',
  request: Named,
  responses: answers('The organisation is no longer registered', Done),
})

export function addNoticeRoutes(app: ApiApp, station: Station): void {
  addHubRoutes(app, station)
  addMemberRoutes(app, station)
  addOrganisationRoutes(app, station)
}

function must(found: boolean, what: string): void {
  if (!found) throw new VigieError('NOT_FOUND', { what })
}

function addHubRoutes(app: ApiApp, station: Station): void {
  const { notices } = station
  app.openapi(EFFECT, async (c) => c.json(await notices.effect(), 200))
  app.openapi(LIST, async (c) => c.json(await notices.list(c.req.valid('query')), 200))
  app.openapi(ANSWER, async (c) => {
    const { id } = c.req.valid('param')
    must(await notices.answer(id, c.req.valid('json'), c.get('identity')?.name ?? ''), id)
    return c.json({}, 200)
  })
  app.openapi(CALLED, async (c) => {
    const { id } = c.req.valid('param')
    must(await notices.called(id, c.req.valid('json'), c.get('identity')?.name ?? ''), id)
    return c.json({}, 200)
  })
  app.openapi(SHEET, (c) => {
    const { id } = c.req.valid('param')
    return answerPage(c, station, c.req.valid('query'), async (language) => {
      const html = await notices.sheet(id, language)
      if (html === undefined) throw new VigieError('NOT_FOUND', { what: id })
      return html
    })
  })
  app.openapi(SETTLE, async (c) => {
    const { id } = c.req.valid('param')
    must(await notices.settle(id, c.get('identity')?.name ?? ''), id)
    return c.json({}, 200)
  })
  app.openapi(REPORT, async (c) =>
    c.json(
      await withFile(c.req.raw.body, (bytes) => notices.report(bytes, c.req.valid('query'))),
      200,
    ),
  )
}

function addMemberRoutes(app: ApiApp, { notices }: Station): void {
  app.openapi(TOLD, async (c) => c.json(await notices.told(), 200))
  app.openapi(ANSWER_TOLD, async (c) => {
    const { id } = c.req.valid('param')
    must(await notices.answerTold(id, c.req.valid('json'), c.get('identity')?.name ?? ''), id)
    return c.json({}, 200)
  })
  app.openapi(OWN, async (c) => c.json(await notices.own(), 200))
  app.openapi(REGISTER, async (c) => {
    await notices.register(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
}

function addOrganisationRoutes(app: ApiApp, { notices }: Station): void {
  app.openapi(ORGANISATIONS, async (c) => c.json(await notices.organisations(), 200))
  app.openapi(ENTER, async (c) =>
    c.json({ id: await notices.enter(c.req.valid('json'), c.get('identity')?.name ?? '') }, 200),
  )
  app.openapi(CONFIRM, async (c) =>
    c.json(
      { changed: await notices.confirm(c.req.valid('json'), c.get('identity')?.name ?? '') },
      200,
    ),
  )
  app.openapi(REMOVE, async (c) => {
    const { id } = c.req.valid('param')
    must(await notices.remove(id), id)
    return c.json({}, 200)
  })
}
