// Addresses outside that logged in with success: each once, with how often and between which times, counted by the engine.

import { sql, trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import { BEHIND_HUNTS, isInside } from './values-since.ts'

export type OutsideLogin = {
  readonly address: string
  readonly logins: number
  readonly first: string
  readonly last: string
}

export type LoginsSince = {
  /** By when the events were received, milliseconds. */
  readonly fromMs: number
  readonly toMs: number
  readonly most: number
}

const MOST_COUNTED = 1_000_000_000

/** OCSF Authentication: Logon with success. Always in one order, so that a bounded answer can be gone through. */
export async function outsideLogins(
  lane: EngineLane,
  { fromMs, toMs, most }: LoginsSince,
): Promise<readonly OutsideLogin[]> {
  const { rows } = await lane.query<{ address: string; n: string; first: string; last: string }>(
    sql`SELECT replaceOne(toString(src_ip), '::ffff:', '') AS address, count() AS n,
  toString(toUnixTimestamp64Milli(min(time))) AS first, toString(toUnixTimestamp64Milli(max(time))) AS last FROM events
WHERE received >= fromUnixTimestamp64Milli(${fromMs}, 'UTC') AND received <= fromUnixTimestamp64Milli(${toMs}, 'UTC')
  AND class_uid = 3002 AND activity_id = 1 AND status_id = 1 AND src_ip != toIPv6('::')
GROUP BY address HAVING NOT (${trusted(isInside('address'))}) ORDER BY address LIMIT ${most}`,
    { settings: BEHIND_HUNTS },
  )
  return rows.map(({ address, n, first, last }) => ({
    address,
    logins: Math.min(Number(n), MOST_COUNTED),
    first: new Date(Number(first)).toISOString(),
    last: new Date(Number(last)).toISOString(),
  }))
}
