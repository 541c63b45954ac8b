// How much a member may ask: so many values a day of each class, and at most a quarter of that in one hour. Blinded values say
// nothing, so a count is the only thing that keeps a member from trying all addresses there are.

import { DAY_MS, HOUR_MS } from '../../core/index.ts'
import type { BlindClass, BlindMember } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'

export type Budget = Readonly<Record<BlindClass, number>>

/** Values a day. At 20,000 addresses a day all of IPv4 takes 588 years, and a key lasts a month. */
export const USUAL_BUDGET: Budget = { address: 20_000, other: 100_000 }
/** Of a day's budget in one hour: who tries a lot at once is seen before it is through. */
const HOURLY_SHARE = 4

export async function budgetOf(records: Records, peer: string): Promise<Budget> {
  const row = await records
    .selectFrom('blind_budgets')
    .selectAll()
    .where('peer', '=', peer)
    .executeTakeFirst()
  return row === undefined ? USUAL_BUDGET : { address: row.address_day, other: row.other_day }
}

type Spending = {
  readonly peer: string
  /** A key's name: each has a budget of its own. */
  readonly class: string
  readonly count: number
  /** Of a day. */
  readonly most: number
  readonly nowMs: number
}

export type Spent =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly refused: 'budget of the day' | 'budget of the hour'
      /** The first of this hour. */
      readonly isFirst: boolean
    }

const hourOf = (nowMs: number) => new Date(Math.floor(nowMs / HOUR_MS) * HOUR_MS)

/** Counts the values before they are answered: whoever is cut off in between has asked. */
export async function spend(records: Records, spending: Spending): Promise<Spent> {
  const { peer, class: name, count, most, nowMs } = spending
  const hour = hourOf(nowMs)
  return records.transaction().execute(async (step): Promise<Spent> => {
    await step
      .insertInto('blind_asked')
      .values({ peer, key_class: name, hour })
      .onConflict((conflict) => conflict.columns(['peer', 'key_class', 'hour']).doNothing())
      .execute()
    const rows = await step
      .selectFrom('blind_asked')
      .select(['hour', 'asked', 'refused'])
      .where('peer', '=', peer)
      .where('key_class', '=', name)
      .where('hour', '>', new Date(nowMs - DAY_MS))
      .forUpdate()
      .execute()
    const now = rows.find((row) => row.hour.getTime() === hour.getTime())
    const inDay = rows.reduce((sum, { asked }) => sum + Number(asked), 0)
    const inHour = Number(now?.asked ?? 0)
    const refused =
      inDay + count > most
        ? 'budget of the day'
        : inHour + count > hourly(most)
          ? 'budget of the hour'
          : undefined
    const change =
      refused === undefined
        ? { asked: inHour + count }
        : { refused: Number(now?.refused ?? 0) + count }
    await step
      .updateTable('blind_asked')
      .set(change)
      .where('peer', '=', peer)
      .where('key_class', '=', name)
      .where('hour', '=', hour)
      .execute()
    return refused === undefined
      ? { ok: true }
      : { ok: false, refused, isFirst: Number(now?.refused ?? 0) === 0 }
  })
}

const hourly = (most: number) => Math.ceil(most / HOURLY_SHARE)

/** What a member may still ask now, of each class. */
export async function leftOf(records: Records, peer: string, nowMs: number): Promise<Budget> {
  const most = await budgetOf(records, peer)
  const left = (name: BlindClass) =>
    leftOfClass(records, { peer, class: name, most: most[name], nowMs })
  return { address: await left('address'), other: await left('other') }
}

export async function leftOfClass(
  records: Records,
  { peer, class: name, most, nowMs }: Omit<Spending, 'count'>,
): Promise<number> {
  const rows = await records
    .selectFrom('blind_asked')
    .select(['hour', 'asked'])
    .where('peer', '=', peer)
    .where('key_class', '=', name)
    .where('hour', '>', new Date(nowMs - DAY_MS))
    .execute()
  const hour = hourOf(nowMs).getTime()
  const sum = (some: typeof rows) => some.reduce((total, { asked }) => total + Number(asked), 0)
  const inHour = sum(rows.filter((row) => row.hour.getTime() === hour))
  return Math.max(0, Math.min(most - sum(rows), hourly(most) - inHour))
}

/** Of each member that asked or has a budget of its own, in the last 24 hours. */
export async function spentByMembers(
  records: Records,
  peers: readonly string[],
  nowMs: number,
): Promise<readonly BlindMember[]> {
  const rows = await records
    .selectFrom('blind_asked')
    .selectAll()
    .where('hour', '>', new Date(nowMs - DAY_MS))
    .execute()
  const members: BlindMember[] = []
  for (const peer of peers) {
    const own = rows.filter((row) => row.peer === peer)
    const of = (field: 'asked' | 'refused') => {
      const sum = (name: BlindClass) =>
        own
          .filter(({ key_class: one }) => one === name)
          .reduce((total, row) => total + Number(row[field]), 0)
      return { address: sum('address'), other: sum('other') }
    }
    const last = own.map(({ hour }) => hour.getTime()).toSorted((a, b) => b - a)[0]
    members.push({
      peer,
      budget: await budgetOf(records, peer),
      asked: of('asked'),
      refused: of('refused'),
      lastHour: last === undefined ? null : new Date(last).toISOString(),
    })
  }
  return members
}

/** Hours that count for nothing any more. */
export async function forgetSpent(records: Records, nowMs: number): Promise<void> {
  await records
    .deleteFrom('blind_asked')
    .where('hour', '<', new Date(nowMs - KEPT_DAYS * DAY_MS))
    .execute()
}
const KEPT_DAYS = 90
