// Addresses that logged in to several members: what is offered, accepted, reported and opened.

import { createRoute, z } from '@hono/zod-openapi'
import {
  PublishedSchema,
  ThresholdGroupSchema,
  ThresholdIndicatorSchema,
  ThresholdOfferSchema,
  ThresholdShowSchema,
  ThresholdShownSchema,
  ThresholdStateSchema,
  ThresholdSwitchSchema,
} from '../model/index.ts'
import { answers, jsonBody } from './api-app.ts'
import type { ApiApp } from './api-app.ts'
import type { Station } from './station.ts'

const Done = z.object({})

const STATE = createRoute({
  method: 'get',
  path: '/api/share/threshold',
  responses: answers(
    'To whom this station reports; at a hub what was opened',
    ThresholdStateSchema,
  ),
})
const SHOW = createRoute({
  method: 'post',
  path: '/api/share/threshold/terms',
  request: jsonBody(ThresholdShowSchema),
  responses: answers('What a hub offers now; nothing is accepted', ThresholdShownSchema),
})
const SWITCH = createRoute({
  method: 'post',
  path: '/api/share/threshold/hubs',
  request: jsonBody(ThresholdSwitchSchema),
  responses: answers('The hub is reported to, or no more', Done),
})
const OFFER = createRoute({
  method: 'post',
  path: '/api/share/threshold/offers',
  request: jsonBody(ThresholdOfferSchema),
  responses: answers('Offered from now on', z.object({ digest: z.string() })),
})
const GROUP = createRoute({
  method: 'post',
  path: '/api/share/threshold/groups',
  request: jsonBody(ThresholdGroupSchema),
  responses: answers('The member counts as one with others of the same word', Done),
})

const GIVE = createRoute({
  method: 'post',
  path: '/api/share/threshold/indicators',
  request: jsonBody(ThresholdIndicatorSchema),
  responses: answers('The opened address is given out as an indicator', PublishedSchema),
})

export function addThresholdRoutes(app: ApiApp, { share }: Station): void {
  app.openapi(STATE, async (c) => c.json(await share.threshold(), 200))
  app.openapi(SHOW, async (c) => c.json(await share.showThreshold(c.req.valid('json').peer), 200))
  app.openapi(SWITCH, async (c) => {
    await share.switchThreshold(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({}, 200)
  })
  app.openapi(OFFER, async (c) => {
    const digest = await share.offerThreshold(c.req.valid('json'), c.get('identity')?.name ?? '')
    return c.json({ digest }, 200)
  })
  app.openapi(GROUP, async (c) => {
    await share.groupMember(c.req.valid('json'))
    return c.json({}, 200)
  })
  app.openapi(GIVE, async (c) => {
    const who = c.get('identity')?.name ?? ''
    return c.json(await share.giveOpened(c.req.valid('json'), who), 200)
  })
}
