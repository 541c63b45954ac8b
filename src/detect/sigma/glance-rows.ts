// The rows that a glance leaves, written down by the engine.

import { name, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import { CONDITIONS_PER_STATEMENT, candidatesOf } from './decide.ts'
import { overIds } from './expression.ts'
import type { Glance } from './glance.ts'
import { scanUnit, withHits } from './hits.ts'
import { preparePatterns } from './pattern-store.ts'
import type { RuleSet } from './rule-set.ts'

export type GlanceRequest = {
  readonly lane: EngineLane
  readonly ruleSet: RuleSet
  readonly glances: readonly {
    readonly glance: Glance
    /** `FROM events WHERE …`: the rows of the unit. */
    readonly from: Sql
  }[]
  /** Table that takes `(unit, batch, line)` of the rows; a row may come twice. */
  readonly into: string
  readonly settings: EngineSettings
}

/** A cluster's nodes are sent the patterns with the statement. */
const MAX_QUERY_SIZE = 64 * 1024 * 1024

/** Fills the table with the rows that some rule may hold for. */
export async function glanceAt(request: GlanceRequest): Promise<void> {
  const { lane, ruleSet, glances, into } = request
  const settings = { ...request.settings, max_query_size: MAX_QUERY_SIZE }
  for (const { glance } of glances) {
    await preparePatterns(lane, ruleSet.table, glance.unit.lists)
    if (glance.words !== undefined) await preparePatterns(lane, glance.words, [0])
  }
  const hits = `${into}_hits`
  await withHits(lane, hits, async () => {
    for (const { glance, from } of glances)
      await scanUnit(lane, { hits, unit: glance.unit, from, settings })
    const units = glances.map(({ glance }) => glance.unit)
    for (const { unit, rules } of await candidatesOf({ lane, settings }, hits, units)) {
      for (let at = 0; at < rules.length; at += CONDITIONS_PER_STATEMENT) {
        const some = rules.slice(at, at + CONDITIONS_PER_STATEMENT)
        const condition = some.map(({ expression }) => overIds(expression, 'ids')).join(' OR ')
        await lane.command(
          sql`INSERT INTO ${name(into)} SELECT ${unit.id}, row.1, row.2 FROM (
SELECT arrayJoin(rows) AS row FROM ${name(hits)} WHERE unit = ${unit.id} AND (${trusted(condition)}))`,
          { settings },
        )
      }
    }
  })
}
