// What is wrong with rule files, and what would be better, ahead of putting them to use.

import type { Problem } from '../../core/index.ts'
import { atOnce } from '../steps.ts'
import type { Condition } from './condition.ts'
import type { LoadedCorrelation } from './correlation.ts'
import { loadRules, loadSteps } from './load-rules.ts'
import type { Logsources } from './logsource.ts'
import type { ParsedFile } from './parse-rule.ts'
import { planCorrelations } from './plan-correlations.ts'
import { compileRuleSet } from './rule-set.ts'
import type { Detection, LoadedFilter, LoadedRule } from './rule.ts'

/** `error`: it cannot be used. `remark`: it can, but its author will want to know. */
export type Lint = Problem & { readonly severity: 'error' | 'remark' }

export type Linted = {
  readonly files: number
  readonly rules: number
  readonly filters: number
  readonly correlations: number
  readonly lints: readonly Lint[]
}

export type LintRequest = {
  /** Files and folders to look at. */
  readonly paths: readonly string[]
  /** Folders of rules that those may speak of. */
  readonly beside: readonly string[]
  readonly logsources: Logsources
  /** YYYY-MM-DD; filters that ended before it are told. */
  readonly today: string
}

/** In the order of files and places. */
export function lintRules({ paths, beside, logsources, today }: LintRequest): Linted {
  const asked = loadRules(paths)
  const loaded = atOnce(loadSteps([...paths, ...beside], { before: asked.files, today }))
  const isAsked = ({ file }: { readonly file?: string | undefined }) =>
    file === undefined || asked.files.has(file) || paths.includes(file)
  const rules = loaded.rules.filter(isAsked)
  const filters = loaded.filters.filter(isAsked)
  const correlations = loaded.correlations.filter(isAsked)
  const planned = planCorrelations(loaded.correlations, loaded.rules)
  const problems = [...loaded.problems, ...planned.problems].filter(isAsked)
  return {
    files: asked.files.size,
    rules: rules.length,
    filters: filters.length,
    correlations: correlations.length,
    lints: lintsOf({ rules, filters, correlations, problems }, logsources),
  }
}

/** What is to be said of documents that were read, in the order of files and places. */
export function lintsOf(
  { rules, filters, correlations, problems }: ParsedFile,
  logsources: Logsources,
): readonly Lint[] {
  const { refused, noRoute } = compileRuleSet(rules, logsources)
  const errors = [...problems, ...[...refused, ...noRoute].map(({ reason }) => reason)].map(
    (problem): Lint => ({ ...problem, severity: 'error' }),
  )
  const remarks = [
    ...rules.flatMap(ruleRemarks),
    ...filters.flatMap(filterRemarks),
    ...correlations.flatMap(correlationRemarks),
  ]
  return [...errors, ...remarks].toSorted(byPlace)
}

function ruleRemarks(rule: LoadedRule): readonly Lint[] {
  return [
    ...(rule.id.includes('#')
      ? [
          remark(
            rule,
            'It has no id: its alerts go by its file name and title, and begin anew when those change.',
          ),
        ]
      : []),
    ...(rule.author === '' ? [remark(rule, 'It names no author; alerts show one.')] : []),
    ...(rule.description.en === ''
      ? [remark(rule, 'It has no description: the person with the alert will look for one.')]
      : []),
    ...(rule.falsePositives.length === 0
      ? [remark(rule, 'It names no false positives: what else looks like this?')]
      : []),
    ...unused(rule),
  ]
}

function correlationRemarks(correlation: LoadedCorrelation): readonly Lint[] {
  return correlation.groupBy.length > 0
    ? []
    : [
        remark(
          correlation,
          'It groups by nothing: hits of the whole station are looked at as one group.',
        ),
      ]
}

function filterRemarks(filter: LoadedFilter): readonly Lint[] {
  return [
    ...(filter.description === ''
      ? [remark(filter, 'It has no description: why is this accepted?')]
      : []),
    ...(filter.expires === undefined
      ? [remark(filter, 'It never ends; vigie: { expires: YYYY-MM-DD } has it looked at again.')]
      : []),
    ...unused(filter),
  ]
}

type Placed = Detection & Pick<LoadedRule, 'file' | 'at'>

function unused(detection: Placed): readonly Lint[] {
  const used = new Set(namesOf(detection.condition))
  return [...detection.selections.keys()]
    .filter((name) => !used.has(name))
    .map((name) => remark(detection, `The condition does not use the selection “${name}”.`))
}

function namesOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'selection':
      return [condition.name]
    case 'not':
      return namesOf(condition.item)
    case 'and':
    case 'or':
    default:
      return condition.items.flatMap(namesOf)
  }
}

function remark({ file, at }: Pick<LoadedRule, 'file' | 'at'>, sentence: string): Lint {
  return { severity: 'remark', code: 'RULE_REMARK', sentence, file, ...at }
}

function byPlace(a: Lint, b: Lint): number {
  const [one, other] = [a.file ?? '', b.file ?? '']
  if (one !== other) return one < other ? -1 : 1
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
}
