// Notices as they stand in the records: for whom they are about, who sees only what is theirs; and for the hub's people, who see
// steps, messages and answers too.

import { sql } from 'kysely'
import { DAY_MS } from '../../core/index.ts'
import { HubNoticeSchema, NoticeSchema } from '../../model/index.ts'
import type { HubNotice, Notice } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { ANSWER_MS } from './steps.ts'

const MOST_OBSERVATIONS = 50
const MOST_NOTICES = 500
/** How long a member still hears of what is over. */
const OVER_MS = 30 * DAY_MS

type Row = {
  readonly id: string
  readonly class: string
  readonly state: string
  readonly made: Date
  readonly told: Date | null
  readonly step_at: Date | null
}

export async function readNotice(records: Records, id: string): Promise<Notice | undefined> {
  const row = await records
    .selectFrom('notices')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : (await withObservations(records, [row]))[0]
}

/** What one organisation is told: its own, once they are told, and for a while what is over. */
export async function noticesFor(
  records: Records,
  organisation: string,
  nowMs: number,
): Promise<readonly Notice[]> {
  const rows = await records
    .selectFrom('notices')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('state', '!=', 'gathering')
    .where((by) => by.or([by('state', '=', 'told'), by('made', '>', new Date(nowMs - OVER_MS))]))
    .orderBy('made', 'desc')
    .limit(MOST_NOTICES)
    .execute()
  return withObservations(records, rows)
}

/** What was seen for each, the newest first, in one question however many notices there are. */
async function withObservations(
  records: Records,
  rows: readonly Row[],
): Promise<readonly Notice[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const { rows: seen } = await sql<ObservationRow>`SELECT * FROM (
    SELECT *, count(*) OVER (PARTITION BY notice) AS total,
      row_number() OVER (PARTITION BY notice ORDER BY last_seen DESC, id) AS place
    FROM notice_observations WHERE notice IN (${sql.join(ids)})
  ) AS seen WHERE place <= ${MOST_OBSERVATIONS} ORDER BY notice, place`.execute(records)
  const byNotice = Map.groupBy(seen, ({ notice }) => notice)
  return rows.map((row) => shownNotice(row, byNotice.get(row.id) ?? []))
}

type ObservationRow = {
  readonly notice: string
  readonly what: string
  readonly about: string
  readonly detail: string
  readonly count: string
  readonly first_seen: Date
  readonly last_seen: Date
  readonly source: string
  readonly total: string
}

function shownNotice(row: Row, seen: readonly ObservationRow[]): Notice {
  const clock = ANSWER_MS[NoticeSchema.shape.class.parse(row.class)]
  const isOpen = row.state === 'told'
  return NoticeSchema.parse({
    id: row.id,
    class: row.class,
    state: row.state,
    made: row.made.toISOString(),
    answerBy:
      !isOpen || clock === null || row.step_at === null
        ? null
        : new Date(row.step_at.getTime() + clock).toISOString(),
    observations: seen.map(
      ({ what, about, detail, count, first_seen: first, last_seen: last, source }) => ({
        what,
        about,
        detail,
        count: Number(count),
        first: first.toISOString(),
        last: last.toISOString(),
        source,
      }),
    ),
    more: Math.max(0, Number(seen[0]?.total ?? 0) - seen.length),
  })
}

export type NoticeFilter = { readonly state?: string | undefined; readonly limit: number }

/** What waits for an answer first, the newest first. */
export async function listNotices(
  records: Records,
  { state, limit }: NoticeFilter,
): Promise<readonly HubNotice[]> {
  const rows = await records
    .selectFrom('notices')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
    .orderBy(sql`state NOT IN ('gathering', 'told')`)
    .orderBy('made', 'desc')
    .limit(limit)
    .execute()
  const names = await namesOf(records)
  const notices = await withObservations(records, rows)
  const ids = rows.map(({ id }) => id)
  const [deliveries, log] = [await deliveriesOf(records, ids), await logOf(records, ids)]
  return rows.map((row, at) => {
    const notice = notices[at]
    const waits = row.state === 'gathering' ? row.due.toISOString() : (notice?.answerBy ?? null)
    return HubNoticeSchema.parse({
      ...notice,
      organisation: row.organisation,
      organisationName: names.get(row.organisation) ?? row.organisation,
      step: row.step,
      next: row.is_unanswered ? null : waits,
      told: row.told?.toISOString() ?? null,
      acknowledged: row.acknowledged?.toISOString() ?? null,
      fixed: row.fixed?.toISOString() ?? null,
      unanswered: row.is_unanswered && row.state === 'told',
      deliveries: deliveries.get(row.id) ?? [],
      log: log.get(row.id) ?? [],
    })
  })
}

async function deliveriesOf(records: Records, ids: readonly string[]) {
  const rows = await records
    .selectFrom('notice_deliveries')
    .selectAll()
    .where('notice', 'in', ['', ...ids])
    .orderBy('step')
    .orderBy('made')
    .execute()
  const said = rows.map((one) => ({
    ...one,
    contact: nameIn(one.contact),
    made: one.made.toISOString(),
    sent: one.sent?.toISOString() ?? null,
  }))
  return Map.groupBy(said, ({ notice }) => notice)
}

async function logOf(records: Records, ids: readonly string[]) {
  const rows = await records
    .selectFrom('notice_log')
    .selectAll()
    .where('notice', 'in', ['', ...ids])
    .orderBy('seq')
    .execute()
  const said = rows.map(({ notice, at, who, act, detail }) => ({
    notice,
    at: at.toISOString(),
    who,
    act,
    detail,
  }))
  return Map.groupBy(said, ({ notice }) => notice)
}

function nameIn(contact: unknown): string {
  return typeof contact === 'object' && contact !== null && 'name' in contact
    ? String(contact.name)
    : ''
}

/** Of members as they joined, and of whoever is registered. */
export async function namesOf(records: Records): Promise<ReadonlyMap<string, string>> {
  const peers = await records
    .selectFrom('share_peers')
    .select(['identity', 'organisation'])
    .where('role', '=', 'member')
    .where('identity', 'is not', null)
    .execute()
  const registered = await records
    .selectFrom('notice_organisations')
    .select(['id', 'name'])
    .execute()
  return new Map([
    ...peers.map(({ identity, organisation }) => [identity ?? '', organisation] as const),
    ...registered.map(({ id, name }) => [id, name] as const),
  ])
}
