// What people do with alerts: change, comment, undo. Every change is kept with what it replaced.

import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { VigieError } from '../../core/index.ts'
import { AlertStateSchema, AssessmentSchema } from '../../model/index.ts'
import type { AlertChange } from '../../model/index.ts'
import type { AlertsTable, Records, RecordsTransaction } from '../../store/index.ts'

export type Changed = { readonly undo: string; readonly changed: number }

/** Changes many alerts at once. Throws BAD_REQUEST when one is closed without saying as what and why. */
export async function changeAlerts(
  records: Records,
  change: AlertChange,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<Changed> {
  checkClosing(change)
  const undo = randomUUID()
  return records.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('alerts')
      .selectAll()
      .where('id', 'in', change.ids)
      .forUpdate()
      .execute()
    for (const row of rows)
      await changeOne(transaction, row, { change, who, at: new Date(nowMs), undo })
    return { undo, changed: rows.length }
  })
}

function checkClosing({ state, assessment, reason }: AlertChange): void {
  if (state !== 'closed') return
  if (assessment !== undefined && (reason ?? '').trim() !== '') return
  throw new VigieError('BAD_REQUEST', {
    met: 'an alert closed without an assessment or a reason',
    expected: 'both: what it turned out to be, and why',
  })
}

type One = {
  readonly change: AlertChange
  readonly who: string
  readonly at: Date
  readonly undo: string
}

async function changeOne(
  transaction: RecordsTransaction,
  row: Selectable<AlertsTable>,
  one: One,
): Promise<void> {
  const { change, who, at, undo } = one
  const state = change.state ?? row.state
  const isClosed = state === 'closed'
  await transaction
    .updateTable('alerts')
    .set({
      state,
      assessment: isClosed ? (change.assessment ?? row.assessment) : null,
      reason: isClosed ? (change.reason ?? row.reason) : null,
      assignee: change.assignee === undefined ? row.assignee : change.assignee,
      updated: at,
    })
    .where('id', '=', row.id)
    .execute()
  const isComment = change.state === undefined && change.assignee === undefined
  await transaction
    .insertInto('alert_history')
    .values({
      alert: row.id,
      at,
      who,
      action: isComment ? 'commented' : 'changed',
      from_state: row.state,
      to_state: state,
      comment: change.comment ?? change.reason ?? null,
      before: JSON.stringify(before(row)),
      undo,
    })
    .execute()
}

const BeforeSchema = z.object({
  state: AlertStateSchema,
  assessment: AssessmentSchema.nullable(),
  reason: z.string().nullable(),
  assignee: z.string().nullable(),
})

function before({
  state,
  assessment,
  reason,
  assignee,
}: Selectable<AlertsTable>): Record<string, unknown> {
  return { state, assessment, reason, assignee }
}

/** Takes a change back, as long as nobody changed the alert since. Returns how many alerts went back. */
export async function undoChange(
  records: Records,
  undo: string,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<number> {
  return records.transaction().execute(async (transaction) => {
    const steps = await transaction
      .selectFrom('alert_history')
      .selectAll()
      .where('undo', '=', undo)
      .execute()
    if (steps.length === 0) throw new VigieError('NOT_FOUND', { what: 'The change to undo' })
    let undone = 0
    for (const step of steps) {
      const last = await transaction
        .selectFrom('alert_history')
        .select('id')
        .where('alert', '=', step.alert)
        .orderBy('id', 'desc')
        .executeTakeFirst()
      if (last?.id !== step.id) continue
      await transaction
        .updateTable('alerts')
        .set({ ...BeforeSchema.parse(step.before), updated: new Date(nowMs) })
        .where('id', '=', step.alert)
        .execute()
      await transaction
        .insertInto('alert_history')
        .values({
          alert: step.alert,
          at: new Date(nowMs),
          who,
          action: 'undone',
          from_state: step.to_state,
          to_state: step.from_state,
          comment: null,
          before: null,
          undo: null,
        })
        .execute()
      undone += 1
    }
    return undone
  })
}
