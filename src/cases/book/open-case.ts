// A case is opened, changed, and given alerts.

import type { Selectable } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { CaseAsk, CaseChange } from '../../model/index.ts'
import type { CasesTable } from '../../store/index.ts'
import { holdCase, writeAct } from './acts.ts'
import type { Act, Doing } from './acts.ts'

/** Gives the number. Throws NOT_FOUND when an alert is not here. */
export async function openCase(doing: Doing, ask: CaseAsk, act: Act): Promise<number> {
  const { alerts, ...rest } = ask
  const opened = new Date(act.nowMs)
  const { number } = await doing
    .insertInto('cases')
    .values({ ...rest, state: 'open', opened, opened_by: act.who })
    .returning('number')
    .executeTakeFirstOrThrow()
  const what = { title: ask.title, severity: ask.severity, marking: ask.marking }
  await writeAct(doing, number, { ...act, act: 'opened', what })
  for (const alert of alerts) await addAlert(doing, number, alert, act)
  return number
}

/** The first alert of a case says when it was found. Twice the same alert is one. Throws NOT_FOUND. */
export async function addAlert(
  doing: Doing,
  number: number,
  alert: string,
  act: Act,
): Promise<void> {
  await holdCase(doing, number)
  const found = await doing
    .selectFrom('alerts')
    .select(['rule', 'entity', 'first_seen'])
    .where('id', '=', alert)
    .executeTakeFirst()
  if (found === undefined) throw new VigieError('NOT_FOUND', { what: alert })
  const added = await doing
    .insertInto('case_alerts')
    .values({ case: number, alert })
    .onConflict((conflict) => conflict.doNothing())
    .returning('alert')
    .executeTakeFirst()
  if (added === undefined) return
  await doing
    .updateTable('cases')
    .set((by) => ({
      detected: by.fn.coalesce('detected', by.val(found.first_seen)),
    }))
    .where('number', '=', number)
    .execute()
  const { rule, entity } = found
  await writeAct(doing, number, { ...act, act: 'alert_added', what: { alert, rule, entity } })
}

/** Throws NOT_FOUND; BAD_REQUEST when it is closed without saying as what and why. */
export async function changeCase(
  doing: Doing,
  number: number,
  change: CaseChange,
  act: Act,
): Promise<void> {
  await holdCase(doing, number)
  const before = await doing
    .selectFrom('cases')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  const after = { ...change, ...timesOf(before, change, act) }
  checkClosing(before, change)
  const what = Object.fromEntries(
    Object.entries(change)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, value ?? '']),
  )
  if (Object.keys(what).length === 0) return
  await doing.updateTable('cases').set(after).where('number', '=', number).execute()
  await writeAct(doing, number, { ...act, act: 'changed', what })
}

/** When it was contained and closed: the first time, until it is open again. */
function timesOf(before: Selectable<CasesTable>, { state }: CaseChange, { nowMs }: Act) {
  if (state === undefined || state === before.state) return {}
  const now = new Date(nowMs)
  if (state === 'open') return { contained: null, closed: null, assessment: null }
  const contained = before.contained ?? now
  return state === 'closed' ? { contained, closed: now } : { contained, closed: null }
}

function checkClosing(
  before: Selectable<CasesTable>,
  { state, assessment, conclusion }: CaseChange,
): void {
  if (state !== 'closed') return
  const isSaid =
    (assessment ?? before.assessment) !== null && (conclusion ?? before.conclusion) !== ''
  if (isSaid) return
  throw new VigieError('BAD_REQUEST', {
    met: 'a case closed without an assessment or a conclusion',
    expected: 'both: what it turned out to be, and in words',
  })
}
