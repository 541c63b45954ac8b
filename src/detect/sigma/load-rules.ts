// Rule folders to rules and problems. Files are read in name order, so that two runs say the same.

import { readFileSync, readdirSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { extname, join } from 'node:path'
import { reasonOf } from '../../core/index.ts'
import type { Problem } from '../../core/index.ts'
import { atOnce } from '../steps.ts'
import type { Steps } from '../steps.ts'
import { applyFilters } from './apply-filters.ts'
import type { LoadedCorrelation } from './correlation.ts'
import { parseRules } from './parse-rule.ts'
import type { ParseOptions, ParsedFile } from './parse-rule.ts'
import type { LoadedRule } from './rule.ts'
import { MAX_FILE_BYTES } from './yaml-tree.ts'

const MAX_FILES = 50_000
const MAX_DEPTH = 24

/** What a file held, and the stamp it had then: another stamp, another content. */
export type ReadFile = ParsedFile & { readonly stamp: string }
/** Rules come with the filters that are for them. */
export type LoadedRules = ParsedFile & { readonly files: ReadonlyMap<string, ReadFile> }

/** Every rule under the folders, or in the files, given. A file or document that cannot be used is a problem with its place; the rest goes on. */
export function loadRules(folders: readonly string[], options: ParseOptions = {}): LoadedRules {
  return atOnce(loadSteps(folders, { options }))
}

type Loading = {
  readonly options?: ParseOptions
  /** Files read before: those with the same stamp are not read again. */
  readonly before?: ReadonlyMap<string, ReadFile>
  /** YYYY-MM-DD; filters that ended before it are left out, and listed. Without it none has ended. */
  readonly today?: string
}

/** The same, a file at a step. */
export function* loadSteps(
  folders: readonly string[],
  { options = {}, before, today = '' }: Loading,
): Steps<LoadedRules> {
  const problems: Problem[] = []
  const byId = new Map<string, LoadedRule | LoadedCorrelation>()
  const rules: LoadedRule[] = []
  const correlations: LoadedCorrelation[] = []
  const files = new Map<string, ReadFile>()
  const paths = new Set(folders.flatMap((folder) => rulesUnder(folder, problems)))
  for (const file of paths) {
    yield
    const stamp = stampOf(file)
    const known = before?.get(file)
    const read =
      known !== undefined && known.stamp === stamp
        ? known
        : { ...readRuleFile(file, options), stamp }
    files.set(file, read)
    problems.push(...read.problems)
    rules.push(...read.rules.filter((rule) => isFirst(rule, byId, problems)))
    correlations.push(...read.correlations.filter((one) => isFirst(one, byId, problems)))
  }
  const filters = [...files.values()].flatMap((file) => file.filters)
  const filtered = applyFilters(rules, filters, today)
  return {
    rules: filtered.rules,
    filters,
    correlations,
    problems: [...problems, ...filtered.problems],
    files,
  }
}

/** Taken before the file is read, so that what is written meanwhile shows as another stamp. */
function stampOf(file: string): string {
  try {
    return stampText(statSync(file))
  } catch {
    return ''
  }
}

export function stampText({ mtimeMs, ctimeMs, size, ino }: Stats): string {
  return `${mtimeMs} ${ctimeMs} ${size} ${ino}`
}

function rulesUnder(folder: string, problems: Problem[]): readonly string[] {
  const files: string[] = []
  const visit = (path: string, depth: number) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const inner = join(path, entry.name)
      if (entry.isDirectory() && depth < MAX_DEPTH) visit(inner, depth + 1)
      else if (entry.isFile() && isRuleFile(entry.name)) files.push(inner)
    }
  }
  try {
    if (statSync(folder).isFile()) return [folder]
    visit(folder, 0)
  } catch (thrown) {
    problems.push({
      code: 'RULES_UNREADABLE',
      sentence: `It cannot be read: ${reasonOf(thrown)}`,
      file: folder,
    })
  }
  if (files.length > MAX_FILES) {
    problems.push({
      code: 'RULES_TOO_MANY',
      sentence: `The folder holds ${files.length} rule files; only the first ${MAX_FILES} are read.`,
      file: folder,
    })
  }
  return files.slice(0, MAX_FILES)
}

/** Golden examples stand beside their rules. */
export function isRuleFile(file: string): boolean {
  return ['.yml', '.yaml'].includes(extname(file)) && !/\.golden\.ya?ml$/.test(file)
}

function readRuleFile(file: string, options: ParseOptions): ParsedFile {
  try {
    const { size } = statSync(file)
    if (size > MAX_FILE_BYTES) {
      return refusal({
        code: 'RULE_TOO_LARGE',
        sentence: `The file is ${size} bytes large; at most ${MAX_FILE_BYTES} are read. Split it.`,
        file,
      })
    }
    return parseRules(file, readFileSync(file, 'utf8'), options)
  } catch (thrown) {
    return refusal({
      code: 'RULES_UNREADABLE',
      sentence: `The file cannot be read: ${reasonOf(thrown)}`,
      file,
    })
  }
}

function refusal(problem: Problem): ParsedFile {
  return { rules: [], filters: [], correlations: [], problems: [problem] }
}

/** Alerts gather by rule id, so an id stands for one rule: the first one read. */
function isFirst(
  rule: LoadedRule | LoadedCorrelation,
  byId: Map<string, LoadedRule | LoadedCorrelation>,
  problems: Problem[],
): boolean {
  const first = byId.get(rule.id)
  if (first === undefined) {
    byId.set(rule.id, rule)
    return true
  }
  problems.push({
    code: 'RULE_TWICE',
    sentence: `The id ${rule.id} is already used by ${first.file}.`,
    file: rule.file,
    ...rule.at,
  })
  return false
}
