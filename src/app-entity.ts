// One entity, with what its address belongs to.

import type { StationParts } from './app-parts.ts'
import { entityView } from './detect/index.ts'
import type { EntityAsk, EntityDetail } from './model/index.ts'

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
