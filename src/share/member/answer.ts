// What came from a hub is looked for at once, in what arrives and in what is stored, and answered: seen so often, or looked for
// and not seen. What cannot be looked for is not answered, and says why.

import { HOUR_MS } from '../../core/index.ts'
import { contentRound } from '../content/content-round.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { Answering, Row } from './answering.ts'
import { moveAll, tell } from './tell.ts'
import type { Move, Moves } from './tell.ts'

const PER_STEP = 5000
/** How often a sighting that grows is said again. */
const TELL_AGAIN_MS = HOUR_MS

/** One round: takes what came, answers what was searched, says what grew. Whether there is more to do soon. */
export async function answerRound(answering: Answering): Promise<boolean> {
  const took = await takeIn(answering)
  const isSearching = await answerSearched(answering)
  const isAtContent = await contentRound(answering)
  await tellGrown(answering)
  return took || isSearching || isAtContent
}

async function rowsIn({ records, peer }: Answering, state: string): Promise<readonly Row[]> {
  return (
    records
      .selectFrom('share_received')
      .selectAll()
      .where('peer', '=', peer.name)
      .where('state', '=', state)
      // Rules, analytics and checks go another way.
      .where('content', 'is', null)
      .orderBy('is_urgent', 'desc')
      .orderBy('received')
      .orderBy('id')
      .limit(PER_STEP)
      .execute()
  )
}

function objectOf({ body }: Row): JsonObject {
  const object: JsonObject = JSON.parse(body)
  return object
}

async function takeIn(answering: Answering): Promise<boolean> {
  const rows = await rowsIn(answering, 'taken')
  if (rows.length === 0) return false
  const { watch, peer } = answering
  const { search, hunted, unwatched } = await watch.take(peer.name, rows.map(objectOf))
  const met = new Map(
    [...hunted].flatMap(([id, sightings]) => (sightings === undefined ? [] : [[id, sightings]])),
  )
  const isHunted = ({ id }: Row) => hunted.has(id)
  await tell(answering, rows.filter(isHunted), { met, reason: 'hunted once' })
  const rest = rows.filter((row) => !isHunted(row))
  await moveAll(
    answering,
    rest.map((row) => [row, { ...takenState(row, unwatched, search), search }]),
  )
  return true
}

function takenState(
  row: Row,
  unwatched: ReadonlyMap<string, string>,
  search: string | null,
): Pick<Move, 'state' | 'reason'> {
  const reason = unwatched.get(row.id) ?? null
  if (objectOf(row)['revoked'] === true) return { state: 'withdrawn', reason }
  return { state: reason === null && search !== null ? 'searching' : 'not watched', reason }
}

async function answerSearched(answering: Answering): Promise<boolean> {
  const rows = await rowsIn(answering, 'searching')
  if (rows.length === 0) return false
  const { watch, peer } = answering
  const states = new Map<string, 'running' | 'done' | 'failed'>()
  for (const search of new Set(rows.map((row) => row.search ?? '')))
    states.set(search, await watch.searchState(search))
  const failed = rows.filter(({ search }) => states.get(search ?? '') === 'failed')
  // A search that failed found nothing out: the object is taken in again.
  await moveAll(
    answering,
    failed.map((row) => [row, { state: 'taken', search: null }]),
  )
  const done = rows.filter(({ search }) => states.get(search ?? '') === 'done')
  if (done.length > 0) {
    const { sightings, unwatched } = await watch.met(peer.name, done.map(objectOf))
    await moveAll(
      answering,
      done.flatMap((row): Moves => {
        const reason = unwatched.get(row.id)
        return reason === undefined ? [] : [[row, { state: 'not watched', reason }]]
      }),
    )
    await tell(
      answering,
      done.filter(({ id }) => !unwatched.has(id)),
      { met: sightings, reason: null },
    )
  }
  return true
}

/** What was met since it was last said: the first time at once, then at most once an hour. */
async function tellGrown(answering: Answering): Promise<void> {
  const { records, watch, desk, peer, nowMs } = answering
  const { sightings: ofValues } = await watch.met(peer.name, 'all')
  const sightings = new Map([...ofValues, ...((await desk?.met(peer.name)) ?? [])])
  const ids = [...sightings.keys()]
  for (let at = 0; at < ids.length; at += PER_STEP) {
    const rows = await records
      .selectFrom('share_received')
      .selectAll()
      .where('peer', '=', peer.name)
      .where('state', '=', 'answered')
      .where('id', 'in', ids.slice(at, at + PER_STEP))
      .execute()
    const grown = rows.filter(({ id, told_count: before, told }) => {
      const isNew = Number(before ?? 0) === 0
      const isDue = (told?.getTime() ?? 0) < nowMs - TELL_AGAIN_MS
      return (sightings.get(id)?.count ?? 0) > Number(before ?? 0) && (isNew || isDue)
    })
    await tell(answering, grown, { met: sightings, reason: null })
  }
}
