// Checkpoints with what witnesses put under them, and how they stand to the quorum.

import type { Records } from '../../store/index.ts'
import { verifierKeyText } from '../notes/keys.ts'
import { isQuorum } from './policy.ts'
import type { WitnessPolicy } from './policy.ts'
import { trustedWitnesses } from './trusted.ts'

/** Who signed the checkpoint of this size, by the text of the key. */
export async function cosignersOf(records: Records, size: number): Promise<ReadonlySet<string>> {
  const rows = await records
    .selectFrom('witness_cosignatures')
    .select('witness')
    .where('size', '=', size)
    .execute()
  return new Set(rows.map(({ witness }) => witness))
}

export type Cosigned = {
  readonly size: number
  /** The note with every signature under it. */
  readonly note: string
  /** When the last signature that it needed was made. */
  readonly atMs: number
}

/** Checkpoints looked through, newest first. */
const MOST_LOOKED_AT = 2000

/** The newest checkpoint from `least` entries on that meets the quorum; undefined when none does. */
export async function newestUnderQuorum(
  records: Records,
  policy: WitnessPolicy,
  least = 0,
): Promise<Cosigned | undefined> {
  const rows = await records
    .selectFrom('witness_cosignatures as cosignature')
    .innerJoin('evidence_checkpoints as checkpoint', 'checkpoint.size', 'cosignature.size')
    .select([
      'checkpoint.size',
      'checkpoint.note',
      'cosignature.witness',
      'cosignature.line',
      'cosignature.made',
    ])
    .where('checkpoint.size', '>=', String(least))
    .orderBy('checkpoint.size', 'desc')
    .limit(MOST_LOOKED_AT)
    .execute()
  const trusted = await trustedWitnesses(records)
  const counting = rows.filter(({ witness }) => trusted.has(witness))
  for (const [size, signatures] of Map.groupBy(counting, (row) => Number(row.size))) {
    const signed = new Set<string>()
    const has = () => isQuorum(policy, (key) => signed.has(verifierKeyText(key)))
    const inTime = signatures.toSorted((one, other) => one.made.getTime() - other.made.getTime())
    const last = inTime.find(({ witness }) => {
      signed.add(witness)
      return has()
    })
    if (last === undefined) continue
    const lines = inTime.map(({ line }) => line)
    return { size, note: `${last.note}${lines.join('')}`, atMs: last.made.getTime() }
  }
  return undefined
}

/** A checkpoint with what was put under it so far. */
export async function withCosignatures(
  records: Records,
  size: number,
  note: string,
): Promise<string> {
  const rows = await records
    .selectFrom('witness_cosignatures')
    .select('line')
    .where('size', '=', size)
    .orderBy('made')
    .execute()
  return `${note}${rows.map(({ line }) => line).join('')}`
}
