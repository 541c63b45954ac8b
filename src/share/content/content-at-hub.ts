// Rules, analytics and checks that this hub gave out, and what each member says of them: in use, waiting, declined, refused with a
// reason, met so often or looked for and not met.

import { sql } from 'kysely'
import type { GivenContent } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { COLLECTIONS, HUB_ROOT, sightingsOf } from '../hub/places.ts'
import { listPeers } from '../peer/peers.ts'
import type { JsonObject } from '../stix/problem.ts'
import { versionOf } from '../stix/versions.ts'
import { readContentNote } from './content-note.ts'
import type { Said } from './content-note.ts'
import { contentOf } from './content-object.ts'
import { kindOf } from './content-records.ts'

type Noting = { readonly records: Records; readonly nowMs: number }

/** Remembers which of the objects are such. Again is no error. */
export async function noteContent(
  { records, nowMs }: Noting,
  objects: readonly JsonObject[],
): Promise<void> {
  const rows = objects.flatMap((object) => {
    const kind = contentOf(object)?.kind
    return kind === undefined
      ? []
      : [{ object: String(object['id']), kind, made: new Date(nowMs) }]
  })
  if (rows.length === 0) return
  await records
    .insertInto('share_content_given')
    .values(rows)
    .onConflict((conflict) => conflict.column('object').doUpdateSet({ made: new Date(nowMs) }))
    .execute()
}

const MOST_SHOWN = 500

/** Newest first. */
export async function readGivenContent(records: Records): Promise<readonly GivenContent[]> {
  const rows = await records
    .selectFrom('share_content_given as given')
    .innerJoin('taxii_objects as object', 'object.id', 'given.object')
    .select(['given.object', 'given.kind', 'object.body'])
    .where('object.root', '=', HUB_ROOT)
    .where('object.collection', 'in', [COLLECTIONS.urgent, COLLECTIONS.indicators])
    .where('object.is_last', '=', true)
    .orderBy('given.made', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  if (rows.length === 0) return []
  const ids = rows.map(({ object }) => object)
  const members = (await listPeers(records)).filter(
    ({ role, state, identity }) => role === 'member' && state === 'joined' && identity !== null,
  )
  const told = await Promise.all(
    members.map(async ({ name, identity }) => {
      const place = sightingsOf(identity ?? '')
      return { peer: name, notes: await notesIn(records, place), seen: await seenIn(records, place, ids) }
    }),
  )
  return rows.map(({ object, kind, body }) => {
    const indicator: JsonObject = JSON.parse(body)
    const version = versionOf(indicator)
    return {
      object,
      kind: kindOf(kind),
      name: contentOf(indicator)?.name ?? '',
      version,
      isWithdrawn: indicator['revoked'] === true,
      members: told.map(({ peer, notes, seen }) => {
        const said = notes.get(object)
        const isOfThis = said?.version === version
        return {
          peer,
          answer: isOfThis ? said.answer : null,
          reason: isOfThis ? said.reason : '',
          seen: seen.get(object) ?? null,
          at: said?.at ?? null,
        }
      }),
    }
  })
}

async function notesIn(records: Records, collection: string): Promise<ReadonlyMap<string, Said>> {
  const rows = await records
    .selectFrom('taxii_objects')
    .select('body')
    .where('root', '=', HUB_ROOT)
    .where('collection', '=', collection)
    .where('type', '=', 'note')
    .where('is_last', '=', true)
    .orderBy('added', 'desc')
    .limit(10_000)
    .execute()
  const said = rows.flatMap(({ body }) => {
    const note: JsonObject = JSON.parse(body)
    return readContentNote(note) ?? []
  })
  return new Map(said.map((one) => [one.object, one]))
}

async function seenIn(
  records: Records,
  collection: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const about = sql<string>`body::jsonb ->> 'sighting_of_ref'`
  const rows = await records
    .selectFrom('taxii_objects')
    .select([about.as('about'), sql<string>`coalesce(body::jsonb ->> 'count', '1')`.as('count')])
    .where('root', '=', HUB_ROOT)
    .where('collection', '=', collection)
    .where('type', '=', 'sighting')
    .where('is_last', '=', true)
    .where(about, 'in', ids)
    // Of each version there is one: the newest is what is said now.
    .orderBy('added')
    .execute()
  return new Map(rows.map((row) => [row.about, Number(row.count)]))
}
