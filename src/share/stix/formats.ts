// The spellings that STIX 2.1 section 2 asks for.

const DAY = String.raw`(\d{4})-(\d{2})-(\d{2})`
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(\.\d+)?`
const TIMESTAMP = new RegExp(`^${DAY}T${CLOCK}Z$`)

/** Section 2.16: RFC 3339, UTC, a day that exists. */
export function isTimestamp(text: string): boolean {
  const [, year = '', month = '', day = ''] = TIMESTAMP.exec(text) ?? []
  const length = DAYS[Number(month) - 1]
  if (length === undefined) return false
  const days = month === '02' && isLeap(Number(year)) ? 29 : length
  return Number(day) >= 1 && Number(day) <= days
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Timestamps as texts that compare like the moments they name, whatever their precision. */
export function comparableTime(timestamp: string): string {
  const [whole = '', fraction = ''] = timestamp.replace(/Z$/, '').split('.')
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(30, '0')}`
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const TYPE = '[a-z0-9]+(?:-[a-z0-9]+)*'
const IDENTIFIER = new RegExp(`^${TYPE}--${UUID}$`)
const TYPE_NAME = new RegExp(`^${TYPE}$`)

/** Section 2.9. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text) && text.length <= 300
}

export function typeOfId(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('--')))
}

export function uuidVersion(id: string): string {
  return id.at(-22) ?? ''
}

/** Section 3.1: 3 to 250 characters, no two hyphens in a row. */
export function isTypeName(text: string): boolean {
  return TYPE_NAME.test(text) && text.length >= 3 && text.length <= 250
}

/** Section 3.1. */
export function isPropertyName(text: string): boolean {
  return text === 'id' || /^[a-z][a-z0-9_]{2,249}$/.test(text)
}

/** Section 2.3. */
export function isDictionaryKey(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,250}$/.test(text)
}

export function isHex(text: string): boolean {
  return /^(?:[0-9A-Fa-f]{2})+$/.test(text)
}

export function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(
    text.replace(/={1,2}$/, (padding) => padding),
  )
}

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/** RFC 5646, and a language that is registered. */
export function isLanguage(text: string): boolean {
  try {
    const [first] = Intl.getCanonicalLocales(text)
    return first !== undefined && languages.of(first.split('-')[0] ?? '') !== undefined
  } catch {
    return false
  }
}

/** ISO 3166-1 alpha-2. */
export function isCountry(text: string): boolean {
  try {
    return /^[A-Za-z]{2}$/.test(text) && regions.of(text.toUpperCase()) !== undefined
  } catch {
    return false
  }
}

const CHARSETS =
  /^(?:us-ascii|iso-?(?:8859|2022|10646|646|ir)[-_:a-z0-9()]*|utf-(?:7|8|16|32)(?:be|le)?|windows-\d+|ibm[-_a-z0-9]+|cp\d+|shift_jis|euc-[a-z]+|gb_?\d+[-_a-z0-9]*|gbk|big5[-a-z0-9]*|koi[78][-a-z0-9]*|tis-620|macintosh|hp-[-a-z0-9]+|viscii|ks_c_5601-1987|hz-gb-2312|scsu|cesu-8|bocu-1|ebcdic[-a-z0-9]+|adobe-[-a-z]+|ptcp154|din_66003|dec-mcs|mnem(?:onic)?)$/i

/** Families of IANA's register of character sets. */
export function isCharset(text: string): boolean {
  return CHARSETS.test(text)
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}(?:/(?:3[0-2]|[12]?\\d))?$`)

/** An address or, behind a slash without leading zeros, a network (RFC 4632). */
export function isIpv4(text: string): boolean {
  return IPV4.test(text)
}

export function isIpv6(text: string): boolean {
  const [address = '', length, ...more] = text.split('/')
  if (more.length > 0) return false
  if (length !== undefined && !/^(?:12[0-8]|1[01]\d|[1-9]?\d)$/.test(length)) return false
  return address.includes(':') && isAddress(address)
}

function isAddress(address: string): boolean {
  const [plain = '', zone, ...more] = address.split('%')
  if (more.length > 0 || zone === '') return false
  return /^[0-9A-Fa-f:.]+$/.test(plain) && URL.canParse(`http://[${plain}]/`)
}

/** Section 2.7: digests of known algorithms have a known length. */
const DIGESTS: Readonly<Record<string, number>> = {
  MD5: 32,
  'SHA-1': 40,
  'SHA-256': 64,
  'SHA-512': 128,
  'SHA3-256': 64,
  'SHA3-512': 128,
}

export function isDigest(algorithm: string, value: string): boolean {
  const length = DIGESTS[algorithm]
  return length === undefined
    ? value.length > 0
    : value.length === length && /^[0-9A-Fa-f]+$/.test(value)
}

export function isHashName(text: string): boolean {
  return /^[A-Za-z0-9_-]{3,250}$/.test(text)
}

export const NO_TEXT = 'holds U+0000 or half of a surrogate pair, which no database keeps as text'

/** One such character would refuse the whole page that it stands in. */
export function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\u0000')
}

/** Of what is refused, as it may stand in the records of the refusal. */
export function asText(value: string): string {
  return value.replaceAll('\u0000', '\uFFFD').toWellFormed()
}
