// What logs say of changes, as it is kept beside them: when each is looked at, and what was found.

import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import type { Actor, DeviceAct, ChangeTrace } from '../../model/index.ts'
import { ChangeTraceSchema } from '../../model/index.ts'
import type { AuditTracesTable, Records, RecordsTransaction } from '../../store/index.ts'
import type { Suspicion } from './suspect.ts'

type Reading = Records | RecordsTransaction

/** A change that is to be looked at. */
export type DueChange = {
  readonly id: string
  readonly device: string
  readonly deviceName: string
  readonly version: string
  readonly afterMs: number
  readonly beforeMs: number
  /** The record that covers all of it. */
  readonly record: string | null
  /** What an earlier look found. */
  readonly earlier: Selectable<AuditTracesTable> | null
}

const FIRST_LOOK_MS = 10 * MINUTE_MS
/** After the change was taken in: logs that come late are late by minutes, those of a sensor without its link by days. */
const LOOKS_MS = [FIRST_LOOK_MS, HOUR_MS, DAY_MS, 7 * DAY_MS]

/** When it is looked at again; null: no more. */
export function nextLook(madeMs: number, nowMs: number): Date | null {
  const next = LOOKS_MS.find((afterMs) => madeMs + afterMs > nowMs)
  return next === undefined ? null : new Date(madeMs + next)
}

/** Changes whose time to be looked at has come, the oldest first. */
export async function dueChanges(
  records: Records,
  nowMs: number,
  most: number,
): Promise<readonly DueChange[]> {
  const now = new Date(nowMs)
  const rows = await changesOf(records)
    .where((where) =>
      where.or([
        where.and([
          where('traces.diff', 'is', null),
          where('diffs.made', '<=', new Date(nowMs - FIRST_LOOK_MS)),
        ]),
        where('traces.next_look', '<=', now),
      ]),
    )
    .orderBy('diffs.made')
    .limit(most)
    .execute()
  return withEarlier(records, rows)
}

export async function changeNamed(records: Records, id: string): Promise<DueChange | undefined> {
  const rows = await changesOf(records).where('diffs.id', '=', id).execute()
  const [change] = await withEarlier(records, rows)
  return change
}

function changesOf(records: Records) {
  return records
    .selectFrom('audit_diffs as diffs')
    .innerJoin('audit_devices as devices', 'devices.id', 'diffs.device')
    .leftJoin('audit_traces as traces', 'traces.diff', 'diffs.id')
    .select([
      'diffs.id',
      'diffs.device',
      'diffs.version_after',
      'diffs.happened_after',
      'diffs.made',
      'diffs.record',
      'devices.name',
    ])
    .where('diffs.version_before', 'is not', null)
    .where('diffs.change_count', '>', 0)
}

type ChangeRow = Awaited<ReturnType<ReturnType<typeof changesOf>['execute']>>[number]

async function withEarlier(
  records: Records,
  rows: readonly ChangeRow[],
): Promise<readonly DueChange[]> {
  if (rows.length === 0) return []
  const kept = await records
    .selectFrom('audit_traces')
    .selectAll()
    .where(
      'diff',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  const byDiff = new Map(kept.map((one) => [one.diff, one]))
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    deviceName: row.name,
    version: row.version_after,
    afterMs: (row.happened_after ?? row.made).getTime(),
    beforeMs: row.made.getTime(),
    record: row.record,
    earlier: byDiff.get(row.id) ?? null,
  }))
}

export type Looked = Omit<ChangeTrace, 'looked'> & { readonly suspicions: readonly Suspicion[] }

export async function keepTrace(
  transaction: Reading,
  diff: string,
  { looked, nextLook: next, trace }: { looked: Date; nextLook: Date | null; trace: Looked },
): Promise<void> {
  const values = {
    state: trace.state,
    looked,
    next_look: next,
    gap: JSON.stringify(trace.gap),
    actors: JSON.stringify(trace.actors),
    acts: JSON.stringify(trace.acts),
    act_count: trace.actCount,
    suspicions: JSON.stringify(trace.suspicions),
  }
  await transaction
    .insertInto('audit_traces')
    .values({ diff, ...values })
    .onConflict((conflict) => conflict.column('diff').doUpdateSet(values))
    .execute()
}

export function shownTrace(row: Selectable<AuditTracesTable>): ChangeTrace {
  return ChangeTraceSchema.parse({
    state: row.state,
    looked: row.looked.toISOString(),
    gap: row.gap,
    actors: row.actors,
    acts: row.acts,
    actCount: row.act_count,
  })
}

export const NO_TRACE: ChangeTrace = {
  state: 'pending',
  looked: null,
  gap: null,
  actors: [],
  acts: [],
  actCount: 0,
}

/** Without what a change record answers. */
export function suspicionsIn(value: unknown, isRecorded: boolean): readonly Suspicion[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by keepTrace alone
  const all = (value ?? []) as readonly Suspicion[]
  return all.filter(({ kind }) => !isRecorded || kind !== 'commands-without-record')
}

export function actorsIn(value: unknown): readonly Actor[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by keepTrace alone
  return (value ?? []) as readonly Actor[]
}

/** Which of these addresses open alerts are about. */
export async function distrustedOf(
  records: Records,
  acts: readonly DeviceAct[],
): Promise<ReadonlySet<string>> {
  const addresses = [...new Set(acts.map(({ from }) => from))].filter((one) => one !== '')
  if (addresses.length === 0) return new Set()
  const rows = await records
    .selectFrom('alerts')
    .select(['entity', 'reasons'])
    .where('state', '!=', 'closed')
    .where('rule', 'not like', 'audit-%')
    .where((where) =>
      where.or([
        where.and([where('entity_kind', '=', 'address'), where('entity', 'in', addresses)]),
        sql<boolean>`EXISTS (SELECT FROM jsonb_array_elements(alerts.reasons) AS said(one) WHERE said.one->>'value' IN (${sql.join(addresses)}))`,
      ]),
    )
    .limit(MOST_ALERTS)
    .execute()
  const told = new Set(rows.flatMap(({ entity, reasons }) => [entity, ...valuesIn(reasons)]))
  return new Set(addresses.filter((one) => told.has(one)))
}

const MOST_ALERTS = 1000

function valuesIn(reasons: unknown): readonly string[] {
  return Array.isArray(reasons) ? reasons.flatMap((reason) => String(Object(reason)['value'])) : []
}

/** Devices for which change records were written in the last year. */
export async function recordedDevices(
  records: Records,
  sinceMs: number,
): Promise<ReadonlySet<string>> {
  const rows = await records
    .selectFrom('change_records')
    .select('device')
    .distinct()
    .where('recorded', '>=', new Date(sinceMs))
    .where('revoked', 'is', null)
    .execute()
  return new Set(rows.map(({ device }) => device))
}
