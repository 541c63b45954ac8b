// Selections and the condition over them, as a rule's “detection” and a filter's “filter” hold them.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { parseCondition } from './condition.ts'
import type { Condition } from './condition.ts'
import type { Placeholders } from './modifiers.ts'
import type { Detection, Selection } from './rule.ts'
import { readSelection } from './selection.ts'
import type { MapTree } from './tree.ts'
import { entryOf, textOf } from './yaml-tree.ts'

export type DetectionOptions = {
  readonly placeholders: Placeholders
  /** Keys that are no selections. */
  readonly besides: ReadonlySet<string>
}

const MAX_SELECTIONS = 1000

export function readDetection(
  file: string,
  tree: MapTree,
  options: DetectionOptions,
): Result<Detection> {
  const selections = readSelections(file, tree, options)
  if (!selections.ok) return selections
  const condition = readCondition(file, tree, [...selections.value.keys()])
  if (!condition.ok) return condition
  return ok({ selections: selections.value, condition: condition.value })
}

function readSelections(
  file: string,
  detection: MapTree,
  { placeholders, besides }: DetectionOptions,
): Result<ReadonlyMap<string, Selection>> {
  const selections = new Map<string, Selection>()
  for (const { key, value, at } of detection.entries) {
    if (key === 'condition' || besides.has(key)) continue
    if (key === 'timeframe') {
      return failed({
        code: 'SIGMA_AGGREGATION',
        sentence:
          'The rule uses “timeframe”, which Sigma removed in 2.0.0; write a correlation rule instead.',
        file,
        ...at,
      })
    }
    const selection = readSelection(file, value, placeholders)
    if (!selection.ok) return selection
    selections.set(key, selection.value)
  }
  if (selections.size > MAX_SELECTIONS) {
    return failed({
      code: 'RULE_TOO_LARGE',
      sentence: `The rule has ${selections.size} selections; at most ${MAX_SELECTIONS} are read.`,
      file,
      ...detection.at,
    })
  }
  return ok(selections)
}

/** A list of conditions means any of them. */
function readCondition(
  file: string,
  detection: MapTree,
  names: readonly string[],
): Result<Condition> {
  const tree = entryOf(detection, 'condition')
  const trees = tree === undefined ? [] : tree.kind === 'list' ? tree.items : [tree]
  const [first] = trees
  if (first === undefined)
    return failed({
      code: 'RULE_INVALID',
      sentence: 'There is no “condition” over the selections.',
      file,
      ...detection.at,
    })
  const conditions: Condition[] = []
  for (const one of trees) {
    const condition = parseCondition(textOf(one), names)
    if (!condition.ok)
      return failed({
        code: 'SIGMA_CONDITION',
        sentence: `Condition: ${condition.problem}.`,
        file,
        ...one.at,
      })
    conditions.push(condition.value)
  }
  const [only] = conditions
  return ok(
    only !== undefined && conditions.length === 1 ? only : { kind: 'or', items: conditions },
  )
}
