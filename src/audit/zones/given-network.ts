// Texts that a station holds as the devices of its network. What is not read crosses as it likes; what is part of a cloud is read
// with the rest of it.

import type { ShownDevice } from '../../model/index.ts'
import { deviceOf } from '../network/device-of.ts'
import type { Device } from '../network/device.ts'
import { isPartOfMore, networkOf } from '../network/network-of.ts'
import type { NamedConfig } from '../network/network-of.ts'
import type { ReadWith } from '../read-config.ts'
import { readAgain } from '../records/read-again.ts'
import { shownDevice } from '../segmentation/segment.ts'
import type { GivenDevice } from './gather-network.ts'

export type Text = Pick<GivenDevice, 'name' | 'config' | 'dialect'>

export type Given =
  | { readonly kind: 'device'; readonly name: string; readonly device: Device }
  | { readonly kind: 'part'; readonly name: string; readonly config: NamedConfig['config'] }

export type Network = {
  readonly devices: readonly Device[]
  /** As a person sees what was given under this name. */
  readonly shown: (name: string) => ShownDevice
  /** The devices as they were when these texts stood in their places. */
  readonly before: (texts: readonly Text[]) => readonly Device[]
}

export function networkGiven(
  texts: readonly Text[],
  { tools, left }: { readonly tools: ReadWith; readonly left: readonly string[] },
): Network {
  const given = texts.map((text) => readGiven(text, tools))
  const others = left.map(notRead)
  const devices = [...devicesOf(given), ...others]
  return {
    devices,
    shown: (name) =>
      shownAs(
        given.find((one) => one.name === name),
        name,
        devices,
      ),
    before: (earlierTexts) => {
      const was = new Map(earlierTexts.map((text) => [text.name, readGiven(text, tools)]))
      const earlier = given.map((one) => was.get(one.name) ?? one)
      // Devices that did not change stay the same objects: their sets are known.
      if (!given.every(isDevice) || ![...was.values()].every(isDevice))
        return [...devicesOf(earlier), ...others]
      return devices.map((one) => {
        const then = was.get(one.name)
        return then?.kind === 'device' ? then.device : one
      })
    },
  }
}

function isDevice({ kind }: Given): boolean {
  return kind === 'device'
}

export function devicesOf(given: readonly Given[]): readonly Device[] {
  const parts = given.flatMap((one) =>
    one.kind === 'part' ? [{ config: one.config, source: one.name }] : [],
  )
  return [
    ...given.flatMap((one) => (one.kind === 'device' ? [one.device] : [])),
    ...networkOf(parts),
  ]
}

/** By the name the station knows it by; its own host name finds it as well. */
export function readGiven({ name, config, dialect }: Text, tools: ReadWith): Given {
  const read = readAgain({ config, dialect }, tools)
  if (read === undefined) return { kind: 'device', name, device: notRead(name) }
  if (isPartOfMore(read)) return { kind: 'part', name, config: read }
  const device = deviceOf(read, name)
  return { kind: 'device', name, device: { ...device, name, source: device.name } }
}

/** Nothing is called blocked beside it. */
function notRead(name: string): Device {
  const nothing = { interfaces: [], policy: null, translations: [], routes: [], filters: [] }
  return { name, source: name, make: '', ...nothing, limits: ['not_a_filter_we_read'] }
}

function shownAs(one: Given | undefined, name: string, devices: readonly Device[]): ShownDevice {
  if (one?.kind === 'device') return shownDevice(one.device)
  const own = devices.filter(({ source }) => source === name).map(shownDevice)
  const sum = (of: (device: ShownDevice) => number) =>
    own.reduce((total, device) => total + of(device), 0)
  return {
    name,
    file: name,
    make: one?.kind === 'part' ? one.config.dialect.name : '',
    interfaces: sum(({ interfaces }) => interfaces),
    rules: sum(({ rules }) => rules),
    unreadRules: sum(({ unreadRules }) => unreadRules),
    limits: [...new Set(own.flatMap(({ limits }) => limits))],
  }
}
