// Puts what was seen where it belongs: into the one open notice of its class to the organisation it is about, or, where nobody can
// be told, into the queue that people look at. Nothing is dropped. The same again adds to what is there.

import { sql } from 'kysely'
import { DAY_MS, timeOrderedId } from '../../core/index.ts'
import type { NoticeClass, UnplacedReason } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { columnsOf, idOf, merge } from './happening.ts'
import type { Entry, Happening } from './happening.ts'
import { keepUnplaced } from './keep-unplaced.ts'
import type { UnplacedHappening } from './keep-unplaced.ts'
import { indexClaims, match } from './match.ts'
import type { ClaimIndex } from './match.ts'
import { readClaims } from './organisations.ts'
import { dueMs } from './steps.ts'

export type Placing = {
  readonly nowMs: number
  /** Counts of the same add up; otherwise each is a total so far, and the greatest holds. */
  readonly addsUp: boolean
}
export type Placed = {
  readonly placed: number
  readonly unplaced: number
  readonly organisations: number
}

type Place =
  | { readonly kind: 'told'; readonly organisation: string; readonly happening: Happening }
  | ({ readonly kind: 'unplaced' } & UnplacedHappening)

/** In the caller's transaction, where it is one. */
export async function place(
  records: Records,
  happenings: readonly Happening[],
  placing: Placing,
): Promise<Placed> {
  if (happenings.length === 0) return { placed: 0, unplaced: 0, organisations: 0 }
  const places = await placesOf(records, happenings, placing.nowMs)
  const told = places.filter((one) => one.kind === 'told')
  const groups = Map.groupBy(
    told,
    ({ organisation, happening }) => `${organisation} ${happening.class}`,
  )
  for (const group of groups.values()) await tell(records, group, placing)
  const rest = places.filter((one) => one.kind === 'unplaced')
  await keepUnplaced(records, rest, placing.addsUp)
  return {
    placed: told.length,
    unplaced: rest.length,
    organisations: new Set(told.map(({ organisation }) => organisation)).size,
  }
}

async function placesOf(
  records: Records,
  happenings: readonly Happening[],
  nowMs: number,
): Promise<readonly Place[]> {
  const index = indexClaims(await readClaims(records))
  const reach = await readReach(records, nowMs)
  return happenings.flatMap((happening) => placesFor(happening, index, reach))
}

type Reachable = ReadonlyMap<string, 'yes' | 'expired' | 'no contact'>

async function readReach(records: Records, nowMs: number): Promise<Reachable> {
  const rows = await records
    .selectFrom('notice_organisations')
    .select(['id', 'until', sql<number>`jsonb_array_length(contacts)`.as('contacts')])
    .execute()
  const members = await records
    .selectFrom('share_peers')
    .select('identity')
    .where('role', '=', 'member')
    .where('state', '=', 'joined')
    .execute()
  const joined = new Set(members.flatMap(({ identity }) => (identity === null ? [] : [identity])))
  const reach = new Map<string, 'yes' | 'expired' | 'no contact'>()
  for (const id of joined) reach.set(id, 'yes')
  for (const { id, until, contacts } of rows)
    reach.set(
      id,
      until.getTime() < nowMs ? 'expired' : contacts > 0 || joined.has(id) ? 'yes' : 'no contact',
    )
  return reach
}

function placesFor(happening: Happening, index: ClaimIndex, reach: Reachable): readonly Place[] {
  const { organisation, seen, isBound } = happening
  const found =
    organisation === undefined
      ? match(index, seen)
      : ({ kind: 'told', organisations: [{ id: organisation }] } as const)
  const unplaced = (reason: UnplacedReason, organisations: readonly string[]): Place => ({
    kind: 'unplaced',
    reason,
    organisations,
    happening,
  })
  if (found.kind === 'nobody') return [unplaced('nobody', [])]
  if (found.kind !== 'told') return [unplaced(found.kind, found.organisations)]
  const ids = found.organisations.map(({ id }) => id)
  if (isBound === true) return [unplaced('marking', ids)]
  return ids.map((id): Place => {
    // Its own sighting goes back to a member also while its registration has run out.
    const state = organisation === undefined ? (reach.get(id) ?? 'no contact') : 'yes'
    return state === 'yes' ? { kind: 'told', organisation: id, happening } : unplaced(state, [id])
  })
}

