// New rows against the indicators: found with the batch, stored once, recorded in its transaction.

import type { Clock } from '../../core/index.ts'
import { trusted } from '../../store/index.ts'
import type { EngineLane, RecordsTransaction } from '../../store/index.ts'
import { raiseAlerts } from '../alerts/index.ts'
import type { Breaker } from '../breaker.ts'
import { insertFindings } from '../findings-table.ts'
import { indicated, ruleOf } from './findings.ts'
import { countSightings } from './hits.ts'
import { knownIn, metIn } from './match.ts'
import type { Present } from './match.ts'

export type BatchRows = {
  readonly lane: EngineLane
  readonly table: string
  readonly batch: string
  /** An earlier try may have got anywhere. */
  readonly again: boolean
}

export type Sighted = {
  readonly findings: number
  readonly record: (transaction: RecordsTransaction) => Promise<void>
}

const NOTHING: Sighted = { findings: 0, record: async () => undefined }
/** A batch has one lane and one core. */
const SETTINGS = { max_threads: 1 }

export async function judgeBatch(
  { lane, table, batch, again }: BatchRows,
  { present, breaker, clock }: { present: Present; breaker: Breaker; clock: Clock },
): Promise<Sighted> {
  if (present.kinds.size === 0) return NOTHING
  const nowMs = clock.nowMs()
  const matching = {
    lane,
    from: trusted(`FROM ${table} WHERE`),
    present,
    nowMs,
    settings: SETTINGS,
  }
  const known = (await knownIn(matching)).filter((one) => !breaker.isOpen(ruleOf(one), nowMs))
  if (known.length === 0) return NOTHING
  const { findings: all, facts } = indicated(await metIn(matching, known), known)
  const findings = breaker.pass(all, nowMs)
  await insertFindings(lane, findings, { token: `${batch}:indicators`, nowMs, again })
  return {
    findings: findings.length,
    record: async (transaction) => {
      await raiseAlerts(transaction, findings, { rules: facts, nowMs: clock.nowMs() })
      await countSightings(transaction, findings)
    },
  }
}
