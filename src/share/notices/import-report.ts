// A report that the hub's people take in, as one step: the same file again counts nothing.

import { createHash } from 'node:crypto'
import type { ReportAsk, ReportTaken } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { place } from './place.ts'
import { readReport } from './read-report.ts'

const MOST_REFUSED_SHOWN = 100

export async function importReport(
  records: Records,
  text: string,
  { ask, nowMs }: { readonly ask: ReportAsk; readonly nowMs: number },
): Promise<ReportTaken> {
  const { lines, refused } = readReport(text, ask, nowMs)
  const say = wordsOf('en').notices.report
  const shown = {
    refused: refused
      .slice(0, MOST_REFUSED_SHOWN)
      .map(({ line, reason }) => ({ line, reason: say[reason] })),
    refusedTotal: refused.length,
  }
  const source = `report ${createHash('sha256').update(text).digest('hex')}`
  return records.transaction().execute(async (step) => {
    const { numInsertedOrUpdatedRows } = await step
      .insertInto('notice_arrivals')
      .values({ source, reached: lines.length, at: new Date(nowMs) })
      .onConflict((conflict) => conflict.column('source').doNothing())
      .executeTakeFirst()
    const nothing = { lines: lines.length, placed: 0, unplaced: 0, organisations: 0, ...shown }
    if ((numInsertedOrUpdatedRows ?? 0n) === 0n) return { ...nothing, known: true }
    const happenings = lines.map(({ atMs, ...line }) => ({
      ...line,
      count: 1,
      firstMs: atMs,
      lastMs: atMs,
      source: ask.name,
    }))
    const placed = await place(step, happenings, { nowMs, addsUp: true })
    return { ...nothing, ...placed, known: false }
  })
}
