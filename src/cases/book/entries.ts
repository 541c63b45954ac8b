// What happened and what was done, one entry for each, written once.

import { createHash } from 'node:crypto'
import { timeOrderedId } from '../../core/index.ts'
import type { CaseEntry, CaseEntryAsk, EntryKind } from '../../model/index.ts'
import { holdCase, writeAct } from './acts.ts'
import type { Act, Doing, Reading } from './acts.ts'

/** Throws NOT_FOUND. */
export async function writeEntry(
  doing: Doing,
  number: number,
  ask: CaseEntryAsk,
  act: Act,
): Promise<CaseEntry> {
  await holdCase(doing, number)
  const recorded = new Date(act.nowMs).toISOString()
  const entry: CaseEntry = {
    id: timeOrderedId<'case-entry'>(act.nowMs),
    kind: ask.kind,
    at: ask.at ?? recorded,
    text: ask.text,
    recorded,
    by: act.who,
  }
  await doing
    .insertInto('case_entries')
    .values({ ...entry, case: number })
    .execute()
  const what = { entry: entry.id, sha256: entryDigest(entry) }
  await writeAct(doing, number, { ...act, act: 'entry_written', what })
  return entry
}

/** What the act says of an entry, so that neither can be changed alone. */
export function entryDigest({ kind, at, text }: Pick<CaseEntry, 'kind' | 'at' | 'text'>): string {
  return createHash('sha256').update(`${kind}\n${at}\n${text}`).digest('hex')
}

export async function listEntries(
  reading: Reading,
  cases: readonly number[],
): Promise<readonly CaseEntry[]> {
  const rows = await reading
    .selectFrom('case_entries')
    .selectAll()
    .where('case', 'in', cases)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(({ id, kind, at, text, recorded, by }) => ({
    id,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeEntry alone
    kind: kind as EntryKind,
    at: at.toISOString(),
    text,
    recorded: recorded.toISOString(),
    by,
  }))
}
