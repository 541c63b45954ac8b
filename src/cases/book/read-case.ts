// Cases as they stand.

import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { Case, CaseDetail } from '../../model/index.ts'
import {
  AssessmentSchema,
  CaseStateSchema,
  CaseMarkingSchema,
  SeveritySchema,
} from '../../model/index.ts'
import type { CasesTable } from '../../store/index.ts'
import { listActs } from './acts.ts'
import type { Reading } from './acts.ts'
import { listEntries } from './entries.ts'
import { listFiles } from './files.ts'
import { familyOf, listMerges } from './merges.ts'
import { listPeople } from './people.ts'
import { listTasks } from './tasks.ts'

const MOST_SHOWN = 1000

/** Those that are not closed first, then the newest. `alert`: only those it belongs to. */
export async function listCases(
  reading: Reading,
  nowMs: number,
  alert?: string,
): Promise<readonly Case[]> {
  const rows = await casesOf(reading, nowMs)
    // What became part of another is shown there.
    .where('number', 'not in', (by) =>
      by.selectFrom('case_merges').select('merged').where('undone', 'is', null),
    )
    .$if(alert !== undefined, (query) =>
      query.where('number', 'in', (by) =>
        by
          .selectFrom('case_alerts')
          .leftJoin('case_merges', (on) =>
            on
              .onRef('case_merges.merged', '=', 'case_alerts.case')
              .on('case_merges.undone', 'is', null),
          )
          .select((row) => row.fn.coalesce('into_case', 'case_alerts.case').as('case'))
          .where('alert', '=', alert ?? ''),
      ),
    )
    .orderBy(sql`(state = 'closed')`)
    .orderBy('number', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map(shownCase)
}

/** Throws NOT_FOUND. */
export async function getCase(reading: Reading, number: number, nowMs: number): Promise<Case> {
  const row = await casesOf(reading, nowMs).where('number', '=', number).executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: `case ${number}` })
  return shownCase(row)
}

/** All of a case but its alerts, of which it gives the ids. Throws NOT_FOUND. */
export async function readCase(
  reading: Reading,
  number: number,
  nowMs: number,
): Promise<Omit<CaseDetail, 'alerts' | 'asOf'> & { readonly alertIds: readonly string[] }> {
  const found = await getCase(reading, number, nowMs)
  const family = await familyOf(reading, number)
  const alerts = await reading
    .selectFrom('case_alerts')
    .select('alert')
    .where('case', 'in', family)
    .execute()
  return {
    case: found,
    alertIds: [...new Set(alerts.map(({ alert }) => alert))],
    entries: [...(await listEntries(reading, family))],
    tasks: [...(await listTasks(reading, family, nowMs))],
    files: [...(await listFiles(reading, family))],
    acts: [...(await listActs(reading, number))],
    people: [...(await listPeople(reading, number))],
    merges: [...(await listMerges(reading, number))],
  }
}

function casesOf(reading: Reading, nowMs: number) {
  const family = sql`("case" = cases.number OR "case" IN (SELECT merged FROM case_merges WHERE into_case = cases.number AND undone IS NULL))`
  const open = sql`FROM case_tasks WHERE ${family} AND done IS NULL`
  return reading
    .selectFrom('cases')
    .selectAll()
    .select([
      sql<number>`(SELECT count(DISTINCT alert)::int FROM case_alerts WHERE ${family})`.as(
        'alerts',
      ),
      sql<
        number | null
      >`(SELECT into_case FROM case_merges WHERE merged = cases.number AND undone IS NULL)`.as(
        'merged_into',
      ),
      sql<number>`(SELECT count(*)::int ${open})`.as('open_tasks'),
      sql<number>`(SELECT count(*)::int ${open} AND due < ${new Date(nowMs)})`.as('late_tasks'),
    ])
}

type Row = Selectable<CasesTable> & {
  readonly alerts: number
  readonly open_tasks: number
  readonly late_tasks: number
  readonly merged_into: number | null
}

function shownCase(row: Row): Case {
  const { number, title, lead, summary, conclusion, alerts } = row
  return {
    number,
    title,
    severity: SeveritySchema.parse(row.severity),
    state: CaseStateSchema.parse(row.state),
    marking: CaseMarkingSchema.parse(row.marking),
    lead,
    summary,
    occurred: row.occurred?.toISOString() ?? null,
    detected: row.detected?.toISOString() ?? null,
    opened: row.opened.toISOString(),
    openedBy: row.opened_by,
    contained: row.contained?.toISOString() ?? null,
    closed: row.closed?.toISOString() ?? null,
    assessment: row.assessment === null ? null : AssessmentSchema.parse(row.assessment),
    conclusion,
    mergedInto: row.merged_into,
    alerts,
    openTasks: row.open_tasks,
    lateTasks: row.late_tasks,
  }
}
