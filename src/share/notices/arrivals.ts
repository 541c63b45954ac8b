// What arrives at a hub by itself: a member's own sighting goes back to that member as a notice, for it may have been overlooked
// there; an indicator that names what somebody registered goes to whoever holds it, as far as its marking lets it.

import type { NoticeClass } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { judgeFor } from '../hub/hub-context.ts'
import type { Hub } from '../hub/hub-context.ts'
import { BLIND_PLACE, COLLECTIONS, HUB_ROOT, SIGHTINGS_ALIAS } from '../hub/places.ts'
import { LOOKED_AT_AGAIN, indicatorsOf, isMet, metFromTo } from '../hub/sightings-met.ts'
import { listPeers } from '../peer/peers.ts'
import type { JsonObject } from '../stix/problem.ts'
import { labelOfMarking } from '../stix/tlp.ts'
import type { Happening } from './happening.ts'
import { indexClaims, match } from './match.ts'
import type { ClaimIndex, Seen } from './match.ts'
import { readClaims } from './organisations.ts'
import { place } from './place.ts'

const SOURCE = 'objects'
const PER_ROUND = 1000

/** How many objects were looked at for the first time. */
export async function takeArrivals(hub: Hub, nowMs: number): Promise<number> {
  const { records } = hub
  const row = await records
    .selectFrom('notice_arrivals')
    .select('reached')
    .where('source', '=', SOURCE)
    .executeTakeFirst()
  const reached = Number(row?.reached ?? 0)
  const rows = await records
    .selectFrom('taxii_objects as object')
    .innerJoin('taxii_collections as place', (on) =>
      on.onRef('place.root', '=', 'object.root').onRef('place.id', '=', 'object.collection'),
    )
    .select(['object.seq', 'object.type', 'object.body', 'object.collection', 'place.alias'])
    .where('object.root', '=', HUB_ROOT)
    .where('object.seq', '>', Math.max(0, reached - LOOKED_AT_AGAIN))
    .where('object.is_last', '=', true)
    .where('object.type', 'in', ['sighting', 'indicator'])
    .orderBy('object.seq')
    .limit(PER_ROUND + LOOKED_AT_AGAIN)
    .execute()
  const fresh = rows.filter(({ seq }) => Number(seq) > reached)
  if (fresh.length === 0) return 0
  const read = rows.map(({ type, body, collection, alias }) => ({
    type,
    object: JSON.parse(body) as JsonObject, // schema edge: checked when it was added
    collection,
    isMember: alias === SIGHTINGS_ALIAS,
  }))
  const sightings = await ofSightings(
    records,
    read.filter(({ type, isMember }) => type === 'sighting' && isMember),
  )
  const indicators = await ofIndicators(
    hub,
    // Sensitive values are told of by nobody: they are matched blindly.
    read.filter(({ type, collection }) => type === 'indicator' && collection !== BLIND_PLACE),
    nowMs,
  )
  await records.transaction().execute(async (step) => {
    await place(step, [...sightings, ...indicators], { nowMs, addsUp: false })
    const next = Number(rows.at(-1)?.seq ?? reached)
    const values = { reached: next, at: new Date(nowMs) }
    await step
      .insertInto('notice_arrivals')
      .values({ source: SOURCE, ...values })
      .onConflict((conflict) => conflict.column('source').doUpdateSet(values))
      .execute()
  })
  return fresh.length
}

type Arrived = { readonly object: JsonObject; readonly collection: string }

async function ofSightings(
  records: Records,
  arrived: readonly Arrived[],
): Promise<readonly Happening[]> {
  const met = arrived.map(({ object }) => object).filter(isMet)
  const indicators = await indicatorsOf(records, met)
  return met.map((object) => {
    const [firstMs, lastMs] = metFromTo(object)
    const id = String(object['sighting_of_ref'])
    const indicator = indicators.get(id) ?? {}
    return {
      seen: {},
      organisation: String(object['created_by_ref']),
      class: classOf(indicator),
      what: text(indicator['name'] ?? id, 120),
      about: text(valuesIn(indicator)[0]?.value ?? id, 300),
      detail: '',
      count: Number(object['count'] ?? 1),
      firstMs,
      lastMs,
      source: 'sighting',
    }
  })
}

