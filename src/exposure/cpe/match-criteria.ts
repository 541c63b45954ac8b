// Whether a product, named by CPE, meets a criterion of a catalogue: a name, and bounds of versions as NVD writes them beside it.

import { CONFIDENCE, NO_MATCH } from '../match.ts'
import type { Match } from '../match.ts'
import { isInRange } from '../versions/ranges.ts'
import type { VersionRange } from '../versions/ranges.ts'
import { schemeOf } from '../versions/schemes.ts'
import { compareValues } from './compare-names.ts'
import { ANY, NA, plainValue } from './cpe-name.ts'
import type { CpeAttribute, CpeName } from './cpe-name.ts'

export type CpeCriterion = { readonly name: CpeName; readonly range: VersionRange }

const DETAILS = [
  'part',
  'update',
  'edition',
  'language',
  'swEdition',
  'targetSw',
  'targetHw',
  'other',
] as const satisfies readonly CpeAttribute[]

export function matchCriterion({ name: source, range }: CpeCriterion, component: CpeName): Match {
  if (!mayBeSameProduct(source, component)) return NO_MATCH
  const details = DETAILS.map((attribute) => relation(source[attribute], component[attribute]))
  if (details.some((detail) => detail === 'disjoint' || detail === 'undefined')) return NO_MATCH
  const isOpen = component.vendor === ANY || source.vendor === ANY || details.includes('subset')
  return matchVersion(
    { name: source, range },
    component,
    isOpen ? CONFIDENCE.rough : CONFIDENCE.exact,
  )
}

/**
 * The names of maker and product are compared as they stand: a wildcard inside one would reach other makers' products. A product must
 * be named. A component whose maker is unknown may match a named product, and never every product of a maker.
 */
function mayBeSameProduct(source: CpeName, component: CpeName): boolean {
  if (component.product === ANY || component.product === NA) return false
  if (source.product !== ANY && source.product !== component.product) return false
  if (component.vendor === ANY) return source.vendor === ANY || source.product !== ANY
  return source.vendor === ANY || source.vendor === component.vendor
}

/** As NISTIR 7696 has it; the same text is the same, and ANY covers everything, also where a wildcard stands in it. */
function relation(source: string, component: string) {
  if (source === ANY && component !== ANY) return 'superset'
  return source === component ? 'equal' : compareValues(source, component)
}

function matchVersion(
  { name: source, range }: CpeCriterion,
  component: CpeName,
  confidence: number,
): Match {
  const own = relation(source.version, component.version)
  if (own === 'disjoint' || own === 'undefined') return NO_MATCH
  const hasBounds = Object.values(range).some((bound) => bound !== undefined)
  if (hasBounds && component.version === NA) return NO_MATCH
  if (component.version === ANY && (hasBounds || source.version !== ANY))
    return { verdict: 'affected', confidence: CONFIDENCE.named, reason: 'version-unknown' }
  if (!hasBounds)
    return {
      verdict: 'affected',
      confidence,
      reason: own === 'equal' && source.version !== ANY ? 'version-exact' : 'all-versions',
    }
  const owner = { vendor: component.vendor, product: component.product }
  const scheme = schemeOf({
    ...owner,
    vendor: component.vendor === ANY ? source.vendor : owner.vendor,
  })
  const inRange = isInRange(scheme, range, versionOf(component))
  if (inRange === 'outside') return NO_MATCH
  if (inRange === 'cannot-compare')
    return { verdict: 'unsure', confidence: CONFIDENCE.named, reason: 'cannot-compare' }
  return { verdict: 'affected', confidence, reason: 'version-in-range' }
}

/** An update belongs to the version: `22.1` with `r3-s4`, `9.0.0` with `p38`. */
function versionOf({ version, update }: CpeName): string {
  const plain = plainValue(version)
  return update === ANY || update === NA
    ? plain
    : `${plain}${/^[a-z]/.test(update) ? '' : '-'}${plainValue(update)}`
}
