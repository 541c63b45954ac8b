// The quorum that a station's people set, and how its log stands to it now.

import { MINUTE_MS, VigieError } from '../../core/index.ts'
import type { EvidenceReport, Witnessing } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { newestUnderQuorum } from './cosigned.ts'
import { parsePolicy } from './policy.ts'
import type { WitnessPolicy } from './policy.ts'

/** The policy that holds now; undefined while none is set. */
export async function readPolicy(records: Records): Promise<WitnessPolicy | undefined> {
  const row = await policyRow(records)
  if (row === undefined) return undefined
  const parsed = parsePolicy(row.policy)
  if (parsed.ok) return parsed.value
  throw new VigieError('CONTENT_INVALID', {
    file: 'witness_policies',
    reason: parsed.problem.reason,
  })
}

export function policyRow(records: Records) {
  return records
    .selectFrom('witness_policies')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Witnesses that are asked every minute answer within this. */
const LATE_MS = 20 * MINUTE_MS

export async function readQuorum(records: Records, nowMs: number): Promise<Witnessing['quorum']> {
  const row = await policyRow(records)
  const policy = await readPolicy(records)
  const newest = policy === undefined ? undefined : await newestUnderQuorum(records, policy)
  const since = await unsignedSince(records, newest?.size ?? 0)
  const isMet = since === undefined || nowMs - since < LATE_MS
  return {
    policy: row?.policy ?? null,
    setBy: row?.made_by ?? null,
    made: row?.made.toISOString() ?? null,
    state: policy === undefined ? 'none' : isMet ? 'met' : 'not met',
    since: isMet || since === undefined ? null : new Date(since).toISOString(),
    size: newest?.size ?? null,
    met: newest === undefined ? null : new Date(newest.atMs).toISOString(),
  }
}

export async function quorumState(
  records: Records,
  nowMs: number,
): Promise<EvidenceReport['quorum']> {
  return (await readQuorum(records, nowMs)).state
}

/** When the first checkpoint beyond `size` was signed; undefined when there is none. */
async function unsignedSince(records: Records, size: number): Promise<number | undefined> {
  const row = await records
    .selectFrom('evidence_checkpoints')
    .select('made')
    .where('size', '>', String(size))
    .orderBy('size')
    .limit(1)
    .executeTakeFirst()
  return row?.made.getTime()
}
