// What is to be done, by whom and until when.

import type { Selectable } from 'kysely'
import { HOUR_MS, VigieError, timeOrderedId } from '../../core/index.ts'
import type { CaseTask, CaseTaskAsk, CaseTaskChange, Playbook } from '../../model/index.ts'
import type { CaseTasksTable } from '../../store/index.ts'
import { holdCase, writeAct } from './acts.ts'
import type { Act, Doing, Reading } from './acts.ts'
import { familyOf } from './merges.ts'

/** Throws NOT_FOUND. */
export async function addTask(
  doing: Doing,
  number: number,
  ask: CaseTaskAsk,
  act: Act,
): Promise<CaseTask> {
  await holdCase(doing, number)
  const row = await insertTask(doing, number, { ...ask, playbook: null }, act)
  await writeAct(doing, number, {
    ...act,
    act: 'task_added',
    what: { task: row.id, title: ask.title },
  })
  return shownTask(row, act.nowMs)
}

/** Adds the steps that are not there yet, each with its time from now. Gives how many. Throws NOT_FOUND. */
export async function startPlaybook(
  doing: Doing,
  number: number,
  { playbook, language }: { readonly playbook: Playbook; readonly language: 'en' | 'fr' },
  act: Act,
): Promise<number> {
  await holdCase(doing, number)
  const there = await doing
    .selectFrom('case_tasks')
    .select('playbook')
    .where('case', '=', number)
    .execute()
  const known = new Set(there.map((task) => task.playbook))
  const missing = playbook.steps.filter(({ id }) => !known.has(`${playbook.id}/${id}`))
  for (const step of missing) {
    await insertTask(
      doing,
      number,
      {
        title: step.title[language],
        how: step.how[language],
        owner: '',
        due:
          step.within === null ? null : new Date(act.nowMs + step.within * HOUR_MS).toISOString(),
        playbook: `${playbook.id}/${step.id}`,
      },
      act,
    )
  }
  const what = { playbook: playbook.id, tasks: String(missing.length) }
  await writeAct(doing, number, { ...act, act: 'playbook_started', what })
  return missing.length
}

async function insertTask(
  doing: Doing,
  number: number,
  task: CaseTaskAsk & { readonly playbook: string | null },
  { nowMs }: Act,
): Promise<Selectable<CaseTasksTable>> {
  const last = await doing
    .selectFrom('case_tasks')
    .select((by) => by.fn.max('position').as('position'))
    .where('case', '=', number)
    .executeTakeFirst()
  const position = (last?.position ?? 0) + 1
  return doing
    .insertInto('case_tasks')
    .values({ ...task, id: timeOrderedId<'case-task'>(nowMs), case: number, position })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Throws NOT_FOUND. */
export async function changeTask(
  doing: Doing,
  { number, task }: { readonly number: number; readonly task: string },
  change: CaseTaskChange,
  act: Act,
): Promise<CaseTask> {
  await holdCase(doing, number)
  const { isDone, ...rest } = change
  const done = isDone === undefined ? {} : doneOf(isDone, act)
  const row = await doing
    .updateTable('case_tasks')
    .set((by) => ({ ...rest, ...done, id: by.ref('id') }))
    .where('id', '=', task)
    .where('case', 'in', await familyOf(doing, number))
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: task })
  const said = Object.entries(change).map(([key, value]) => [key, String(value ?? '')])
  const what = { task, title: row.title, ...Object.fromEntries(said) }
  await writeAct(doing, number, { ...act, act: 'task_changed', what })
  return shownTask(row, act.nowMs)
}

function doneOf(isDone: boolean, { who, nowMs }: Act) {
  return isDone ? { done: new Date(nowMs), done_by: who } : { done: null, done_by: '' }
}

export async function listTasks(
  reading: Reading,
  cases: readonly number[],
  nowMs: number,
): Promise<readonly CaseTask[]> {
  const rows = await reading
    .selectFrom('case_tasks')
    .selectAll()
    .where('case', 'in', cases)
    .orderBy('case')
    .orderBy('position')
    .execute()
  return rows.map((row) => shownTask(row, nowMs))
}

function shownTask(row: Selectable<CaseTasksTable>, nowMs: number): CaseTask {
  const { id, title, how, playbook, owner, due, done, result } = row
  return {
    id,
    title,
    how,
    playbook,
    owner,
    due: due?.toISOString() ?? null,
    isLate: done === null && due !== null && due.getTime() < nowMs,
    done: done?.toISOString() ?? null,
    doneBy: row.done_by,
    result,
  }
}
