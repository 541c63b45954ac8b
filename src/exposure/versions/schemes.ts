// Which scheme a product's versions follow, and the comparison by it.

import { compareGeneric } from './generic.ts'
import { compareMaven } from './maven.ts'
import {
  compareAsa,
  compareIos,
  compareIosXe,
  compareJunos,
  compareNetScaler,
  compareNxOs,
  comparePanOs,
} from './network.ts'
import { MOST_VERSION_LENGTH } from './order.ts'
import type { Comparator, Compared } from './order.ts'
import { compareApk, compareDebian, compareRpm } from './packages.ts'
import { comparePep440 } from './python.ts'
import { compareNuget, compareSemver } from './semver.ts'
import { compareVmware } from './vmware.ts'

const COMPARATORS = {
  semver: compareSemver,
  nuget: compareNuget,
  debian: compareDebian,
  rpm: compareRpm,
  apk: compareApk,
  maven: compareMaven,
  pep440: comparePep440,
  ios: compareIos,
  'ios-xe': compareIosXe,
  asa: compareAsa,
  'nx-os': compareNxOs,
  junos: compareJunos,
  'pan-os': comparePanOs,
  fortios: dotted(
    /^(?:forti\w+(?:-\w+)?\s+)?v?(\d+(?:\.\d+)*)(?:[,\s-]+build[-\s]?(\d+))?(?:[,\s].*)?$/i,
  ),
  netscaler: compareNetScaler,
  vmware: compareVmware,
  windows: dotted(/^(?:microsoft windows )?(?:\[version )?(\d+(?:\.\d+){0,3})\]?()$/i),
  generic: compareGeneric,
} as const satisfies Readonly<Record<string, Comparator>>

export type VersionScheme = keyof typeof COMPARATORS
export const VERSION_SCHEMES = Object.keys(COMPARATORS) as readonly VersionScheme[]

/** Compares by the scheme. A range that lacks an order says so: see `Compared`. */
export function compareVersions(scheme: VersionScheme, left: string, right: string): Compared {
  const [a, b] = [clean(left), clean(right)]
  if (a === '' || b === '' || a.length > MOST_VERSION_LENGTH || b.length > MOST_VERSION_LENGTH)
    return 'cannot-compare'
  return a === b ? 0 : COMPARATORS[scheme](a, b)
}

/** Invisible marks and blanks at the ends, as vendors publish them. */
function clean(version: string): string {
  return version.replaceAll(/[\u00A0\u202F\u200B\uFEFF]/g, ' ').trim()
}

/** Purl types (package-url “purl types”) and the names CVE records use for `versionType`. */
const BY_ECOSYSTEM: Readonly<Record<string, VersionScheme>> = {
  npm: 'semver',
  golang: 'semver',
  go: 'semver',
  cargo: 'semver',
  hex: 'semver',
  pub: 'semver',
  swift: 'semver',
  semver: 'semver',
  nuget: 'nuget',
  deb: 'debian',
  debian: 'debian',
  dpkg: 'debian',
  rpm: 'rpm',
  apk: 'apk',
  alpm: 'rpm',
  maven: 'maven',
  pypi: 'pep440',
  python: 'pep440',
}

/** First met, first taken. Names as CPE dictionaries and CNAs write them, in lower case. */
const BY_NAME: readonly (readonly [RegExp, RegExp, VersionScheme])[] = [
  [/^cisco/, /\bios[\s_-]?xe|catalyst/, 'ios-xe'],
  [/^cisco/, /^(?:cisco )?ios(?!\s?xr|_xr)/, 'ios'],
  [/^cisco/, /adaptive_?\s?security|^asa|firepower|^ftd|secure_?\s?firewall/, 'asa'],
  [/^cisco/, /nx[\s_-]?os|nexus/, 'nx-os'],
  [/^juniper/, /junos/, 'junos'],
  [/^palo\s?_?alto/, /pan[\s_-]?os|prisma_?\s?access|globalprotect|panorama/, 'pan-os'],
  [/^fortinet/, /./, 'fortios'],
  [
    /^citrix|^netscaler|^cloud software/,
    /netscaler|application_delivery|gateway|\badc\b/,
    'netscaler',
  ],
  [/^vmware|^broadcom/, /vcenter|esxi|vsphere|cloud_?\s?foundation/, 'vmware'],
  [/^microsoft/, /^windows|exchange|sharepoint|sql_?\s?server/, 'windows'],
]

export type VersionOwner = {
  readonly vendor?: string | undefined
  readonly product?: string | undefined
  /** Purl type or `versionType` of a CVE record. */
  readonly ecosystem?: string | undefined
}

/** A vendor's own scheme goes before what a record claims: Junos versions are published as “semver”. */
export function schemeOf({
  vendor = '',
  product = '',
  ecosystem = '',
}: VersionOwner): VersionScheme {
  const [maker, thing] = [clean(vendor).toLowerCase(), clean(product).toLowerCase()]
  const found = BY_NAME.find(([ofMaker, ofThing]) => ofMaker.test(maker) && ofThing.test(thing))
  return found?.[2] ?? BY_ECOSYSTEM[ecosystem.toLowerCase()] ?? 'generic'
}

/** Dotted numbers, then a build that counts where both say it. */
function dotted(form: RegExp): Comparator {
  return (left, right) => {
    const [, a, buildA = ''] = form.exec(left) ?? []
    const [, b, buildB = ''] = form.exec(right) ?? []
    if (a === undefined || b === undefined) return 'cannot-compare'
    const builds = buildA === '' || buildB === '' ? [] : [buildA, buildB]
    const pad = (text: string) => [...text.split('.'), '0', '0', '0', '0'].slice(0, 5)
    const [padA, padB] = [pad(a), pad(b)]
    for (let at = 0; at < 5; at += 1) {
      const order = compareGeneric(padA[at] ?? '0', padB[at] ?? '0')
      if (order !== 0) return order
    }
    return builds.length === 0 ? 0 : compareGeneric(buildA, buildB)
  }
}
