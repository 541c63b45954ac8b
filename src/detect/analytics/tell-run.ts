// A run of an analytic, and what it found: written down together, then told, so that a crash between loses and doubles nothing.

import { sql as recordsSql } from 'kysely'
import type { Insertable } from 'kysely'
import { z } from 'zod'
import { FindingSchema } from '../../model/index.ts'
import type { AnalyticRun } from '../../model/index.ts'
import type { AnalyticRunsTable, Store } from '../../store/index.ts'
import { raiseAlerts } from '../alerts/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import { insertFindings } from '../findings-table.ts'

type Stores = Pick<Store, 'events' | 'records'>

/** Runs of an analytic that people are shown. */
const SHOWN_RUNS = 10

/** Writes a run down, with what it found until that is told. */
export async function note(
  { records }: Stores,
  run: Omit<Insertable<AnalyticRunsTable>, 'asked' | 'lately'> & { readonly asked: Date },
): Promise<void> {
  const { asked, took_ms: tookMs, found, problem = null } = run
  const newest: AnalyticRun = { asked: asked.toISOString(), tookMs, found, problem }
  const lately = JSON.stringify([newest])
  await records
    .insertInto('analytic_runs')
    .values({ ...run, lately })
    .onConflict((conflict) =>
      conflict.column('analytic').doUpdateSet({
        ...run,
        lately: recordsSql<string>`jsonb_path_query_array(${lately}::jsonb || analytic_runs.lately, ${`$[0 to ${SHOWN_RUNS - 1}]`}::jsonpath)`,
      }),
    )
    .execute()
}

export type Finishing = {
  readonly analytic: string
  readonly asked: Date
  readonly pending: unknown
  readonly facts: ReadonlyMap<string, RuleFacts>
  /** An earlier try may have got anywhere. */
  readonly again: boolean
}

/** What was found was written down with the run: it goes into both engines once, whatever crashes when. */
export async function finish(
  { events, records }: Stores,
  { analytic, asked, pending, facts, again }: Finishing,
): Promise<void> {
  const findings = z.array(FindingSchema).parse(pending)
  const nowMs = asked.getTime()
  await insertFindings(events.ask, findings, { token: `${analytic}:${nowMs}`, nowMs, again })
  await records.transaction().execute(async (transaction) => {
    await raiseAlerts(transaction, findings, { rules: facts, nowMs })
    await transaction
      .updateTable('analytic_runs')
      .set({ pending: null })
      .where('analytic', '=', analytic)
      .execute()
  })
}
