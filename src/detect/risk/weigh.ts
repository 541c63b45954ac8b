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
  readonly rules: ReadonlyMap<string, RuleHours>
}

type RuleHours = {
  readonly byEntity: ReadonlyMap<string, number>
  /** Their sum, no entity with more than `HOURS_FOR_OTHERS`. */
  readonly shared: number
}

export type Contribution = { readonly rule: string; readonly weight: number }

/** What is known of rules beside how often they find. */
export type Standing = {
  /** How much a rule says by its author's own level: 1 for what is worth a look by itself. */
  readonly strengthOf: (rule: string) => number
  /** What it is a sign of. Two rules that are signs of one thing do not bear each other out. */
  readonly signsOf: (rule: string) => readonly string[]
}

/** Where nothing is known, each rule is a sign of its own and worth a look. */
export const ALIKE: Standing = { strengthOf: () => 1, signsOf: (rule) => [rule] }

/** Hours of one entity that say how usual a rule is for others: what one machine does all day is its own habit. */
const HOURS_FOR_OTHERS = 4

/** `ln((N + 1) / (n + 1))` for each rule times its strength, N entity-hours known, n of them with the rule; heaviest first. */
export function weigh(
  { entity, rules }: Pick<EntityHour, 'entity' | 'rules'>,
  known: Prevalence,
  { strengthOf }: Standing = ALIKE,
): readonly Contribution[] {
  return rules
    .map((rule) => ({
      rule,
      weight: strengthOf(rule) * Math.log((known.hours + 1) / (hoursFor(entity, rule, known) + 1)),
    }))
    .toSorted((a, b) => b.weight - a.weight || a.rule.localeCompare(b.rule, 'en'))
}

function hoursFor(entity: string, rule: string, { rules }: Prevalence): number {
  const { byEntity, shared } = rules.get(rule) ?? NEVER
  const own = byEntity.get(entity) ?? 0
  return shared - Math.min(own, HOURS_FOR_OTHERS) + own
}

const NEVER: RuleHours = { byEntity: new Map(), shared: 0 }

export function totalOf(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, { weight }) => sum + weight, 0)
}

/** In how many of these hours each rule found something. `before` is counted along. */
export function prevalenceOf(hours: readonly EntityHour[], before?: Prevalence): Prevalence {
  const counting = counterOf(before)
  counting.add(hours)
  return counting.known
}

export type Counting = {
  readonly known: Prevalence
  readonly add: (hours: readonly EntityHour[]) => void
}

/** A count that goes on from what was counted before. */
export function counterOf(before?: Prevalence): Counting {
  const rules = new Map(
    [...(before?.rules ?? [])].map(([rule, { byEntity, shared }]) => [
      rule,
      { byEntity: new Map(byEntity), shared },
    ]),
  )
  const known = { hours: before?.hours ?? 0, rules }
  return {
    known,
    add: (hours) => {
      known.hours += hours.length
      for (const { entity, rules: found } of hours)
        for (const rule of found) {
          const counted = rules.get(rule) ?? { byEntity: new Map<string, number>(), shared: 0 }
          const own = (counted.byEntity.get(entity) ?? 0) + 1
          counted.byEntity.set(entity, own)
          if (own <= HOURS_FOR_OTHERS) counted.shared += 1
          rules.set(rule, counted)
        }
    },
  }
}
