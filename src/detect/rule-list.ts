// Rules as the Rules screen and the API show them: state, hits, cost, and why one does not run.

import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { DAY_MS, VigieError } from '../core/index.ts'
import type { Problem } from '../core/index.ts'
import type { Guidance, Rule } from '../model/index.ts'
import { sql } from '../store/index.ts'
import type { EngineLane, Records } from '../store/index.ts'
import { statesOf } from './correlations/index.ts'
import type { RuleBook } from './rule-book.ts'
import { NO_GUIDANCE, ruleSql, showLogsource, showThresholds, windowSql } from './sigma/index.ts'
import type { CorrelationPlan, LoadedCorrelation, LoadedRule, Logsources } from './sigma/index.ts'

export type RuleDetail = {
  readonly rule: Rule
  readonly description: { readonly en: string; readonly fr: string }
  readonly guidance: Guidance
  /** The rule file as its author wrote it. */
  readonly text: string
  readonly sql: string | null
}

export type RuleListing = {
  readonly book: RuleBook
  readonly records: Records
  readonly lane: EngineLane
  readonly nowMs: number
  readonly isFlooding: (rule: string) => boolean
  /** Name of a file of the station's own, else null. */
  readonly ownName: (file: string) => string | null
}

export async function listRules(listing: RuleListing): Promise<readonly Rule[]> {
  const { book, records, isFlooding, ownName } = listing
  const known = await figuresOf(listing)
  const states = await statesOf(records)
  const show = (rule: LoadedRule, state: Rule['state'], problem: string | null) =>
    shown(rule, { state, problem, figures: known(rule.id), ownName, ...partOf(book, rule.id) })
  const { active, refused, noRoute } = book.ruleSet
  return [
    ...active.map((rule) => show(rule, isFlooding(rule.id) ? 'breaker' : 'active', null)),
    ...refused.map(({ rule, reason }) => show(rule, 'refused', reason.sentence)),
    ...noRoute.map(({ rule, reason }) => show(rule, 'no_route', reason.sentence)),
    ...book.correlations.plans.map((plan) => {
      const { id } = plan.correlation
      const { ungrouped = 0, problem = null } = states.get(plan.key) ?? {}
      const figures = known(id)
      const state = isFlooding(id) ? 'breaker' : 'active'
      return shownCorrelation(plan, {
        rule: { state, problem, figures, ownName, ...partOf(book, id) },
        titles: book.facts,
        ungrouped,
      })
    }),
    ...book.problems.map((problem, at) => unreadable(problem, { at, ownName })),
  ]
}

/** Name of a file in the folder, else null. */
export function nameInFolder(folder: string, file: string): string | null {
  return dirname(file) === folder ? basename(file) : null
}

/** Throws NOT_FOUND. */
export async function getRule(listing: RuleListing, id: string): Promise<RuleDetail> {
  const { rules, logsources } = listing.book
  const rule = (await listRules(listing)).find((row) => row.id === id)
  if (rule === undefined) throw new VigieError('NOT_FOUND', { what: `The rule ${id}` })
  const loaded = rules.find((one) => one.id === id)
  const plan = listing.book.correlations.plans.find(({ correlation }) => correlation.id === id)
  const isCompiled = rule.state === 'active' || rule.state === 'breaker'
  return {
    rule,
    description: (loaded ?? plan?.correlation)?.description ?? { en: '', fr: '' },
    guidance: (loaded ?? plan?.correlation)?.guidance ?? NO_GUIDANCE,
    text: textOf(rule.file),
    sql: isCompiled ? shownSql(loaded, plan, logsources) : null,
  }
}

/** A file that is no rule may be of any size. */
const SHOWN_CHARACTERS = 200_000

