// Devices: their configurations come as files; what changed, by whose word; records of changes that are expected.

import { createRoute, z } from '@hono/zod-openapi'
import {
  ActsAskSchema,
  ApproveAskSchema,
  ChangeFilterSchema,
  ChangeRecordAskSchema,
  ChangeRecordSchema,
  ChangeRecordsImportedSchema,
  ChangeRecordsSchema,
  CompareAskSchema,
  ComparedSchema,
  ConfigAskSchema,
  ConfigTakenSchema,
  ConfigVersionSchema,
  DeviceActsSchema,
  DeviceChangeDetailSchema,
  DeviceChangesSchema,
  DeviceDetailSchema,
  DevicesSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import type { Station } from './station.ts'

/** A body to these addresses is a file: it is bounded by itself. */
export const CONFIG_PATH = '/api/configurations'
export const RECORDS_FILE_PATH = '/api/change-records/imports'

const FILE = {
  required: true,
  content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
} as const
const ID = z.object({ id: z.string().min(1).max(100) })

const DEVICES = createRoute({
  method: 'get',
  path: '/api/devices',
  responses: answers('Devices, those with changes nobody expected first', DevicesSchema),
})
const DEVICE = createRoute({
  method: 'get',
  path: '/api/devices/{id}',
  request: { params: ID },
  responses: answers('One device with its versions and changes', DeviceDetailSchema),
})
const ACTS = createRoute({
  method: 'get',
  path: '/api/devices/{id}/acts',
  request: { params: ID, query: ActsAskSchema },
  responses: answers('Who did what on it, by its logs', DeviceActsSchema),
})
const TAKE = createRoute({
  method: 'post',
  path: CONFIG_PATH,
  request: { query: ConfigAskSchema, body: FILE },
  responses: answers('What was taken in', ConfigTakenSchema),
})
const VERSION = createRoute({
  method: 'get',
  path: '/api/configurations/{id}',
  request: { params: ID },
  responses: answers('One version, its secrets replaced', ConfigVersionSchema),
})
const COMPARE = createRoute({
  method: 'get',
  path: '/api/configuration-differences',
  request: { query: CompareAskSchema },
  responses: answers('What differs between two versions', ComparedSchema),
})
const CHANGES = createRoute({
  method: 'get',
  path: '/api/device-changes',
  request: { query: ChangeFilterSchema },
  responses: answers('Changes, those nobody expected first', DeviceChangesSchema),
})
const CHANGE = createRoute({
  method: 'get',
  path: '/api/device-changes/{id}',
  request: { params: ID },
  responses: answers('One change with its differences and findings', DeviceChangeDetailSchema),
})
const APPROVE = createRoute({
  method: 'post',
  path: '/api/device-changes/{id}/approve',
  request: { params: ID, ...jsonBody(ApproveAskSchema) },
  responses: answers('The record that covers it now', ChangeRecordSchema),
})
const RECORDS = createRoute({
  method: 'get',
  path: '/api/change-records',
  responses: answers('Records of changes that are expected', ChangeRecordsSchema),
})
const ADD = createRoute({
  method: 'post',
  path: '/api/change-records',
  request: jsonBody(ChangeRecordAskSchema),
  responses: answers('The record', ChangeRecordSchema),
})
const REVOKE = createRoute({
  method: 'delete',
  path: '/api/change-records/{id}',
  request: { params: ID },
  responses: answers('The record was taken back', z.object({})),
})
const IMPORT = createRoute({
  method: 'post',
  path: RECORDS_FILE_PATH,
  request: { body: FILE },
  responses: answers('Rows that were taken, and not', ChangeRecordsImportedSchema),
})

export function addDeviceRoutes(app: ApiApp, { devices }: Station): void {
  app.openapi(DEVICES, async (c) => c.json(await devices.list(), 200))
  app.openapi(DEVICE, async (c) => c.json(await devices.get(c.req.valid('param').id), 200))
  app.openapi(ACTS, async (c) =>
    c.json(await devices.acts(c.req.valid('param').id, c.req.valid('query').days), 200),
  )
  app.openapi(TAKE, async (c) =>
    c.json(
      await withFile(c.req.raw.body, (bytes) => devices.take(bytes, c.req.valid('query'))),
      200,
    ),
  )
  app.openapi(VERSION, async (c) => c.json(await devices.version(c.req.valid('param').id), 200))
  app.openapi(COMPARE, async (c) => {
    const { before, after } = c.req.valid('query')
    return c.json(await devices.compare(before, after), 200)
  })
  app.openapi(CHANGES, async (c) => c.json(await devices.changes(c.req.valid('query')), 200))
  app.openapi(CHANGE, async (c) => c.json(await devices.change(c.req.valid('param').id), 200))
  app.openapi(APPROVE, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await devices.approve(c.req.valid('param').id, c.req.valid('json'), who), 200)
  })
  addRecordRoutes(app, devices)
}

function addRecordRoutes(app: ApiApp, devices: Station['devices']): void {
  app.openapi(RECORDS, async (c) => c.json(await devices.records(), 200))
  app.openapi(ADD, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await devices.addRecord(c.req.valid('json'), who), 200)
  })
  app.openapi(REVOKE, async (c) => {
    await devices.revokeRecord(c.req.valid('param').id, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(IMPORT, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await withFile(c.req.raw.body, (bytes) => devices.importRecords(bytes, who)), 200)
  })
}
