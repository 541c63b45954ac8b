// One slice judged: the same rules, the same plan as for a new batch, and only what was not found before.

import { reasonOf } from '../../core/index.ts'
import type { FieldsOf, Finding, VerbatimOf } from '../../model/index.ts'
import { sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Records } from '../../store/index.ts'
import { feedOf } from '../correlations/index.ts'
import type { Feeding } from '../correlations/index.ts'
import { isOfTheRows } from '../of-the-rows.ts'
import { KIND, judge, kindsOf, pickRows, workOf } from '../sigma/index.ts'
import type { RuleSet, Unit } from '../sigma/index.ts'
import { loadRows, pickedOf } from './slice-rows.ts'
import { inSlice, inSpan } from './slices.ts'
import type { Slice, Span } from './slices.ts'

export type SliceJudging = {
  readonly lane: EngineLane
  readonly ruleSet: RuleSet
  readonly feeding: Feeding
  /** What hits go by in the records, and since when. */
  readonly feed: { readonly id: string; readonly nowMs: number }
  readonly fields: FieldsOf
  readonly verbatim: VerbatimOf
  readonly settings: EngineSettings
  /** More events than this are not tried in one piece. */
  readonly mostEvents: number
  readonly isLeftOut: (rule: string) => boolean
  /** Table in memory that the slice's events are read into. */
  readonly rows: string
  readonly sift: Sift
}

/** Of the findings of a slice, those to take, and how many others were known. */
export type Sift = (findings: readonly Finding[], slice: Slice) => Promise<Sifted>
export type Sifted = { readonly findings: readonly Finding[]; readonly known: number }

export type SliceOutcome =
  | {
      readonly kind: 'judged'
      readonly events: number
      readonly findings: readonly Finding[]
      /** Findings of these rules that stood here before. */
      readonly known: number
    }
  /** Past a limit, or a line broke a statement: to be tried in halves. */
  | { readonly kind: 'too much'; readonly events: number; readonly reason: string }

export async function judgeSlice(request: SliceJudging, slice: Slice): Promise<SliceOutcome> {
  let events = 0
  try {
    const { lane, ruleSet, fields, settings, isLeftOut, rows } = request
    const kinds = await kindsOf(lane, sql`FROM events WHERE ${inSlice(slice)}`, settings)
    events = kinds.reduce((sum, kind) => sum + kind.rows, 0)
    const work = workOf(ruleSet, kinds)
    if (work.size === 0) return { kind: 'judged', events, findings: [], known: 0 }
    const asked = [...work.values()].reduce((sum, one) => sum + one.rows, 0)
    if (asked > request.mostEvents) return { kind: 'too much', events, reason: 'events' }
    const reads = readsOf(request.feeding, work.keys())
    const from = (of: readonly string[]) =>
      sql`FROM events WHERE ${inSlice(slice)} AND ${trusted(KIND)} IN (${trusted(of.join(', '))})`
    const picked = await pickRows({ ...request, work, kinds, from, picked: pickedOf(rows) })
    await loadRows({ lane, rows, slice, work, kinds, picked, fields, reads, settings })
    const feed = feedOf(request.feeding, request.feed)
    const narrow = (unit: Unit) => picked.get(unit)?.unit
    const all = await judge({ lane, table: rows, ruleSet, settings, isLeftOut, feed, narrow })
    return { kind: 'judged', events, ...(await request.sift(all, slice)) }
  } catch (cause) {
    if (!isOfTheRows(cause)) throw cause
    return { kind: 'too much', events, reason: reasonOf(cause) }
  }
}

/** What correlations ask of rows that these units may meet. */
function readsOf({ rules }: Feeding, units: Iterable<Unit>): string {
  const ids = new Set([...units].flatMap((unit) => unit.rules.map(({ rule }) => rule.id)))
  return [...ids].flatMap((id) => rules.get(id)?.selects ?? []).join('\n')
}

const LEDGER_WAIT_MS = 30_000
const LEDGER_POLL_MS = 200

/**
 * A batch that is being stored now is judged on its own way in; until the ledger has it, its findings may still be on
 * their way. They are waited for, so that what they bring is known.
 */
export async function settledOnly(
  records: Records,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const batches = new Set(findings.map(({ batch }) => batch))
  const untilMs = performance.now() + LEDGER_WAIT_MS
  for (;;) {
    const settled = await inLedger(records, [...batches])
    if (settled.size === batches.size || performance.now() > untilMs)
      return findings.filter(({ batch }) => settled.has(batch))
    await new Promise((resolve) => setTimeout(resolve, LEDGER_POLL_MS))
  }
}

const IDS_PER_STATEMENT = 1000

async function inLedger(
  records: Records,
  batches: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (let at = 0; at < batches.length; at += IDS_PER_STATEMENT) {
    const rows = await records
      .selectFrom('batches')
      .select('id')
      .where('id', 'in', batches.slice(at, at + IDS_PER_STATEMENT))
      .execute()
    for (const { id } of rows) found.add(id)
  }
  return found
}

/** A finding is the same when batch, line and rule are: an event is judged once by a rule, whenever that is. */
export async function unknownOnly(
  lane: EngineLane,
  findings: readonly Finding[],
  span: Span,
): Promise<readonly Finding[]> {
  if (findings.length === 0) return findings
  const rules = [...new Set(findings.map(({ rule }) => rule))]
  const { rows } = await lane.query<{ batch: string; line: number; rule: string }>(
    sql`SELECT toString(batch) AS batch, line, toString(rule) AS rule FROM findings
WHERE ${inSpan(span)} AND rule IN ${rules}`,
  )
  const known = new Set(rows.map(keyOf))
  return findings.filter((finding) => !known.has(keyOf(finding)))
}

function keyOf({ batch, line, rule }: Pick<Finding, 'batch' | 'line' | 'rule'>): string {
  return `${batch}\u0001${line}\u0001${rule}`
}
