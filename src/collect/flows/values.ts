// Values of flow records as JSON. Offsets and lengths were checked by the caller.

/** Seconds from 1900, where NTP counts from, to 1970. */
const NTP_EPOCH_SECONDS = 2_208_988_800

/** A whole number of 1 to 8 bytes. */
export function unsignedText(bytes: Buffer, at: number, length: number): string {
  if (length === 4) return String(bytes.readUInt32BE(at))
  if (length === 2) return String(bytes.readUInt16BE(at))
  if (length === 1) return String(bytes[at])
  if (length === 8) return bytes.readBigUInt64BE(at).toString()
  let value = 0
  if (length === 7)
    return (BigInt(bytes.readUIntBE(at, 6)) * 256n + BigInt(bytes[at + 6] ?? 0)).toString()
  for (let i = 0; i < length; i += 1) value = value * 256 + (bytes[at + i] ?? 0)
  return String(value)
}

export function ipv4Text(bytes: Buffer, at: number): string {
  return `"${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}"`
}

/** RFC 5952: the longest run of two or more zero groups is left out. */
export function ipv6Text(bytes: Buffer, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(at + 2 * i))
  const { start, length } = longestZeroRun(groups)
  const hex = (some: readonly number[]) => some.map((group) => group.toString(16)).join(':')
  if (length < 2) return `"${hex(groups)}"`
  return `"${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}"`
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let run = 0
  for (const [i, group] of groups.entries()) {
    run = group === 0 ? run + 1 : 0
    if (run > best.length) best = { start: i - run + 1, length: run }
  }
  return best
}

export function macText(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 6)
  return `"${hex.replaceAll(/..(?=.)/g, '$&:')}"`
}

/** UTF-8; exporters pad to a fixed length with zero bytes. */
export function stringText(bytes: Buffer, at: number, length: number): string {
  const zero = bytes.subarray(at, at + length).indexOf(0)
  return JSON.stringify(bytes.toString('utf8', at, at + (zero < 0 ? length : zero)))
}

export function hexText(bytes: Buffer, at: number, length: number): string {
  return `"${bytes.toString('hex', at, at + length)}"`
}

/** An NTP timestamp as a count from 1970 of seconds with this many digits behind them. */
export function ntpText(bytes: Buffer, at: number, digits: 6 | 9): string {
  const seconds = BigInt(bytes.readUInt32BE(at)) - BigInt(NTP_EPOCH_SECONDS)
  const unit = 10n ** BigInt(digits)
  const fraction = (BigInt(bytes.readUInt32BE(at + 4)) * unit) >> 32n
  return (seconds * unit + fraction).toString()
}
