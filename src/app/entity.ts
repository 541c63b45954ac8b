// One entity, with what its address belongs to.

import { entityView } from '../detect/index.ts'
import type { EntityAsk, EntityDetail } from '../model/index.ts'
import type { StationParts } from './parts.ts'

export async function entityDetail(
  { core, networks, clock }: Pick<StationParts, 'core' | 'networks' | 'clock'>,
  ask: EntityAsk,
): Promise<EntityDetail> {
  const nowMs = clock.nowMs()
  const [view, network] = await Promise.all([
    entityView(core.store, ask, nowMs),
    ask.kind === 'address' ? networks.room.find(ask.name) : undefined,
  ])
  return { asOf: new Date(nowMs).toISOString(), ...view, network: network ?? null }
}
