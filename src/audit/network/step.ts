// One device on the way of packets.

import type { PacketSet } from '../packets/diagram.ts'
import type { NetworkInterface, Translation } from './device.ts'
import type { Place } from './places.ts'

/** Packets that cross one device, and what became of their addresses. */
export type Step = {
  readonly at: Place
  readonly exit: NetworkInterface
  /** The step that brought them; `null`: they start here. */
  readonly before: Step | null
  /** As they came in, as destination translation left them, as they go out. */
  readonly arrived: PacketSet
  readonly between: PacketSet
  readonly left: PacketSet
  readonly destination: Translation | null
  readonly source: Translation | null
  /** Nothing in the routing table says that they go out here. */
  readonly isAssumed: boolean
}
