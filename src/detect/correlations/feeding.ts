// What of a hit a correlation asks for: the values that group it and the value that is measured, as SQL over rows.

import { UNGROUPED, literal } from '../../store/index.ts'
import { ENTITY_SQL, fieldSql } from '../sigma/index.ts'
import type {
  CorrelationPlan,
  CorrelationPlans,
  LoadedRule,
  Logsources,
  Member,
} from '../sigma/index.ts'

/** A rule that some correlation is made of. */
export type FedRule = {
  /** SQL of hits, without its FROM, for each place the rule has in a correlation. */
  readonly selects: readonly string[]
}

export type Feeding = {
  readonly rules: ReadonlyMap<string, FedRule>
  /** Rules and correlations that find nothing themselves. */
  readonly muted: ReadonlySet<string>
}

export const NO_FEEDING: Feeding = { rules: new Map(), muted: new Set() }

export function feedingOf(
  { plans, muted }: CorrelationPlans,
  rules: readonly LoadedRule[],
  logsources: Logsources,
): Feeding {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const fed = new Map<string, FedRule>()
  for (const plan of plans)
    for (const [at, member] of plan.members.entries()) {
      const rule = member.kind === 'rule' ? byId.get(member.id) : undefined
      if (rule === undefined) continue
      const known = fed.get(rule.id)?.selects ?? []
      const select = selectOf(plan, { at, member }, (field) => fieldSql(field, rule, logsources))
      fed.set(rule.id, { selects: [...known, select] })
    }
  return { rules: fed, muted }
}

/** What is measured, as SQL over `parts`. */
export const VALUE = String.raw`lowerUTF8(arrayStringConcat(parts, '\0'))`

/** Columns of a hit, in the order in which they are stored. */
export const HIT_COLUMNS =
  'correlation, member, grp, groups, time, value, entities, batch, line, feed, judged'

/** Characters of a value that tell it from others. */
const VALUE_LENGTH = 500
/**
 * The number of a group, as SQL over `groups` and `parts`: values differ in more than case. Where there is no field to
 * group by all is one; a hit that lacks a value is in none.
 */
export const GROUP_NUMBER = `if(has(groups, '') OR has(parts, ''), ${UNGROUPED}, if(empty(groups), 1, greatest(cityHash64(arrayMap(v -> lowerUTF8(v), groups)), 2)))`

type Place = { readonly at: number; readonly member: Member }

function selectOf(
  { key }: CorrelationPlan,
  { at, member }: Place,
  read: (field: string) => string,
): string {
  const values = (fields: readonly string[]) =>
    `[${fields.map((field) => `substringUTF8(${read(field)}, 1, ${VALUE_LENGTH})`).join(', ')}]::Array(String)`
  const groups = values(member.groupBy)
  const parts = values(member.fields)
  return `SELECT ${literal(key)} AS correlation, toUInt16(${at}) AS member, ${groups} AS groups, ${parts} AS parts,
  toUInt64(${GROUP_NUMBER}) AS grp, time,
  ${VALUE} AS value, ${ENTITY_SQL} AS entities, toString(batch) AS batch, line`
}
