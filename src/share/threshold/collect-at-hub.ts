// The hub's side: terms for whoever asks, reports that it cannot read, and what they say once enough unrelated members made the same.

import type { z } from 'zod'
import { DAY_MS } from '../../core/index.ts'
import {
  MOST_REPORTS_KEPT,
  ThresholdReportsSchema,
  ThresholdTermsAskSchema,
} from '../../model/index.ts'
import type {
  ThresholdRefusal,
  ThresholdReport,
  ThresholdReportsAnswerSchema,
  ThresholdTerms,
  ThresholdTermsAnswerSchema,
} from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { isAgreed, liveMembers } from '../peer/live-members.ts'
import type { PeerRow } from '../peer/peers.ts'
import { openReports } from './open-shares.ts'
import type { MemberReport, Opened } from './open-shares.ts'
import { currentTerms, groupOf, termsDigest } from './terms.ts'

export const COLLECTOR_PATHS = {
  terms: '/vigie/threshold/terms',
  reports: '/vigie/threshold/reports',
} as const

export type Collecting = {
  readonly records: Records
  readonly row: PeerRow
  readonly nowMs: number
  /** An address was opened: people are shown it. */
  readonly onOpened: (opened: Opened) => void
}
type Answer = { readonly status: number; readonly body: unknown }

/** No key of a holder lasts longer. */
const KEPT_MS = 62 * DAY_MS

/** Undefined for another path. */
export async function answerCollecting(
  at: Collecting,
  { path, body }: { readonly path: string; readonly body: unknown },
): Promise<Answer | undefined> {
  if (path !== COLLECTOR_PATHS.terms && path !== COLLECTOR_PATHS.reports) return undefined
  const { records, row, nowMs } = at
  if (row.identity === null || !(await isAgreed(records, row.name, nowMs)))
    return refused(403, 'not agreed')
  const terms = await currentTerms(records)
  if (terms === undefined) return refused(404, 'no terms')
  if (path === COLLECTOR_PATHS.terms) {
    const asked = ThresholdTermsAskSchema.safeParse(body)
    return asked.success ? tellTerms(at, terms, asked.data) : refused(400, 'not readable')
  }
  const told = ThresholdReportsSchema.safeParse(body)
  return told.success ? take(at, terms, told.data) : refused(400, 'not readable')
}

function refused(status: number, why: ThresholdRefusal): Answer {
  return { status, body: { refused: why } }
}

async function tellTerms(
  { records, row, nowMs }: Collecting,
  terms: ThresholdTerms,
  { accepted, by, epoch, forget }: z.infer<typeof ThresholdTermsAskSchema>,
): Promise<Answer> {
  const group = await groupOf(records, row, epoch)
  if (forget) await forgetMember(records, row)
  else if (accepted === termsDigest(terms)) {
    const identity = row.identity ?? ''
    const values = { identity, digest: accepted, accepted_by: by, accepted: new Date(nowMs) }
    await records
      .insertInto('threshold_members')
      .values({ peer: row.name, ...values })
      .onConflict((conflict) =>
        conflict
          .column('peer')
          .doUpdateSet(values)
          .where((of) =>
            of.or([
              of('threshold_members.digest', 'is distinct from', accepted),
              of('threshold_members.identity', '!=', identity),
            ]),
          ),
      )
      .execute()
  }
  const said: z.infer<typeof ThresholdTermsAnswerSchema> = { terms, group }
  return { status: 200, body: said }
}

/** It reports no more: what it reported and is not open yet is gone. */
async function forgetMember(records: Records, { name, identity }: PeerRow): Promise<void> {
  await records
    .updateTable('threshold_members')
    .set({ digest: null, accepted_by: null, accepted: null })
    .where('peer', '=', name)
    .execute()
  await records
    .deleteFrom('threshold_reports')
    .where('identity', '=', identity ?? '')
    .execute()
}

