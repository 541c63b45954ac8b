// Evidence: the log as tiles and checkpoints, verification, bundles.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import {
  EvidenceBundleSchema,
  EvidenceReportSchema,
  EvidenceReportsSchema,
  EvidenceStateSchema,
  ExportAskSchema,
  LogStopSchema,
  QuorumAskSchema,
  WitnessConfirmSchema,
  WitnessRemoveSchema,
  VerifyAskSchema,
  WitnessSwitchSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const Done = z.object({})

const STATE = createRoute({
  method: 'get',
  path: '/api/evidence',
  responses: answers('The log of evidence as it is now', EvidenceStateSchema),
})
const SIGN = createRoute({
  method: 'post',
  path: '/api/evidence/checkpoints',
  responses: answers('A checkpoint of everything that is stored', z.object({ note: z.string() })),
})
const VERIFY = createRoute({
  method: 'post',
  path: '/api/evidence/verifications',
  request: jsonBody(VerifyAskSchema),
  responses: answers('The verification that runs now', EvidenceReportSchema),
})
const REPORT = createRoute({
  method: 'get',
  path: '/api/evidence/verifications',
  responses: answers('The newest verification', EvidenceReportsSchema),
})
const EXPORT = createRoute({
  method: 'post',
  path: '/api/evidence/bundles',
  request: jsonBody(ExportAskSchema),
  responses: answers('Lines with the proofs that they are the ones received', EvidenceBundleSchema),
})

const SWITCH = createRoute({
  method: 'post',
  path: '/api/evidence/witnesses',
  request: jsonBody(WitnessSwitchSchema),
  responses: answers(
    'The hub and its members sign this log, and it signs theirs; or no more',
    Done,
  ),
})
const QUORUM = createRoute({
  method: 'post',
  path: '/api/evidence/quorum',
  request: jsonBody(QuorumAskSchema),
  responses: answers('Who must sign from now on', Done),
})

const CONFIRM = createRoute({
  method: 'post',
  path: '/api/evidence/witnesses/confirmations',
  request: jsonBody(WitnessConfirmSchema),
  responses: answers('The witness with this fingerprint counts', z.object({ name: z.string() })),
})
const REMOVE = createRoute({
  method: 'post',
  path: '/api/evidence/witnesses/removals',
  request: jsonBody(WitnessRemoveSchema),
  responses: answers('It is asked no more, and counts no more', Done),
})
const STOP = createRoute({
  method: 'post',
  path: '/api/evidence/witnessed-logs',
  request: jsonBody(LogStopSchema),
  responses: answers('The log is signed here no more, or again', Done),
})

/** C2SP tlog-tiles: `tile/0/x001/234.p/5`; how wide the last one is, its length says. */
const TILE =
  /^\/api\/evidence\/log\/tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/

export function addEvidenceRoutes(app: ApiApp, { evidence }: Station): void {
  app.openapi(STATE, async (c) => c.json(await evidence.state(), 200))
  app.openapi(SIGN, async (c) => c.json({ note: await evidence.checkpoint() }, 200))
  app.openapi(VERIFY, (c) => c.json(evidence.verify(c.req.valid('json').checkpoints), 200))
  app.openapi(REPORT, (c) => c.json({ report: evidence.report() }, 200))
  app.openapi(EXPORT, async (c) => c.json(await evidence.export(c.req.valid('json')), 200))
  app.openapi(SWITCH, async (c) => {
    await evidence.switchWitnessing(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(QUORUM, async (c) => {
    await evidence.setQuorum(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(CONFIRM, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json({ name: await evidence.confirmWitness(c.req.valid('json'), who) }, 200)
  })
  app.openapi(REMOVE, async (c) => {
    await evidence.removeWitness(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(STOP, async (c) => {
    await evidence.stopSigning(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.get('/api/evidence/log/checkpoint', async (c) => c.text(await newest(evidence)))
  app.get('/api/evidence/log/tile/*', async (c) => {
    const [, level = '', path = ''] = TILE.exec(c.req.path) ?? []
    const n = Number(path.replaceAll(/[x/]/g, ''))
    const bytes =
      level === ''
        ? new Uint8Array()
        : await evidence.tile(level === 'entries' ? level : Number(level), n)
    if (bytes.length === 0) throw new VigieError('NOT_FOUND', { what: c.req.path })
    return c.body(new Uint8Array(bytes), 200, { 'content-type': 'application/octet-stream' })
  })
}

async function newest(evidence: Station['evidence']): Promise<string> {
  const { checkpoint } = await evidence.state()
  if (checkpoint === null) throw new VigieError('NOT_FOUND', { what: 'checkpoint' })
  return checkpoint
}
