// The way of a network of Google Cloud to the Internet: addresses of one's own, Cloud NAT, balancers.

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import { isTrueAt, itemsAt, textAt } from '../../tree/json-values.ts'
import { pairTranslations, sharedTranslation } from '../cloud/public-pairs.ts'
import type { Device } from '../device.ts'
import { addressesIn, deviceFrom, internetRoute, onlyFilter, port, routeTo } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import { linkAt } from './resources.ts'
import type { Resources } from './resources.ts'
import type { Network, World } from './world.ts'

export function internetDevice(network: Network, { resources, nics }: World): Device {
  const { found, name, subnets } = network
  const own = nics.filter((nic) => nic.network === found.id)
  const pairs = own.flatMap((nic) =>
    nic.publics.flatMap((shown) =>
      nic.texts.slice(0, 1).map((mine) => ({ own: mine, public: shown, line: nic.line })),
    ),
  )
  const blocks = subnets.flatMap((subnet) => subnet.blocks)
  const six = blocks.filter((text) => text.includes(':'))
  const device = `${name}.internet`
  const inward = addressesIn([...pairs.map((pair) => pair.public), ...six])
  return deviceFrom({
    name: device,
    source: found.file,
    make: 'gcp',
    interfaces: [
      port('network', {
        line: found.json.first,
        turns: true,
        leadsTo: { device: name, interface: 'internet' },
        ingress: [
          exits(
            { name: `${device} out`, own: [...pairs.map((pair) => pair.own), ...six] },
            network,
            resources,
          ),
        ],
      }),
      port('internet', {
        line: found.json.first,
        isInternet: true,
        ingress: [onlyFilter(`${device} in`, { destination: inward })],
      }),
    ],
    translations: [...pairs.flatMap(pairTranslations), sharedTranslation(blocks, found.json.first)],
    routes: [
      ...blocks.flatMap((text) => routeTo('network', text, found.json.first) ?? []),
      internetRoute('internet', found.json.first),
    ],
    limits: isToldOfBalancers(resources) ? [] : ['translation_not_understood'],
  })
}

/** What balancers take is passed on to instances; that there is none is said by an empty list in a file of several. */
function isToldOfBalancers({ of, lists }: Resources): boolean {
  const rules = of('forwardingRule')
  if (rules.length === 0) return lists.has('forwardingrules')
  return rules.every(
    ({ json }) => !(textAt(json, 'loadBalancingScheme') ?? 'EXTERNAL').startsWith('EXTERNAL'),
  )
}

/** Under an address of its own, through Cloud NAT where there is one; to the maker's own services in ways that are not read. */
function exits(
  { name, own }: { readonly name: string; readonly own: readonly string[] },
  { found, subnets }: Network,
  resources: Resources,
): Filter {
  const make = (
    texts: readonly string[],
    why: { conditions?: readonly string[]; unread?: readonly string[] },
    label: string,
  ) =>
    ruleOf({
      action: 'permit',
      source: addressesIn(texts),
      destination: ANY_ADDRESS,
      services: [{ protocols: null, destination: null, source: null }],
      ...why,
      first: found.json.first,
      last: found.json.first,
      label,
      text: '',
    })
  const hasNat = resources
    .of('router')
    .some(({ json }) => linkAt(json, 'network') === found.id && itemsAt(json, 'nats').length > 0)
  const all = subnets.flatMap(({ blocks }) => blocks)
  const google = subnets
    .filter((subnet) => isTrueAt(subnet.found.json, 'privateIpGoogleAccess'))
    .flatMap(({ blocks }) => blocks)
  return {
    name,
    rules: [
      make(own, {}, 'natIP'),
      ...(hasNat ? [make(all, { conditions: ['Cloud NAT'] }, 'nats')] : []),
      ...(google.length > 0
        ? [make(google, { unread: ['privateIpGoogleAccess'] }, 'privateIpGoogleAccess')]
        : []),
      // Routers were not given: one of them may translate.
      ...(hasNat || resources.of('router').length > 0 || resources.lists.has('routers')
        ? []
        : [make(all, { unread: ['routers'] }, 'routers')]),
    ],
    fallback: 'deny',
    isStateful: true,
  }
}
