// Which kinds of indicators there are, and which prefix lengths: what is absent costs a batch nothing.

import { IndicatorKindSchema } from '../../model/index.ts'
import { sql, trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { Present } from './match.ts'

export const NOTHING_PRESENT: Present = { kinds: new Set(), lengths: { four: [], six: [] } }

/** The newest version there is: clocks go back, versions must not. */
export async function readVersion(lane: EngineLane): Promise<number> {
  const { rows } = await lane.query<{ version: string }>(
    trusted('SELECT max(version) AS version FROM indicators'),
  )
  return Number(rows[0]?.version ?? 0)
}

export async function readPresent(lane: EngineLane, nowMs: number): Promise<Present> {
  const { rows } = await lane.query<{
    kind: string
    four: readonly number[]
    six: readonly number[]
  }>(
    sql`SELECT toString(kind) AS kind, groupUniqArrayIf(bits, kind = 'prefix' AND position(key, ':') = 0) AS four,
  groupUniqArrayIf(bits, kind = 'prefix' AND position(key, ':') > 0) AS six
FROM (SELECT kind, key, toUInt8OrZero(if(kind = 'prefix', splitByChar('/', key)[2], '')) AS bits FROM indicators
  WHERE valid_until > fromUnixTimestamp64Milli(${nowMs}, 'UTC')) GROUP BY kind`,
  )
  const kinds = rows.flatMap(({ kind }) => {
    const read = IndicatorKindSchema.safeParse(kind)
    return read.success ? [read.data] : []
  })
  const prefixes = rows.find(({ kind }) => kind === 'prefix')
  const sorted = (lengths: readonly number[] = []) => lengths.map(Number).toSorted((a, b) => b - a)
  return {
    kinds: new Set(kinds),
    lengths: { four: sorted(prefixes?.four), six: sorted(prefixes?.six) },
  }
}
