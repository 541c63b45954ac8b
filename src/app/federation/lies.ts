// What a station with a taken key says that is not so: sightings, judged by whether a member more is counted.

import { randomUUID } from 'node:crypto'
import { SeenSchema } from '../../model/index.ts'
import { addRemote } from '../../share/index.ts'
import type { HubLink, StationKey } from '../../share/index.ts'
import type { Site } from './site.ts'

export type LiarOptions = {
  readonly liar: Site
  /** Its name at its hub. */
  readonly peer: string
  readonly hub: Site
  readonly otherHub: Site | undefined
  /** The code that the honest member joined with. */
  readonly code: string
  /** An honest member of the same hub. */
  readonly honest: { readonly name: string; readonly identity: string; readonly range: string }
  /** An indicator that every member was given. */
  readonly indicator: string
  /** One that is for the honest member alone. */
  readonly withheld: string
  /** Whether the honest member is served meanwhile; seconds. */
  readonly served: () => Promise<number | undefined>
}

export type Trying = LiarOptions & {
  readonly link: HubLink
  readonly identity: string
  readonly key: StationKey
}
/** What the hub answered, or holds afterwards. */
export type Outcome = { readonly became: string; readonly isHarmless: boolean }

const SIGHTINGS = 'sightings'

function sighting({ identity, indicator }: Trying, change: Readonly<Record<string, unknown>> = {}) {
  const now = new Date().toISOString()
  return {
    type: 'sighting',
    spec_version: '2.1',
    id: `sighting--${randomUUID()}`,
    created_by_ref: identity,
    created: now,
    modified: now,
    first_seen: now,
    last_seen: now,
    count: 999,
    sighting_of_ref: indicator,
    where_sighted_refs: [identity],
    object_marking_refs: ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82'],
    ...change,
  }
}

export async function refusedSighting(
  trying: Trying,
  change: Readonly<Record<string, unknown>>,
): Promise<Outcome> {
  const before = await membersOf(trying)
  const { failures } = await addRemote(trying.link.taxii, SIGHTINGS, [sighting(trying, change)])
  const isSame = (await membersOf(trying)) === before
  return { became: failures[0]?.message ?? '202', isHarmless: failures.length === 1 && isSame }
}

/** Members that met the indicator, as the hub counts. */
async function membersOf({ hub, indicator }: Trying): Promise<number> {
  const { seen } = await hub.get('/api/share/seen', SeenSchema)
  return seen.find((one) => one.indicator === indicator)?.members ?? 0
}

/** That it met something can be a lie that nobody sees through; it counts as one member, however often it is said. */
export async function countedTwice(trying: Trying): Promise<Outcome> {
  const one = sighting(trying)
  await addRemote(trying.link.taxii, SIGHTINGS, [one])
  const before = await membersOf(trying)
  await addRemote(trying.link.taxii, SIGHTINGS, [one])
  await addRemote(
    trying.link.taxii,
    SIGHTINGS,
    Array.from({ length: 50 }, () => sighting(trying)),
  )
  const after = await membersOf(trying)
  return { became: `${before} → ${after}`, isHarmless: before === after }
}
