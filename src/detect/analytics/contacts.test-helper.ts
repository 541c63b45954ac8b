// First contacts by chance: devices that scan slowly, one address every two hours, and devices that do their work, each with its own share of answers.

import { sql, trusted, typed } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'

export type Crowd = {
  readonly devices: number
  /** Contacts of each: from, to. */
  readonly contacts: readonly [number, number]
  /** Share of answered ones, different for each device: from, to. */
  readonly answered: readonly [number, number]
  /** Second part of their addresses. */
  readonly network: number
}

/** Puts them into `flow_days`, the newest an hour before the moment. */
export async function writeContacts(lane: EngineLane, crowd: Crowd, toMs: number): Promise<void> {
  const [least, most] = crowd.contacts
  const [low, high] = crowd.answered
  const last = typed("DateTime64(3, 'UTC')", new Date(toMs - 3_600_000).toISOString().slice(0, 23))
  await lane.command(
    sql`INSERT INTO flow_days (day, class_uid, src_ip, dst_ip, place, first_at, last_at, batch, line, events, bytes_out, bytes_in, allowed, first_contact)
SELECT toDate(at), 4001, src, toIPv6(concat('10.200.', toString(intDiv(step, 250)), '.', toString(1 + step % 250))), toString(step), at, at, 'b', step, 1, 100, if(failed, 0, 100), 1,
  toUInt64(toUnixTimestamp64Milli(at)) * 2 + failed
FROM (
  SELECT intDiv(number, ${most}) AS device, toUInt32(number % ${most}) AS step,
    toIPv6(concat('10.', toString(${crowd.network}), '.', toString(intDiv(device, 250)), '.', toString(1 + device % 250))) AS src,
    ${least} + cityHash64(device, ${crowd.network}, 'contacts') % ${most - least + 1} AS contacts,
    ${last} - toIntervalHour(2 * (contacts - 1 - step)) AS at,
    ${trusted(String(low))} + ${trusted(String(high - low))} * (cityHash64(device, ${crowd.network}, 'share') % 10000) / 10000 AS answered,
    toUInt8((cityHash64(device, step, ${crowd.network}) % 100000) / 100000 >= answered) AS failed
  FROM numbers(${crowd.devices * most})
) WHERE step < contacts`,
  )
}
