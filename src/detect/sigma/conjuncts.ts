// A condition over rule names as alternatives, each the rules it requires and those it denies. Specification 2.2.0,
// "Extended temporal correlation".

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import type { Condition } from './condition.ts'

export type Conjunct = {
  /** In the order in which the condition names them: the order of an ordered correlation. */
  readonly required: readonly number[]
  readonly denied: readonly number[]
}

const MAX_CONJUNCTS = 64

/** The problem is a sentence. `placeOf` says which rule a name stands for. */
export function conjunctsOf(
  condition: Condition,
  placeOf: (name: string) => number,
): Result<readonly Conjunct[], string> {
  const found = expand(condition, { placeOf, isDenied: false })
  if (found === undefined)
    return failed(`The condition has more than ${MAX_CONJUNCTS} alternatives; make it simpler.`)
  const possible = found.filter(
    ({ required, denied }) => !required.some((place) => denied.includes(place)),
  )
  if (possible.length === 0) return failed('The condition can never hold.')
  if (possible.some(({ required }) => required.length === 0))
    return failed(
      'The condition holds where nothing happened at all; every alternative needs a rule that is met.',
    )
  return ok(possible)
}

type Reading = { readonly placeOf: (name: string) => number; readonly isDenied: boolean }

/** `undefined` where there are too many. */
function expand(condition: Condition, reading: Reading): readonly Conjunct[] | undefined {
  const { placeOf, isDenied } = reading
  switch (condition.kind) {
    case 'selection': {
      const place = placeOf(condition.name)
      return [isDenied ? { required: [], denied: [place] } : { required: [place], denied: [] }]
    }
    case 'not':
      return expand(condition.item, { placeOf, isDenied: !isDenied })
    case 'and':
    case 'or':
    default: {
      const parts = condition.items.map((item) => expand(item, reading))
      return (condition.kind === 'and') === isDenied ? eitherOf(parts) : allOf(parts)
    }
  }
}

type Parts = readonly (readonly Conjunct[] | undefined)[]

function eitherOf(parts: Parts): readonly Conjunct[] | undefined {
  const some = parts.flatMap((part) => part ?? [])
  return parts.includes(undefined) || some.length > MAX_CONJUNCTS ? undefined : some
}

function allOf(parts: Parts): readonly Conjunct[] | undefined {
  let all: readonly Conjunct[] = [{ required: [], denied: [] }]
  for (const part of parts) {
    if (part === undefined || all.length * part.length > MAX_CONJUNCTS) return undefined
    all = all.flatMap((one) => part.map((other) => both(one, other)))
  }
  return all
}

function both(one: Conjunct, other: Conjunct): Conjunct {
  return {
    required: [...new Set([...one.required, ...other.required])],
    denied: [...new Set([...one.denied, ...other.denied])],
  }
}
