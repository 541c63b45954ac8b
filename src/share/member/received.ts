// What hubs sent, as people see it.

import { RECEIVED_STATES } from '../../model/index.ts'
import type { Received } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { JsonObject } from '../stix/problem.ts'

/** Newest first. */
export async function readReceived(
  records: Records,
  { state, limit }: { readonly state?: string | undefined; readonly limit: number },
): Promise<readonly Received[]> {
  let asked = records.selectFrom('share_received').selectAll()
  if (state !== undefined) asked = asked.where('state', '=', state)
  const rows = await asked.orderBy('received', 'desc').orderBy('id').limit(limit).execute()
  return rows.map((row) => {
    const object: JsonObject = JSON.parse(row.body)
    const name = object['name']
    return {
      peer: row.peer,
      id: row.id,
      type: row.type,
      version: row.version,
      name: typeof name === 'string' ? name.slice(0, 300) : '',
      state: RECEIVED_STATES.find((one) => one === row.state) ?? 'kept',
      reason: row.reason,
      seen: row.told_count === null ? null : Number(row.told_count),
      received: row.received.toISOString(),
    }
  })
}
