// What a station gives a hub: reports that it cannot open by itself, under the terms that a person accepted and no others.

import {
  MOST_REPORTS,
  ThresholdReportSchema,
  ThresholdReportsAnswerSchema,
  ThresholdSaidSchema,
} from '../../model/index.ts'
import { COLLECTOR_PATHS } from './collect-at-hub.ts'
import { mayLeave } from './may-leave.ts'
import { REPORT_KIND, askTerms, holderOf } from './reporting-records.ts'
import type { Reporting } from './reporting-records.ts'
import { ThresholdTrouble, askThreshold } from './round.ts'
import type { ThresholdRound } from './round.ts'
import { termsDigest } from './terms.ts'

/** Whether there is more to do at once. Throws ThresholdTrouble. */
export async function giveReports(round: ThresholdRound, reporting: Reporting): Promise<boolean> {
  const { records, link, peer } = round
  const { digest, by, pinned } = reporting
  await mayLeave(round, peer, REPORT_KIND)
  const asked = { accepted: digest, by, epoch: pinned?.epoch ?? 0, forget: false }
  const { terms, group } = await askTerms(link, asked)
  if (termsDigest(terms) !== digest) throw new ThresholdTrouble('other terms')
  await records
    .updateTable('threshold_hubs')
    .set({ asked_group: group })
    .where('peer', '=', peer.name)
    .where('digest', '=', digest)
    .execute()
  if ((await holderOf(records, terms)) === undefined)
    throw new ThresholdTrouble('holder not joined', reporting.terms.holder.organisation)
  if (pinned === undefined) return reporting.group === undefined
  const rows = await records
    .selectFrom('threshold_values')
    .select(['address', 'body'])
    .where('peer', '=', peer.name)
    .where('digest', '=', digest)
    .where('epoch', '=', pinned.epoch)
    .where('state', '=', 'ready')
    .limit(MOST_REPORTS)
    .execute()
  const reports = rows.map(({ body }) => ThresholdReportSchema.parse(body))
  const { opened } = await askThreshold(link, COLLECTOR_PATHS.reports, {
    body: { accepted: digest, epoch: pinned.epoch, reports },
    schema: ThresholdReportsAnswerSchema,
  })
  const of = { peer: peer.name, digest, epoch: pinned.epoch }
  if (rows.length > 0)
    await records
      .updateTable('threshold_values')
      .set({ state: 'sent' })
      .where('peer', '=', of.peer)
      .where('digest', '=', of.digest)
      .where('epoch', '=', of.epoch)
      .where('state', '=', 'ready')
      .where(
        'address',
        'in',
        rows.map(({ address }) => address),
      )
      .execute()
  await hearOpened(round, { of, opened, least: terms.least })
  return rows.length === MOST_REPORTS
}

type Hearing = {
  readonly of: { readonly peer: string; readonly digest: string; readonly epoch: number }
  readonly opened: readonly string[]
  readonly least: number
}

/** Only what was reported from here can be said to be open: a tag made up names nothing. */
async function hearOpened(
  { records, station }: ThresholdRound,
  { of: { peer, digest, epoch }, opened, least }: Hearing,
): Promise<void> {
  if (opened.length === 0) return
  const fresh = records
    .selectFrom('threshold_values')
    .select(['address', 'said'])
    .where('peer', '=', peer)
    .where('digest', '=', digest)
    .where('epoch', '=', epoch)
    .where('tag', 'in', opened)
    .where('state', '=', 'sent')
  const rows = await fresh.execute()
  if (rows.length === 0) return
  const said = rows.map((row) => ThresholdSaidSchema.parse(row.said))
  // Shown before it is noted: killed in between, it is shown twice and not never.
  await station.onOpened(peer, said, least)
  await records
    .updateTable('threshold_values')
    .set({ state: 'opened' })
    .where('peer', '=', peer)
    .where('digest', '=', digest)
    .where('epoch', '=', epoch)
    .where(
      'address',
      'in',
      rows.map(({ address }) => address),
    )
    .execute()
}
