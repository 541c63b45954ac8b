// Counting a part of the events in place of all. Blocks are taken evenly over everything stored, and what is counted in
// them stands for the blocks left out (a Horvitz–Thompson estimate).

import { sql, textOf, trusted } from '../store/index.ts'
import type { EngineSettings, Sql } from '../store/index.ts'
import { askEngine } from './ask-engine.ts'
import type { HuntContext } from './context.ts'
import { inSpan } from './hunt-plan.ts'
import type { FieldHunt } from './hunt-plan.ts'
import type { HuntResult } from './problem.ts'
import { EVERYTHING } from './query-condition.ts'
import type { SampleSize } from './sample-size.ts'

export type Sample = Blocks & {
  /**
   * What the weights of the events found have to be multiplied by, given their sum. Parts are of many sizes, and their
   * blocks are chosen alike: what the choice gave too much or too little is known.
   */
  readonly scale: (sumFound: number) => number
}

type Blocks = {
  /** True for the events taken. */
  readonly taken: Sql
  /** How many events each of them stands for. */
  readonly weight: Sql
}

/** The engine reads whole blocks of so many rows, numbered within a part. */
const BLOCK_ROWS = 8192
/** So much of the sample at most goes to the first blocks of every part. */
const HEAD_SHARE = 0.3
const MOST_HEAD_BLOCKS = 64

type Reading = { readonly rows: number; readonly parts: number }
type Asking = { readonly settings: EngineSettings; readonly signal: AbortSignal | undefined }

/** A sample, or undefined where all events are to be counted. */
export async function sampleOf(
  context: Pick<HuntContext, 'lane' | 'fields'>,
  { span, condition }: FieldHunt,
  { size, ...ask }: Asking & { readonly size: SampleSize },
): Promise<HuntResult<Sample | undefined>> {
  const inTime = await readingOf(context, sql`SELECT time FROM events WHERE ${inSpan(span)}`, ask)
  if (!inTime.ok) return inTime
  if (inTime.value.rows <= size.upTo) return { ok: true, value: undefined }
  const found = sql`SELECT time FROM events WHERE ${inSpan(span)} AND ${condition}`
  const all = await readingOf(context, found, ask)
  if (!all.ok) return all
  if (all.value.rows <= size.upTo) return { ok: true, value: undefined }
  const blocks = blocksOf(all.value, size)
  const { rows } = inTime.value
  // Every event in the time range is found: the answer itself says what the weights come to.
  if (textOf(condition) === EVERYTHING)
    return { ok: true, value: { ...blocks, scale: (sum) => rows / sum } }
  // Where indices leave few blocks, so many of those are taken that the weights come out right.
  if (all.value.rows < rows / 2) return { ok: true, value: { ...blocks, scale: () => 1 } }
  const stood = await askEngine<{ n: string }>(context, {
    statement: sql`SELECT sum(${blocks.weight}) AS n FROM events WHERE ${inSpan(span)} AND ${blocks.taken}`,
    ...ask,
  })
  if (!stood.ok) return stood
  const sum = Math.max(1, Number(stood.value.rows[0]?.n ?? 0))
  return { ok: true, value: { ...blocks, scale: () => rows / sum } }
}

/** What the engine would read for a statement, after its indices have spoken. */
async function readingOf(
  context: Pick<HuntContext, 'lane' | 'fields'>,
  statement: Sql,
  ask: Asking,
): Promise<HuntResult<Reading>> {
  const answer = await askEngine<{ rows: string; parts: string }>(context, {
    statement,
    estimate: true,
    ...ask,
  })
  if (!answer.ok) return answer
  const sum = (key: 'rows' | 'parts') =>
    answer.value.rows.reduce((total, row) => total + Number(row[key]), 0)
  return { ok: true, value: { rows: sum('rows'), parts: sum('parts') } }
}

/**
 * The first blocks of each part are all taken, so that small parts (the newest events among them) count as they are; of
 * the blocks behind them one in `step`, each at a place of its own within its stretch.
 */
export function blocksOf({ rows, parts }: Reading, { inBlocks, oneIn }: SampleSize): Blocks {
  const blocks = Math.ceil(rows / BLOCK_ROWS)
  const head = Math.min(
    MOST_HEAD_BLOCKS,
    Math.floor((inBlocks * HEAD_SHARE) / (BLOCK_ROWS * Math.max(1, parts))),
  )
  const behind = inBlocks - head * parts * BLOCK_ROWS
  const step = Math.max(2, Math.ceil(rows / behind))
  const numbers = Array.from({ length: head }, (_, at) => at)
  let turn = 1
  for (let from = head; from < blocks; from += step) {
    turn = (turn * 48_271) % 2_147_483_647
    numbers.push(from + (turn % step))
  }
  const block = `intDiv(_part_offset, ${BLOCK_ROWS})`
  const some = oneIn === 1 ? '' : ` AND _part_offset % ${oneIn} = 0`
  return {
    taken: trusted(`${block} IN (${numbers.join(', ')})${some}`),
    weight: trusted(`if(${block} < ${head}, ${oneIn}, ${step * oneIn})`),
  }
}
