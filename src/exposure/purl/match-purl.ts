// Whether a package meets a criterion: a package URL, and bounds of versions beside it.

import { CONFIDENCE, NO_MATCH } from '../match.ts'
import type { Match } from '../match.ts'
import { isInRange } from '../versions/ranges.ts'
import type { VersionRange } from '../versions/ranges.ts'
import { compareVersions, schemeOf } from '../versions/schemes.ts'
import { distributionOf, enterpriseRelease } from './distribution.ts'
import { packageOf } from './purl.ts'
import type { Purl } from './purl.ts'

export type PurlCriterion = { readonly purl: Purl; readonly range: VersionRange }

export function matchPurl({ purl: source, range }: PurlCriterion, component: Purl): Match {
  if (packageOf(source) !== packageOf(component)) return NO_MATCH
  if (!isSameDistribution({ purl: source, range }, component)) return NO_MATCH
  const bounds = withEpoch(range, source)
  const hasBounds = Object.values(bounds).some((bound) => bound !== undefined)
  const [wanted, met] = [versionOf(source), versionOf(component)]
  if (!hasBounds && wanted === '')
    return { verdict: 'affected', confidence: CONFIDENCE.exact, reason: 'all-versions' }
  if (met === '')
    return { verdict: 'affected', confidence: CONFIDENCE.named, reason: 'version-unknown' }
  const scheme = schemeOf({ ecosystem: component.type })
  if (wanted !== '' && compareVersions(scheme, wanted, met) !== 0 && wanted !== met) return NO_MATCH
  const inRange = hasBounds ? isInRange(scheme, bounds, met) : 'inside'
  if (inRange === 'outside') return NO_MATCH
  if (inRange === 'cannot-compare')
    return { verdict: 'unsure', confidence: CONFIDENCE.named, reason: 'cannot-compare' }
  const reason = hasBounds ? 'version-in-range' : 'version-exact'
  return { verdict: 'affected', confidence: CONFIDENCE.exact, reason }
}

/** A fix of one release says nothing of another: numbers of packages rise apart in each. */
function isSameDistribution({ purl, range }: PurlCriterion, component: Purl): boolean {
  const wanted = distributionOf(purl.qualifiers['distro'])
  const met = distributionOf(component.qualifiers['distro'])
  if (wanted !== undefined && met !== undefined && wanted !== met) return false
  if (component.type !== 'rpm') return true
  const bound =
    range.endExcluding ?? range.endIncluding ?? range.startExcluding ?? range.startIncluding
  const releases = [
    enterpriseRelease(bound),
    enterpriseRelease(purl.version),
    enterpriseRelease(component.version),
    releaseNumber(wanted),
    releaseNumber(met),
  ].filter((release) => release !== undefined)
  return new Set(releases).size <= 1
}

function releaseNumber(distribution: string | undefined): string | undefined {
  return /^(?:rhel|centos|rocky|almalinux|oracle|ol)-(\d+)/.exec(distribution ?? '')?.[1]
}

/** An epoch may stand in a qualifier instead of the version. */
function versionOf({ version, qualifiers }: Purl): string {
  const epoch = qualifiers['epoch']
  return epoch === undefined || version === '' || /^\d+:/.test(version)
    ? version
    : `${epoch}:${version}`
}

function withEpoch(range: VersionRange, { qualifiers }: Purl): VersionRange {
  const epoch = qualifiers['epoch']
  if (epoch === undefined) return range
  return Object.fromEntries(
    Object.entries(range).map(([side, bound]) => [
      side,
      bound === undefined || /^\d+:/.test(bound) ? bound : `${epoch}:${bound}`,
    ]),
  )
}
