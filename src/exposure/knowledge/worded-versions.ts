// Versions as makers write them in words: “before 7.0.16”, “7.0.0 through 7.0.5, 6.4.0 through 6.4.8”, “7.0 all versions”.
// Words that are not understood are said to be such: a range that is read as one odd version would clear what it is about.

import type { VersionRange } from '../versions/ranges.ts'

export type Worded =
  | { readonly kind: 'ranges'; readonly ranges: readonly VersionRange[] }
  /** One version, and no words. */
  | { readonly kind: 'plain' }
  | { readonly kind: 'unread' }

const PLAIN: Worded = { kind: 'plain' }
const UNREAD: Worded = { kind: 'unread' }
const SINGLE = /^v?\d[\w.()+:~]*(?<!\.x)(?:-[\w()+:~]+)?$/i

export function wordedVersions(text: string): Worded {
  const plain = text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/(?<=\w)\.$/, '')
  // Most entries are one version, and records of thousands are asked for every asset.
  if (SINGLE.test(plain)) return PLAIN
  if (EXCEPTIONS.test(plain)) return UNREAD
  const whole = rangeIn(plain)
  if (whole !== undefined) return { kind: 'ranges', ranges: [whole] }
  const parts = plain.split(/\s*[,;]\s*(?:and |or )?|\s+(?:and|or)\s+(?=(?:v|versions? )?\d)/i)
  const ranges = parts.map((part) => rangeIn(part) ?? exactlyIn(part))
  if (parts.length > 1)
    return ranges.every((one) => one !== undefined) ? { kind: 'ranges', ranges } : UNREAD
  return CONNECTIVES.test(plain) ? UNREAD : PLAIN
}

/** What is said of all but these cannot be read as a range of what is affected. */
const EXCEPTIONS =
  /\b(?:not|un(?:affected|patched)|except|excluding|other than|unless|fixed|patched)\b/i
