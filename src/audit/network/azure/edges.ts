// The ways out of a virtual network: to the Internet under public addresses, and home through a gateway.

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import { pairTranslations, sharedTranslation } from '../cloud/public-pairs.ts'
import type { Device } from '../device.ts'
import { addressesIn, deviceFrom, internetRoute, onlyFilter, port, routeTo } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import type { Network } from './world.ts'

export function edgeDevices(network: Network): readonly Device[] {
  return [internetDevice(network), ...(network.hasGateway ? [gatewayDevice(network)] : [])]
}

function internetDevice(network: Network): Device {
  const nics = network.subnets.flatMap((subnet) => subnet.nics)
  const pairs = nics.flatMap(({ publics, line }) => publics.map((pair) => ({ ...pair, line })))
  const known = pairs.flatMap(({ own, public: shown, line }) =>
    shown === undefined ? [] : [{ own, public: shown, line }],
  )
  const isUnclear = known.length < pairs.length || nics.some(({ isBalanced }) => isBalanced)
  const name = `${network.name}.internet`
  return deviceFrom({
    name,
    source: network.found.file,
    make: 'azure',
    interfaces: [
      port('network', {
        turns: true,
        leadsTo: { device: network.name, interface: 'internet' },
        ingress: [
          exits(
            network,
            pairs.map(({ own }) => own),
          ),
        ],
      }),
      port('internet', {
        isInternet: true,
        ingress: [
          onlyFilter(`${name} in`, { destination: addressesIn(known.map((pair) => pair.public)) }),
        ],
      }),
    ],
    translations: [
      ...known.flatMap(pairTranslations),
      sharedTranslation(network.blocks, network.found.json.first),
    ],
    routes: [
      ...network.blocks.flatMap((text) => routeTo('network', text, network.found.json.first) ?? []),
      internetRoute('internet', network.found.json.first),
    ],
    limits: isUnclear ? ['translation_not_understood'] : [],
  })
}

/** Under a public address of its own, through a gateway that translates, or as the maker lets out what has neither. */
function exits(network: Network, own: readonly string[]): Filter {
  const blocks = (subnets: Network['subnets']) => subnets.flatMap((subnet) => subnet.blocks)
  const make = (texts: readonly string[], conditions: readonly string[], label: string) =>
    ruleOf({
      action: 'permit',
      source: addressesIn(texts),
      destination: ANY_ADDRESS,
      services: [{ protocols: null, destination: null, source: null }],
      conditions,
      first: 1,
      last: 1,
      label,
      text: '',
    })
  return {
    name: `${network.name} out`,
    rules: [
      make(own, [], 'publicIPAddress'),
      make(blocks(network.subnets.filter(({ hasNat }) => hasNat)), [], 'natGateway'),
      make(
        blocks(network.subnets.filter(({ hasDefaultExit }) => hasDefaultExit)),
        ['default outbound access'],
        'defaultOutboundAccess',
      ),
    ],
    fallback: 'deny',
    isStateful: true,
  }
}

/** Networks behind it are told by no resource: any private address may be. */
function gatewayDevice(network: Network): Device {
  return deviceFrom({
    name: `${network.name}.gateway`,
    source: network.found.file,
    make: 'azure',
    interfaces: [
      port('network', { leadsTo: { device: network.name, interface: 'gateway' } }),
      port('on-premises'),
    ],
    routes: [
      ...network.blocks.flatMap((text) => routeTo('network', text, 1) ?? []),
      ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap(
        (text) => routeTo('on-premises', text, 1) ?? [],
      ),
    ],
    limits: ['tunnels'],
  })
}
