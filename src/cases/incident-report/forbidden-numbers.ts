// Numbers of persons: what says that digits are a social insurance number, a birth date, a card, an account, a health number.
// They count where their check digit or the words beside them say what they are: nine digits are none by themselves.

import type { Finder } from './forbidden-finder.ts'

/** What people and programs put between groups of digits: spaces of any width, dots, hyphens and dashes, slashes. */
const GAP = String.raw`[ .\-/\u00a0\u2009\u202f\u2010-\u2013]`
/** From a word to the digits it speaks of. */
const AFTER = String.raw`[^\d\n]{0,24}?`
const NO_WORD_BEFORE = String.raw`(?<![\p{L}\d])`
/** Digits end here, also at the end of a sentence. */
const END = String.raw`(?!\d|[.\-]\d)`
const BEGIN = String.raw`(?<!\d|\d[.\-])`

function pattern(flags: 'gu' | 'giu', ...parts: readonly string[]): RegExp {
  return new RegExp(parts.join(''), flags)
}

const SIN = String.raw`(?<it>\d{3}${GAP}?\d{3}${GAP}?\d{3})(?!\d)`

const MONTH = String.raw`(?:jan|feb|f[ée]v|mar|apr|avr|may|mai|jun|juin|jul|juil|aug|ao[uû]|sep|oct|nov|dec|d[ée]c)\p{L}{0,7}\.?`
const DAY = String.raw`\d{1,2}(?:er|st|nd|rd|th)?`
const DATE = [
  String.raw`\d{1,4}[ ./-]\d{1,2}[ ./-]\d{2,4}`,
  String.raw`(?:19|20)\d{6}(?!\d)`,
  String.raw`${DAY}[ ./-](?:de |of )?${MONTH}[ ./,-]{1,2}\d{2,4}`,
  String.raw`${MONTH} ${DAY},? \d{4}`,
].join('|')
const BIRTH = [
  String.raw`${NO_WORD_BEFORE}born(?!\p{L})`,
  String.raw`birth(?:day)?`,
  String.raw`${NO_WORD_BEFORE}d\.?o\.?b\b\.?`,
  String.raw`${NO_WORD_BEFORE}n[ée]e?(?:\(e\))? le\b`,
  String.raw`${NO_WORD_BEFORE}naissance|(?<=date)naissance`,
  String.raw`${NO_WORD_BEFORE}d\.?d\.?n\b\.?`,
].join('|')

const BANK = String.raw`(?:bank(?:ing)?|chequing|savings)[ _-]account|compte (?:bancaire|chèques?|d.épargne|en banque|de banque)`
/** Institution of three digits and transit of five, either first, and the account. */
const CANADIAN_ACCOUNT = String.raw`(?:\d{5}[ -]?\d{3}|\d{3}[ -]?\d{5})[ -]\d{7,12}`
const OF_A_BANK = String.raw`account|compte|transit|deposit|dépôt|bank|bancaire|banque`

const HEALTH = String.raw`health[ _-]?(?:card|number|insurance)|carte santé|carte soleil|assurance[ _-]?maladie|OHIP|RAMQ|PHN|AHCIP|HCN`
/** Of Québec: four letters, year, month (fifty more for women), day, two digits. */
const RAMQ = String.raw`[A-Z]{4} ?\d{2}(?:0[1-9]|1[0-2]|5[1-9]|6[0-2]) ?(?:0[1-9]|[12]\d|3[01])\d{2}`

export const NUMBERS: readonly Finder[] = [
  {
    kind: 'payment_card',
    pattern: pattern('gu', BEGIN, String.raw`(?<it>\d{4}(?:${GAP}?\d{2,6}){2,4})`, END),
    isIt: (found) => isCard(digitsOf(found)),
  },
  {
    kind: 'social_insurance_number',
    pattern: pattern(
      'gu',
      BEGIN,
      String.raw`(?<it>\d{3}(?<gap>[ \-\u00a0\u2009\u202f\u2010-\u2013])\d{3}\k<gap>\d{3})`,
      END,
    ),
    isIt: (found) => isChecked(digitsOf(found)),
  },
  {
    kind: 'social_insurance_number',
    pattern: pattern(
      'gu',
      NO_WORD_BEFORE,
      String.raw`(?:S\.?I\.?N|N\.?A\.?S)(?!\p{L})`,
      AFTER,
      SIN,
    ),
  },
  {
    kind: 'social_insurance_number',
    pattern: pattern(
      'giu',
      String.raw`(?:social[ _-]?insurance|assurance[ _-]?sociale)`,
      AFTER,
      SIN,
    ),
  },
  {
    kind: 'social_insurance_number',
    pattern: pattern(
      'giu',
      NO_WORD_BEFORE,
      String.raw`(?:sin|nas)(?:[_ ]?(?:number|no|num[ée]ro))?["']?\s{0,3}[:=#]\s{0,3}["']?`,
      SIN,
    ),
  },
  { kind: 'birth_date', pattern: pattern('giu', `(?:${BIRTH})`, AFTER, `(?<it>${DATE})`) },
  {
    kind: 'bank_account',
    pattern: pattern(
      'giu',
      `(?:IBAN|${OF_A_BANK})`,
      AFTER,
      String.raw`(?<it>[A-Z]{2}\d{2}[A-Z0-9 ]{11,30})`,
    ),
  },
  {
    kind: 'bank_account',
    pattern: pattern('giu', `(?:${OF_A_BANK})`, AFTER, `(?<it>${CANADIAN_ACCOUNT})`, END),
  },
  {
    kind: 'bank_account',
    pattern: pattern('giu', `(?:${BANK})`, AFTER, String.raw`(?<it>\d(?:[ -]?\d){5,16})(?!\d)`),
  },
  {
    kind: 'health_number',
    pattern: pattern(
      'giu',
      `(?:${HEALTH})`,
      AFTER,
      String.raw`(?<it>(?:[A-Z]{4} ?)?\d{3,5}(?:${GAP}?\d{2,5}){1,3}(?:[ -]?[A-Z]{2}\b)?)`,
    ),
  },
  { kind: 'health_number', pattern: pattern('gu', NO_WORD_BEFORE, `(?<it>${RAMQ})`, END) },
]

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
