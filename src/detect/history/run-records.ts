// Runs as the records hold them. Only one may be running: the table itself refuses a second.

import type { Insertable, Selectable, Updateable } from 'kysely'
import { z } from 'zod'
import { FindingSchema, HISTORY_STATES, SeveritySchema } from '../../model/index.ts'
import type { HistoryRun } from '../../model/index.ts'
import type { HistoryRunsTable, Records, RecordsTransaction } from '../../store/index.ts'

const BothSchema = z.object({ en: z.string(), fr: z.string() })

const StoredSchema = z.object({
  state: z.enum(HISTORY_STATES),
  rules: z.array(z.string()).nullable(),
  left_out: z.array(z.string()),
  problem: BothSchema.nullable(),
})

/** Findings on their way into both engines, with what their alerts need of the rules. */
export const PendingSchema = z.object({
  token: z.string(),
  nowMs: z.number(),
  findings: z.array(FindingSchema),
  rules: z.array(
    z.object({
      id: z.string(),
      title: BothSchema,
      severity: SeveritySchema,
      attack: z.array(z.string()),
      author: z.string(),
      reference: z.string(),
    }),
  ),
})
export type Pending = z.infer<typeof PendingSchema>

/** What a run has done so far. */
export type Progress = {
  readonly reachedMs: number
  readonly events: number
  readonly judged: number
  readonly unread: number
  readonly findings: number
  readonly known: number
  readonly raised: number
  readonly reopened: number
  readonly leftOut: readonly string[]
  readonly workedMs: number
}

export type RunRow = Selectable<HistoryRunsTable>

export function progressOf(row: RunRow): Progress {
  return {
    reachedMs: row.reached.getTime(),
    events: Number(row.events),
    judged: Number(row.judged),
    unread: Number(row.unread),
    findings: Number(row.findings),
    known: Number(row.known),
    raised: row.raised,
    reopened: row.reopened,
    leftOut: StoredSchema.shape.left_out.parse(row.left_out),
    workedMs: Number(row.worked_ms),
  }
}

export function toColumns(progress: Progress): Updateable<HistoryRunsTable> {
  const { reachedMs, leftOut, workedMs, ...counts } = progress
  return {
    ...counts,
    reached: new Date(reachedMs),
    left_out: JSON.stringify(leftOut),
    worked_ms: Math.round(workedMs),
  }
}

/** Of a run under way: what only the running process knows. */
export type Pace = { readonly secondsLeft: number | null; readonly waits: boolean }

export function toRun(row: RunRow, progress = progressOf(row), pace?: Pace): HistoryRun {
  const { state, rules, problem } = StoredSchema.parse(row)
  return {
    id: row.id,
    state,
    rules,
    from: row.span_from.toISOString(),
    to: row.span_to.toISOString(),
    reached: new Date(progress.reachedMs).toISOString(),
    asked: row.asked.toISOString(),
    by: row.asked_by,
    ended: row.ended?.toISOString() ?? null,
    events: progress.events,
    judged: progress.judged,
    unread: progress.unread,
    findings: progress.findings,
    known: progress.known,
    alertsRaised: progress.raised,
    alertsReopened: progress.reopened,
    leftOut: [...progress.leftOut],
    problem,
    seconds: progress.workedMs / 1000,
    secondsLeft: pace?.secondsLeft ?? null,
    waits: pace?.waits ?? false,
  }
}

export function newRow(
  asked: Pick<HistoryRun, 'id' | 'rules' | 'from' | 'to' | 'by'>,
  nowMs: number,
): Insertable<HistoryRunsTable> {
  return {
    id: asked.id,
    asked: new Date(nowMs),
    asked_by: asked.by,
    rules: JSON.stringify(asked.rules),
    span_from: asked.from,
    span_to: asked.to,
    reached: asked.to,
    state: 'running',
    events: 0,
    judged: 0,
    unread: 0,
    findings: 0,
    known: 0,
    raised: 0,
    reopened: 0,
    left_out: '[]',
    problem: 'null',
    worked_ms: 0,
    ended: null,
    pending: null,
  }
}

export async function updateRun(
  records: Records | RecordsTransaction,
  id: string,
  change: Updateable<HistoryRunsTable>,
): Promise<void> {
  await records.updateTable('history_runs').set(change).where('id', '=', id).execute()
}

export async function findRun(records: Records, id: string): Promise<RunRow | undefined> {
  return records.selectFrom('history_runs').selectAll().where('id', '=', id).executeTakeFirst()
}

const RUNS_SHOWN = 20

/** Newest first. */
export async function recentRuns(records: Records): Promise<readonly RunRow[]> {
  return records
    .selectFrom('history_runs')
    .selectAll()
    .orderBy('asked', 'desc')
    .limit(RUNS_SHOWN)
    .execute()
}

export async function runningRun(records: Records): Promise<RunRow | undefined> {
  return records
    .selectFrom('history_runs')
    .selectAll()
    .where('state', '=', 'running')
    .executeTakeFirst()
}

/** Runs with findings that were on their way when they ended. */
export async function pendingRuns(records: Records): Promise<readonly RunRow[]> {
  return records.selectFrom('history_runs').selectAll().where('pending', 'is not', null).execute()
}
