// NetFlow v9 (RFC 3954) and IPFIX (RFC 7011) messages: sets of templates, of options, and of data that follow them.

import { PADDING } from './elements.ts'
import { VARIABLE, planOf } from './record-plan.ts'
import type { FieldSpecifier } from './record-plan.ts'

export type FlowSet = { readonly id: number; readonly from: number; readonly end: number }

export type MessageHead = {
  readonly version: 9 | 10
  readonly domain: number
  readonly sequence: number
  /** Members for each line, behind a comma. */
  readonly members: string
  readonly from: number
  readonly end: number
}

export type DefinedTemplate = {
  readonly id: number
  readonly isOptions: boolean
  readonly specifiers: readonly FieldSpecifier[]
}

const NINE_HEAD_BYTES = 20
const IPFIX_HEAD_BYTES = 16
const ENTERPRISE_BIT = 0x80_00
const LEAST_DATA_SET = 256
const MOST_FIELDS = 1024

export function isDataSet({ id }: FlowSet): boolean {
  return id >= LEAST_DATA_SET
}

/** undefined where the message is shorter than its header. */
export function readHead(bytes: Buffer): MessageHead | undefined {
  return bytes.readUInt16BE(0) === 9 ? nineHead(bytes) : ipfixHead(bytes)
}

function nineHead(bytes: Buffer): MessageHead | undefined {
  if (bytes.length < NINE_HEAD_BYTES) return undefined
  const domain = bytes.readUInt32BE(16)
  const [sysUpTime, exportTime] = [bytes.readUInt32BE(4), bytes.readUInt32BE(8)]
  return {
    version: 9,
    domain,
    sequence: bytes.readUInt32BE(12),
    members: `,"observationDomain":${domain},"exportTime":${exportTime},"sysUpTime":${sysUpTime}`,
    from: NINE_HEAD_BYTES,
    end: bytes.length,
  }
}

function ipfixHead(bytes: Buffer): MessageHead | undefined {
  if (bytes.length < IPFIX_HEAD_BYTES) return undefined
  const domain = bytes.readUInt32BE(12)
  return {
    version: 10,
    domain,
    sequence: bytes.readUInt32BE(8),
    members: `,"observationDomain":${domain},"exportTime":${bytes.readUInt32BE(4)}`,
    from: IPFIX_HEAD_BYTES,
    end: Math.min(bytes.length, bytes.readUInt16BE(2)),
  }
}

/** The sets of a message; one whose length cannot be ends it, and `isWhole` is false then. */
export function setsOf(
  bytes: Buffer,
  { from, end }: MessageHead,
): { readonly sets: readonly FlowSet[]; readonly isWhole: boolean } {
  const sets: FlowSet[] = []
  let at = from
  while (at + 4 <= end) {
    const length = bytes.readUInt16BE(at + 2)
    if (length < 4 || at + length > end) return { sets, isWhole: false }
    sets.push({ id: bytes.readUInt16BE(at), from: at + 4, end: at + length })
    at += length
  }
  return { sets, isWhole: true }
}

/** Templates that a set defines; what follows the last whole one is padding, or cut off. */
export function templatesOf(
  bytes: Buffer,
  { version }: Pick<MessageHead, 'version'>,
  { id, from, end }: FlowSet,
): readonly DefinedTemplate[] {
  const found: DefinedTemplate[] = []
  let at = from
  for (;;) {
    const read =
      version === 9 ? nineTemplate(bytes, id, at, end) : ipfixTemplate(bytes, id, at, end)
    if (read === undefined) return found
    if (read.template.id >= LEAST_DATA_SET) found.push(read.template)
    at = read.next
  }
}

type Read = { readonly template: DefinedTemplate; readonly next: number }

/** Set 0: templates; 1: options, whose scope has numbers of its own and is left out. */
function nineTemplate(bytes: Buffer, set: number, at: number, end: number): Read | undefined {
  const isOptions = set === 1
  const headBytes = isOptions ? 6 : 4
  if (set > 1 || at + headBytes > end) return undefined
  const id = bytes.readUInt16BE(at)
  const scopes = isOptions ? bytes.readUInt16BE(at + 2) >> 2 : 0
  const count = isOptions ? scopes + (bytes.readUInt16BE(at + 4) >> 2) : bytes.readUInt16BE(at + 2)
  const first = at + headBytes
  const next = first + count * 4
  if (count === 0 || count > MOST_FIELDS || next > end) return undefined
  const specifiers = Array.from({ length: count }, (_, i) => ({
    id: i < scopes ? PADDING : bytes.readUInt16BE(first + i * 4),
    enterprise: 0,
    length: bytes.readUInt16BE(first + i * 4 + 2),
  }))
  return { template: { id, isOptions, specifiers }, next }
}

/** Set 2: templates; 3: options. Withdrawals (no fields) mean nothing over UDP (RFC 7011 section 8.4). */
function ipfixTemplate(bytes: Buffer, set: number, at: number, end: number): Read | undefined {
  const isOptions = set === 3
  if ((set !== 2 && !isOptions) || at + 4 > end) return undefined
  const id = bytes.readUInt16BE(at)
  const count = bytes.readUInt16BE(at + 2)
  if (count === 0) return { template: { id: 0, isOptions, specifiers: [] }, next: at + 4 }
  if (count > MOST_FIELDS) return undefined
  let next = at + (isOptions ? 6 : 4)
  const specifiers: FieldSpecifier[] = []
  for (let i = 0; i < count; i += 1) {
    if (next + 4 > end) return undefined
    const number = bytes.readUInt16BE(next)
    const length = bytes.readUInt16BE(next + 2)
    const isEnterprise = number >= ENTERPRISE_BIT
    if (isEnterprise && next + 8 > end) return undefined
    const enterprise = isEnterprise ? bytes.readUInt32BE(next + 4) : 0
    specifiers.push({ id: number % ENTERPRISE_BIT, enterprise, length })
    next += isEnterprise ? 8 : 4
  }
  return { template: { id, isOptions, specifiers }, next }
}

/** undefined for a template that no record can follow. */
export function templatePlan(version: 9 | 10, { isOptions, specifiers }: DefinedTemplate) {
  const known =
    version === 9 && specifiers.some(({ length }) => length === VARIABLE)
      ? undefined
      : planOf(version, specifiers)
  return known === undefined ? undefined : { plan: known, isOptions }
}
