// What a hub decides by: who it is, its members with their agreements, recorded consents, and objects that are bound beyond
// their marking.

import { z } from 'zod'
import { SHARING_PURPOSE } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { policyAgreement } from '../peer/agreement.ts'
import { policyConsents, readConsents } from '../peer/consents.ts'
import { agreementsWith, listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'
import { decide } from '../policy/decide.ts'
import type { Circumstances, Consent, Decision, Peer } from '../policy/policy-types.ts'
import { itemOfStix } from '../policy/stix-item.ts'
import type { JsonObject } from '../stix/problem.ts'
import { BLIND_PLACE, HUB_ROOT, relayOf } from './places.ts'
import type { Limits } from './publication-records.ts'

export type Hub = {
  readonly records: Records
  readonly cohortFloor: number
}

const ReleaseSchema = z.record(z.string(), z.number()).nullable()
const AudienceSchema = z.array(z.string()).nullable()
/** `collection`: where it lies; its owner shows in that. */
export type Judge = (object: JsonObject, collection: string) => Decision

export type Judging = {
  readonly nowMs: number
  /** What would bind objects that are not given out yet, in place of what binds those that are. */
  readonly bound?: Limits
}

/** Decides for one member, by what holds now. */
export async function judgeFor(hub: Hub, row: PeerRow, { nowMs, bound }: Judging): Promise<Judge> {
  const { records, cohortFloor } = hub
  const self = await readSelf(records)
  const peer = await policyPeer(records, row)
  const limits = await readLimits(records)
  const rows = await listPeers(records)
  const recorded = policyConsents(
    await readConsents(records),
    (name) => rows.find((one) => one.name === name)?.identity ?? undefined,
  )
  const circumstances: Circumstances = {
    nowMs,
    purpose: SHARING_PURPOSE,
    // A person of the hub published it: that is the hub's own consent, and stands in the record of publications.
    consents: [
      ...recorded,
      ...(await onwardConsents(records, rows)),
      { ...ALWAYS, by: self.identity },
    ],
    cohortFloor,
    // A part is cut where an object is made, never on its way to one of many.
    mayCut: false,
  }
  const owners = ownersOf(rows)
  return (object, collection) => {
    const cohort = cohortOf(object)
    const item = itemOfStix(object, {
      owner: owners.get(collection) ?? self.identity,
      harmlessMarkings: new Set(),
      // A figure is for whoever may know what it is about.
      ...(bound === undefined
        ? limits.get(String(object['sighting_of_ref'] ?? object['id']))
        : bound),
      ...(cohort === undefined ? {} : { cohort }),
    })
    return decide(item, peer, circumstances)
  }
}

const ALWAYS = {
  purpose: SHARING_PURPOSE,
  peers: 'any',
  kinds: 'any',
  from: 0,
  until: Number.MAX_SAFE_INTEGER,
} as const

/** What came from another hub stays that hub's. */
function ownersOf(rows: readonly PeerRow[]): ReadonlyMap<string, string> {
  return new Map(
    rows.flatMap(({ role, identity }) =>
      role === 'hub' && identity !== null
        ? [true, false].map((isUrgent) => [relayOf(identity, isUrgent), identity] as const)
        : [],
    ),
  )
}

/** Another hub's consent to pass on what it gave is a term of the agreement with it, and ends with that. */
async function onwardConsents(
  records: Records,
  rows: readonly PeerRow[],
): Promise<readonly Consent[]> {
  const consents: Consent[] = []
  for (const { role, identity, name } of rows) {
    if (role !== 'hub' || identity === null) continue
    for (const { agreement, revoked } of await agreementsWith(records, name))
      if (agreement.down.onward)
        consents.push({
          ...ALWAYS,
          by: identity,
          from: Date.parse(agreement.from),
          until: Date.parse(agreement.until),
          ...(revoked === null ? {} : { revoked: revoked.getTime() }),
        })
  }
  return consents
}

/** Whether a member may know of an object. Of a figure, whether it may know of what the figure is about too. */
export function mayKnow(
  { records }: Hub,
  judge: Judge,
  { object, collection }: { readonly object: JsonObject; readonly collection: string },
): boolean | Promise<boolean> {
  if (judge(object, collection).verdict !== 'send') return false
  const about = object['sighting_of_ref']
  return typeof about === 'string' ? isKnown(records, judge, about) : true
}

async function isKnown(records: Records, judge: Judge, id: string): Promise<boolean> {
  const rows = await records
    .selectFrom('taxii_objects')
    .select(['body', 'collection'])
    .where('root', '=', HUB_ROOT)
    // That there is a sensitive value is told to whoever holds it, and to nobody else.
    .where('collection', '!=', BLIND_PLACE)
    .where('id', '=', id)
    .execute()
  return rows.some(({ body, collection }) => {
    const object: JsonObject = JSON.parse(body)
    return judge(object, collection).verdict === 'send'
  })
}

async function policyPeer(records: Records, row: PeerRow): Promise<Peer> {
  const agreements = await agreementsWith(records, row.name)
  return {
    organisation: row.identity ?? '',
    relation: agreements.at(-1)?.agreement.down.relation ?? 'anybody',
    agreements: agreements.map(({ agreement, revoked }) =>
      policyAgreement(agreement, 'down', revoked),
    ),
  }
}

async function readLimits(records: Records): Promise<ReadonlyMap<string, Limits>> {
  const rows = await records.selectFrom('share_limits').selectAll().execute()
  return new Map(
    rows.map(({ object, audience, release, community }) => [
      object,
      {
        audience: AudienceSchema.parse(audience) ?? undefined,
        release: ReleaseSchema.parse(release) ?? undefined,
        community: community ?? undefined,
      },
    ]),
  )
}

/** A figure over members says over how many. */
export const COHORT_LABEL = 'vigie:members='

export function cohortOf({ labels }: JsonObject): number | undefined {
  if (!Array.isArray(labels)) return undefined
  const label = labels.find(
    (one): one is string => typeof one === 'string' && one.startsWith(COHORT_LABEL),
  )
  return label === undefined ? undefined : Number(label.slice(COHORT_LABEL.length))
}