/** STIX 2.1 section 10.7, indicator-type-ov. */
function classOf({ indicator_types: types }: JsonObject): NoticeClass {
  const said = Array.isArray(types) ? types.map(String) : []
  if (said.includes('compromised')) return 'compromise'
  return said.length > 0 && said.every((one) => ['benign', 'anonymization'].includes(one))
    ? 'information'
    : 'targeted'
}

async function ofIndicators(
  hub: Hub,
  arrived: readonly Arrived[],
  nowMs: number,
): Promise<readonly Happening[]> {
  const live = arrived.filter(({ object }) => object['revoked'] !== true)
  if (live.length === 0) return []
  const claims = await readClaims(hub.records)
  if (claims.length === 0) return []
  const index = indexClaims(claims)
  const found: Happening[] = []
  for (const one of live)
    for (const { seen, value } of valuesIn(one.object))
      if (match(index, seen).kind !== 'nobody')
        found.push({
          seen,
          isBound: !(await mayBeTold(hub, one, { index, seen, nowMs })),
          class: classOf(one.object),
          what: text(one.object['name'] ?? one.object['id'], 120),
          about: text(value, 300),
          detail: '',
          count: 1,
          firstMs: Date.parse(String(one.object['valid_from'] ?? one.object['created'])),
          lastMs: Math.min(nowMs, Date.parse(String(one.object['modified']))),
          source: 'indicator',
        })
  return found
}

type Telling = { readonly index: ClaimIndex; readonly seen: Seen; readonly nowMs: number }

/** A member by the function that decides what it may know; others by the marking alone, and only of this hub's own objects. */
async function mayBeTold(
  hub: Hub,
  { object, collection }: Arrived,
  { index, seen, nowMs }: Telling,
): Promise<boolean> {
  const found = match(index, seen)
  if (found.kind !== 'told') return true
  const peers = await listPeers(hub.records)
  for (const { id } of found.organisations) {
    const row = peers.find(
      ({ identity, role, state }) => identity === id && role === 'member' && state === 'joined',
    )
    if (row === undefined) {
      const isOwn = collection === COLLECTIONS.indicators || collection === COLLECTIONS.urgent
      if (!isOwn || !isOpen(object)) return false
    } else if ((await judgeFor(hub, row, { nowMs }))(object, collection).verdict !== 'send')
      return false
  }
  return true
}

function isOpen({ object_marking_refs: refs }: JsonObject): boolean {
  const labels = Array.isArray(refs) ? refs.map((ref) => labelOfMarking(String(ref))) : []
  return labels.length > 0 && labels.every((label) => label === 'clear' || label === 'green')
}

const COMPARED =
  /\b(ipv4-addr|ipv6-addr|domain-name|url|x509-certificate)\s*:\s*(?:value|hashes\s*\.\s*'SHA-256')\s*=\s*'((?:[^'\\]|\\.){1,2000})'/g
const MOST_VALUES = 20

/** Places that a pattern names by equality; what it excludes is not read. */
export function valuesIn({
  pattern,
}: JsonObject): readonly { readonly seen: Seen; readonly value: string }[] {
  if (typeof pattern !== 'string') return []
  return [...pattern.slice(0, 64 * 1024).matchAll(COMPARED)]
    .slice(0, MOST_VALUES)
    .map(([, type = '', raw = '']) => {
      const value = raw.replaceAll(/\\(.)/g, '$1')
      return { seen: seenOf(type, value), value }
    })
}

function seenOf(type: string, value: string): Seen {
  if (type === 'domain-name') return { host: value }
  if (type === 'x509-certificate') return { certificate: value }
  if (type !== 'url') return { address: value.replace(/\/(?:32|128)$/, '') }
  const host = URL.canParse(value) ? new URL(value).hostname.replace(/^\[|\]$/g, '') : ''
  return /^[\d.]+$|:/.test(host) ? { address: host } : { host }
}

function text(value: unknown, most: number): string {
  return String(value).replaceAll(/\p{C}/gu, ' ').slice(0, most)
}
