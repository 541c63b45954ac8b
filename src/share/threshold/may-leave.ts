// A report, and a question to the holder, are decided on as all that leaves is.

import { judgeUp } from '../member/outbox.ts'
import type { PeerRow } from '../peer/peers.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { ThresholdTrouble } from './round.ts'
import type { ThresholdRound } from './round.ts'

/** Throws ThresholdTrouble with why the policy does not let it leave. */
export async function mayLeave(
  { records, nowMs }: Pick<ThresholdRound, 'records' | 'nowMs'>,
  peer: PeerRow,
  kind: string,
): Promise<void> {
  const judge = await judgeUp(records, peer, nowMs)
  const object = { type: kind, id: kind, object_marking_refs: [markingOfLabel('amber')] }
  const { verdict, reasons } = judge.decide(object)
  if (verdict === 'send') return
  const about = reasons.map(({ rule, about: what }) => `${rule} (${what})`).join(', ')
  throw new ThresholdTrouble('may not report', about)
}
