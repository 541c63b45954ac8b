// A station whose key is in other hands. Each misdeed is tried against the hub's port with that key, and what became of it is judged
// from what the hub then says, not from the answer alone.

import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { systemClock } from '../../core/index.ts'
import {
  BlindStateSchema,
  RegisteredListSchema,
  ShareStateSchema,
  TraceSchema,
} from '../../model/index.ts'
import {
  MEMBER_PACE,
  decodeHubCode,
  hubLink,
  openStationKey,
  sightingsOf,
} from '../../share/index.ts'
import { countedTwice, refusedSighting } from './lies.ts'
import type { LiarOptions, Outcome, Trying } from './lies.ts'

export const MISDEEDS = [
  'in another name',
  'made up indicator',
  'in the future',
  'counted twice',
  'used code',
  'anothers sightings',
  'withheld object',
  'anothers notices',
  'anothers addresses',
  'sensitive values tried',
  'hostile bytes',
  'another hub',
  'flood',
  'after the end',
] as const
export type Misdeed = (typeof MISDEEDS)[number]

export type Tried = Outcome & { readonly misdeed: Misdeed }

const Answered = z.looseObject({})

export async function tryMisdeeds(options: LiarOptions): Promise<readonly Tried[]> {
  const { liar, hub } = options
  const { self } = await liar.get('/api/share', ShareStateSchema)
  const { pin } = (await hub.get('/api/share', ShareStateSchema)).self
  await liar.kill()
  const key = await openStationKey(join(liar.data, 'keys'), systemClock)
  const link = hubLink({ address: hub.hubAddress, pin }, key)
  const trying: Trying = { ...options, link, identity: self.identity, key }
  try {
    const tried: Tried[] = []
    for (const [misdeed, act] of Object.entries(ACTS))
      tried.push({ misdeed: misdeed as Misdeed, ...(await act(trying)) }) // schema edge: keys of ACTS
    return tried
  } finally {
    link.close()
  }
}

const ACTS: Readonly<Record<Misdeed, (trying: Trying) => Promise<Outcome>>> = {
  'in another name': (trying) =>
    refusedSighting(trying, {
      created_by_ref: trying.honest.identity,
      where_sighted_refs: [trying.honest.identity],
    }),
  'made up indicator': (trying) =>
    refusedSighting(trying, { sighting_of_ref: `indicator--${randomUUID()}` }),
  'in the future': (trying) =>
    refusedSighting(trying, { last_seen: new Date(Date.now() + 86_400_000).toISOString() }),
  'counted twice': countedTwice,
  'used code': usedCode,
  'anothers sightings': anothersSightings,
  'withheld object': withheldObject,
  'anothers notices': anothersNotices,
  'anothers addresses': anothersAddresses,
  'sensitive values tried': sensitiveTried,
  'hostile bytes': hostileBytes,
  'another hub': anotherHub,
  flood,
  'after the end': afterTheEnd,
}

async function usedCode({ link, code }: Trying): Promise<Outcome> {
  const body = {
    secret: decodeHubCode(code)?.secret,
    identity: `identity--${randomUUID()}`,
    organisation: 'nobody',
    digest: '0'.repeat(64),
    acceptedBy: 'nobody',
  }
  const { status } = await link.post('/vigie/join', body)
  return { became: String(status), isHarmless: status === 403 }
}

async function anothersSightings({ link, honest }: Trying): Promise<Outcome> {
  const place = `${link.taxii.root}collections/${sightingsOf(honest.identity)}/objects/`
  const media = 'application/taxii+json;version=2.1'
  const read = await link.taxii.fetch(place, { headers: { accept: media } })
  const written = await link.taxii.fetch(place, {
    method: 'POST',
    headers: { accept: media, 'content-type': media },
    body: JSON.stringify({ objects: [] }),
  })
  return {
    became: `${read.status}, ${written.status}`,
    isHarmless: [read, written].every(({ status }) => status === 404),
  }
}

async function withheldObject({ link, hub, peer, withheld }: Trying): Promise<Outcome> {
  const media = 'application/taxii+json;version=2.1'
  const place = `${link.taxii.root}collections/indicators/objects/${withheld}/`
  const { status } = await link.taxii.fetch(place, { headers: { accept: media } })
  const { given } = await hub.get(`/api/share/traces/${withheld}`, TraceSchema)
  const isGiven = given.some((one) => one.peer === peer)
  return { became: String(status), isHarmless: status === 404 && !isGiven }
}

async function anothersNotices({ link, honest }: Trying): Promise<Outcome> {
  const answer = await link.post('/vigie/notices', {
    known: '',
    organisation: honest.identity,
    answers: [
      {
        seq: 1,
        notice: '20260101T000000000-00000000',
        answer: 'fixed',
        by: 'nobody',
        at: new Date().toISOString(),
        comment: '',
      },
    ],
  })
  const text = await answer.text()
  const isTold = text.includes(honest.range.split('/')[0] ?? honest.range)
  return { became: String(answer.status), isHarmless: !isTold && !text.includes('"taken":[1]') }
}

