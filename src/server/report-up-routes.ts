// Incident reports that members sent to this hub.

import { createRoute, z } from '@hono/zod-openapi'
import { ReportAcknowledgeSchema, ReportsReceivedSchema } from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const LIST = createRoute({
  method: 'get',
  path: '/api/share/reports',
  responses: answers('Reports of members, the newest first', ReportsReceivedSchema),
})
const ACKNOWLEDGE = createRoute({
  method: 'post',
  path: '/api/share/reports/acknowledgements',
  request: jsonBody(ReportAcknowledgeSchema),
  responses: answers('It was read; its maker hears so', z.object({})),
})

export function addReportUpRoutes(app: ApiApp, { share }: Station): void {
  app.openapi(LIST, async (c) => c.json(await share.reports(), 200))
  app.openapi(ACKNOWLEDGE, async (c) => {
    const { reference } = c.req.valid('json')
    await share.acknowledgeReport(reference, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
}