async function take(
  at: Collecting,
  terms: ThresholdTerms,
  { accepted, epoch, reports }: z.infer<typeof ThresholdReportsSchema>,
): Promise<Answer> {
  const { records, row, nowMs, onOpened } = at
  if (accepted !== termsDigest(terms) || !(await isAccepted(records, row, accepted)))
    return refused(409, 'other terms')
  const of: Lot = {
    peer: row.name,
    identity: row.identity ?? '',
    digest: accepted,
    epoch,
    place: await groupOf(records, row, epoch),
  }
  // What was made under another key can meet nothing that is made under this one.
  await records
    .deleteFrom('threshold_reports')
    .where((is) =>
      is.or([
        is.and([is('identity', '=', of.identity), is('epoch', '!=', epoch)]),
        is('at', '<', new Date(nowMs - KEPT_MS)),
      ]),
    )
    .execute()
  if ((await countOf(records, of)) + reports.length > MOST_REPORTS_KEPT)
    return refused(429, 'too many')
  await keep(records, of, { reports, nowMs })
  // Who left, or whose agreement is over, helps to open nothing.
  const live = (await liveMembers(records, nowMs)).flatMap(({ identity }) => identity ?? [])
  for (const { tag } of reports) {
    const opened = await openTag(records, terms, { ...of, tag, live, nowMs })
    if (opened !== undefined) onOpened(opened)
  }
  const said: z.infer<typeof ThresholdReportsAnswerSchema> = {
    opened: [...(await openedOf(records, of))],
  }
  return { status: 200, body: said }
}

async function isAccepted(
  records: Records,
  { name, identity }: PeerRow,
  digest: string,
): Promise<boolean> {
  const row = await records
    .selectFrom('threshold_members')
    .select('digest')
    .where('peer', '=', name)
    .where('identity', '=', identity ?? '')
    .executeTakeFirst()
  return row?.digest === digest
}

type Lot = {
  readonly peer: string
  readonly identity: string
  readonly digest: string
  readonly epoch: number
  readonly place: string
}

async function countOf(records: Records, { identity }: Lot): Promise<number> {
  const { count } = await records
    .selectFrom('threshold_reports')
    .select((by) => by.fn.countAll<string>().as('count'))
    .where('identity', '=', identity)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** A member's first report of a tag stays: it has one share of each, however often it reports. */
async function keep(
  records: Records,
  lot: Lot,
  { reports, nowMs }: { readonly reports: readonly ThresholdReport[]; readonly nowMs: number },
): Promise<void> {
  if (reports.length === 0) return
  await records
    .insertInto('threshold_reports')
    .values(reports.map((report) => ({ ...lot, ...report, at: new Date(nowMs) })))
    .onConflict((conflict) => conflict.columns(['identity', 'digest', 'epoch', 'tag']).doNothing())
    .execute()
}

type Tagged = Lot & {
  readonly tag: string
  /** Identities of members whose reports count. */
  readonly live: readonly string[]
  readonly nowMs: number
}

async function openTag(
  records: Records,
  { least }: ThresholdTerms,
  { digest, epoch, tag, live, nowMs }: Tagged,
): Promise<Opened | undefined> {
  const rows = await records
    .selectFrom('threshold_reports')
    .selectAll()
    .where('digest', '=', digest)
    .where('epoch', '=', epoch)
    .where('tag', '=', tag)
    .where('identity', 'in', live)
    .orderBy('peer')
    .execute()
  if (new Set(rows.map(({ place }) => place)).size < least) return undefined
  const reports = rows.map(({ peer: member, place: group, ...one }): MemberReport => {
    const { share, commitment, sealed } = one
    return { member, group, tag, share, commitment, sealed }
  })
  const opened = openReports(reports, least)
  if (opened === undefined) return undefined
  const { said, members, wrong } = opened
  const values = {
    first_seen: said.first,
    last_seen: said.last,
    members: JSON.stringify(members),
    wrong: JSON.stringify(wrong),
  }
  const fresh = await records
    .insertInto('threshold_opened')
    .values({ digest, epoch, tag, address: said.address, opened: new Date(nowMs), ...values })
    .onConflict((conflict) => conflict.columns(['digest', 'epoch', 'tag']).doNothing())
    .returning('tag')
    .executeTakeFirst()
  if (fresh !== undefined) return opened
  await records
    .updateTable('threshold_opened')
    .set(values)
    .where('digest', '=', digest)
    .where('epoch', '=', epoch)
    .where('tag', '=', tag)
    .execute()
  return undefined
}

const MOST_TOLD = 1000

/** What this member reported and is open: it is told no address that it did not report itself. */
async function openedOf(
  records: Records,
  { identity, digest, epoch }: Lot,
): Promise<readonly string[]> {
  const rows = await records
    .selectFrom('threshold_opened as opened')
    .innerJoin('threshold_reports as own', (on) =>
      on
        .onRef('own.digest', '=', 'opened.digest')
        .onRef('own.epoch', '=', 'opened.epoch')
        .onRef('own.tag', '=', 'opened.tag'),
    )
    .select('opened.tag')
    .where('own.identity', '=', identity)
    .where('own.digest', '=', digest)
    .where('own.epoch', '=', epoch)
    .orderBy('opened.opened', 'desc')
    .limit(MOST_TOLD)
    .execute()
  return rows.map(({ tag }) => tag)
}
