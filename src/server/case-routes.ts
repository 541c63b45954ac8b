// Cases: opened, worked on, proved, reported.

import { Readable } from 'node:stream'
import { createRoute, z } from '@hono/zod-openapi'
import {
  CaseAskSchema,
  CaseChangeSchema,
  CaseDetailSchema,
  CaseEntryAskSchema,
  CaseEntrySchema,
  CaseFileAskSchema,
  CaseFileSchema,
  CaseProofSchema,
  CaseSchema,
  CaseTaskAskSchema,
  CaseTaskChangeSchema,
  CaseTaskSchema,
  CasesSchema,
  PlaybookAskSchema,
  PlaybooksSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import { CaseNumberSchema, ONE, addCaseReportRoutes } from './case-report-routes.ts'
import { seerOf, onlySeers } from './case-seer.ts'
import { addCaseSendingRoutes } from './case-sending-routes.ts'
import { addTogetherRoutes } from './case-together-routes.ts'
import type { Station } from './station.ts'

/** A body to this address is a file: it is bounded by itself. */
export const CASE_FILE_PATH = '/api/case-files'

const ID = z.string().min(1).max(100)
const done = (description: string) => answers(description, z.object({}))

const LIST = createRoute({
  method: 'get',
  path: '/api/cases',
  request: { query: z.object({ alert: z.string().max(200).optional() }) },
  responses: answers('Cases, those that are not closed first', CasesSchema),
})
const GET = createRoute({
  method: 'get',
  path: '/api/cases/{number}',
  request: { params: ONE },
  responses: answers('One case with everything in it', CaseDetailSchema),
})
const OPEN = createRoute({
  method: 'post',
  path: '/api/cases',
  request: jsonBody(CaseAskSchema),
  responses: answers('The case', CaseSchema),
})
const CHANGE = createRoute({
  method: 'post',
  path: '/api/cases/{number}',
  request: { params: ONE, ...jsonBody(CaseChangeSchema) },
  responses: answers('The case as it is now', CaseSchema),
})
const ADD_ALERT = createRoute({
  method: 'post',
  path: '/api/cases/{number}/alerts',
  request: { params: ONE, ...jsonBody(z.strictObject({ alert: z.string().min(1).max(200) })) },
  responses: done('The alert belongs to it'),
})
const NOTE = createRoute({
  method: 'post',
  path: '/api/cases/{number}/entries',
  request: { params: ONE, ...jsonBody(CaseEntryAskSchema) },
  responses: answers('The entry', CaseEntrySchema),
})
const ADD_TASK = createRoute({
  method: 'post',
  path: '/api/cases/{number}/tasks',
  request: { params: ONE, ...jsonBody(CaseTaskAskSchema) },
  responses: answers('The task', CaseTaskSchema),
})
const CHANGE_TASK = createRoute({
  method: 'post',
  path: '/api/cases/{number}/tasks/{task}',
  request: { params: ONE.extend({ task: ID }), ...jsonBody(CaseTaskChangeSchema) },
  responses: answers('The task as it is now', CaseTaskSchema),
})
const PLAYBOOKS = createRoute({
  method: 'get',
  path: '/api/playbooks',
  responses: answers('What is done when', PlaybooksSchema),
})
const START = createRoute({
  method: 'post',
  path: '/api/cases/{number}/playbooks',
  request: { params: ONE, ...jsonBody(PlaybookAskSchema) },
  responses: answers('How many tasks were added', z.object({ tasks: z.number().int() })),
})
const TAKE = createRoute({
  method: 'post',
  path: CASE_FILE_PATH,
  request: {
    query: CaseFileAskSchema.extend({ case: CaseNumberSchema }),
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
  responses: answers('The file as it is kept', CaseFileSchema),
})
const READ = createRoute({
  method: 'get',
  path: '/api/cases/{number}/files/{file}',
  request: { params: ONE.extend({ file: ID }) },
  responses: {
    200: {
      description: 'The bytes; that they were read becomes an act',
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
    default: done('').default,
  },
})
const PROVE = createRoute({
  method: 'get',
  path: '/api/cases/{number}/proof',
  request: { params: ONE },
  responses: answers('Whether it is as it was written', CaseProofSchema),
})

export function addCaseRoutes(app: ApiApp, station: Station): void {
  const { cases, language: own } = station
  app.use('/api/cases/*', onlySeers(cases))
  app.use(
    CASE_FILE_PATH,
    onlySeers(cases, (c) => c.req.query('case')),
  )
  app.openapi(LIST, async (c) =>
    c.json(await cases.list({ ...c.req.valid('query'), seer: seerOf(c) }), 200),
  )
  app.openapi(GET, async (c) => c.json(await cases.get(c.req.valid('param').number), 200))
  app.openapi(OPEN, async (c) =>
    c.json(await cases.open(c.req.valid('json'), c.get('identity')?.name ?? ''), 200),
  )
  app.openapi(CHANGE, async (c) => {
    const { number } = c.req.valid('param')
    const who = c.get('identity')?.name ?? ''
    return c.json(await cases.change(number, c.req.valid('json'), who), 200)
  })
  app.openapi(ADD_ALERT, async (c) => {
    const { number } = c.req.valid('param')
    await cases.addAlert(number, c.req.valid('json').alert, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(NOTE, async (c) => {
    const { number } = c.req.valid('param')
    const who = c.get('identity')?.name ?? ''
    return c.json(await cases.note(number, c.req.valid('json'), who), 200)
  })
  addTaskRoutes(app, cases, own)
  addFileRoutes(app, cases)
  addCaseReportRoutes(app, station)
  addCaseSendingRoutes(app, station)
  addTogetherRoutes(app, station)
}

function addTaskRoutes(app: ApiApp, cases: Station['cases'], own: Station['language']): void {
  app.openapi(ADD_TASK, async (c) => {
    const { number } = c.req.valid('param')
    const who = c.get('identity')?.name ?? ''
    return c.json(await cases.addTask(number, c.req.valid('json'), who), 200)
  })
  app.openapi(CHANGE_TASK, async (c) => {
    const { number, task } = c.req.valid('param')
    const who = c.get('identity')?.name ?? ''
    return c.json(await cases.changeTask(number, task, c.req.valid('json'), who), 200)
  })
  app.openapi(PLAYBOOKS, async (c) => c.json({ playbooks: [...(await cases.playbooks())] }, 200))
  app.openapi(START, async (c) => {
    const { number } = c.req.valid('param')
    const { playbook, language = own } = c.req.valid('json')
    const who = c.get('identity')?.name ?? ''
    return c.json({ tasks: await cases.startPlaybook(number, { playbook, language }, who) }, 200)
  })
}

function addFileRoutes(app: ApiApp, cases: Station['cases']): void {
  app.openapi(TAKE, async (c) => {
    const { case: number, ...ask } = c.req.valid('query')
    return c.json(
      await withFile(c.req.raw.body, (bytes) =>
        cases.takeFile(number, bytes, ask, c.get('identity')?.name ?? ''),
      ),
      200,
    )
  })
  app.openapi(READ, async (c) => {
    const { number, file } = c.req.valid('param')
    const { file: about, bytes } = await cases.readFile(number, file, c.get('identity')?.name ?? '')
    // Never shown by a browser: what was kept as proof may be the intruder's own.
    return c.body(Readable.toWeb(bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(about.bytes),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(about.name)}`,
    })
  })
  app.openapi(PROVE, async (c) => c.json(await cases.prove(c.req.valid('param').number), 200))
}