/** The file may have gone a moment ago, or never have been one that can be read. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, SHOWN_CHARACTERS)
  } catch {
    return ''
  }
}

type Figures = Pick<Rule, 'hits' | 'hits24h' | 'lastHit' | 'cost' | 'costShare'>

async function figuresOf({
  book,
  records,
  lane,
  nowMs,
}: RuleListing): Promise<(rule: string) => Figures> {
  const rows = await records.selectFrom('rule_hits').selectAll().execute()
  const totals = new Map(rows.map((row) => [row.rule, row]))
  const recent = await recentHits(lane, nowMs)
  const costs = book.costs.costs()
  return (rule) => ({
    hits: Number(totals.get(rule)?.hits ?? 0),
    hits24h: recent.get(rule) ?? 0,
    lastHit: totals.get(rule)?.last_hit.toISOString() ?? null,
    cost: costs.get(rule)?.msPerMillion ?? null,
    costShare: costs.get(rule)?.share ?? null,
  })
}

/** Hits on events of the last 24 hours, whenever they were judged. */
async function recentHits(lane: EngineLane, nowMs: number): Promise<ReadonlyMap<string, number>> {
  const { rows } = await lane.query<{ rule: string; hits: number }>(
    sql`SELECT toString(rule) AS rule, toUInt32(count()) AS hits FROM findings
WHERE time > fromUnixTimestamp64Milli(${nowMs - DAY_MS}, 'UTC') GROUP BY rule`,
  )
  return new Map(rows.map(({ rule, hits }) => [rule, hits]))
}

function shownSql(
  rule: LoadedRule | undefined,
  plan: CorrelationPlan | undefined,
  logsources: Logsources,
): string | null {
  if (rule !== undefined) return ruleSql(rule, logsources)
  return plan === undefined ? null : windowSql(plan, { from: 'hits', knownMs: 0 })
}

/** The part a rule has in correlations. */
type Part = Pick<Rule, 'feeds' | 'isMuted'>

function partOf({ correlations: { plans, muted } }: RuleBook, id: string): Part {
  const feeding = plans.filter(({ members }) => members.some((member) => member.id === id))
  return { feeds: feeding.map(({ correlation }) => correlation.id), isMuted: muted.has(id) }
}

type Shown = Part & {
  readonly state: Rule['state']
  readonly problem: string | null
  readonly figures: Figures
  readonly ownName: RuleListing['ownName']
}

function shown(rule: LoadedRule, { figures, ownName, ...shape }: Shown): Rule {
  return {
    ...shownHeader(rule, ownName),
    ...shape,
    ...figures,
    logsource: showLogsource(rule.logsource),
    correlation: null,
    filters: rule.filters.map(({ title, description, expires = null, file }) => ({
      title,
      reason: description,
      expires,
      file,
      own: ownName(file),
    })),
  }
}

type ShownCorrelation = {
  readonly rule: Shown
  readonly titles: RuleBook['facts']
  readonly ungrouped: number
}

function shownCorrelation(
  { correlation, members }: CorrelationPlan,
  { rule: { figures, ownName, ...shape }, titles, ungrouped }: ShownCorrelation,
): Rule {
  const { type, groupBy, timespan, thresholds, fields, expression } = correlation
  const rules = members.map(({ id }) => ({
    id,
    title: titles.get(id)?.title ?? { en: id, fr: id },
  }))
  const compared = [fields.join(', '), showThresholds(thresholds)].filter((part) => part !== '')
  const condition = expression === '' ? compared.join(' ') : expression
  return {
    ...shownHeader(correlation, ownName),
    ...shape,
    ...figures,
    logsource: '',
    correlation: { type, groupBy: [...groupBy], timespan, condition, rules, ungrouped },
    filters: [],
  }
}

function shownHeader(rule: LoadedRule | LoadedCorrelation, ownName: RuleListing['ownName']) {
  return {
    id: rule.id,
    title: rule.title,
    severity: rule.level,
    file: rule.file,
    own: ownName(rule.file),
    author: rule.author,
    reference: rule.reference,
    attack: [...rule.attack],
    status: rule.status,
    falsePositives: [...rule.falsePositives],
  }
}

/** A file that is no rule at all still has its line, so that nothing is left out in silence. */
function unreadable(
  problem: Problem,
  { at, ownName }: Pick<RuleListing, 'ownName'> & { readonly at: number },
): Rule {
  const place = [problem.file, problem.line, problem.column]
    .filter((part) => part !== undefined)
    .join(':')
  return {
    id: `problem-${at}`,
    title: { en: place, fr: place },
    severity: 'informational',
    state: 'refused',
    problem: problem.sentence,
    file: problem.file ?? '',
    own: ownName(problem.file ?? ''),
    author: '',
    reference: '',
    attack: [],
    logsource: '',
    status: '',
    hits: 0,
    hits24h: 0,
    lastHit: null,
    cost: null,
    costShare: null,
    falsePositives: [],
    correlation: null,
    feeds: [],
    isMuted: false,
    filters: [],
  }
}
