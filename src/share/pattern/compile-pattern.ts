// A STIX pattern as SQL over events: one statement that is a live rule over new rows and a hunt through history. What events
// cannot say is refused by name, never left out in silence.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { sql } from '../../store/index.ts'
import { isTimestamp } from '../stix/formats.ts'
import { compileComparison, milliseconds } from './compile-comparison.ts'
import { allOf, Refused } from './condition.ts'
import type { Condition } from './condition.ts'
import { parsePattern } from './parse-pattern.ts'
import type { Observation, Qualifier } from './pattern-tree.ts'

/** One way to match: events that meet these conditions, one event each, in this order of time. */
export type Order = {
  readonly units: readonly number[]
  /** From the first to the last. */
  readonly withinMs: number | undefined
}

export type CompiledPattern = {
  readonly conditions: readonly Condition[]
  /** Any of them. */
  readonly orders: readonly Order[]
}

const MOST_ORDERS = 200
const MOST_UNITS = 1000

/** Compiles a pattern. The problem says what cannot be asked of events, and where it was written if it is no pattern. */
export function compilePattern(pattern: string): Result<CompiledPattern> {
  const parsed = parsePattern(pattern)
  if (!parsed.ok) return failed(parsed.problem)
  const conditions: Condition[] = []
  try {
    const orders = expand(parsed.value, { conditions, known: new Map(), bounds: [] })
    return ok({ conditions, orders })
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
    return failed({ code: 'pattern', sentence: `${thrown.what}: ${thrown.message}` })
  }
}

type Scope = {
  readonly conditions: Condition[]
  readonly known: Map<string, number>
  /** START and STOP around what is read. */
  readonly bounds: readonly Condition[]
}

function expand(observation: Observation, scope: Scope): readonly Order[] {
  switch (observation.kind) {
    case 'observed': {
      const condition = allOf([compileComparison(observation.comparison), ...scope.bounds])
      return [{ units: [numberOf(condition, scope)], withinMs: undefined }]
    }
    case 'or':
      return bounded(observation.parts.flatMap((part) => expand(part, scope)))
    case 'and':
      return observation.parts
        .map((part) => expand(part, scope))
        .reduce((one, other) => paired(one, other, shuffled))
    case 'followedby':
      return observation.parts
        .map((part) => expand(part, scope))
        .reduce((one, other) => paired(one, other, (left, right) => [[...left, ...right]]))
    case 'qualified':
      return qualify(observation.of, observation.qualifiers, scope)
    default:
      return observation satisfies never
  }
}

/** The same condition is asked once. */
function numberOf(condition: Condition, { conditions, known }: Scope): number {
  const key = typeof condition === 'string' ? condition : JSON.stringify(condition.pieces)
  const at = known.get(key) ?? conditions.push(condition) - 1
  known.set(key, at)
  return at
}

function qualify(
  of: Observation,
  qualifiers: readonly Qualifier[],
  scope: Scope,
): readonly Order[] {
  const bounds = qualifiers.flatMap((one) => (one.kind === 'between' ? [boundsOf(one)] : []))
  const inner = expand(of, { ...scope, bounds: [...scope.bounds, ...bounds] })
  return qualifiers.reduce((orders, qualifier) => {
    if (qualifier.kind === 'within')
      return orders.map((order) => shorter(order, qualifier.seconds * 1000))
    return qualifier.kind === 'repeats' ? repeated(orders, qualifier.times) : orders
  }, inner)
}

function boundsOf({ start, stop }: Extract<Qualifier, { kind: 'between' }>): Condition {
  if (!isTimestamp(start) || !isTimestamp(stop)) throw new Refused('START', 'no such day')
  const [from, to] = [milliseconds(start), milliseconds(stop)]
  if (from >= to) return 'never'
  return sql`(toUnixTimestamp64Milli(time) >= ${from} AND toUnixTimestamp64Milli(time) < ${to})`
}

function shorter({ units, withinMs }: Order, ms: number): Order {
  return { units, withinMs: units.length === 1 ? undefined : Math.min(ms, withinMs ?? ms) }
}

function repeated(orders: readonly Order[], times: number): readonly Order[] {
  if (times > MOST_UNITS) throw new Refused('REPEATS', `more than ${MOST_UNITS} times`)
  const [only] = orders
  if (orders.length === 1 && only?.units.length === 1) {
    const units = Array.from({ length: times }, () => only.units[0] ?? 0)
    return [{ units, withinMs: undefined }]
  }
  return Array.from({ length: times }, () => orders).reduce((one, other) =>
    paired(one, other, shuffled),
  )
}

type Pairing = (left: readonly number[], right: readonly number[]) => readonly (readonly number[])[]

/** Each order of one side with each of the other. */
function paired(left: readonly Order[], right: readonly Order[], pair: Pairing): readonly Order[] {
  for (const { withinMs } of [...left, ...right])
    if (withinMs !== undefined)
      throw new Refused(
        'WITHIN',
        'stands around a part of what is joined; put brackets around the whole',
      )
  const orders = new Map<string, Order>()
  for (const one of left)
    for (const other of right)
      for (const units of pair(one.units, other.units)) {
        orders.set(units.join(), { units, withinMs: undefined })
        if (orders.size > MOST_ORDERS)
          throw new Refused('AND', `more than ${MOST_ORDERS} orders in which this may happen`)
      }
  return bounded([...orders.values()])
}

function bounded(orders: readonly Order[]): readonly Order[] {
  if (orders.length > MOST_ORDERS) throw new Refused('OR', `more than ${MOST_ORDERS} ways to match`)
  if (orders.some(({ units }) => units.length > MOST_UNITS))
    throw new Refused('REPEATS', `more than ${MOST_UNITS} events`)
  return orders
}

/** Every order that keeps the order of each side. */
function shuffled(
  left: readonly number[],
  right: readonly number[],
): readonly (readonly number[])[] {
  const found = new Map<string, readonly number[]>()
  const walk = (
    taken: readonly number[],
    one: readonly number[],
    other: readonly number[],
  ): void => {
    if (found.size > MOST_ORDERS) return
    const [next, ...rest] = one
    const [otherNext, ...otherRest] = other
    if (next === undefined || otherNext === undefined) {
      const whole = [...taken, ...one, ...other]
      found.set(whole.join(), whole)
      return
    }
    walk([...taken, next], rest, other)
    if (next !== otherNext) walk([...taken, otherNext], one, otherRest)
  }
  walk([], left, right)
  return [...found.values()]
}
