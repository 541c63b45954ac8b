// The acts of a case: a chain in which each carries the digest of all before it.

import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { VigieError, canonicalJson } from '../../core/index.ts'
import type { CaseAct, CaseActKind } from '../../model/index.ts'
import type { CaseActsTable, Records, RecordsTransaction } from '../../store/index.ts'

export type Doing = RecordsTransaction
export type Reading = Records | Doing

/** Who, and when. */
export type Act = { readonly who: string; readonly nowMs: number }

type What = Readonly<Record<string, string>>

/** Digest before the first act. */
export const NO_DIGEST = '0'.repeat(64)

/** Holds the case until the transaction ends, so that its acts come one after another. Throws NOT_FOUND; BAD_REQUEST for part of another. */
export async function holdCase(doing: Doing, number: number): Promise<void> {
  const found = await doing
    .selectFrom('cases')
    .select('number')
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst()
  if (found === undefined) throw new VigieError('NOT_FOUND', { what: `case ${number}` })
  const part = await doing
    .selectFrom('case_merges')
    .select('into_case')
    .where('merged', '=', number)
    .where('undone', 'is', null)
    .executeTakeFirst()
  if (part !== undefined)
    throw new VigieError('BAD_REQUEST', {
      met: `case ${number}, which is part of case ${part.into_case}`,
      expected: `case ${part.into_case}`,
    })
}

/** Writes an act behind those before it. The case is held. */
export async function writeAct(
  doing: Doing,
  number: number,
  { act, what, who, nowMs }: Act & { readonly act: CaseActKind; readonly what: What },
): Promise<void> {
  const last = await newestAct(doing, number)
  const said = {
    number: (last?.number ?? 0) + 1,
    at: new Date(nowMs).toISOString(),
    who,
    act,
    what,
  }
  await doing
    .insertInto('case_acts')
    .values({
      ...said,
      case: number,
      what: JSON.stringify(what),
      digest: digestOf(last?.digest ?? NO_DIGEST, number, said),
    })
    .execute()
}

export async function listActs(reading: Reading, number: number): Promise<readonly CaseAct[]> {
  const rows = await reading
    .selectFrom('case_acts')
    .selectAll()
    .where('case', '=', number)
    .orderBy('number')
    .execute()
  return rows.map(shownAct)
}

/** The newest act. Throws NOT_FOUND. */
export async function headOf(
  reading: Reading,
  number: number,
): Promise<{ readonly act: number; readonly digest: string }> {
  const newest = await newestAct(reading, number)
  if (newest === undefined) throw new VigieError('NOT_FOUND', { what: `case ${number}` })
  return { act: newest.number, digest: newest.digest }
}

function newestAct(reading: Reading, number: number) {
  return reading
    .selectFrom('case_acts')
    .select(['number', 'digest'])
    .where('case', '=', number)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function shownAct({ number, at, who, act, what, digest }: Selectable<CaseActsTable>): CaseAct {
  return {
    number,
    at: at.toISOString(),
    who,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeAct alone
    act: act as CaseActKind,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeAct alone
    what: what as Record<string, string>,
    digest,
  }
}

/** SHA-256, in hexadecimal, of the digest before, a line break, and the act with its case as canonical JSON. */
export function digestOf(before: string, number: number, act: Omit<CaseAct, 'digest'>): string {
  const { number: at, ...rest } = act
  const text = canonicalJson({ ...rest, case: number, number: at })
  return createHash('sha256').update(`${before}\n${text}`).digest('hex')
}
