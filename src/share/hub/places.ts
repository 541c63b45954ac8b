// Where a hub's objects lie: what is urgent apart from the rest, so that a slow link brings it first; figures; and a place for
// each member's own sightings, which nobody else can reach.

import { createHash } from 'node:crypto'
import type { Records } from '../../store/index.ts'
import { saveCollection, saveRoot } from '../taxii/collections.ts'

export const HUB_ROOT = '/hub/'
export const COLLECTIONS = {
  urgent: '6d0c5a0e-0b0f-4f0a-9a35-5d5e3f0e7a01',
  indicators: '6d0c5a0e-0b0f-4f0a-9a35-5d5e3f0e7a02',
  figures: '6d0c5a0e-0b0f-4f0a-9a35-5d5e3f0e7a03',
} as const
/** Where sensitive values lie: nobody reads or writes there; they are matched blindly. */
export const BLIND_PLACE = '6d0c5a0e-0b0f-4f0a-9a35-5d5e3f0e7a04'
export const SIGHTINGS_ALIAS = 'sightings'

const TITLES = {
  urgent: 'Urgent / Urgent',
  indicators: 'Indicators / Indicateurs',
  figures: 'How many members have seen it / Combien de membres l’ont vu',
} as const
/** Of one request: checking what stands in it holds others up for a moment. */
const MOST_BODY_BYTES = 1024 * 1024

export async function layOutHub(records: Records): Promise<void> {
  await saveRoot(records, {
    path: HUB_ROOT,
    place: 0,
    title: 'Vigie',
    description: null,
    maxBytes: MOST_BODY_BYTES,
  })
  for (const [place, alias] of (['urgent', 'indicators', 'figures'] as const).entries())
    await saveCollection(records, {
      root: HUB_ROOT,
      id: COLLECTIONS[alias],
      place,
      title: TITLES[alias],
      description: null,
      alias,
      canRead: true,
      canWrite: false,
      mediaTypes: ['application/stix+json;version=2.1'],
    })
  await saveCollection(records, {
    root: HUB_ROOT,
    id: BLIND_PLACE,
    place: 9,
    title: 'Sensitive / Sensible',
    description: null,
    alias: 'sensitive',
    canRead: false,
    canWrite: false,
    mediaTypes: ['application/stix+json;version=2.1'],
  })
}

/** Where what came from another hub lies: whose it is shows in where it is. */
export function relayOf(identity: string, isUrgent: boolean): string {
  return stableUuid(`vigie relay\n${isUrgent ? 'urgent' : 'routine'}\n${identity}`)
}

export async function layOutRelay(
  records: Records,
  {
    identity,
    name,
    organisation,
  }: { readonly identity: string; readonly name: string; readonly organisation: string },
): Promise<void> {
  for (const isUrgent of [true, false])
    await saveCollection(records, {
      root: HUB_ROOT,
      id: relayOf(identity, isUrgent),
      place: isUrgent ? 3 : 4,
      title: `${TITLES[isUrgent ? 'urgent' : 'indicators']}: ${organisation}`,
      description: null,
      alias: `${isUrgent ? 'urgent' : 'indicators'}-${name}`,
      canRead: true,
      canWrite: false,
      mediaTypes: ['application/stix+json;version=2.1'],
    })
}

/** A member's own place. */
export async function layOutMember(records: Records, identity: string): Promise<void> {
  await saveCollection(records, {
    root: HUB_ROOT,
    id: sightingsOf(identity),
    place: 10,
    title: 'Sightings / Observations',
    description: null,
    alias: SIGHTINGS_ALIAS,
    canRead: false,
    canWrite: true,
    mediaTypes: ['application/stix+json;version=2.1'],
  })
}

export function sightingsOf(identity: string): string {
  return stableUuid(`vigie sightings\n${identity}`)
}

/** The same for the same text (RFC 9562, version 8). */
export function stableUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
