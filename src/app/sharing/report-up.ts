// Incident reports of a running station that go to its hubs, and at a hub those of members.

import { listRecipients, noteSent } from '../../cases/index.ts'
import { VigieError } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Evidence } from '../../evidence/index.ts'
import type { CaseService, Station } from '../../server/index.ts'
import { acknowledgeReport, listReportsReceived, sendReport } from '../../share/index.ts'
import type { TakenReport, TellReports } from '../../share/index.ts'
import { wordsOf } from '../../words/index.ts'
import { logCaseHead } from '../cases/case-log.ts'
import { reportOf } from '../cases/case-reports.ts'
import type { Room } from '../cases/case-room.ts'
import type { Core } from '../core.ts'
import { raiseOwn } from '../own-alert.ts'

const RULE = 'vigie:report-of-a-member'

/** A case says where its report went, and what came back. */
export function reportTaken({
  core,
  evidence,
  clock,
}: {
  readonly core: Core
  readonly evidence: Evidence
  readonly clock: Clock
}): TellReports['onTaken'] {
  const { records } = core.store
  return async (number, { peer, reference, who }) => {
    const how = wordsOf('en').reportUp.how(peer)
    await records
      .transaction()
      .execute((doing) =>
        noteSent(doing, number, { how, reference }, { who, nowMs: clock.nowMs() }),
      )
    await logCaseHead({ records, evidence }, number)
  }
}

/** People of a hub are shown that a member reported. */
export function reportArrived(core: Core, clock: Clock): (taken: TakenReport) => Promise<void> {
  return async ({ organisation, title, reference }) => {
    await raiseOwn(
      core.store.records,
      {
        id: RULE,
        severity: 'high',
        attack: [],
        say: (language) => {
          const { alertTitle, alertWhy } = wordsOf(language).reportUp
          return {
            title: alertTitle(organisation),
            why: alertWhy(organisation, title, reference),
          }
        },
        entityKind: 'source',
        entity: organisation,
        reason: { selection: organisation, field: 'report', value: reference },
      },
      clock.nowMs(),
    )
    core.live.alertsChanged()
  }
}

type ReportsAtHub = Pick<Station['share'], 'reports' | 'acknowledgeReport'>

export function reportsAtHub(core: Core, clock: Clock): ReportsAtHub {
  const { records } = core.store
  return {
    reports: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      reports: [...(await listReportsReceived(records))],
    }),
    acknowledgeReport: (reference, who) =>
      acknowledgeReport(records, reference, { who, nowMs: clock.nowMs() }),
  }
}

/** Sends a report as it was approved, word for word, to one hub. */
export function sendingToHub(room: Room, nudge: () => void): CaseService['reportToHub'] {
  const { records, act } = room
  return async (number, { peer, digest, language }, who) => {
    const { report, approval } = await reportOf(room, number, language)
    if (approval === null || approval.digest !== digest)
      throw new VigieError('BAD_REQUEST', {
        met: 'a report nobody approved as it is now',
        expected: 'approval',
      })
    // What a rule let go goes to whom the rule names, and nowhere else; whoever has a key of that name is somebody else.
    const isOthers = (await listRecipients(records)).some(({ name }) => name === peer)
    if (approval.rule !== null && (approval.rule.recipient !== peer || isOthers))
      throw new VigieError('BAD_REQUEST', {
        met: `a report approved by a rule for ${approval.rule.recipient} alone`,
        expected: `a rule for ${peer}, or approval by a person`,
      })
    const { by, at } = approval
    const sent = { peer, case: number, report: { report, digest, approved: { by, at } } }
    await sendReport(records, sent, act(who))
    nudge()
  }
}
