// One rule file to rules and problems. Every document stands for itself: one that cannot be read does not stop the others.

import { failed, ok } from '../../core/index.ts'
import type { Problem, Result } from '../../core/index.ts'
import type { LoadedCorrelation } from './correlation.ts'
import type { Placeholders } from './modifiers.ts'
import { parseCorrelation } from './parse-correlation.ts'
import { parseFilter } from './parse-filter.ts'
import { readDetection } from './read-detection.ts'
import { readHeader } from './rule-header.ts'
import type { LoadedFilter, LoadedRule } from './rule.ts'
import type { MapTree, Place, Tree } from './tree.ts'
import { entryOf, readYaml } from './yaml-tree.ts'

export type ParsedFile = {
  readonly rules: readonly LoadedRule[]
  readonly filters: readonly LoadedFilter[]
  readonly correlations: readonly LoadedCorrelation[]
  readonly problems: readonly Problem[]
}

export type ParseOptions = { readonly placeholders?: Placeholders }

/** Reads the documents of one file. `file` is only for the record. */
export function parseRules(
  file: string,
  text: string,
  { placeholders = new Map() }: ParseOptions = {},
): ParsedFile {
  const rules: LoadedRule[] = []
  const filters: LoadedFilter[] = []
  const correlations: LoadedCorrelation[] = []
  const problems: Problem[] = []
  for (const document of readYaml(file, text)) {
    const map = document.ok ? asMap(file, document.value) : document
    if (!map.ok) problems.push(map.problem)
    else if (entryOf(map.value, 'correlation') !== undefined)
      keep(parseCorrelation(file, map.value), correlations, problems)
    else if (entryOf(map.value, 'filter') === undefined)
      keep(parseRule(file, map.value, placeholders), rules, problems)
    else keep(parseFilter(file, map.value, placeholders), filters, problems)
  }
  return { rules, filters, correlations, problems }
}

function keep<T>(read: Result<T>, to: T[], problems: Problem[]): void {
  if (read.ok) to.push(read.value)
  else problems.push(read.problem)
}

function asMap(file: string, tree: Tree): Result<MapTree> {
  if (tree.kind === 'map') return ok(tree)
  const sentence = 'A rule is a map of keys; this document is not.'
  return failed({ code: 'RULE_INVALID', sentence, file, ...tree.at })
}

const NOTHING = new Set<string>()

function parseRule(
  file: string,
  document: MapTree,
  placeholders: Placeholders,
): Result<LoadedRule> {
  const refuse = (code: string, sentence: string, at: Place = document.at) =>
    failed({ code, sentence, file, line: at.line, column: at.column })
  const header = readHeader(file, document)
  if (!header.ok) return header
  const tree = entryOf(document, 'detection')
  if (tree?.kind !== 'map')
    return refuse('RULE_INVALID', 'The rule has no “detection” with selections.', tree?.at)
  const detection = readDetection(file, tree, { placeholders, besides: NOTHING })
  return detection.ok ? ok({ ...header.value, ...detection.value, filters: [] }) : detection
}
