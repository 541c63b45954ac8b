// All that people see of it: what this station reports and to whom; at a hub how many report, how near addresses are to being open, and
// what was opened.

import { z } from 'zod'
import {
  LEAST_MEMBERS,
  ThresholdProblemSchema,
  ThresholdSaidSchema,
  ThresholdTermsSchema,
} from '../../model/index.ts'
import type { ThresholdHub, ThresholdState } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { listPeers } from '../peer/peers.ts'
import { holderState } from './hold-key.ts'
import { currentTerms, termsDigest } from './terms.ts'

export type ThresholdStateAsk = {
  readonly records: Records
  readonly isHub: boolean
  readonly nowMs: number
}

export async function thresholdState({
  records,
  isHub,
  nowMs,
}: ThresholdStateAsk): Promise<ThresholdState> {
  return {
    asOf: new Date(nowMs).toISOString(),
    hubs: await ownHubs(records),
    hub: isHub ? await hubState(records, nowMs) : null,
  }
}

const MOST_SHOWN = 500

async function ownHubs(records: Records): Promise<ThresholdHub[]> {
  const rows = await records.selectFrom('threshold_hubs').selectAll().execute()
  const joined = (await listPeers(records)).filter(
    ({ role, state }) => role === 'hub' && state === 'joined',
  )
  const hubs: ThresholdHub[] = []
  for (const { name: peer } of joined) {
    const row = rows.find((one) => one.peer === peer)
    if (row === undefined) {
      hubs.push({ ...NEVER, opened: [], peer })
      continue
    }
    const counts = await countsOf(records, peer)
    const opened = await openedOf(records, peer)
    hubs.push({
      peer,
      isOn: row.is_on,
      by: row.made_by,
      terms: row.is_on ? ThresholdTermsSchema.parse(row.terms) : null,
      group: row.epoch_group,
      epoch: row.epoch,
      fingerprint: row.public_key?.slice(0, 16) ?? null,
      ends: row.ends?.toISOString() ?? null,
      reported: (counts.get('sent') ?? 0) + opened.length,
      waiting: counts.get('ready') ?? 0,
      opened: [...opened],
      problem: problemOf(row.problem),
    })
  }
  return hubs
}

const NEVER = {
  isOn: false,
  by: null,
  terms: null,
  group: null,
  epoch: null,
  fingerprint: null,
  ends: null,
  reported: 0,
  waiting: 0,
  problem: null,
} as const satisfies Omit<ThresholdHub, 'peer' | 'opened'>

function problemOf(kept: unknown): ThresholdHub['problem'] {
  const problem = ThresholdProblemSchema.safeParse(kept).data
  if (problem === undefined) return null
  const { code, about, since } = problem
  const say = (language: 'en' | 'fr') => wordsOf(language).threshold.problems[code](about)
  return { code, since, sentence: { en: say('en'), fr: say('fr') } }
}

async function countsOf(records: Records, peer: string): Promise<ReadonlyMap<string, number>> {
  const rows = await records
    .selectFrom('threshold_values')
    .select((of) => ['state', of.fn.countAll<string>().as('count')])
    .where('peer', '=', peer)
    .groupBy('state')
    .execute()
  return new Map(rows.map(({ state, count }) => [state, Number(count)]))
}

async function openedOf(records: Records, peer: string) {
  const rows = await records
    .selectFrom('threshold_values')
    .select('said')
    .where('peer', '=', peer)
    .where('state', '=', 'opened')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map(({ said }) => ThresholdSaidSchema.parse(said))
}

const Names = z.array(z.string())

async function hubState(
  records: Records,
  nowMs: number,
): Promise<NonNullable<ThresholdState['hub']>> {
  const terms = (await currentTerms(records)) ?? null
  const opened = await records
    .selectFrom('threshold_opened')
    .selectAll()
    .orderBy('opened', 'desc')
    .orderBy('tag')
    .limit(MOST_SHOWN)
    .execute()
  const digest = terms === null ? '' : termsDigest(terms)
  return {
    terms,
    members: [...(await membersOf(records, digest))],
    closed: [...(await closedOf(records, digest))],
    opened: opened.map((row) => ({
      address: row.address,
      opened: row.opened.toISOString(),
      first: row.first_seen.toISOString(),
      last: row.last_seen.toISOString(),
      members: Names.parse(row.members),
      wrong: Names.parse(row.wrong),
    })),
    bounds: LEAST_MEMBERS,
    key: await holderState(records, nowMs),
  }
}

/** Whether this hub opened it. */
export async function isOpened(records: Records, address: string): Promise<boolean> {
  const row = await records
    .selectFrom('threshold_opened')
    .select('tag')
    .where('address', '=', address)
    .executeTakeFirst()
  return row !== undefined
}

async function membersOf(records: Records, digest: string) {
  const rows = await records.selectFrom('threshold_members').selectAll().execute()
  const counts = await records
    .selectFrom('threshold_reports')
    .select((of) => ['identity', of.fn.countAll<string>().as('count')])
    .groupBy('identity')
    .execute()
  const members = (await listPeers(records)).filter(
    ({ role, state }) => role === 'member' && state === 'joined',
  )
  return members.map(({ name: peer, identity }) => {
    const row = rows.find((one) => one.peer === peer && one.identity === identity)
    const isAccepted = digest !== '' && row?.digest === digest
    return {
      peer,
      group: row?.asked_group ?? '',
      by: isAccepted ? row.accepted_by : null,
      accepted: isAccepted ? (row.accepted?.toISOString() ?? null) : null,
      reports: Number(counts.find((one) => one.identity === identity)?.count ?? 0),
    }
  })
}

/** How near addresses are to being open: numbers alone, which is all that can be known of them. */
async function closedOf(records: Records, digest: string) {
  const rows = await records
    .selectFrom((from) =>
      from
        .selectFrom('threshold_reports as report')
        .leftJoin('threshold_opened as opened', (on) =>
          on
            .onRef('opened.digest', '=', 'report.digest')
            .onRef('opened.epoch', '=', 'report.epoch')
            .onRef('opened.tag', '=', 'report.tag'),
        )
        .select((of) => of.fn.count('report.place').distinct().as('members'))
        .where('report.digest', '=', digest)
        .where('opened.tag', 'is', null)
        .groupBy(['report.epoch', 'report.tag'])
        .as('tags'),
    )
    .select((of) => ['members', of.fn.countAll<string>().as('addresses')])
    .groupBy('members')
    .orderBy('members')
    .execute()
  return rows.map(({ members, addresses }) => ({
    members: Number(members),
    addresses: Number(addresses),
  }))
}
