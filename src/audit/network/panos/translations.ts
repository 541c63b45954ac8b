// Translation rules of PAN-OS: they name the zones of the addresses before translation.

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import { matchOf } from '../../packets/match.ts'
import { portNumber } from '../../packets/services.ts'
import type { DeviceLimit, Translation } from '../device.ts'
import { addressesBehind } from '../named-objects.ts'
import { at, childrenAt, named, valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import { servicesOf, sideOf } from './rule-parts.ts'
import type { PanosContext } from './rule-parts.ts'

export function panosTranslations(
  context: PanosContext,
  limits: Set<DeviceLimit>,
): readonly Translation[] {
  return ['pre-rulebase', 'rulebase', 'post-rulebase'].flatMap((base) =>
    [...named(context.root, base)].flatMap((twig) =>
      childrenAt(twig, 'nat', 'rules').flatMap((rule) => translationOf(rule, context, limits)),
    ),
  )
}

function translationOf(
  rule: Twig,
  context: PanosContext,
  limits: Set<DeviceLimit>,
): readonly Translation[] {
  if (valueAt(rule, 'disabled') === 'yes' || valueAt(rule, 'nat-type') === 'nat64') return []
  const source = sideOf(rule, 'source', context)
  const destination = sideOf(rule, 'destination', context)
  const service = servicesOf(rule, context)
  const isUnread = [source, destination, service].some(
    ({ unread, conditions }) => unread.length + conditions.length > 0,
  )
  const match = matchOf({
    source: source.addresses,
    destination: destination.addresses,
    services: service.services,
  })
  if (isUnread || match === undefined) {
    limits.add('translation_not_understood')
    return []
  }
  const shared = {
    from: context.zones.interfaces(valuesAt(rule, 'from')),
    to: context.zones.interfaces(valuesAt(rule, 'to')),
    match: match[4],
    first: rule.first,
    last: rule.last,
    label: rule.word,
  }
  return [destinationOf(rule, context), sourceOf(rule, context)].flatMap((own) =>
    own === null ? [] : [{ ...shared, ...own }],
  )
}

type Own = Pick<Translation, 'kind' | 'address' | 'port' | 'isExact'>

function destinationOf(rule: Twig, { addresses }: PanosContext): Own | null {
  const twig = at(rule, 'destination-translation') ?? at(rule, 'dynamic-destination-translation')
  if (twig === undefined) return null
  const found = addressesBehind(valuesAt(twig, 'translated-address'), addresses, ANY_ADDRESS)
  const port = portNumber(valueAt(twig, 'translated-port') ?? '')
  const { v4 } = found.addresses
  return {
    kind: 'destination',
    address: found.unread.length > 0 ? null : v4,
    port: port === undefined ? null : [port, port],
    isExact: v4.length === 2 && v4[0] === v4[1],
  }
}

function sourceOf(rule: Twig, { addresses }: PanosContext): Own | null {
  const twig = at(rule, 'source-translation')
  if (twig === undefined) return null
  const fixed = valuesAt(twig, 'static-ip', 'translated-address')
  const pool = [
    ...valuesAt(twig, 'dynamic-ip-and-port', 'translated-address'),
    ...valuesAt(twig, 'dynamic-ip', 'translated-address'),
  ]
  const names = [...fixed, ...pool]
  const found = addressesBehind(names, addresses, ANY_ADDRESS)
  const isKnown = names.length > 0 && found.unread.length === 0
  return {
    kind: 'source',
    address: isKnown ? found.addresses.v4 : null,
    port: null,
    isExact: false,
  }
}
