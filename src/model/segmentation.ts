// What is said about zones: verdicts with the packet and the lines that prove them, findings, questions to single filters.

import type { Severity } from './records.ts'

export type SegmentVerdict = 'open' | 'conditional' | 'indeterminate' | 'blocked'

export type ShownPacket = {
  readonly source: string
  readonly destination: string
  /** `tcp/502`, `icmp/8.0`, `gre`. */
  readonly service: string
}

export type ShownRule = {
  readonly filter: string
  /** What a person finds the rule by; `null`: no rule decides, what happens otherwise does. */
  readonly rule: string | null
  readonly first: number
  readonly last: number
  readonly text: string
  readonly because: readonly string[]
}

export type ShownHop = {
  readonly device: string
  readonly file: string
  readonly enters: string
  readonly leaves: string
  readonly rules: readonly ShownRule[]
  /** Translations that applied, by what a person finds them by. */
  readonly translations: readonly { readonly label: string; readonly first: number }[]
  readonly isAssumed: boolean
}

export type ShownWitness = {
  readonly packet: ShownPacket
  readonly arrives: ShownPacket
  readonly hops: readonly ShownHop[]
  readonly answers: 'pass' | 'blocked' | 'unknown'
}

export type ShownAnswer = {
  readonly verdict: SegmentVerdict
  readonly witness: ShownWitness | null
  readonly reasons: readonly string[]
  /** Some of the packets, as boxes. */
  readonly packets: readonly string[]
  /** Services of the catalogue that get through. */
  readonly services: readonly { readonly name: string; readonly verdict: SegmentVerdict }[]
}

export type ShownPair = {
  readonly from: string
  readonly to: string
  readonly fromKind: string
  readonly toKind: string
  readonly all: ShownAnswer
  readonly beyond: ShownAnswer
  /** What a change let through that did not pass before; `null` without an earlier version. */
  readonly opened: ShownAnswer | null
}

export type ShownDevice = {
  readonly name: string
  readonly file: string
  readonly make: string
  readonly interfaces: number
  readonly rules: number
  /** Rules that are not understood: what they are about is indeterminate. */
  readonly unreadRules: number
  readonly limits: readonly string[]
}

export type ShownSegmentFinding = {
  readonly kind: string
  readonly severity: Severity
  readonly from: string
  readonly to: string
  readonly verdict: SegmentVerdict
  readonly techniques: readonly string[]
  readonly about: readonly string[]
  readonly sentence: string
}

export type SegmentReport = {
  readonly madeMs: number
  readonly version: string
  readonly devices: readonly ShownDevice[]
  readonly pairs: readonly ShownPair[]
  readonly findings: readonly ShownSegmentFinding[]
  /** Interfaces that the zones file names and no configuration has. */
  readonly missing: readonly string[]
  readonly problems: readonly { readonly file: string; readonly sentence: string }[]
}

export type ShownDeadRule = {
  readonly device: string
  readonly file: string
  readonly rule: ShownRule
  readonly covers: readonly ShownRule[]
  /** Some of what covers it does the opposite. */
  readonly isContrary: boolean
}

export type ShownFound = {
  readonly device: string
  readonly file: string
  readonly filter: string
  readonly packet: ShownPacket
  readonly rule: ShownRule
}

export type ShownDifference = {
  readonly filter: string
  readonly widened: readonly string[]
  readonly narrowed: readonly string[]
  /** It took too much to say. */
  readonly isTooLarge: boolean
}
