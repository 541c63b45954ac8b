// Asks our own hub to reach whom we cannot: what the organisation agreed to at its registration.

import { RegistrationSchema } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { hubLink } from '../member/hub-link.ts'
import { listPeers } from '../peer/peers.ts'
import type { StationKey } from '../peer/station-key.ts'
import { NOTICE_PATHS } from './exchange.ts'
import { PermanentRefusal } from './send.ts'
import type { Sender } from './send.ts'

const TIMEOUT_MS = 30_000

export function upSender(records: Records, key: StationKey): Sender {
  return async ({ notice }) => {
    const row = await records
      .selectFrom('notices')
      .innerJoin('notice_organisations as known', 'known.id', 'notices.organisation')
      .select(['known.name', 'known.sector', 'known.region', 'known.contacts', 'known.may_go_up'])
      .where('notices.id', '=', notice.id)
      .executeTakeFirst()
    if (row?.may_go_up !== true)
      throw new PermanentRefusal('the organisation does not let it go up')
    const { name, sector, region, contacts } = row
    const organisation = RegistrationSchema.pick({
      name: true,
      sector: true,
      region: true,
      contacts: true,
    }).parse({
      name,
      sector,
      region,
      contacts,
    })
    const hubs = (await listPeers(records)).filter(
      ({ role, state }) => role === 'hub' && state === 'joined',
    )
    const problems: string[] = []
    for (const { name: peer, address, pin } of hubs) {
      const link = hubLink(
        { address: address ?? '', pin: pin ?? '' },
        key,
        AbortSignal.timeout(TIMEOUT_MS),
      )
      try {
        const { ok, status } = await link.post(NOTICE_PATHS.up, { notice, organisation })
        if (ok) return
        problems.push(`${peer}: ${status}`)
      } catch (cause) {
        problems.push(`${peer}: ${cause instanceof Error ? cause.message : String(cause)}`)
      } finally {
        link.close()
      }
    }
    throw new Error(problems.join('; ') || 'no hub above')
  }
}
