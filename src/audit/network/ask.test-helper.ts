// One question about one device: `10.1.0.7`, `10.2.0.8`, `tcp/443`.

import { ANY_ADDRESS, prefix } from '../packets/addresses.ts'
import { serviceFrom } from '../segmentation/service-text.ts'
import type { Device } from './device.ts'
import { answerTo } from './verdict.ts'

/** From one address to the address it is sent to, with what one device makes of it. */
export function ask(
  device: Device,
  [from, to, service]: readonly [string, string, string, string?],
) {
  const source = prefix(from)
  const target = prefix(to)
  const wanted = serviceFrom(service)
  if (source === undefined || target === undefined || wanted === undefined) throw new Error(from)
  return answerTo({
    devices: [device],
    from: { addresses: source },
    to: { addresses: ANY_ADDRESS },
    sentTo: target,
    family: 4,
    services: [wanted],
  })
}
