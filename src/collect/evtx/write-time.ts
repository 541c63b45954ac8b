// Times as `"2026-08-05T07:15:00.0513480Z"`: always seven digits, as Windows writes them, so that texts sort like times.

import type { ByteSink } from './byte-sink.ts'
import { u16 } from './cursor.ts'
import { writeBinary } from './write-identifier.ts'
import { putDigits, writeHex } from './write-number.ts'

const DAY_SECONDS = 86_400
const TICKS_A_SECOND = 10_000_000
/** 2^32 ticks of 100 ns are 429 s and 4,967,296 ticks. */
const HIGH_SECONDS = 429
const HIGH_TICKS = 4_967_296
/** From 1601-01-01, where a FILETIME begins ([MS-DTYP] section 2.3.3), to 1970-01-01. */
const EPOCH_SECONDS = 11_644_473_600
/** 10000-01-01: later times have no form with four digits. */
const TOO_LATE_SECONDS = 253_402_300_800
/** Year, month, day of week, day, hour, minute, second, millisecond: u16 each, [MS-DTYP] section 2.3.13. */
export const SYSTEM_TIME_BYTES = 16
const FIRST_YEAR = 1601
const LAST_YEAR = 9998
const UTC_FORM = '"0000-00-00T00:00:00.0000000Z"'
const UTC_BYTES = UTC_FORM.length

/** The last day written: the records of a chunk are mostly of one day. */
const lastDay = { number: Number.NaN, text: Buffer.from(UTC_FORM, 'latin1') }

export function writeFileTime(sink: ByteSink, low: number, high: number): void {
  const ticks = high * HIGH_TICKS + low
  const whole = Math.floor(ticks / TICKS_A_SECOND)
  const seconds = high * HIGH_SECONDS + whole - EPOCH_SECONDS
  if (seconds >= TOO_LATE_SECONDS) writeHex(sink, low, high)
  else writeUtc(sink, seconds, ticks - whole * TICKS_A_SECOND)
}

export function writeSystemTime(sink: ByteSink, bytes: Uint8Array, at: number): void {
  const part = (index: number) => u16(bytes, at + index * 2)
  const ms = Date.UTC(part(0), part(1) - 1, part(3), part(4), part(5), part(6))
  if (part(0) < FIRST_YEAR || part(0) > LAST_YEAR || part(7) > 999) {
    writeBinary(sink, bytes, at, at + SYSTEM_TIME_BYTES)
  } else writeUtc(sink, ms / 1000, part(7) * 10_000)
}

function writeUtc(sink: ByteSink, seconds: number, ticks: number): void {
  sink.reserve(UTC_BYTES)
  const day = Math.floor(seconds / DAY_SECONDS)
  if (day !== lastDay.number) {
    lastDay.number = day
    lastDay.text.write(new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 11), 1, 'latin1')
  }
  const second = (seconds - day * DAY_SECONDS) | 0
  const minute = (second / 60) | 0
  const hour = (minute / 60) | 0
  const { bytes, length } = sink
  for (let i = 0; i < UTC_BYTES; i += 1) bytes[length + i] = lastDay.text[i] ?? 0
  putDigits(bytes, length + 12, 2, hour)
  putDigits(bytes, length + 15, 2, minute - hour * 60)
  putDigits(bytes, length + 18, 2, second - minute * 60)
  putDigits(bytes, length + 21, 7, ticks)
  sink.length = length + UTC_BYTES
}