async function anothersAddresses({ link, hub, honest }: Trying): Promise<Outcome> {
  const answer = await link.post('/vigie/registration', {
    name: honest.name,
    region: 'NT',
    holdings: [{ kind: 'range', value: honest.range }],
    contacts: [{ name: 'Nobody', phone: '+1 555 010 0000' }],
  })
  const { organisations } = await hub.get('/api/organisations', RegisteredListSchema)
  const own = organisations.find(({ id }) => id === honest.identity)
  const holders = organisations.filter(({ holdings }) =>
    holdings.some(({ value, confirmed }) => value === honest.range && confirmed !== null),
  )
  const isHeld = own !== undefined && holders.length === 1 && holders[0]?.id === honest.identity
  return { became: String(answer.status), isHarmless: isHeld }
}

/** The hub has set its budget to fewer values than this. */
async function sensitiveTried({ link, hub, peer }: Trying): Promise<Outcome> {
  const { epoch } = z
    .object({ epoch: z.number() })
    .parse(await (await link.post('/vigie/blind/list', { known: '', after: '' })).json())
  const blinded = randomBytes(32 * 1000).toString('base64')
  const { status } = await link.post('/vigie/blind/evaluate', { epoch, class: 'address', blinded })
  const state = await hub.get('/api/share/blind', BlindStateSchema)
  const asked = state.hub?.members.find((one) => one.peer === peer)
  const refused = asked?.refused.address ?? 0
  return {
    became: `${status}, ${refused}`,
    isHarmless: status === 429 && asked?.asked.address === 0 && refused === 1000,
  }
}

async function hostileBytes({ link, hub }: Trying): Promise<Outcome> {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const media = 'application/taxii+json;version=2.1'
  const headers = { accept: media, 'content-type': media }
  const place = `${link.taxii.root}collections/sightings/objects/`
  const statuses: string[] = []
  for (const body of [deep, 'x'.repeat(3_000_000), '{"objects":[{"type":"__proto__"}]}']) {
    const answer = await link.taxii
      .fetch(place, { method: 'POST', headers, body })
      .catch(() => ({ status: 0 }))
    statuses.push(String(answer.status))
  }
  await hub.get('/api/share', Answered)
  return { became: statuses.join(', '), isHarmless: statuses.every((status) => status !== '500') }
}

async function anotherHub({ otherHub, hub, key, link }: Trying): Promise<Outcome> {
  if (otherHub === undefined) return { became: '–', isHarmless: true }
  const { pin } = (await otherHub.get('/api/share', ShareStateSchema)).self
  const there = hubLink({ address: otherHub.hubAddress, pin }, key)
  const asked = await there.taxii.fetch(`${there.taxii.root}collections/`, {})
  there.close()
  // Nor does its own hub take it for another member, whatever it calls itself.
  const { status } = await link.post('/vigie/notices/up', { organisation: hub.name })
  return { became: `${asked.status}, ${status}`, isHarmless: asked.status === 401 && status >= 400 }
}

const FLOOD = 3000
const AT_ONCE = 16
const FLOOD_MS = 30_000

/** As fast as it can, while an honest member is given something. A slow machine is not asked faster than a member may. */
async function flood({ link, served }: Trying): Promise<Outcome> {
  const endMs = performance.now() + FLOOD_MS
  let [late, sent] = [0, 0]
  const ask = async () => {
    while (sent < FLOOD && performance.now() < endMs) {
      sent += 1
      const answer = await link.taxii
        .fetch(`${link.taxii.root}collections/`, {})
        .catch(() => ({ status: 0 }))
      if (answer.status === 429) late += 1
    }
  }
  const [seconds] = await Promise.all([served(), ...Array.from({ length: AT_ONCE }, ask)])
  const became = `429 × ${late}/${sent}; ${seconds?.toFixed(1) ?? '–'} s`
  const isSlow = sent <= MEMBER_PACE.atOnce + (MEMBER_PACE.aSecond * FLOOD_MS) / 1000
  return { became, isHarmless: seconds !== undefined && (late > 0 || isSlow) }
}

async function afterTheEnd({ hub, peer, key }: Trying): Promise<Outcome> {
  await hub.post(`/api/peers/${peer}/revoke`, {}, Answered)
  const { pin } = (await hub.get('/api/share', ShareStateSchema)).self
  const link = hubLink({ address: hub.hubAddress, pin }, key)
  const answer = await link.taxii.fetch(`${link.taxii.root}collections/`, {})
  link.close()
  return {
    became: String(answer.status),
    isHarmless: answer.status === 403 || answer.status === 429,
  }
}
