// Two cases that are one: what belongs to the one becomes part of the other, where it stands. No row moves, so taken back, both are
// as they were, with what came to the other meanwhile.

import { VigieError, timeOrderedId } from '../../core/index.ts'
import type { CaseMerge } from '../../model/index.ts'
import { holdCase, writeAct } from './acts.ts'
import type { Act, Doing, Reading } from './acts.ts'

/** The case itself, and those that became part of it. */
export async function familyOf(reading: Reading, number: number): Promise<readonly number[]> {
  const rows = await reading
    .selectFrom('case_merges')
    .select('merged')
    .where('into_case', '=', number)
    .where('undone', 'is', null)
    .orderBy('merged')
    .execute()
  return [number, ...rows.map(({ merged }) => merged)]
}

/** Merges of a case that hold, whichever side it is on. */
export async function listMerges(reading: Reading, number: number): Promise<readonly CaseMerge[]> {
  const rows = await reading
    .selectFrom('case_merges as merge')
    .innerJoin('cases', 'cases.number', 'merge.merged')
    .select([
      'merge.id',
      'merge.merged',
      'merge.into_case',
      'merge.made',
      'merge.made_by',
      'cases.title',
    ])
    .where('merge.undone', 'is', null)
    .where((by) => by.or([by('merge.into_case', '=', number), by('merge.merged', '=', number)]))
    .orderBy('merge.made')
    .execute()
  return rows.map(({ id, merged, into_case: into, title, made, made_by: by }) => ({
    id,
    merged,
    into,
    title,
    made: made.toISOString(),
    by,
  }))
}

/** Gives the id by which it is taken back. Throws NOT_FOUND; BAD_REQUEST for one that is part of another, or has others as parts. */
export async function mergeCases(
  doing: Doing,
  { merged, into }: { readonly merged: number; readonly into: number },
  act: Act,
): Promise<string> {
  if (merged === into)
    throw new VigieError('BAD_REQUEST', {
      met: `case ${merged} with itself`,
      expected: 'two cases',
    })
  // Always in one order: two who merge the same two cases at once wait for one another.
  for (const number of [merged, into].toSorted((one, other) => one - other))
    await holdCase(doing, number)
  const family = await familyOf(doing, merged)
  if (family.length > 1)
    throw new VigieError('BAD_REQUEST', {
      met: `case ${merged}, of which ${family.slice(1).join(', ')} became part`,
      expected: `those as parts of case ${into} first`,
    })
  const id = timeOrderedId<'case-merge'>(act.nowMs)
  await doing
    .insertInto('case_merges')
    .values({
      id,
      merged,
      into_case: into,
      made: new Date(act.nowMs),
      made_by: act.who,
      undone_by: null,
    })
    .execute()
  const what = { merged: String(merged), into: String(into), merge: id }
  for (const number of [merged, into])
    await writeAct(doing, number, { ...act, act: 'merged', what })
  return id
}

/** Throws NOT_FOUND when there is no such merge, or it was taken back. */
export async function undoMerge(
  doing: Doing,
  id: string,
  act: Act,
): Promise<{ readonly merged: number; readonly into: number }> {
  const row = await doing
    .updateTable('case_merges')
    .set({ undone: new Date(act.nowMs), undone_by: act.who })
    .where('id', '=', id)
    .where('undone', 'is', null)
    .returning(['merged', 'into_case'])
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: id.slice(0, 100) })
  const { merged, into_case: into } = row
  const what = { merged: String(merged), into: String(into), merge: id }
  for (const number of [merged, into].toSorted((one, other) => one - other)) {
    await holdCase(doing, number)
    await writeAct(doing, number, { ...act, act: 'unmerged', what })
  }
  return { merged, into }
}
