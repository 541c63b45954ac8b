// How much an entity's hour weighs: the sum, over the different rules that found something in it, of how rare each is.
// A rule that finds something in every hour of everything weighs nothing; repeats within the hour count once.

/** What was found on one entity within one clock hour. */
export type EntityHour = {
  /** Kind and name, as one text. */
  readonly entity: string
  /** Hours since 1970, UTC. */
  readonly hour: number
  /** Ids of the rules, each once. */
  readonly rules: readonly string[]
}

/** Of `hours` entity-hours, in how many each rule found something. */
export type Prevalence = {
  readonly hours: number
  readonly rules: ReadonlyMap<string, number>
}

export type Contribution = { readonly rule: string; readonly weight: number }

/** `ln((N + 1) / (n + 1))` for each rule, N entity-hours known, n of them with the rule; heaviest first. */
export function weigh(
  rules: readonly string[],
  { hours, rules: known }: Prevalence,
): readonly Contribution[] {
  return rules
    .map((rule) => ({ rule, weight: Math.log((hours + 1) / ((known.get(rule) ?? 0) + 1)) }))
    .toSorted((a, b) => b.weight - a.weight || a.rule.localeCompare(b.rule, 'en'))
}

export function totalOf(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, { weight }) => sum + weight, 0)
}

/** In how many of these hours each rule found something. `before` is counted along. */
export function prevalenceOf(
  hours: readonly EntityHour[],
  before: Prevalence = { hours: 0, rules: new Map() },
): Prevalence {
  const rules = new Map(before.rules)
  for (const hour of hours)
    for (const rule of hour.rules) rules.set(rule, (rules.get(rule) ?? 0) + 1)
  return { hours: before.hours + hours.length, rules }
}
