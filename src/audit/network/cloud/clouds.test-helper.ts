// A small network of each cloud, the same in all: offices that may administer a plant, a door to the Internet, a plant behind.

import { prefix } from '../../packets/addresses.ts'
import { ANY_ADDRESS } from '../../packets/addresses.ts'
import { read } from '../../reference.test-helper.ts'
import { serviceFrom } from '../../segmentation/service-text.ts'
import type { Device } from '../device.ts'
import { networkOf } from '../network-of.ts'
import type { Answer } from '../question.ts'
import { answerTo } from '../verdict.ts'

/** Each as one file. */
export function devicesFrom(...files: readonly unknown[]): readonly Device[] {
  return networkOf(
    files.map((file, at) => ({
      config: read(typeof file === 'string' ? file : JSON.stringify(file, null, 2)),
      source: `file-${at}.json`,
    })),
  )
}

export type Flow = readonly [from: string, to: string, service: string]

/** What becomes of packets from one address to another. */
export function flow(devices: readonly Device[], [from, to, service]: Flow): Answer {
  const [source, target, wanted] = [prefix(from), prefix(to), serviceFrom(service)]
  if (source === undefined || target === undefined || wanted === undefined) throw new Error('text')
  return answerTo({
    devices,
    from: { addresses: source },
    to: { addresses: ANY_ADDRESS },
    sentTo: target,
    family: source.v4.length > 0 ? 4 : 6,
    services: [wanted],
  })
}

/** What may get from one set of addresses to another. */
export function between(devices: readonly Device[], [from, to, service]: Flow): Answer {
  const [source, target, wanted] = [prefix(from), prefix(to), serviceFrom(service)]
  if (source === undefined || target === undefined || wanted === undefined) throw new Error('text')
  return answerTo({
    devices,
    from: { addresses: source },
    to: { addresses: target },
    family: source.v4.length > 0 ? 4 : 6,
    services: [wanted],
  })
}