const CONNECTIVES =
  /[<>=≤≥,;&|[]|\b(?:all|and|or|any|before|below|prior|earlier|older|lower|through|thru|until|up|to|from|since|between|later|newer|above|after|versions?)\b/i

/** A version with what may belong to it: `V5.38(ABCD.1)`, `5.38 Patch 1`, `8.0 U2d`. */
const V = String.raw`(v?\d[\w.*-]*(?:\([\w.]+\)[\w.-]*)?(?: (?:patch|hotfix|update|build|take|sp|su|cu|hf|mr|u)[ -]?\d\w*)?)`
const VERSION = '(?:versions? )?'
const pattern = (source: string) => new RegExp(`^${source}$`, 'i')
const BEFORE = '(?:before|prior to|earlier than|lower than|older than|below|<)'
const UP_TO = '(?:up to(?: and)? ?(?:\\(?including\\)?)?|through|thru|until|<=|≤)'
const FROM = '(?:from |between |starting with |>=|≥)?'

type Read = (low: string, high: string) => VersionRange
const between: Read = (low, high) => ({ startIncluding: branchStart(low), endIncluding: high })
const FORMS: readonly (readonly [RegExp, Read])[] = [
  [
    pattern(`(?:${BEFORE}|up to \\(excluding\\)) ?${VERSION}${V}`),
    (end) => ({ endExcluding: end }),
  ],
  [pattern(`(?:${UP_TO}|to) ?${VERSION}${V}`), (end) => ({ endIncluding: end })],
  [
    pattern(
      `${V},? (?:and|or) (?:all |any )?(?:earlier|below|prior|previous|older|before|lower)(?: versions?| releases?)?`,
    ),
    (end) => ({ endIncluding: end }),
  ],
  [
    pattern(
      `${V},? (?:and|or) (?:all |any )?(?:later|above|newer|after|higher)(?: versions?| releases?)?`,
    ),
    (start) => ({ startIncluding: start }),
  ],
  [
    pattern(`${FROM} ?${V},? (?:to|through|thru|until|and|-|–|—|${UP_TO}) ?${VERSION}${V}`),
    between,
  ],
  [pattern(`${FROM} ?${V} ?(?:<=|≤|–|—) ?${V}`), between],
  [pattern(String.raw`(v?\d+\.\d+\.\d+(?:\.\d+)*)-(v?\d+\.\d+\.\d+(?:\.\d+)*)`), between],
  [
    pattern(`${FROM} ?${V} ?,? ?(?:&&|and )? ?(?:${BEFORE}|up to \\(excluding\\)) ?${VERSION}${V}`),
    (low, high) => ({ startIncluding: branchStart(low), endExcluding: high }),
  ],
  [
    pattern(`> ?${V} ?,? ?(?:&&|and )? ?< ?${V}`),
    (low, high) => ({ startExcluding: low, endExcluding: high }),
  ],
  [
    pattern(`> ?${V} ?,? ?(?:&&|and )? ?(?:<=|≤) ?${V}`),
    (low, high) => ({ startExcluding: low, endIncluding: high }),
  ],
  [
    pattern(`(?:>=|≥) ?${V} ?,? ?(?:&&|and )? ?(?:<=|≤) ?${V}`),
    (low, high) => ({ startIncluding: low, endIncluding: high }),
  ],
  [pattern(`(?:>=|≥) ?${V}`), (start) => ({ startIncluding: start })],
  [pattern(`==? ?${V}`), exactly],
  [pattern(String.raw`(v?\d[\w.]*)\.[x*]`), branch],
  [
    pattern(String.raw`(v?\d[\w.]*?)(?:\.[x*])?,? all (?:versions|releases|patch levels|builds)`),
    branch,
  ],
  [pattern(String.raw`all (v?\d[\w.]*?)(?:\.[x*])? (?:versions|releases|builds)`), branch],
]

function rangeIn(text: string): VersionRange | undefined {
  const interval = intervalIn(text)
  if (interval !== undefined) return interval
  for (const tried of [text, withoutName(text)])
    for (const [form, read] of FORMS) {
      const [, low, high = ''] = form.exec(tried) ?? []
      // A star within stands for anything: only as an end of a range is it read.
      if (low !== undefined && !low.includes('*')) return read(low, high)
    }
  return undefined
}

/** `FortiOS 7.0.0 through 7.0.5`, `All versions < V2.0`, `Firmware version 1.6 and prior`: what stands before the first number or sign. */
function withoutName(text: string): string {
  const at = text.search(
    /(?:\b(?:before|prior to|earlier than|lower than|older than|below|up to|through|thru|until|from|between|starting with) |[<>=≤≥]|\bv?\d)/i,
  )
  const name = at < 0 ? '' : text.slice(0, at)
  return /^(?:[a-z][\w/+-]* ){0,6}$/i.test(name) ? text.slice(name.length) : text
}

/** `[7.0.0, 7.0.16)`: Maven's and NuGet's. */
function intervalIn(text: string): VersionRange | undefined {
  const [, open, low = '', high = '', close] =
    /^([[(]) ?([\w.+-]*) ?, ?([\w.+-]*) ?([\])])$/.exec(text) ?? []
  if (open === undefined || (low === '' && high === '')) return undefined
  return {
    ...(low === '' ? {} : open === '[' ? { startIncluding: low } : { startExcluding: low }),
    ...(high === '' ? {} : close === ']' ? { endIncluding: high } : { endExcluding: high }),
  }
}

function exactlyIn(text: string): VersionRange | undefined {
  // A product's name begins with a capital: “some of 7.2” names no version.
  const unnamed = text.replace(/^(?:[A-Z][\w/+-]* ){1,4}(?=[vV]?\d|versions? )/, '')
  const [, version] = pattern(`${VERSION}${V}`).exec(unnamed) ?? []
  return version === undefined || version.includes('*') ? undefined : exactly(version)
}

function exactly(version: string): VersionRange {
  return { startIncluding: version, endIncluding: version }
}

function branch(start: string): VersionRange {
  return { startIncluding: start, endIncluding: `${start}.*` }
}

/** `7.0.x` as a beginning is 7.0; as an end, all of it. */
export function branchStart(version: string): string {
  return version.replace(/\.[x*]$/i, '')
}

/** What a record writes as an end: signs that repeat what its field says are none of it, and `7.0.x` is a branch. */
export function endBound(end: string | undefined): string | undefined {
  return end
    ?.trim()
    .replace(/^(?:<=?|≤|before |prior to )\s*/i, '')
    .replace(/\.x$/i, '.*')
}
