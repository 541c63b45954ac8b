// Who leads a case, who decides in it, who may see it. While nobody is named, everybody who is signed in sees it.

import { VigieError } from '../../core/index.ts'
import { CasePersonSchema } from '../../model/index.ts'
import type { CasePerson, CaseRoleAsk } from '../../model/index.ts'
import { holdCase, writeAct } from './acts.ts'
import type { Act, Doing, Reading } from './acts.ts'
import { familyOf } from './merges.ts'

/** Who asks: an account, or a program of this machine, whose holder reads the records anyway. */
export type Seer = { readonly name: string; readonly isMachine: boolean }

const MOST_NAMED = 200

export async function listPeople(reading: Reading, number: number): Promise<readonly CasePerson[]> {
  const rows = await reading
    .selectFrom('case_people')
    .selectAll()
    .where('case', '=', number)
    .orderBy('role')
    .orderBy('person')
    .execute()
  return rows.map(({ person, role, made, made_by: by }) =>
    CasePersonSchema.parse({ person, role, made: made.toISOString(), by }),
  )
}

/** Of a case that others became part of: whoever may see all of them. */
export async function maySee(reading: Reading, number: number, seer: Seer): Promise<boolean> {
  if (seer.isMachine) return true
  for (const one of await familyOf(reading, number)) {
    const people = await listPeople(reading, one)
    if (people.length > 0 && !people.some(({ person }) => person === seer.name)) return false
  }
  return true
}

/** Whether these people let somebody decide: where deciders are named, they alone. */
export function mayDecide(people: readonly CasePerson[], who: string): boolean {
  const deciders = people.filter(({ role }) => role === 'decide')
  return deciders.length === 0 || deciders.some(({ person }) => person === who)
}

/** Gives a role or takes it. Throws NOT_FOUND; BAD_REQUEST for whoever does not lead where somebody leads. */
export async function changeRole(
  doing: Doing,
  number: number,
  { person, role, isGiven }: CaseRoleAsk,
  { seer, nowMs }: { readonly seer: Seer; readonly nowMs: number },
): Promise<void> {
  await holdCase(doing, number)
  const people = await listPeople(doing, number)
  const leads = people.filter((one) => one.role === 'lead')
  if (!seer.isMachine && leads.length > 0 && !leads.some((one) => one.person === seer.name))
    throw new VigieError('BAD_REQUEST', {
      met: `${seer.name}, who does not lead this case`,
      expected: leads.map((one) => one.person).join(', '),
    })
  const act: Act = { who: seer.name, nowMs }
  if (isGiven) await give(doing, number, { person, role, act, count: people.length })
  else await take(doing, number, { person, role, act, people })
}

type Giving = {
  readonly person: string
  readonly role: CasePerson['role']
  readonly act: Act
  readonly count: number
}

async function give(
  doing: Doing,
  number: number,
  { person, role, act, count }: Giving,
): Promise<void> {
  if (count >= MOST_NAMED)
    throw new VigieError('BAD_REQUEST', {
      met: `${count} people`,
      expected: `at most ${MOST_NAMED}`,
    })
  const added = await doing
    .insertInto('case_people')
    .values({ case: number, person, role, made: new Date(act.nowMs), made_by: act.who })
    .onConflict((conflict) => conflict.doNothing())
    .returning('person')
    .executeTakeFirst()
  if (added === undefined) return
  await writeAct(doing, number, { ...act, act: 'role_given', what: { person, role } })
}

type Taking = Omit<Giving, 'count'> & { readonly people: readonly CasePerson[] }

/** Without any name left, everybody sees the case again: the act says so. */
async function take(
  doing: Doing,
  number: number,
  { person, role, act, people }: Taking,
): Promise<void> {
  const { numDeletedRows } = await doing
    .deleteFrom('case_people')
    .where('case', '=', number)
    .where('person', '=', person)
    .where('role', '=', role)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new VigieError('NOT_FOUND', { what: `${person} (${role})` })
  const isLast = people.length === 1
  const what = { person, role, ...(isLast ? { open: 'everybody' } : {}) }
  await writeAct(doing, number, { ...act, act: 'role_taken', what })
}
