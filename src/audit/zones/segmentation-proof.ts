// What the verdicts prove of segmentation: whether anything gets from outside OT into OT that no conduit allows.

import type { Records } from '../../store/index.ts'
import { newestRound } from './keep-round.ts'

export type SegmentationProof = {
  readonly state: 'met' | 'partly' | 'not_met'
  /** Ways from another zone into OT that were judged, and of them those that are blocked beyond the conduits. */
  readonly ways: number
  readonly blocked: number
  /** Of the others, those of which nobody can say. */
  readonly unknown: number
  readonly madeMs: number
}

const INSIDE = new Set(['ot', 'safety'])

/** `null`: no zones were judged, or none is OT. */
export async function segmentationProof(records: Records): Promise<SegmentationProof | null> {
  const round = await newestRound(records)
  if (round === null || round.result === null) return null
  const into = round.result.pairs.filter(
    ({ fromKind, toKind }) => INSIDE.has(toKind) && !INSIDE.has(fromKind),
  )
  if (into.length === 0) return null
  const count = (verdict: string) => into.filter(({ beyond }) => beyond.verdict === verdict).length
  const blocked = count('blocked')
  const isSeen = round.result.findings.some(
    ({ kind, severity }) => kind === 'seen_never' && severity === 'high',
  )
  const state = count('open') > 0 || isSeen ? 'not_met' : blocked === into.length ? 'met' : 'partly'
  const unknown = count('indeterminate')
  return { state, ways: into.length, blocked, unknown, madeMs: round.madeMs }
}
