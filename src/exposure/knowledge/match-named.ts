// Whether a version is affected by what a CVE record says of a product: versions in turn, then the default (CVE JSON 5).

import { CONFIDENCE, NO_MATCH } from '../match.ts'
import type { Match } from '../match.ts'
import { isInRange, rangeShape } from '../versions/ranges.ts'
import type { VersionRange } from '../versions/ranges.ts'
import { compareVersions, schemeOf } from '../versions/schemes.ts'
import type { VersionScheme } from '../versions/schemes.ts'
import type { VersionEntry } from './criterion.ts'
import { branchStart, endBound, wordedVersions } from './worded-versions.ts'

export type NamedProduct = {
  readonly vendor: string
  readonly product: string
  readonly defaultStatus: VersionEntry['status']
  readonly versions: readonly VersionEntry[]
}

type Said = VersionEntry['status'] | 'not-said' | 'unsure'

export function matchNamed(named: NamedProduct, version: string): Match {
  if (version === '')
    return isAnyAffected(named)
      ? { verdict: 'affected', confidence: CONFIDENCE.named, reason: 'version-unknown' }
      : NO_MATCH
  const said = named.versions.map((entry) => saysOf(entry, version, named))
  // What is sure goes before what cannot be compared.
  if (said.includes('affected'))
    return {
      verdict: 'affected',
      confidence: CONFIDENCE.exact,
      reason: exactly(named, version) ? 'version-exact' : 'version-in-range',
    }
  if (said.includes('unaffected')) return NO_MATCH
  if (said.includes('unsure') || said.includes('unknown'))
    return { verdict: 'unsure', confidence: CONFIDENCE.named, reason: 'cannot-compare' }
  return named.defaultStatus === 'affected'
    ? { verdict: 'affected', confidence: CONFIDENCE.rough, reason: 'all-versions' }
    : NO_MATCH
}

function isAnyAffected({ defaultStatus, versions }: NamedProduct): boolean {
  return defaultStatus === 'affected' || versions.some(({ status }) => status === 'affected')
}

function exactly({ versions }: NamedProduct, version: string): boolean {
  return versions.some(
    (entry) =>
      entry.version === version &&
      entry.lessThan === undefined &&
      entry.lessThanOrEqual === undefined,
  )
}

function saysOf(entry: VersionEntry, version: string, { vendor, product }: NamedProduct): Said {
  const scheme = schemeOf({ vendor, product, ecosystem: entry.versionType })
  const { lessThan, lessThanOrEqual } = entry
  if (lessThan === undefined && lessThanOrEqual === undefined)
    return saysOne(entry, version, scheme)
  const range = rangeOf(entry, scheme)
  const inRange = isInRange(scheme, range, version)
  if (inRange !== 'inside') return inRange === 'outside' ? 'not-said' : 'unsure'
  return changed(entry, version, scheme)
}

/** One version, or words: “all”, “8.0.0 to 8.0.4”, “1.6 and earlier”. */
function saysOne(
  { version: said, status }: VersionEntry,
  version: string,
  scheme: VersionScheme,
): Said {
  const text = said.trim()
  if (/^(?:\*|all(?: versions)?|n\/a|-|any|unspecified|unknown|0)$/i.test(text))
    return /^(?:\*|all|any)/i.test(text) ? status : 'unsure'
  const worded = wordedVersions(text)
  if (worded.kind === 'unread') return 'unsure'
  if (worded.kind === 'ranges') {
    const met = worded.ranges.map((range) => isInRange(scheme, range, version))
    if (met.includes('inside')) return status
    return met.includes('cannot-compare') ? 'unsure' : 'not-said'
  }
  const order = compareVersions(scheme, text, version)
  if (order === 0) return status
  if (order !== 'cannot-compare') return 'not-said'
  // Another train or a chip's name is simply another version; words are what cannot be read.
  return /^\S+$/.test(text) && !/[<>=]/.test(text) ? 'not-said' : 'unsure'
}

/** NetScaler's records write the branch as the version and the build alone as the bound. */
function rangeOf(
  { version, lessThan, lessThanOrEqual }: VersionEntry,
  scheme: VersionScheme,
): VersionRange {
  const bound = (given: string | undefined) => {
    const end = endBound(given)
    return end !== undefined &&
      scheme === 'netscaler' &&
      /^\d+\.\d+$/.test(version) &&
      /^\d+\.\d+$/.test(end) &&
      end !== version
      ? `${version}-${end}`
      : end
  }
  const range = {
    startIncluding: branchStart(version.trim()),
    endExcluding: bound(lessThan),
    endIncluding: bound(lessThanOrEqual),
  }
  return rangeShape(scheme, range) === 'cannot-compare' && !/\d/.test(version)
    ? { ...range, startIncluding: undefined }
    : range
}

/** `changes` turn the status at the versions they name. */
function changed(
  { changes = [], status }: VersionEntry,
  version: string,
  scheme: VersionScheme,
): Said {
  let now: Said = status
  let at: string | undefined
  for (const change of changes) {
    const reached = compareVersions(scheme, version, change.at)
    if (reached === 'cannot-compare') return 'unsure'
    const isLater = at === undefined || compareVersions(scheme, change.at, at) !== -1
    if (reached >= 0 && isLater) [now, at] = [change.status, change.at]
  }
  return now
}
