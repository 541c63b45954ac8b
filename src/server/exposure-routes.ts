// Exposure: advisories across the estate first, assets second; reports of scanners and knowledge come as files.

import { createRoute, z } from '@hono/zod-openapi'
import {
  AdvisoriesSchema,
  AdvisoryFilterSchema,
  AssetChangeSchema,
  AssetDetailSchema,
  AssetFilterSchema,
  AssetMergeSchema,
  AssetSchema,
  AssetsSchema,
  ExceptionAskSchema,
  ExceptionSchema,
  ExposureExportSchema,
  ExposureFilterSchema,
  ExposuresSchema,
  FacetsSchema,
  FeedsSchema,
  KnowledgeAskSchema,
  KnowledgeListSchema,
  NarrowSchema,
  PatchesSchema,
  ScanAskSchema,
  ScanImportedSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import type { Station } from './station.ts'

/** A body to these addresses is a file: it is bounded by itself. */
export const SCAN_PATH = '/api/exposure/imports'
export const KNOWLEDGE_PATH = '/api/exposure/knowledge'

const FILE = {
  required: true,
  content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
} as const
const ID = z.object({ id: z.string().min(1).max(100) })

const ADVISORIES = createRoute({
  method: 'get',
  path: '/api/exposure/advisories',
  request: { query: AdvisoryFilterSchema },
  responses: answers(
    'Vulnerabilities across the estate, what is due first on top',
    AdvisoriesSchema,
  ),
})
const EXPOSURES = createRoute({
  method: 'get',
  path: '/api/exposure/exposures',
  request: { query: ExposureFilterSchema },
  responses: answers('Vulnerabilities on assets, with the date and why', ExposuresSchema),
})
const PATCHES = createRoute({
  method: 'get',
  path: '/api/exposure/patches',
  request: { query: AdvisoryFilterSchema },
  responses: answers('What to patch, product by product, what is due first on top', PatchesSchema),
})
const COUNTS = createRoute({
  method: 'get',
  path: '/api/exposure/facets',
  request: { query: NarrowSchema },
  responses: answers('How the open exposures divide', FacetsSchema),
})
const EXPORT = createRoute({
  method: 'get',
  path: '/api/exposure/export',
  request: { query: ExposureExportSchema },
  responses: {
    200: {
      description: 'Open exposures for a spreadsheet, what is due first on top',
      content: { 'text/csv': { schema: z.string() } },
    },
    default: answers('', z.object({})).default,
  },
})
const ASSETS = createRoute({
  method: 'get',
  path: '/api/exposure/assets',
  request: { query: AssetFilterSchema },
  responses: answers('Assets', AssetsSchema),
})
const ASSET = createRoute({
  method: 'get',
  path: '/api/exposure/assets/{id}',
  request: { params: ID },
  responses: answers('One asset with its products and exposures', AssetDetailSchema),
})
const CHANGE = createRoute({
  method: 'post',
  path: '/api/exposure/assets/{id}',
  request: { params: ID, ...jsonBody(AssetChangeSchema) },
  responses: answers('The asset as it is now', AssetSchema),
})
const MERGE = createRoute({
  method: 'post',
  path: '/api/exposure/assets/{id}/merge',
  request: { params: ID, ...jsonBody(AssetMergeSchema) },
  responses: answers('The asset that has both', AssetSchema),
})
const UNMERGE = createRoute({
  method: 'post',
  path: '/api/exposure/assets/{id}/unmerge',
  request: { params: ID, ...jsonBody(z.object({})) },
  responses: answers('The asset that was taken out again', AssetSchema),
})
const EXCEPT = createRoute({
  method: 'post',
  path: '/api/exposure/exceptions',
  request: jsonBody(ExceptionAskSchema),
  responses: answers('The exception', ExceptionSchema),
})
const REVOKE = createRoute({
  method: 'delete',
  path: '/api/exposure/exceptions/{id}',
  request: { params: ID },
  responses: answers('The exception has ended', z.object({})),
})
const FEEDS = createRoute({
  method: 'get',
  path: '/api/exposure/feeds',
  responses: answers('What is known of vulnerabilities, with its dates', FeedsSchema),
})
const IMPORT = createRoute({
  method: 'post',
  path: SCAN_PATH,
  request: { query: ScanAskSchema, body: FILE },
  responses: answers('What the report held', ScanImportedSchema),
})
const LOAD = createRoute({
  method: 'post',
  path: KNOWLEDGE_PATH,
  request: { query: KnowledgeAskSchema, body: FILE },
  responses: answers('What was learned, and what it meets here', KnowledgeListSchema),
})

export function addExposureRoutes(app: ApiApp, { exposure, language }: Station): void {
  addPatchRoutes(app, exposure, language)
  app.openapi(ADVISORIES, async (c) => c.json(await exposure.advisories(c.req.valid('query')), 200))
  app.openapi(EXPOSURES, async (c) => c.json(await exposure.exposures(c.req.valid('query')), 200))
  app.openapi(ASSETS, async (c) => c.json(await exposure.assets(c.req.valid('query')), 200))
  app.openapi(ASSET, async (c) => c.json(await exposure.asset(c.req.valid('param').id), 200))
  app.openapi(FEEDS, async (c) => c.json(await exposure.feeds(), 200))
  addChangeRoutes(app, exposure)
  app.openapi(IMPORT, async (c) => {
    const who = c.get('identity')?.name ?? ''
    const ask = c.req.valid('query')
    const take = (bytes: AsyncIterable<Uint8Array>) => exposure.importScan(bytes, ask, who)
    return c.json(await withFile(c.req.raw.body, take), 200)
  })
  app.openapi(LOAD, async (c) => {
    const who = c.get('identity')?.name ?? ''
    const { file } = c.req.valid('query')
    const take = (bytes: AsyncIterable<Uint8Array>) => exposure.loadKnowledge(bytes, file, who)
    return c.json(await withFile(c.req.raw.body, take), 200)
  })
}

function addPatchRoutes(
  app: ApiApp,
  exposure: Station['exposure'],
  own: Station['language'],
): void {
  app.openapi(PATCHES, async (c) => c.json(await exposure.patches(c.req.valid('query')), 200))
  app.openapi(COUNTS, async (c) => c.json(await exposure.facets(c.req.valid('query')), 200))
  app.openapi(EXPORT, async (c) => {
    const { language = own, ...ask } = c.req.valid('query')
    c.header('Content-Disposition', 'attachment; filename="exposures.csv"')
    return c.text(await exposure.spreadsheet(ask, language), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
    })
  })
}

function addChangeRoutes(app: ApiApp, exposure: Station['exposure']): void {
  app.openapi(CHANGE, async (c) => {
    const { id } = c.req.valid('param')
    const who = c.get('identity')?.name ?? ''
    return c.json(await exposure.changeAsset(id, c.req.valid('json'), who), 200)
  })
  app.openapi(MERGE, async (c) => {
    const { id } = c.req.valid('param')
    const who = c.get('identity')?.name ?? ''
    return c.json(await exposure.merge(id, c.req.valid('json').into, who), 200)
  })
  app.openapi(UNMERGE, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await exposure.unmerge(c.req.valid('param').id, who), 200)
  })
  app.openapi(EXCEPT, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await exposure.except(c.req.valid('json'), who), 200)
  })
  app.openapi(REVOKE, async (c) => {
    await exposure.revoke(c.req.valid('param').id, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
}
