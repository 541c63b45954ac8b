// Groups of a correlation that completed a window since they were last looked at. Too many at once are taken in parts.

import { reasonOf } from '../../core/index.ts'
import { sql, trusted, withLiterals } from '../../store/index.ts'
import type { EngineLane, EngineSettings } from '../../store/index.ts'
import { onceATimespan, windowSql } from '../sigma/index.ts'
import type { CorrelationPlan } from '../sigma/index.ts'
import { endsSql, foundBefore, hitsSql } from './touched.ts'
import type { Asked, Part } from './touched.ts'

/** A group found, and the event that completed its window. */
export type FoundGroup = {
  readonly grp: string
  readonly ms: number
  readonly measure: string
  readonly batch: string
  readonly line: number
}

export type Looking = {
  readonly lane: EngineLane
  readonly settings: EngineSettings
  /** Up to here all hits are known. */
  readonly knownMs: number
}

/** `problem`: windows that stayed too much for the engine in parts as well were left out. */
export type FoundGroups = {
  readonly found: readonly FoundGroup[]
  readonly problem: string | undefined
}

/** Windows told by one statement. */
const MOST_ROWS = 100_000
/** Parts that groups are split into, each into as many again. */
const SPLIT = 8
const MOST_PARTS = 512

export async function findGroups(
  request: Looking,
  plan: CorrelationPlan,
  asked: Omit<Asked, 'part'>,
): Promise<FoundGroups> {
  const found: FoundGroup[] = []
  let problem: string | undefined
  const waiting: Part[] = [{ of: 1, at: 0 }]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const outcome = await findPart(request, plan, { ...asked, part })
    if (outcome.kind === 'found') found.push(...outcome.found)
    else if (part.of >= MOST_PARTS) problem = tooMuch(outcome.reason)
    else waiting.push(...partsOf(part))
  }
  return { found, problem }
}

function partsOf({ of, at }: Part): readonly Part[] {
  return Array.from({ length: SPLIT }, (_, nth) => ({ of: of * SPLIT, at: at + nth * of }))
}

const SHOWN_REASON = 200

function tooMuch(reason: string): string {
  return `Some groups have more hits in their windows than the engine takes at once; they are not decided (${reason.slice(0, SHOWN_REASON)}).`
}

type Outcome =
  | { readonly kind: 'found'; readonly found: readonly FoundGroup[] }
  | { readonly kind: 'too much'; readonly reason: string }

async function findPart(
  { lane, settings, knownMs }: Looking,
  plan: CorrelationPlan,
  asked: Asked,
): Promise<Outcome> {
  const ends = endsSql(plan, asked)
  const windows = windowSql(plan, {
    from: withLiterals(hitsSql(plan, ends)),
    ends: withLiterals(ends),
    knownMs,
  })
  try {
    const { rows } = await lane.query<Omit<FoundGroup, 'ms'> & { ms: string }>(
      sql`SELECT toString(grp) AS grp, ms, measure, batch, line FROM (${trusted(windows)}) LIMIT ${MOST_ROWS + 1}`,
      { settings },
    )
    if (rows.length > MOST_ROWS)
      return { kind: 'too much', reason: `more than ${MOST_ROWS} windows of one group` }
    const met = rows.map((row) => ({ ...row, ms: Number(row.ms) }))
    const groups = [...new Set(met.map(({ grp }) => grp))]
    const before = await foundBefore(lane, plan, groups, settings)
    return { kind: 'found', found: onceATimespan(met, plan.timespanMs, before) }
  } catch (cause) {
    const reason = reasonOf(cause)
    if (!/MEMORY_LIMIT_EXCEEDED|TIMEOUT_EXCEEDED|TOO_MANY_/.test(reason)) throw cause
    return { kind: 'too much', reason }
  }
}
