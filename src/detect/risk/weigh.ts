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

/** Of all entity-hours, in how many each rule found something. */
export type Prevalence = {
  readonly all: Hours
  readonly rules: ReadonlyMap<string, Hours>
}

type Hours = {
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

/** `ln((N + 1) / (n + 1))` for each rule times its strength, of N hours that count for the entity n with the rule; heaviest first. */
export function weigh(
  { entity, rules }: Pick<EntityHour, 'entity' | 'rules'>,
  known: Prevalence,
  { strengthOf }: Standing = ALIKE,
): readonly Contribution[] {
  const hours = hoursFor(entity, known.all)
  return rules
    .map((rule) => {
      const held = hoursFor(entity, known.rules.get(rule) ?? NONE)
      return { rule, weight: strengthOf(rule) * Math.log((hours + 1) / (held + 1)) }
    })
    .toSorted((a, b) => b.weight - a.weight || a.rule.localeCompare(b.rule, 'en'))
}

/** Its own, and of each other entity no more than a few. */
function hoursFor(entity: string, { byEntity, shared }: Hours): number {
  const own = byEntity.get(entity) ?? 0
  return shared - Math.min(own, HOURS_FOR_OTHERS) + own
}

const NONE: Hours = { byEntity: new Map(), shared: 0 }

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
  const all = copyOf(before?.all ?? NONE)
  const rules = new Map([...(before?.rules ?? [])].map(([rule, hours]) => [rule, copyOf(hours)]))
  return {
    known: { all, rules },
    add: (hours) => {
      for (const { entity, rules: found } of hours) {
        count(all, entity)
        for (const rule of found) {
          const counted = rules.get(rule) ?? copyOf(NONE)
          count(counted, entity)
          rules.set(rule, counted)
        }
      }
    },
  }
}

type Counted = { readonly byEntity: Map<string, number>; shared: number }

function copyOf({ byEntity, shared }: Hours): Counted {
  return { byEntity: new Map(byEntity), shared }
}

function count(counted: Counted, entity: string): void {
  const own = (counted.byEntity.get(entity) ?? 0) + 1
  counted.byEntity.set(entity, own)
  if (own <= HOURS_FOR_OTHERS) counted.shared += 1
}
