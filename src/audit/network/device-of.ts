// From a configuration that was read to the device the network sees. A make whose filters are not read is a device all the same:
// what crosses it is indeterminate, never blocked.

import type { ReadConfig } from '../read-config.ts'
import type { ConfigTree } from '../tree/config-tree.ts'
import { arubaDevice } from './aruba/device.ts'
import { ciscoDevice } from './cisco/device.ts'
import type { DeviceRead } from './cisco/device.ts'
import { comwareDevice } from './comware/device.ts'
import type { Device } from './device.ts'
import { f5Device } from './f5/device.ts'
import { fortiDevice } from './fortios/device.ts'
import { iptablesDevice } from './iptables/device.ts'
import { junosDevice } from './junos/device.ts'
import { nftablesDevice } from './nftables/device.ts'
import { panosDevice } from './panos/device.ts'
import { pfDevice } from './pf/device.ts'
import { routerosDevice } from './routeros/device.ts'
import { vyosDevice } from './vyos/device.ts'

const CISCO = new Set(['cisco-ios', 'cisco-xr', 'cisco-nxos', 'cisco-asa', 'arista-eos'])

export function deviceOf({ dialect, tree, device }: ReadConfig, source: string): Device {
  const read = readWith(tree, dialect.name)
  return { name: device.hostname ?? source, source, make: dialect.name, ...(read ?? UNREAD) }
}

function readWith(tree: ConfigTree, make: string): DeviceRead | undefined {
  if (CISCO.has(make)) return ciscoDevice(tree, make)
  if (make === 'panos') return panosDevice(tree)
  if (make === 'junos') return junosDevice(tree)
  if (make === 'routeros') return routerosDevice(tree)
  if (make === 'iptables') return iptablesDevice(tree)
  if (make === 'nftables') return nftablesDevice(tree)
  if (make === 'vyos') return vyosDevice(tree)
  if (make === 'fortios') return fortiDevice(tree)
  if (make === 'pfsense' || make === 'opnsense') return pfDevice(tree)
  if (make === 'aruba-os' || make === 'aruba-aoscx') return arubaDevice(tree, make)
  if (make === 'hp-comware') return comwareDevice(tree)
  if (make === 'f5-bigip') return f5Device(tree)
  return undefined
}

const UNREAD: DeviceRead = {
  interfaces: [],
  policy: null,
  translations: [],
  routes: [],
  filters: [],
  limits: ['not_a_filter_we_read'],
}
