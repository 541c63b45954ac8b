// What must never be submitted, found in the text that would leave. Numbers count only where their check digit or the words
// beside them say what they are: nine digits are no social insurance number by themselves.

import type { Forbidden } from '../../model/index.ts'

type Finder = {
  readonly kind: Forbidden['kind']
  /** What is found stands in the group `it`. */
  readonly pattern: RegExp
  readonly isIt?: (found: string) => boolean
}

const FINDERS: readonly Finder[] = [
  {
    kind: 'payment_card',
    pattern: /(?<![\d.-])(?<it>\d{4}(?:[ -]?\d{2,6}){2,4})(?![\d.-])/gu,
    isIt: (found) => isCard(digitsOf(found)),
  },
  {
    kind: 'social_insurance_number',
    pattern: /(?<![\d.-])(?<it>\d{3}[ -]\d{3}[ -]\d{3})(?![\d.-])/gu,
    isIt: (found) => isChecked(digitsOf(found)),
  },
  {
    kind: 'social_insurance_number',
    pattern: /\b(?:SIN|NAS|social insurance|assurance sociale)\b[^\d\n]{0,20}(?<it>\d{9})(?!\d)/giu,
  },
  {
    kind: 'birth_date',
    pattern:
      /(?:\b(?:born|birth|DOB|n[ée]e? le|naissance|DDN)\b)[^\d\n]{0,20}(?<it>\d{1,4}[ ./-](?:\d{1,2}|\p{L}{3,9}\.?)[ ./,-]{1,2}\d{2,4})/giu,
  },
  {
    kind: 'bank_account',
    pattern:
      /\b(?:account|compte|transit|IBAN)\b[^\d\n]{0,20}(?<it>(?:[A-Z]{2}\d{2}[A-Z0-9 ]{11,30}|\d{5}[ -]\d{3}[ -]\d{7,12}))/giu,
  },
  {
    kind: 'health_number',
    pattern:
      /\b(?:health (?:card|number)|carte sant[ée]|assurance maladie|OHIP|RAMQ|PHN)\b[^\d\n]{0,20}?(?<it>(?:[A-Z]{4} ?)?\d{4}[ -]?\d{3,4}[ -]?\d{0,4}(?:[ -]?[A-Z]{2}\b)?)/giu,
  },
  {
    kind: 'password',
    pattern:
      /(?:\b(?:password|passwd|pwd|passphrase|mot de passe|mdp)\b)\s{0,3}(?::|=|\bis\b|\best\b)\s{0,3}(?<it>[^\s"',;]{1,200})/giu,
  },
  // On a command line: `net user NAME WORD`, `-p WORD`, `/pass:WORD`, where the word is more than letters.
  {
    kind: 'password',
    pattern: /\bnet1?\s+user\s+\S{1,100}\s+(?<it>(?=\S{0,99}[\d!@#$%^&*])[^\s/*]\S{0,100})/giu,
  },
  {
    kind: 'password',
    pattern:
      /(?:\s--?(?:p|pass|pw|password)[ =]|\/(?:pass|password|p):)(?<it>(?=\S{0,199}[\d!@#$%^&*])[^\s"']{3,200})/giu,
  },
]

/** Texts are looked at up to here; a report's fields are bounded far below. */
const MOST_TEXT = 20_000

/** Every place of a report, in order. */
export function findForbidden(report: unknown): readonly Forbidden[] {
  return textsOf(report, []).flatMap(({ place, text }) =>
    FINDERS.flatMap((finder) => findIn(finder, text.slice(0, MOST_TEXT), place)),
  )
}

function findIn(
  { kind, pattern, isIt }: Finder,
  text: string,
  place: string,
): readonly Forbidden[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const it = match.groups?.['it'] ?? ''
    if (isIt !== undefined && !isIt(it)) return []
    return [{ kind, place, excerpt: excerptOf(text, it, match.index) }]
  })
}

const AROUND = 30

/** The words around, with what was found as dots. */
function excerptOf(text: string, it: string, from: number): string {
  const at = text.indexOf(it, from)
  const before = text.slice(Math.max(0, at - AROUND), at)
  const after = text.slice(at + it.length, at + it.length + AROUND)
  return `${before}${'•'.repeat(Math.min(it.length, 12))}${after}`.trim()
}

type Place = { readonly place: string; readonly text: string }

function textsOf(value: unknown, path: readonly string[]): readonly Place[] {
  if (typeof value === 'string') return [{ place: path.join('.'), text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key]))
}

function digitsOf(text: string): readonly number[] {
  return (text.match(/\d/g) ?? []).map(Number)
}

/** ISO/IEC 7812: 13 to 19 digits with their check digit. */
function isCard(digits: readonly number[]): boolean {
  return digits.length >= 13 && digits.length <= 19 && isChecked(digits)
}

/** Luhn: from the right, every second digit doubled. */
function isChecked(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, digit, at) => {
    const value = at % 2 === 0 ? digit : digit * 2
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum > 0 && sum % 10 === 0
}
