// How one kind of record is written as members of a JSON object: made once from a template, used for each record.

import { PADDING, elementOf } from './elements.ts'
import type { ElementType } from './elements.ts'
import {
  hexText,
  ipv4Text,
  ipv6Text,
  macText,
  ntpText,
  stringText,
  unsignedText,
} from './values.ts'

/** A field as its template names it. `length` 65535 stands for one that each record tells (RFC 7011 section 7). */
export type FieldSpecifier = {
  readonly id: number
  readonly enterprise: number
  readonly length: number
}

export type RecordPlan = {
  readonly fields: readonly PlannedField[]
  /** Bytes below which no record lies; never 0. */
  readonly leastBytes: number
  /** Whether a record says by itself how packets were sampled. */
  readonly saysSampling: boolean
}

type PlannedField = {
  /** `,"name":`, or '' for what is not written. */
  readonly key: string
  readonly type: ElementType
  /** Bytes; -1 where each record tells. */
  readonly length: number
}

export const VARIABLE = 65_535

/** undefined for a template no record can follow: one of no bytes at all. */
export function planOf(
  version: number,
  specifiers: readonly FieldSpecifier[],
): RecordPlan | undefined {
  const names = new Map<string, number>()
  const fields = specifiers.map(({ id, enterprise, length }): PlannedField => {
    const { name, type } = elementOf(version, id, enterprise)
    const times = (names.get(name) ?? 0) + 1
    names.set(name, times)
    const key = times === 1 ? name : `${name}_${times}`
    const isPadding = enterprise === 0 && id === PADDING
    return {
      key: isPadding ? '' : `,"${key}":`,
      type: fitting(type, length),
      length: length === VARIABLE ? -1 : length,
    }
  })
  const leastBytes = fields.reduce((sum, { length }) => sum + (length < 0 ? 1 : length), 0)
  if (leastBytes === 0) return undefined
  return { fields, leastBytes, saysSampling: names.has('samplingInterval') }
}

/** An address of another length than an address has is shown as the bytes it is. */
function fitting(type: ElementType, length: number): ElementType {
  const wanted = { ipv4: 4, ipv6: 16, mac: 6, micros: 8, nanos: 8 }[type as 'ipv4']
  if (wanted !== undefined) return length === wanted ? type : 'octets'
  return type === 'unsigned' && (length > 8 || length === 0) ? 'octets' : type
}

/** Members, each behind a comma, and where the next record begins; undefined where the bytes end too early. */
export function writeRecord(
  { fields }: RecordPlan,
  bytes: Buffer,
  from: number,
  end: number,
): { readonly members: string; readonly next: number } | undefined {
  let members = ''
  let at = from
  for (const { key, type, length: fixed } of fields) {
    let length = fixed
    if (length < 0) {
      length = bytes[at] ?? 0
      at += 1
      if (length === 255) {
        if (at + 2 > end) return undefined
        length = bytes.readUInt16BE(at)
        at += 2
      }
    }
    if (at + length > end) return undefined
    if (key !== '' && length > 0) members += key + valueText(type, bytes, at, length)
    at += length
  }
  return { members, next: at }
}

function valueText(type: ElementType, bytes: Buffer, at: number, length: number): string {
  switch (type) {
    case 'unsigned':
      return unsignedText(bytes, at, length)
    case 'ipv4':
      return ipv4Text(bytes, at)
    case 'ipv6':
      return ipv6Text(bytes, at)
    case 'mac':
      return macText(bytes, at)
    case 'string':
      return stringText(bytes, at, length)
    case 'micros':
      return ntpText(bytes, at, 6)
    case 'nanos':
      return ntpText(bytes, at, 9)
    case 'octets':
      return hexText(bytes, at, length)
    default:
      return type satisfies never
  }
}
