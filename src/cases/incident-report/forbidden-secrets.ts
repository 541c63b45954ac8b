// Passwords and what opens doors like one: after words that name them, on command lines, in addresses, headers and
// configurations.

import type { Finder } from './forbidden-finder.ts'

/** More than letters: a word of a sentence is none. */
const NOT_A_WORD = String.raw`(?=[^\s"'»”]{0,199}[\d!@#$%^&*])`
const NAMES = String.raw`password|passwd|passphrase|passcode|mots? de passe|\bmdp\b`
const IS = String.raw`(?:is|was|est|était)`
const QUOTE = String.raw`["'«“‘]`

const PATTERNS: readonly RegExp[] = [
  // password: WORD, "password":"WORD", PGPASSWORD=WORD
  new RegExp(
    String.raw`(?:${NAMES})["']?\s{0,3}[:=]\s{0,3}${QUOTE}?\s?(?<it>[^\s"',;»”]{1,200})`,
    'giu',
  ),
  // Where a shell stands is no password.
  /\bpwd["']?\s{0,3}[:=]\s{0,3}["']?(?![/~])(?<it>[^\s"',;]{1,200})/giu,
  new RegExp(
    String.raw`(?:${NAMES})\s{1,3}${IS}\s{1,3}${QUOTE}?\s?${NOT_A_WORD}(?<it>[^\s"',;»”]{1,200})`,
    'giu',
  ),
  new RegExp(String.raw`(?:${NAMES})\s{1,2}${QUOTE}\s?(?<it>[^"'»”’\n]{3,100})`, 'giu'),
  new RegExp(
    String.raw`(?<!\p{L})(?:PIN|NIP)(?:\s{0,3}(?:[:=]|${IS}))?\s{0,3}(?<it>\d{4,8})(?!\d)`,
    'gu',
  ),
  /(?<!\p{L})(?:secret|api[_ -]?key|access[_ -]?key|token|clé d.api|jeton)["']?\s{0,3}[:=]\s{0,3}["']?(?=\S{0,199}\d)(?<it>[A-Za-z0-9+/_=.!@#$%-]{8,200})/giu,
  // net user NAME WORD; net use … WORD /user:NAME and the other way round
  /\bnet1?\s+user\s+\S{1,100}\s+(?<it>(?=\S{0,99}[\d!@#$%^&*])[^\s/*]\S{0,100})/giu,
  /\bnet1?\s+use\s+\S{1,200}\s+(?:\\\\\S{1,200}\s+)?(?<it>(?![/\\])\S{1,100})\s+\/u(?:ser)?:/giu,
  /\/u(?:ser)?:\S{1,100}\s+(?<it>(?=\S{0,99}[\d!@#$%^&*])[^\s/]\S{0,100})/giu,
  // -p WORD, /pass:WORD; a number of up to five digits is a port.
  /(?:\s--?(?:p|pass|pw|password)[ =]|\/(?:pass|password|p):)(?!\d{1,5}(?!\S))(?<it>(?=\S{0,199}[\d!@#$%^&*])[^\s"']{3,200})/giu,
  /\bmysql(?:dump|admin)?\b[^\n]{0,200}?\s-p(?<it>[^\s-]\S{2,100})/gu,
  /\s(?:-u|--user)[ =]?["']?[^\s:"']{1,100}:(?<it>[^\s"']{1,200})/gu,
  /\bConvertTo-SecureString\s+(?:-String\s+)?["']?(?!\$)(?<it>[^\s"']{1,200})/giu,
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:(?<it>[^\s/@]{1,200})@/giu,
  /\b(?:Basic|Bearer)\s+(?<it>[A-Za-z0-9+/_=.-]{16,4000})/gu,
  /\b(?<it>eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{0,2000})/gu,
  /(?<it>-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)/gu,
  // Configurations of devices: enable secret 5 WORD, username NAME password 7 WORD
  /\b(?:enable|username \S{1,64})(?: privilege \d{1,2})? (?:secret|password) (?:\d )?(?<it>\S{1,200})/giu,
]

export const SECRETS: readonly Finder[] = PATTERNS.map((pattern) => ({ kind: 'password', pattern }))
