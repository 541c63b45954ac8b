// For tests: what a pattern means, over observations in memory, without any regard to speed. The compiler is held against it.

import { comparableTime } from '../stix/formats.ts'
import { isObject } from '../stix/problem.ts'
import type { JsonObject } from '../stix/problem.ts'
import { Unfit, meets } from './match-value.test-helper.ts'
import type {
  Comparison,
  Literal,
  ObjectPath,
  Observation,
  PathStep,
  Qualifier,
} from './pattern-tree.ts'

export type Observed = {
  /** Observables by id; what is not here is not followed. */
  readonly objects: ReadonlyMap<string, JsonObject>
  readonly first: string
  readonly last: string
  /** How often it was seen. */
  readonly count: number
}

/** Observed data of bundles, with the observables that they refer to. */
export function observedIn(bundles: readonly unknown[]): readonly Observed[] {
  return bundles.flatMap((bundle) => {
    const all =
      isObject(bundle) && Array.isArray(bundle['objects']) ? bundle['objects'].filter(isObject) : []
    const byId = new Map(all.map((one) => [String(one['id']), one]))
    return all
      .filter(({ type }) => type === 'observed-data')
      .map((one): Observed => {
        const refs = Array.isArray(one['object_refs']) ? one['object_refs'].map(String) : []
        const objects = new Map(
          refs.flatMap((id): [string, JsonObject][] => {
            const object = byId.get(id)
            return object === undefined ? [] : [[id, object]]
          }),
        )
        return {
          objects,
          first: comparableTime(String(one['first_observed'])),
          last: comparableTime(String(one['last_observed'])),
          count: Number(one['number_observed']),
        }
      })
  })
}

/** Whether the pattern matches. Throws Unfit for a constant that does not fit. */
export function matches(pattern: Observation, observed: readonly Observed[]): boolean {
  const times = new Map(observed.map((one, at) => [at, one]))
  // What was seen often counts as often, as far as a pattern may ask.
  const units = observed.flatMap((one, at) =>
    Array.from({ length: Math.min(one.count, 100) }, () => at),
  )
  const search = new Search(units, times)
  for (const _ of search.bindings(pattern, new Set())) return true
  return false
}

/** Units that together are one way to match. */
type Binding = readonly number[]

const MOST_STEPS = 2_000_000

class Search {
  readonly #units: readonly number[]
  readonly #times: ReadonlyMap<number, Observed>
  readonly #met = new Map<Comparison, ReadonlySet<number>>()
  #steps = 0

  constructor(units: readonly number[], times: ReadonlyMap<number, Observed>) {
    this.#units = units
    this.#times = times
  }

  *bindings(pattern: Observation, used: ReadonlySet<number>): Generator<Binding> {
    this.#steps += 1
    if (this.#steps > MOST_STEPS) throw new Unfit('too many ways to match')
    if (pattern.kind === 'observed') yield* this.#simple(pattern.comparison, used)
    else if (pattern.kind === 'or')
      for (const part of pattern.parts) yield* this.bindings(part, used)
    else if (pattern.kind === 'qualified')
      yield* this.#qualified(pattern.of, pattern.qualifiers, used)
    else yield* this.#joined(pattern.parts, pattern.kind, used)
  }

  *#simple(comparison: Comparison, used: ReadonlySet<number>): Generator<Binding> {
    const met = this.#metBy(comparison)
    for (const [unit, at] of this.#units.entries()) if (met.has(at) && !used.has(unit)) yield [unit]
  }

  #metBy(comparison: Comparison): ReadonlySet<number> {
    const known = this.#met.get(comparison)
    if (known !== undefined) return known
    const met = new Set(
      [...this.#times].filter(([, one]) => rootsOf(comparison, one).size > 0).map(([at]) => at),
    )
    this.#met.set(comparison, met)
    return met
  }

  *#joined(
    parts: readonly Observation[],
    kind: 'and' | 'followedby',
    used: ReadonlySet<number>,
  ): Generator<Binding> {
    const [last] = parts.slice(-1)
    const before = parts.slice(0, -1)
    if (last === undefined) return
    if (before.length === 0) {
      yield* this.bindings(last, used)
      return
    }
    for (const left of this.#joined(before, kind, used)) {
      const taken = new Set([...used, ...left])
      for (const right of this.bindings(last, taken))
        if (kind === 'and' || this.#isBefore(left, right)) yield [...left, ...right]
    }
  }

  #isBefore(left: Binding, right: Binding): boolean {
    const starts = left.map((unit) => this.#at(unit).first)
    const ends = right.map((unit) => this.#at(unit).last)
    return starts.every((start) => ends.every((end) => start <= end))
  }

  #at(unit: number): Observed {
    const one = this.#times.get(this.#units[unit] ?? -1)
    if (one === undefined) throw new RangeError('no such unit')
    return one
  }

  *#qualified(
    of: Observation,
    qualifiers: readonly Qualifier[],
    used: ReadonlySet<number>,
  ): Generator<Binding> {
    const qualifier = qualifiers.at(-1)
    const before = qualifiers.slice(0, -1)
    if (qualifier === undefined) {
      yield* this.bindings(of, used)
      return
    }
    if (qualifier.kind === 'repeats') {
      yield* this.#repeated({ of, before, times: qualifier.times, from: -1 }, used)
      return
    }
    for (const binding of this.#qualified(of, before, used))
      if (this.#isHeld(binding, qualifier)) yield binding
  }

  *#repeated(
    {
      of,
      before,
      times,
      from,
    }: { of: Observation; before: readonly Qualifier[]; times: number; from: number },
    used: ReadonlySet<number>,
  ): Generator<Binding> {
    if (times === 0) {
      yield []
      return
    }
    for (const one of this.#qualified(of, before, used)) {
      // In rising order: the same ways in another order match nothing new.
      const least = Math.min(...one)
      if (least <= from) continue
      for (const rest of this.#repeated(
        { of, before, times: times - 1, from: least },
        new Set([...used, ...one]),
      ))
        yield [...one, ...rest]
    }
  }

