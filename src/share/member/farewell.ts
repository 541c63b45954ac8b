// A hub that was left hears of it, even if it was away then.

import type { Records } from '../../store/index.ts'
import type { PeerRow } from '../peer/peers.ts'
import type { StationKey } from '../peer/station-key.ts'
import { hubLink } from './hub-link.ts'

/** Tells hubs that were left, until they know. */
export async function sayFarewell(
  { records, key }: { readonly records: Records; readonly key: StationKey },
  rows: readonly PeerRow[],
): Promise<void> {
  for (const row of rows) {
    const { role, state, is_told: isTold, address, pin, name } = row
    if (role !== 'hub' || state !== 'ended' || isTold || address === null || pin === null) continue
    const link = hubLink({ address, pin }, key, AbortSignal.timeout(15_000))
    try {
      const { status } = await link.post('/vigie/leave', {})
      // 403 and 401: it had ended already there.
      if (status === 200 || status === 403 || status === 401)
        await records
          .updateTable('share_peers')
          .set({ is_told: true })
          .where('name', '=', name)
          .execute()
    } catch {
      // Told at the next round.
    } finally {
      link.close()
    }
  }
}
