// Correlations with the rules they name, as what is to be counted where. Pure.

import { createHash } from 'node:crypto'
import { failed, ok } from '../../core/index.ts'
import type { Problem, Result } from '../../core/index.ts'
import { conjunctsOf } from './conjuncts.ts'
import type { Conjunct } from './conjuncts.ts'
import type { LoadedCorrelation, Threshold } from './correlation.ts'
import type { LoadedRule } from './rule.ts'

/** One rule, or correlation, whose hits are looked at. */
export type Member = {
  readonly kind: 'rule' | 'correlation'
  readonly id: string
  /** The member's own name of each field grouped by, in the order of `groupBy`. */
  readonly groupBy: readonly string[]
  /** The member's own names of the fields counted or summed. */
  readonly fields: readonly string[]
}

export type Measure = Exclude<LoadedCorrelation['type'], 'temporal' | 'temporal_ordered'>

/** What makes a window a hit. Members go by their place in the plan. */
export type CorrelationTest =
  | {
      readonly kind: 'measure'
      readonly measure: Measure
      readonly percentile: number
      readonly thresholds: readonly Threshold[]
    }
  /** How many of the rules were met. */
  | { readonly kind: 'rules_met'; readonly thresholds: readonly Threshold[] }
  | {
      readonly kind: 'together'
      readonly isOrdered: boolean
      readonly anyOf: readonly Conjunct[]
    }

export type CorrelationPlan = {
  readonly correlation: LoadedCorrelation
  /** Its id and what it asks: hits gathered for another definition are not its own. */
  readonly key: string
  /** Each once. */
  readonly members: readonly Member[]
  readonly timespanMs: number
  readonly test: CorrelationTest
}

export type CorrelationPlans = {
  /** A correlation stands after those it is made of. */
  readonly plans: readonly CorrelationPlan[]
  readonly problems: readonly Problem[]
  /** Rules and correlations that raise nothing themselves. */
  readonly muted: ReadonlySet<string>
}

/** `rules` are those that run: a correlation of another one would wait for good. */
export function planCorrelations(
  correlations: readonly LoadedCorrelation[],
  rules: readonly LoadedRule[],
): CorrelationPlans {
  const names = namesOf([...rules, ...correlations])
  const planned = new Map<string, Result<CorrelationPlan>>()
  const own = new Map(correlations.map((one) => [one.id, one]))
  const underWay = new Set<string>()
  const plan = (correlation: LoadedCorrelation): Result<CorrelationPlan> => {
    const known = planned.get(correlation.id)
    if (known !== undefined) return known
    if (underWay.has(correlation.id)) return refuse(correlation, 'It is made of itself.')
    underWay.add(correlation.id)
    const found = planOne(correlation, {
      find: (reference) => names.get(reference.toLowerCase()) ?? [],
      lowerPlan: (id) => {
        const inner = own.get(id)
        return inner === undefined ? undefined : plan(inner)
      },
    })
    underWay.delete(correlation.id)
    planned.set(correlation.id, found)
    return found
  }
  for (const correlation of correlations) plan(correlation)
  const results = [...planned.values()]
  const plans = results.flatMap((result) => (result.ok ? [result.value] : []))
  return {
    plans,
    problems: results.flatMap((result) => (result.ok ? [] : [result.problem])),
    muted: mutedBy(plans),
  }
}

/** Ids and names, in lower case. */
function namesOf(all: readonly { readonly id: string; readonly name: string }[]) {
  const names = new Map<string, string[]>()
  for (const { id, name } of all)
    for (const text of new Set([id.toLowerCase(), name.toLowerCase()]))
      if (text !== '') names.set(text, [...(names.get(text) ?? []), id])
  return names
}

type Known = {
  /** The ids that an id or a name stands for. */
  readonly find: (reference: string) => readonly string[]
  /** `undefined` where the id is a rule's. */
  readonly lowerPlan: (id: string) => Result<CorrelationPlan> | undefined
}