const PER_STEP = 500
/** After it was said to be mended. */
const SEEN_AGAIN_MS = DAY_MS
/** What was said to be nothing is not told again for so long. */
const QUIET_MS = 90 * DAY_MS

async function tell(
  records: Records,
  group: readonly Extract<Place, { kind: 'told' }>[],
  placing: Placing,
): Promise<void> {
  const [one] = group
  if (one === undefined) return
  const { organisation } = one
  const entries = group.map(({ happening }) => ({
    id: idOf([organisation, happening.class, happening.what, happening.about, happening.detail]),
    happening,
  }))
  const merged = merge(entries, placing.addsUp)
  const to = { organisation, class: one.happening.class }
  for (let at = 0; at < merged.length; at += PER_STEP)
    await tellPart(records, merged.slice(at, at + PER_STEP), { ...placing, ...to })
}

type Telling = Placing & { readonly organisation: string; readonly class: NoticeClass }

async function tellPart(
  records: Records,
  part: readonly Entry[],
  { organisation, class: of, nowMs, addsUp }: Telling,
): Promise<void> {
  const former = await toldBefore(
    records,
    part.map(({ id }) => id),
  )
  const fresh = new Set(part.filter((entry) => isNews(former.get(entry.id), entry, nowMs)))
  const notice = fresh.size === 0 ? '' : await openNotice(records, organisation, of, nowMs)
  const rows = part.map((entry) => ({
    id: entry.id,
    organisation,
    class: of,
    ...columnsOf(entry.happening),
    notice: fresh.has(entry) ? notice : (former.get(entry.id)?.notice ?? notice),
  }))
  await records
    .insertInto('notice_observations')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((by) => ({
        count: addsUp
          ? sql`notice_observations.count + excluded.count`
          : sql`greatest(notice_observations.count, excluded.count)`,
        first_seen: sql`least(notice_observations.first_seen, excluded.first_seen)`,
        last_seen: sql`greatest(notice_observations.last_seen, excluded.last_seen)`,
        notice: by.ref('excluded.notice'),
      })),
    )
    .execute()
}

type Former = {
  readonly notice: string
  readonly state: string
  readonly fixed: Date | null
  readonly closed: Date | null
}

async function toldBefore(
  records: Records,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Former>> {
  const rows = await records
    .selectFrom('notice_observations as seen')
    .innerJoin('notices as notice', 'notice.id', 'seen.notice')
    .select(['seen.id', 'notice.id as notice', 'notice.state', 'notice.fixed', 'notice.closed'])
    .where('seen.id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Never told, seen again after it was said to be mended, or long after it was said to be nothing. */
function isNews(former: Former | undefined, { happening }: Entry, nowMs: number): boolean {
  if (former === undefined) return true
  const { state, fixed, closed } = former
  if (state === 'fixed') return happening.lastMs > (fixed?.getTime() ?? nowMs) + SEEN_AGAIN_MS
  return state === 'closed' && nowMs > (closed?.getTime() ?? nowMs) + QUIET_MS
}

async function openNotice(
  records: Records,
  organisation: string,
  of: NoticeClass,
  nowMs: number,
): Promise<string> {
  const last = await records
    .selectFrom('notices')
    .select(['id', 'made', 'due', 'state'])
    .where('organisation', '=', organisation)
    .where('class', '=', of)
    .orderBy('made', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last !== undefined && ['gathering', 'told'].includes(last.state)) return last.id
  const id = timeOrderedId(nowMs)
  await records
    .insertInto('notices')
    .values({
      id,
      organisation,
      class: of,
      state: 'gathering',
      made: new Date(nowMs),
      due: new Date(dueMs(of, nowMs, last?.due.getTime())),
      answered_by_channel: null,
    })
    .execute()
  return id
}
