// The station's detection: rules loaded and compiled once, each new batch judged, findings stored, alerts raised.

import { readFileSync } from 'node:fs'
import type { Transaction } from 'kysely'
import type { Clock, Problem } from '../core/index.ts'
import { VigieError } from '../core/index.ts'
import type { Rule } from '../model/index.ts'
import type { EngineLane, Records, RecordsTables } from '../store/index.ts'
import { raiseAlerts } from './alerts/index.ts'
import type { RuleFacts } from './alerts/index.ts'
import { Breaker } from './breaker.ts'
import { insertFindings } from './findings-table.ts'
import {
  compileRuleSet,
  judge,
  loadLogsources,
  loadRules,
  ruleSql,
  showLogsource,
  warmUp,
} from './sigma/index.ts'
import type { LoadedRule, RuleSet } from './sigma/index.ts'

export type DetectionOptions = {
  /** Folders of Sigma rules, our own first. */
  readonly folders: readonly string[]
  readonly logsourcesFile: string
  readonly clock: Clock
}

export type Rows = {
  readonly lane: EngineLane
  readonly table: string
  readonly batch: string
  /** An earlier try may have got anywhere. */
  readonly again: boolean
}

export type Judged = {
  readonly findings: number
  readonly record: (transaction: Transaction<RecordsTables>) => Promise<void>
}

export type RuleDetail = {
  readonly rule: Rule
  readonly description: { readonly en: string; readonly fr: string }
  /** The rule file as its author wrote it. */
  readonly text: string
  readonly sql: string | null
}

export type Detection = {
  readonly ruleSet: RuleSet
  readonly problems: readonly Problem[]
  /** Compiles the rules' patterns ahead of the first batch; stops between two lists when aborted. */
  readonly warmUp: (lane: EngineLane, signal: AbortSignal) => Promise<void>
  /** Judges the rows of a batch; what it returns is recorded with the batch. */
  readonly judgeBatch: (rows: Rows) => Promise<Judged>
  readonly listRules: (records: Records) => Promise<readonly Rule[]>
  readonly getRule: (records: Records, id: string) => Promise<RuleDetail>
}

/** Loads and compiles. Rules that cannot be used are listed with the reason; they never stop the others. */
export function openDetection({ folders, logsourcesFile, clock }: DetectionOptions): Detection {
  const { rules, problems } = loadRules(folders)
  const logsources = loadLogsources(logsourcesFile)
  const ruleSet = compileRuleSet(rules, logsources)
  const facts = new Map(ruleSet.active.map((rule) => [rule.id, toFacts(rule)]))
  const breaker = new Breaker()
  const known = { ruleSet, breaker, clock }
  return {
    ruleSet,
    problems,
    warmUp: (lane, signal) => warmUp(lane, ruleSet, signal),
    judgeBatch: async ({ lane, table, batch, again }) => {
      const startMs = clock.nowMs()
      const all = await judge({ lane, table, ruleSet })
      const findings = breaker.pass(all, startMs)
      await insertFindings(lane, findings, { batch, nowMs: startMs, again })
      return {
        findings: findings.length,
        record: async (transaction) => {
          await raiseAlerts(transaction, findings, { rules: facts, nowMs: clock.nowMs() })
        },
      }
    },
    listRules: (records) => listRules(records, known, problems),
    getRule: async (records, id) => {
      const text = rules.find((rule) => rule.id === id)
      const rule = (await listRules(records, known, problems)).find((row) => row.id === id)
      if (text === undefined || rule === undefined)
        throw new VigieError('NOT_FOUND', { what: `The rule ${id}` })
      const isCompiled = rule.state === 'active' || rule.state === 'breaker'
      return {
        rule,
        description: text.description,
        text: readFileSync(text.file, 'utf8'),
        sql: isCompiled ? ruleSql(text, logsources) : null,
      }
    },
  }
}

function toFacts({ id, title, level, attack, author, reference }: LoadedRule): RuleFacts {
  return { id, title, severity: level, attack, author, reference }
}

type Known = { readonly ruleSet: RuleSet; readonly breaker: Breaker; readonly clock: Clock }

async function listRules(
  records: Records,
  known: Known,
  problems: readonly Problem[],
): Promise<readonly Rule[]> {
  const { ruleSet, breaker, clock } = known
  const rows = await records.selectFrom('rule_hits').selectAll().execute()
  const hits = new Map(
    rows.map((row) => [row.rule, { hits: Number(row.hits), lastHit: row.last_hit.toISOString() }]),
  )
  const show = (rule: LoadedRule, state: Rule['state'], problem: string | null): Rule => ({
    id: rule.id,
    title: rule.title,
    severity: rule.level,
    state,
    problem,
    file: rule.file,
    author: rule.author,
    reference: rule.reference,
    attack: [...rule.attack],
    logsource: showLogsource(rule.logsource),
    status: rule.status,
    hits: hits.get(rule.id)?.hits ?? 0,
    lastHit: hits.get(rule.id)?.lastHit ?? null,
    cost: null,
    falsePositives: [...rule.falsePositives],
  })
  const nowMs = clock.nowMs()
  return [
    ...ruleSet.active.map((rule) =>
      show(rule, breaker.isOpen(rule.id, nowMs) ? 'breaker' : 'active', null),
    ),
    ...ruleSet.refused.map(({ rule, reason }) => show(rule, 'refused', reason.sentence)),
    ...ruleSet.noRoute.map(({ rule, reason }) => show(rule, 'no_route', reason.sentence)),
    ...problems.map(unreadable),
  ]
}

/** A file that is no rule at all still has its line, so that nothing is left out in silence. */
function unreadable(problem: Problem, at: number): Rule {
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
    author: '',
    reference: '',
    attack: [],
    logsource: '',
    status: '',
    hits: 0,
    lastHit: null,
    cost: null,
    falsePositives: [],
  }
}