function planOne(correlation: LoadedCorrelation, known: Known): Result<CorrelationPlan> {
  const members: Member[] = []
  const places = new Map<string, number>()
  for (const reference of correlation.rules) {
    const member = memberOf(correlation, reference, known)
    if (!member.ok) return member
    const same = members.findIndex(({ id }) => id === member.value.id)
    if (same !== -1 && correlation.type === 'temporal_ordered')
      return refuse(correlation, `It names ${reference} twice; an order is one of different rules.`)
    places.set(reference, same === -1 ? members.length : same)
    if (same === -1) members.push(member.value)
  }
  const test = testOf(correlation, { places, count: members.length })
  if (!test.ok) return refuse(correlation, test.problem)
  const { timespanMs } = correlation
  return ok({
    correlation,
    key: `${correlation.id}@${digestOf({ members, timespanMs, test: test.value })}`,
    members,
    timespanMs,
    test: test.value,
  })
}

function memberOf(
  correlation: LoadedCorrelation,
  reference: string,
  { find, lowerPlan }: Known,
): Result<Member> {
  const [id, other] = find(reference)
  if (id === undefined)
    return refuse(correlation, `It names ${reference}, which is no rule that runs here.`)
  if (other !== undefined)
    return refuse(correlation, `${reference} names several rules; the id says which one.`)
  const lower = lowerPlan(id)
  if (lower?.ok === false)
    return refuse(
      correlation,
      `It is made of ${reference}, which is refused: ${lower.problem.sentence}`,
    )
  const ownName = (field: string) => {
    const alias = correlation.aliases.get(field)
    return alias === undefined ? field : alias.get(reference)
  }
  const groupBy = correlation.groupBy.map(ownName)
  const fields = correlation.fields.map(ownName)
  const nameless = [...correlation.aliases].find(([, names]) => !names.has(reference))
  if (nameless !== undefined)
    return refuse(correlation, `The alias “${nameless[0]}” says no field of ${reference}.`)
  const member: Member = {
    kind: lower === undefined ? 'rule' : 'correlation',
    id,
    groupBy: groupBy.filter((field) => field !== undefined),
    fields: fields.filter((field) => field !== undefined),
  }
  const lost = [...member.groupBy, ...member.fields].find(
    (field) => lower?.ok === true && !lower.value.correlation.groupBy.includes(field),
  )
  return lost === undefined
    ? ok(member)
    : refuse(correlation, `${reference} does not group by “${lost}”, so it says nothing of it.`)
}

type Places = { readonly places: ReadonlyMap<string, number>; readonly count: number }

function testOf(
  { type, thresholds, condition, percentile }: LoadedCorrelation,
  { places, count }: Places,
): Result<CorrelationTest, string> {
  if (type !== 'temporal' && type !== 'temporal_ordered')
    return ok({ kind: 'measure', measure: type, percentile, thresholds })
  const isOrdered = type === 'temporal_ordered'
  const all = Array.from({ length: count }, (_, place) => place)
  if (condition !== undefined) {
    const anyOf = conjunctsOf(condition, (reference) => places.get(reference) ?? 0)
    return anyOf.ok ? ok({ kind: 'together', isOrdered, anyOf: anyOf.value }) : anyOf
  }
  if (thresholds.length === 0)
    return ok({ kind: 'together', isOrdered, anyOf: [{ required: all, denied: [] }] })
  return isOrdered
    ? failed('An order needs all of its rules; a comparison is for “temporal”.')
    : ok({ kind: 'rules_met', thresholds })
}

function digestOf(definition: unknown): string {
  return createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 16)
}

/** Rules of correlations find nothing themselves, unless one of those says that they do. */
function mutedBy(plans: readonly CorrelationPlan[]): ReadonlySet<string> {
  const ids = (generate: boolean) =>
    plans
      .filter(({ correlation }) => correlation.generate === generate)
      .flatMap(({ members }) => members.map(({ id }) => id))
  const generating = new Set(ids(true))
  return new Set(ids(false).filter((id) => !generating.has(id)))
}

function refuse({ file, at }: LoadedCorrelation, sentence: string): Result<never> {
  return failed({ code: 'SIGMA_CORRELATION', sentence, file, ...at })
}
