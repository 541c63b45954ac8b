// What was done in blind matching, on either side, by whom: kept with what leaves and what is refused.

import type { BlindKeys, BlindState } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'

/** What may stand in the log. */
export const BLIND_ACTS = [
  'epoch begun',
  'values added',
  'value removed',
  'budget set',
  'list given',
  'refused',
  'asking switched on',
  'asking switched off',
  'keys pinned',
  'list taken',
  'not asked',
  'met',
  'told',
  'kept',
] as const
export type BlindAct = (typeof BLIND_ACTS)[number]

export type Entry = {
  readonly peer: string
  readonly act: BlindAct
  readonly about: string
  readonly by: string
  readonly nowMs: number
}

/** By whom the machine acts. */
export const MACHINE = 'vigie'
const MOST_KEPT = 10_000
const MOST_SHOWN = 100

export async function logBlind(
  records: Records,
  { peer, act, about, by, nowMs }: Entry,
): Promise<void> {
  await records
    .insertInto('blind_log')
    .values({ at: new Date(nowMs), peer, act, about: about.slice(0, 500), by_whom: by })
    .execute()
  await records
    .deleteFrom('blind_log')
    .where('seq', '<=', (by_) =>
      by_
        .selectFrom('blind_log')
        .select((of) => of.eb(of.fn.max<string>('seq'), '-', String(MOST_KEPT)).as('old')),
    )
    .execute()
}

/** The newest first. */
export async function readBlindLog(records: Records): Promise<BlindState['log']> {
  const rows = await records
    .selectFrom('blind_log')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map(({ at, peer, act, about, by_whom: by }) => ({
    at: at.toISOString(),
    peer,
    act,
    about,
    by,
  }))
}

/** What people compare by telephone: the beginning of both keys. */
export function fingerprintOf({ address, other }: BlindKeys): string {
  return `${address.slice(0, 8)} ${other.slice(0, 8)}`
}
