// One rule file to rules and problems. Every document stands for itself: one that cannot be read does not stop the others.

import { failed, ok } from '../../core/index.ts'
import type { Problem, Result } from '../../core/index.ts'
import { parseCondition } from './condition.ts'
import type { Condition } from './condition.ts'
import type { Placeholders } from './modifiers.ts'
import { readHeader } from './rule-header.ts'
import type { LoadedRule, Selection } from './rule.ts'
import { readSelection } from './selection.ts'
import { entryOf, readYaml, textOf } from './yaml-tree.ts'
import type { MapTree, Place, Tree } from './yaml-tree.ts'

export type ParsedFile = {
  readonly rules: readonly LoadedRule[]
  readonly problems: readonly Problem[]
}

export type ParseOptions = { readonly placeholders?: Placeholders }

/** Reads the documents of one file. `file` is only for the record. */
export function parseRules(file: string, text: string, options: ParseOptions = {}): ParsedFile {
  const rules: LoadedRule[] = []
  const problems: Problem[] = []
  for (const tree of readYaml(file, text)) {
    const rule = tree.ok ? parseRule(file, tree.value, options) : tree
    if (rule.ok) rules.push(rule.value)
    else problems.push(rule.problem)
  }
  return { rules, problems }
}

const MAX_SELECTIONS = 1000

function parseRule(
  file: string,
  tree: Tree,
  { placeholders = new Map() }: ParseOptions,
): Result<LoadedRule> {
  const refuse = (code: string, sentence: string, at: Place = tree.at) =>
    failed({ code, sentence, file, line: at.line, column: at.column })
  if (tree.kind !== 'map')
    return refuse('RULE_INVALID', 'A rule is a map of keys; this document is not.')
  if (entryOf(tree, 'correlation') !== undefined) {
    return refuse(
      'SIGMA_CORRELATION',
      'This is a correlation rule; correlations come with the next version.',
    )
  }
  if (entryOf(tree, 'filter') !== undefined) {
    return refuse('SIGMA_FILTER', 'This is a filter; filters come with the next version.')
  }
  const header = readHeader(file, tree)
  if (!header.ok) return header
  const detection = entryOf(tree, 'detection')
  if (detection?.kind !== 'map')
    return refuse('RULE_INVALID', 'The rule has no “detection” with selections.', detection?.at)
  const selections = readSelections(file, detection, placeholders)
  if (!selections.ok) return selections
  const condition = readCondition(file, detection, [...selections.value.keys()])
  if (!condition.ok) return condition
  return ok({ ...header.value, selections: selections.value, condition: condition.value })
}

function readSelections(
  file: string,
  detection: MapTree,
  placeholders: Placeholders,
): Result<ReadonlyMap<string, Selection>> {
  const selections = new Map<string, Selection>()
  for (const { key, value, at } of detection.entries) {
    if (key === 'condition') continue
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
      sentence: 'The detection has no “condition”.',
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
