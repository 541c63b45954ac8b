// NetFlow v5 and v7: records of one form, which is written here as if it were a template.

import { PADDING } from './elements.ts'
import { planOf } from './record-plan.ts'
import type { RecordPlan } from './record-plan.ts'

export type FixedMessage = {
  readonly plan: RecordPlan
  /** Members for each line, behind a comma. */
  readonly members: string
  /** Which engine of the exporter counts. */
  readonly stream: string
  readonly sequence: number
  readonly count: number
  readonly from: number
}

const HEAD_BYTES = 24
/** Element and length, in the order of the record: addresses, interfaces, counts, times, ports, the rest. */
const COMMON = [
  [8, 4],
  [12, 4],
  [15, 4],
  [10, 2],
  [14, 2],
  [2, 4],
  [1, 4],
  [22, 4],
  [21, 4],
  [7, 2],
  [11, 2],
  [PADDING, 1],
  [6, 1],
  [4, 1],
  [5, 1],
  [16, 2],
  [17, 2],
  [9, 1],
  [13, 1],
  [PADDING, 2],
] as const
const FORMS = new Map([
  [5, planFor(COMMON)],
  // The last field is the router that a Catalyst switch took the work from.
  [7, planFor([...COMMON, [43, 4] as const])],
])

/** undefined where the message is not one of these, or holds fewer records than it says. */
export function readFixed(bytes: Buffer): FixedMessage | undefined {
  const version = bytes.readUInt16BE(0)
  const plan = FORMS.get(version)
  if (plan === undefined || bytes.length < HEAD_BYTES) return undefined
  const count = bytes.readUInt16BE(2)
  if (bytes.length < HEAD_BYTES + count * plan.leastBytes) return undefined
  const [sysUpTime, exportTime] = [bytes.readUInt32BE(4), bytes.readUInt32BE(8)]
  // Version 7 keeps nothing behind the sequence. The first two bits of the interval say how it samples.
  const sampling = version === 5 ? bytes.readUInt16BE(22) & 0x3f_ff : 0
  const engine = version === 5 ? bytes.readUInt16BE(20) : 0
  const members = `,"observationDomain":${engine},"exportTime":${exportTime},"sysUpTime":${sysUpTime}`
  return {
    plan,
    members: sampling > 1 ? `${members},"samplingInterval":${sampling}` : members,
    stream: `${version}/${engine}`,
    sequence: bytes.readUInt32BE(16),
    count,
    from: HEAD_BYTES,
  }
}

function planFor(fields: readonly (readonly [number, number])[]): RecordPlan {
  const plan = planOf(
    5,
    fields.map(([id, length]) => ({ id, enterprise: 0, length })),
  )
  if (plan === undefined) throw new Error('A fixed form holds fields.')
  return plan
}
