// Sharing: peers, what came, what goes, what a hub gives out. Files that are published or looked at are streamed, not JSON.

import { createRoute, z } from '@hono/zod-openapi'
import { VigieError } from '../core/index.ts'
import {
  AcceptanceAskSchema,
  ConsentAskSchema,
  ConsentsSchema,
  JoinAnswerSchema,
  JoinAskSchema,
  MispAskSchema,
  MispFeedSchema,
  MispPreviewSchema,
  OutboxDecisionSchema,
  OutboxSchema,
  PassedOnSchema,
  PeerInviteSchema,
  PeerInvitedSchema,
  PeerNameSchema,
  PreviewSchema,
  PublishAskSchema,
  PublishedSchema,
  RECEIVED_STATES,
  ReceivedListSchema,
  RenewalAskSchema,
  RollUpStateSchema,
  RollUpSwitchSchema,
  SeenSchema,
  ShareStateSchema,
  TraceSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import { withFile } from './bounded-body.ts'
import type { Station } from './station.ts'

/** A body to these addresses is a file: it is bounded by itself. */
export const PUBLISH_PATH = '/api/share/publications'
export const PREVIEW_PATH = '/api/share/preview'

const FILE = {
  required: true,
  content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
} as const
const Done = z.object({})
const Limit = z.coerce.number().int().min(1).max(1000).default(100)

const STATE = createRoute({
  method: 'get',
  path: '/api/share',
  responses: answers('Who this station is to others, and its peers', ShareStateSchema),
})
const MISP_PREVIEW = createRoute({
  method: 'get',
  path: '/api/share/misp/preview',
  request: { query: MispAskSchema },
  responses: answers(
    'What a member would get as a MISP feed, and why not the rest',
    MispPreviewSchema,
  ),
})
const MISP_FEED = createRoute({
  method: 'post',
  path: '/api/share/misp/feeds',
  request: jsonBody(MispAskSchema),
  responses: answers('A MISP feed for a member: manifest, hashes, events', MispFeedSchema),
})
const ROLL_UPS = createRoute({
  method: 'get',
  path: '/api/share/readiness',
  responses: answers('Which hubs are told of readiness, and what members told', RollUpStateSchema),
})
const SWITCH_ROLL_UP = createRoute({
  method: 'post',
  path: '/api/share/readiness',
  request: jsonBody(RollUpSwitchSchema),
  responses: answers('The hub is told, or forgets what it was told', Done),
})
const INVITE = createRoute({
  method: 'post',
  path: '/api/peers',
  request: jsonBody(PeerInviteSchema),
  responses: answers('The code that a station joins this hub with, once', PeerInvitedSchema),
})
const REVOKE = createRoute({
  method: 'post',
  path: '/api/peers/{name}/revoke',
  request: { params: z.object({ name: PeerNameSchema }) },
  responses: answers('The agreement with the peer is ended', Done),
})
const RENEW = createRoute({
  method: 'post',
  path: '/api/peers/{name}/renewals',
  request: { params: z.object({ name: PeerNameSchema }), ...jsonBody(RenewalAskSchema) },
  responses: answers('A member is offered this agreement in place of the one that holds', Done),
})
const ACCEPT = createRoute({
  method: 'post',
  path: '/api/peers/{name}/acceptances',
  request: { params: z.object({ name: PeerNameSchema }), ...jsonBody(AcceptanceAskSchema) },
  responses: answers('The agreement that the hub offers holds from now on', Done),
})
const JOIN = createRoute({
  method: 'post',
  path: '/api/share/joins',
  request: jsonBody(JoinAskSchema),
  responses: answers('The agreement of a hub; joined where it was accepted', JoinAnswerSchema),
})
const PUBLISH = createRoute({
  method: 'post',
  path: PUBLISH_PATH,
  request: { query: PublishAskSchema, body: FILE },
  responses: answers('What a hub gives out from now on, and what not', PublishedSchema),
})
const PREVIEW = createRoute({
  method: 'post',
  path: PREVIEW_PATH,
  request: { query: PublishAskSchema, body: FILE },
  responses: answers('What would be given out, who would see it, and why not', PreviewSchema),
})
const WITHDRAW = createRoute({
  method: 'post',
  path: '/api/share/withdrawals',
  request: jsonBody(z.object({ id: z.string().max(300) })),
  responses: answers('The object is revoked', Done),
})
const OUTBOX = createRoute({
  method: 'get',
  path: '/api/share/outbox',
  request: {
    query: z.object({
      state: z.enum(['waiting', 'ready', 'sent', 'refused', 'rejected']).optional(),
      limit: Limit,
    }),
  },
  responses: answers('What leaves, exactly as it leaves, for whom and why', OutboxSchema),
})
const DECIDE = createRoute({
  method: 'post',
  path: '/api/share/outbox/decisions',
  request: jsonBody(OutboxDecisionSchema),
  responses: answers('How many were decided', z.object({ decided: z.number().int() })),
})
const RECEIVED = createRoute({
  method: 'get',
  path: '/api/share/received',
  request: { query: z.object({ state: z.enum(RECEIVED_STATES).optional(), limit: Limit }) },
  responses: answers('What hubs sent, and what became of each', ReceivedListSchema),
})
const PASSED_ON = createRoute({
  method: 'get',
  path: '/api/share/passed-on',
  responses: answers('What this hub gives its members in the name of other hubs', PassedOnSchema),
})
const SEEN = createRoute({
  method: 'get',
  path: '/api/share/seen',
  responses: answers('How many members met each indicator of this hub', SeenSchema),
})
const TRACE = createRoute({
  method: 'get',
  path: '/api/share/traces/{object}',
  request: { params: z.object({ object: z.string().max(300) }) },
  responses: answers('Who was given an object, and when first', TraceSchema),
})
const CONSENTS = createRoute({
  method: 'get',
  path: '/api/share/consents',
  responses: answers('Recorded consents', ConsentsSchema),
})
const CONSENT = createRoute({
  method: 'post',
  path: '/api/share/consents',
  request: jsonBody(ConsentAskSchema),
  responses: answers('The consent is recorded', z.object({ id: z.string() })),
})
const REVOKE_CONSENT = createRoute({
  method: 'post',
  path: '/api/share/consents/{id}/revoke',
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: answers('The consent no longer holds', Done),
})

export function addShareRoutes(app: ApiApp, { share }: Station): void {
  app.openapi(STATE, async (c) => c.json(await share.state(), 200))
  addMispRoutes(app, share)
  addRollUpRoutes(app, share)
  addRenewalRoutes(app, share)
  app.openapi(INVITE, async (c) => c.json(await share.invite(c.req.valid('json')), 200))
  app.openapi(REVOKE, async (c) => {
    const { name } = c.req.valid('param')
    if (!(await share.revoke(name))) throw new VigieError('NOT_FOUND', { what: name })
    return c.json({}, 200)
  })
  app.openapi(JOIN, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await share.join(c.req.valid('json'), who), 200)
  })
  app.openapi(PUBLISH, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(
      await withFile(c.req.raw.body, (bytes) => share.publish(bytes, c.req.valid('query'), who)),
      200,
    )
  })
  app.openapi(PREVIEW, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(
      await withFile(c.req.raw.body, (bytes) => share.preview(bytes, c.req.valid('query'), who)),
      200,
    )
  })
  app.openapi(WITHDRAW, async (c) => {
    await share.withdraw(c.req.valid('json').id, c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(OUTBOX, async (c) => {
    const { state, limit } = c.req.valid('query')
    return c.json(await share.outbox(state, limit), 200)
  })
  app.openapi(DECIDE, async (c) => {
    const { seqs, approve } = c.req.valid('json')
    const decided = await share.decide(seqs, approve, c.get('identity')?.name ?? '')
    return c.json({ decided }, 200)
  })
  app.openapi(RECEIVED, async (c) => c.json(await share.received(c.req.valid('query')), 200))
  app.openapi(PASSED_ON, async (c) => c.json(await share.passedOn(), 200))
  app.openapi(SEEN, async (c) => c.json(await share.seen(), 200))
  app.openapi(TRACE, async (c) => c.json(await share.trace(c.req.valid('param').object), 200))
  addConsentRoutes(app, share)
}

function addRenewalRoutes(app: ApiApp, share: Station['share']): void {
  app.openapi(RENEW, async (c) => {
    const { name } = c.req.valid('param')
    if (!(await share.renew(name, c.req.valid('json'))))
      throw new VigieError('NOT_FOUND', { what: name })
    return c.json({}, 200)
  })
  app.openapi(ACCEPT, async (c) => {
    const who = c.get('identity')?.name ?? ''
    await share.acceptRenewal(c.req.valid('param').name, c.req.valid('json'), who)
    return c.json({}, 200)
  })
}

function addMispRoutes(app: ApiApp, share: Station['share']): void {
  app.openapi(MISP_PREVIEW, async (c) =>
    c.json(await share.mispPreview(c.req.valid('query').peer), 200),
  )
  app.openapi(MISP_FEED, async (c) => c.json(await share.mispFeed(c.req.valid('json').peer), 200))
}

function addRollUpRoutes(app: ApiApp, share: Station['share']): void {
  app.openapi(ROLL_UPS, async (c) => c.json(await share.rollUps(), 200))
  app.openapi(SWITCH_ROLL_UP, async (c) => {
    await share.switchRollUp(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
}

function addConsentRoutes(app: ApiApp, share: Station['share']): void {
  app.openapi(CONSENTS, async (c) => c.json(await share.consents(), 200))
  app.openapi(CONSENT, async (c) => {
    const id = await share.consent(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({ id }, 200)
  })
  app.openapi(REVOKE_CONSENT, async (c) => {
    const { id } = c.req.valid('param')
    if (!(await share.revokeConsent(id))) throw new VigieError('NOT_FOUND', { what: id })
    return c.json({}, 200)
  })
}
