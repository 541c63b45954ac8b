// How configurations come in by themselves: repositories that are followed, devices that are asked over SSH.

import { createRoute, z } from '@hono/zod-openapi'
import {
  ConfigFolderSchema,
  ConfigRepositoriesSchema,
  DevicePullsSchema,
  DeviceReportAskSchema,
  PullAskSchema,
  PullKeyAskSchema,
  RepositoryAskSchema,
  RepositoryNamedSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { PageQuerySchema, answerPage, pageAnswers } from './page-answer.ts'
import type { Station } from './station.ts'

const DEVICE = z.object({ device: z.string().min(1).max(200) })

const FOLDER = createRoute({
  method: 'get',
  path: '/api/config-folder',
  responses: answers(
    'The folder of configurations, and files in it that were not taken',
    ConfigFolderSchema,
  ),
})
const REPOSITORIES = createRoute({
  method: 'get',
  path: '/api/config-repositories',
  responses: answers('Repositories that are followed, and how it goes', ConfigRepositoriesSchema),
})
const FOLLOW = createRoute({
  method: 'post',
  path: '/api/config-repositories',
  request: jsonBody(RepositoryAskSchema),
  responses: answers('It is followed; its history is taken in', ConfigRepositoriesSchema),
})
const UNFOLLOW = createRoute({
  method: 'delete',
  path: '/api/config-repositories',
  request: { query: RepositoryNamedSchema },
  responses: answers('It is followed no more', z.object({})),
})
const PULLS = createRoute({
  method: 'get',
  path: '/api/device-pulls',
  responses: answers('Devices that are asked over SSH, and how it goes', DevicePullsSchema),
})
const SET = createRoute({
  method: 'post',
  path: '/api/device-pulls',
  request: jsonBody(PullAskSchema),
  responses: answers('It is asked from now on; its login is sealed', DevicePullsSchema),
})
const CONFIRM = createRoute({
  method: 'post',
  path: '/api/device-pulls/{device}/host-key',
  request: { params: DEVICE, ...jsonBody(PullKeyAskSchema) },
  responses: answers('The key it showed is confirmed', DevicePullsSchema),
})
const NOW = createRoute({
  method: 'post',
  path: '/api/device-pulls/{device}/now',
  request: { params: DEVICE },
  responses: answers('It is asked now', z.object({})),
})
const REMOVE = createRoute({
  method: 'delete',
  path: '/api/device-pulls/{device}',
  request: { params: DEVICE },
  responses: answers('It is asked no more', z.object({})),
})

const REPORT = createRoute({
  method: 'get',
  path: '/api/device-report',
  request: { query: DeviceReportAskSchema.extend(PageQuerySchema.shape) },
  responses: pageAnswers('The report as one page, of all devices or of one'),
})

export function addCollectionRoutes(app: ApiApp, station: Station): void {
  const { devices } = station
  app.openapi(REPORT, (c) => {
    const { language, as, ...ask } = c.req.valid('query')
    return answerPage(c, station, { language, as }, (spoken) => devices.report(ask, spoken))
  })
  app.openapi(FOLDER, async (c) => c.json(await devices.folder(), 200))
  app.openapi(REPOSITORIES, async (c) => c.json(await devices.repositories(), 200))
  app.openapi(FOLLOW, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await devices.addRepository(c.req.valid('json'), who), 200)
  })
  app.openapi(UNFOLLOW, async (c) => {
    await devices.removeRepository(c.req.valid('query').place)
    return c.json({}, 200)
  })
  app.openapi(PULLS, async (c) => c.json(await devices.pulls(), 200))
  app.openapi(SET, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await devices.setPull(c.req.valid('json'), who), 200)
  })
  app.openapi(CONFIRM, async (c) => {
    const who = c.get('identity')?.name ?? ''
    const { device } = c.req.valid('param')
    return c.json(await devices.confirmPullKey(device, c.req.valid('json').key, who), 200)
  })
  app.openapi(NOW, async (c) => {
    await devices.pullNow(c.req.valid('param').device)
    return c.json({}, 200)
  })
  app.openapi(REMOVE, async (c) => {
    await devices.removePull(c.req.valid('param').device)
    return c.json({}, 200)
  })
}
