// Addresses that a BIG-IP translates apart from its virtual servers: one for one, and what may go out under another.

import { ANY_ADDRESS, bothAddresses } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ranges, spansOf } from '../../packets/ranges.ts'
import { ANY_SERVICE } from '../../packets/services.ts'
import type { Translation } from '../device.ts'
import { between, cubesFor } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import { valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import { addressText, isDisabled, objectsAt, shortName, vlansOf } from './names.ts'
import { ownAddresses, snatPool } from './virtuals.ts'
import type { Box, Listener } from './virtuals.ts'

/** `ltm nat`: one address for another, both ways. */
export function staticAddresses({ root }: Box): readonly Listener[] {
  return [...objectsAt(root, 'ltm', 'nat').values()]
    .filter((twig) => !isDisabled(twig))
    .flatMap((twig) => {
      const inside = addressText(valueAt(twig, 'originating-address') ?? '')
      const outside = addressText(valueAt(twig, 'translation-address') ?? '')
      const shown = { first: twig.first, last: twig.last, label: shortName(twig.word) }
      const rule = (source: Addresses | undefined, destination: Addresses | undefined) =>
        between(
          ruleOf({
            action: 'permit',
            source,
            destination,
            services: [ANY_SERVICE],
            ...shown,
            text: `ltm nat ${twig.word}`,
          }),
          null,
          null,
        )
      const moved = (kind: Translation['kind'], from: Addresses, to: Addresses): Translation => ({
        ...shown,
        kind,
        from: null,
        to: null,
        match: cubesFor(kind === 'source' ? { source: from } : { destination: from }),
        address: to.v4,
        port: null,
        isExact: true,
      })
      const isKnown = inside !== undefined && outside !== undefined
      const into = isKnown ? [moved('destination', outside, inside)] : []
      const out = isKnown ? [moved('source', inside, outside)] : []
      return [
        { rule: rule(ANY_ADDRESS, outside), translations: into, isOpenEnded: !isKnown },
        { rule: rule(inside, ANY_ADDRESS), translations: out, isOpenEnded: !isKnown },
      ]
    })
}

/** `ltm snat`: these may go out, and are translated. */
export function outwardAddresses({ root, interfaces }: Box): readonly Listener[] {
  return [...objectsAt(root, 'ltm', 'snat').values()]
    .filter((twig) => !isDisabled(twig))
    .map((twig) => {
      const all = valuesAt(twig, 'origins').map(addressText)
      const source = all.includes(undefined)
        ? undefined
        : bothAddresses(all.flatMap((one) => one ?? []))
      const vlans = vlansOf(
        twig,
        interfaces.map(({ name }) => name),
      )
      const shown = { first: twig.first, last: twig.last, label: shortName(twig.word) }
      const rule = ruleOf({
        action: 'permit',
        source,
        destination: ANY_ADDRESS,
        services: [ANY_SERVICE],
        ...shown,
        text: `ltm snat ${twig.word}`,
      })
      const address = twig.children.has('automap')
        ? ranges(interfaces.flatMap(({ prefixes }) => spansOf(ownAddresses(prefixes))))
        : (addressText(translationNamed(root, valueAt(twig, 'translation')))?.v4 ??
          snatPool(root, valueAt(twig, 'snatpool')))
      const translation: Translation = {
        ...shown,
        kind: 'source',
        from: vlans,
        to: null,
        match: cubesFor({ source: source ?? ANY_ADDRESS }),
        address,
        port: null,
        isExact: false,
      }
      return {
        rule: between(rule, vlans === null ? null : [...vlans], null),
        translations: [translation],
        isOpenEnded: false,
      }
    })
}

function translationNamed(root: Twig, name: string | undefined): string {
  const short = shortName(name ?? '')
  return valueAt(objectsAt(root, 'ltm', 'snat-translation').get(short), 'address') ?? short
}