  #isHeld(binding: Binding, qualifier: Exclude<Qualifier, { kind: 'repeats' }>): boolean {
    const all = binding.map((unit) => this.#at(unit))
    if (qualifier.kind === 'between') {
      const [start, stop] = [comparableTime(qualifier.start), comparableTime(qualifier.stop)]
      return start < stop && all.every(({ first, last }) => first < stop && last >= start)
    }
    const latestStart =
      all
        .map(({ first }) => first)
        .toSorted()
        .at(-1) ?? ''
    const earliestEnd = all.map(({ last }) => last).toSorted()[0] ?? ''
    return (
      microseconds(latestStart) - microseconds(earliestEnd) <=
      BigInt(Math.round(qualifier.seconds * 1e6))
    )
  }
}

function microseconds(comparable: string): bigint {
  const [whole = '', fraction = ''] = comparable.split('.')
  return BigInt(Date.parse(`${whole}Z`)) * 1000n + BigInt(fraction.slice(0, 6))
}

type Leaf = Exclude<Comparison, { kind: 'and' | 'or' }>

/** Ids of the observables at which a comparison holds. */
function rootsOf(comparison: Comparison, observed: Observed): ReadonlySet<string> {
  if ('path' in comparison) {
    const holds = [...observed.objects].filter(([, object]) =>
      isHeldAt(comparison, object, observed),
    )
    return new Set(holds.map(([id]) => id))
  }
  const parts = comparison.parts.map((part) => rootsOf(part, observed))
  const isEvery = comparison.kind === 'and'
  const all = new Set(parts.flatMap((part) => [...part]))
  return isEvery ? new Set([...all].filter((id) => parts.every((part) => part.has(id)))) : all
}

function isHeldAt(comparison: Leaf, object: JsonObject, observed: Observed): boolean {
  if (object['type'] !== comparison.path.type) return false
  const values = valuesAt(object, comparison.path, observed)
  if (comparison.kind === 'exists') return values.length > 0 !== comparison.not
  return values.some((value) => compareValue(comparison, value) !== comparison.not)
}

function compareValue(comparison: Exclude<Leaf, { kind: 'exists' }>, value: unknown): boolean {
  const name = lastName(comparison.path)
  if (comparison.kind === 'compare') return meets(value, name, comparison)
  checkSet(comparison.set)
  return comparison.set.some((literal) => meets(value, name, { operator: '=', literal }))
}

/** Section 9.6.1: the constants of a set are of one type. */
function checkSet(set: readonly Literal[]): void {
  const types = new Set(set.map(({ kind }) => (kind === 'float' ? 'integer' : kind)))
  if (types.size > 1) throw new Unfit('a set of constants of several types')
}

function lastName({ steps }: ObjectPath): string {
  return steps.filter((step) => step.kind === 'property').at(-1)?.name ?? ''
}

function valuesAt(
  object: JsonObject,
  { steps }: ObjectPath,
  observed: Observed,
): readonly unknown[] {
  return steps
    .reduce<readonly unknown[]>(
      (values, step, at) => {
        const isLast = at === steps.length - 1
        const found = values.flatMap((value) => stepInto(value, step))
        const name =
          steps
            .slice(0, at + 1)
            .filter((one) => one.kind === 'property')
            .at(-1)?.name ?? ''
        const isReference = /_refs?$/.test(name)
        return isReference && !isLast ? found.map((value) => followed(value, observed)) : found
      },
      [object],
    )
    .filter((value) => value !== undefined && value !== null)
}

function followed(value: unknown, { objects }: Observed): unknown {
  return typeof value === 'string' ? objects.get(value) : value
}

function stepInto(value: unknown, step: PathStep): readonly unknown[] {
  if (step.kind === 'property')
    return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : []
  if (step.kind === 'index')
    return Array.isArray(value) && step.index >= 0 ? [value[step.index]] : []
  if (Array.isArray(value)) return value
  return isObject(value) ? Object.values(value) : []
}
