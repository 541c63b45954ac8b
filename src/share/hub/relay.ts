// A hub between hubs: what its own hub lets it pass on is given to its members as it came, under whose it is. The policy decides
// at each question, so what is passed on ends with the agreement that allowed it.

import type { Records } from '../../store/index.ts'
import { agreementsWith } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import type { JsonObject } from '../stix/problem.ts'
import { labelOfMarking } from '../stix/tlp.ts'
import { addObjects } from '../taxii/object-changes.ts'
import { HUB_ROOT, layOutRelay, relayOf } from './places.ts'

const PER_STEP = 500

/** Gives on what came since. Again is no error. How many were given. */
export async function relay(records: Records, peer: PeerRow, nowMs: number): Promise<number> {
  const { identity, name, organisation } = peer
  const agreement = (await agreementsWith(records, name)).at(-1)?.agreement
  if (identity === null || agreement?.down.onward !== true) return 0
  let given = 0
  for (let isLaidOut = false; ; isLaidOut = true) {
    const rows = await records
      .selectFrom('share_received')
      .select(['id', 'version', 'body', 'is_urgent'])
      .where('peer', '=', name)
      .where('is_relayed', '=', false)
      .where('state', '!=', 'refused')
      .orderBy('received')
      .limit(PER_STEP)
      .execute()
    if (rows.length === 0) return given
    if (!isLaidOut) await layOutRelay(records, { identity, name, organisation })
    const here = await givenAlready(records, rows)
    const fresh = rows.filter((row) => isPassedOn(row) && !here.has(`${row.id} ${row.version}`))
    for (const isUrgent of [true, false]) {
      const objects = fresh.filter((row) => row.is_urgent === isUrgent).map(objectOf)
      const key = { root: HUB_ROOT, collection: relayOf(identity, isUrgent) }
      if (objects.length > 0) await addObjects(records, key, { objects, nowMs })
      given += objects.length
    }
    await done(records, name, rows)
  }
}

type Row = { readonly id: string; readonly version: string; readonly body: string }

function objectOf({ body }: Row): JsonObject {
  const object: JsonObject = JSON.parse(body)
  return object
}

/** Figures of a hub are over its own members; TLP definitions everybody has. */
function isPassedOn(row: Row): boolean {
  return !row.id.startsWith('sighting--') && labelOfMarking(row.id) === undefined
}

/** What this hub gave out itself or has from another hub: where hubs join each other in a ring, it ends here. */
async function givenAlready(records: Records, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const found = await records
    .selectFrom('taxii_objects')
    .select(['id', 'version'])
    .where('root', '=', HUB_ROOT)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  return new Set(found.map(({ id, version }) => `${id} ${version}`))
}

/** Not where a newer version came meanwhile. */
async function done(records: Records, peer: string, rows: readonly Row[]): Promise<void> {
  await records.transaction().execute(async (transaction) => {
    for (const { id, version } of rows)
      await transaction
        .updateTable('share_received')
        .set({ is_relayed: true })
        .where('peer', '=', peer)
        .where('id', '=', id)
        .where('version', '=', version)
        .execute()
  })
}
