// Repositories that are followed, in the records.

import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { ErrorDetails } from '../../core/index.ts'
import type { ConfigRepository } from '../../model/index.ts'
import type { ConfigRepositoriesTable, Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import type { Act } from '../records/change-records.ts'
import { placeProblem } from './place.ts'

export type Repository = Pick<ConfigRepositoriesTable, 'place' | 'branch' | 'head'>
type Problem = ErrorDetails['REPOSITORY_REFUSED']

export async function dueRepositories(records: Records): Promise<readonly Repository[]> {
  return records
    .selectFrom('config_repositories')
    .select(['place', 'branch', 'head'])
    .orderBy('place')
    .execute()
}

/** Follows a repository; one that is followed already stays as it is. Throws REPOSITORY_REFUSED. */
export async function addRepository(
  records: Records,
  { place, branch }: Pick<Repository, 'place' | 'branch'>,
  { who, nowMs }: Act,
): Promise<void> {
  const problem = placeProblem(place)
  if (problem !== null)
    throw new VigieError('REPOSITORY_REFUSED', { place: placeShown(place), problem, reason: '' })
  await records
    .insertInto('config_repositories')
    .values({
      place,
      branch,
      added: new Date(nowMs),
      added_by: who,
      head: null,
      looked: null,
      commits: 0,
      versions: 0,
      refused: '[]',
      problem: 'null',
      rewritten: null,
      lost: null,
    })
    .onConflict((conflict) => conflict.column('place').doNothing())
    .execute()
}

/** A password that was typed into an address is shown to nobody. */
function placeShown(place: string): string {
  return place.replace(/\/\/[^/@]*@/, '//…@').slice(0, 200)
}

/** What was taken in stays. Throws NOT_FOUND. */
export async function removeRepository(records: Records, place: string): Promise<void> {
  const { numDeletedRows } = await records
    .deleteFrom('config_repositories')
    .where('place', '=', place)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new VigieError('NOT_FOUND', { what: place })
}

type Look = {
  readonly looked?: Date
  readonly problem?: Problem | null
  readonly head?: string
  readonly rewritten?: Date
  readonly lost?: string
}

export async function keepLook(records: Records, place: string, look: Look): Promise<void> {
  const { problem, ...rest } = look
  await records
    .updateTable('config_repositories')
    .set({ ...rest, ...(problem === undefined ? {} : { problem: JSON.stringify(problem) }) })
    .where('place', '=', place)
    .execute()
}

type Refused = ConfigRepository['refused'][number]
type Place = {
  readonly head: string
  readonly versions: number
  readonly refused: readonly Refused[]
}
const MOST_REFUSED = 50

/** After each commit: it is not read again. */
export async function keepPlace(
  records: Records,
  place: string,
  { head, versions, refused }: Place,
): Promise<void> {
  await records
    .updateTable('config_repositories')
    .set((of) => ({
      head,
      commits: of('commits', '+', 1),
      versions: of('versions', '+', versions),
      ...(refused.length === 0
        ? {}
        : {
            refused: sql<string>`jsonb_path_query_array(${JSON.stringify(refused.slice(0, MOST_REFUSED))}::jsonb || refused, ${`$[0 to ${MOST_REFUSED - 1}]`}::jsonpath)`,
          }),
    }))
    .where('place', '=', place)
    .execute()
}

export async function listRepositories(records: Records): Promise<readonly ConfigRepository[]> {
  const rows = await records
    .selectFrom('config_repositories')
    .selectAll()
    .orderBy('place')
    .execute()
  return rows.map(shown)
}

function shown(row: Selectable<ConfigRepositoriesTable>): ConfigRepository {
  const { place, branch, head, looked, commits, versions, rewritten, lost } = row
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by keepLook alone
  const problem = row.problem as Problem | null
  const say = (language: Language) =>
    problem === null ? '' : wordsOf(language).collection.repository(problem)
  return {
    place,
    branch,
    head,
    looked: looked?.toISOString() ?? null,
    commits,
    versions,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by keepPlace alone
    refused: row.refused as Refused[],
    problem: problem === null ? null : { en: say('en'), fr: say('fr') },
    rewritten: rewritten?.toISOString() ?? null,
    lost,
  }
}
