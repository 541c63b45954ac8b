// Releases of Linux distributions, as purl qualifiers name them: `bullseye`, `debian-11`, `debian-11.6` are one.

/** Code names of Debian (debian.org/releases) and Ubuntu (wiki.ubuntu.com/Releases). */
const CODE_NAMES: Readonly<Record<string, string>> = {
  wheezy: 'debian-7',
  jessie: 'debian-8',
  stretch: 'debian-9',
  buster: 'debian-10',
  bullseye: 'debian-11',
  bookworm: 'debian-12',
  trixie: 'debian-13',
  forky: 'debian-14',
  sid: 'debian-sid',
  trusty: 'ubuntu-14.04',
  xenial: 'ubuntu-16.04',
  bionic: 'ubuntu-18.04',
  focal: 'ubuntu-20.04',
  jammy: 'ubuntu-22.04',
  mantic: 'ubuntu-23.10',
  noble: 'ubuntu-24.04',
  oracular: 'ubuntu-24.10',
  plucky: 'ubuntu-25.04',
  questing: 'ubuntu-25.10',
}
/** Names of one family. */
const FAMILIES: Readonly<Record<string, string>> = {
  redhat: 'rhel',
  'redhat-enterprise-linux': 'rhel',
  el: 'rhel',
}
/** Families whose releases have two numbers. */
const TWO_NUMBERS = new Set(['ubuntu', 'alpine', 'opensuse-leap', 'sles', 'opensuse'])

/** `undefined` where nothing is said, `unknown` where what is said names no release. */
export function distributionOf(qualifier: string | undefined): string | undefined {
  if (qualifier === undefined || qualifier === '') return undefined
  const text = qualifier.toLowerCase()
  const known = CODE_NAMES[text.replace(/^(?:debian|ubuntu)-/, '')] ?? text
  const [, family = '', numbers = ''] = /^([a-z][a-z-]*?)-(\d+(?:\.\d+)*|sid)$/.exec(known) ?? []
  if (family === '') return 'unknown'
  const name = FAMILIES[family] ?? family
  const kept = numbers.split('.').slice(0, TWO_NUMBERS.has(name) ? 2 : 1)
  return `${name}-${kept.join('.')}`
}

/** `el8` of an RPM release: 0.7.24-3.el8, 8.0.30-3.module+el8.8.0, 6.el8sat. */
export function enterpriseRelease(version: string | undefined): string | undefined {
  return /[.+_-]el(\d+)/.exec(version ?? '')?.[1]
}
