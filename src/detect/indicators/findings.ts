// What was met becomes findings: one for each value and row, with who says it is an indicator and on whom it was met.

import type { EntityKind, Finding, Severity } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import type { Known, Met } from './match.ts'

export type Indicated = {
  readonly findings: readonly Finding[]
  readonly facts: ReadonlyMap<string, RuleFacts>
}

/** Stands where a rule's id stands: alerts gather on it, and breakers count by it. */
export function ruleOf({ kind, key }: Pick<Known, 'kind' | 'key'>): string {
  return `indicator:${kind}:${key}`
}

/** Confidence in a list's word, 0 to 100, as a severity. Addresses change hands: their word alone is never more than medium. */
export function severityOf(kind: Known['kind'], confidence: number): Severity {
  if (confidence < 40) return 'low'
  if (confidence < 75 || kind === 'address' || kind === 'prefix') return 'medium'
  return 'high'
}

/** The same value of several lists is one finding that names them. In the order of batch, line and value. */
export function indicated(met: readonly Met[], known: readonly Known[]): Indicated {
  const facts = new Map<string, RuleFacts>()
  for (const [rule, some] of Map.groupBy(known, ruleOf)) facts.set(rule, factsOf(rule, some))
  const findings = new Map<string, Finding>()
  for (const one of met) {
    const rule = ruleOf(one)
    const of = facts.get(rule)
    if (of === undefined) continue
    const place = JSON.stringify([rule, one.batch, one.line])
    const reason = { selection: 'indicator', field: one.column, value: one.value, pattern: one.key }
    const before = findings.get(place)
    if (before === undefined) findings.set(place, { ...newFinding(of, one), reasons: [reason] })
    else if (!before.reasons.some(({ field }) => field === one.column)) before.reasons.push(reason)
  }
  return { findings: [...findings.values()].toSorted(byPlace), facts }
}

function byPlace(a: Finding, b: Finding): number {
  return compare(a.batch, b.batch) || a.line - b.line || compare(a.rule, b.rule)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Lists named in a title. */
const MOST_NAMED = 5
/** Characters of a value in a title. */
const SHOWN_LENGTH = 200

function factsOf(rule: string, known: readonly Known[]): RuleFacts {
  const sure = known.toSorted((a, b) => b.confidence - a.confidence)
  const kind = sure[0]?.kind ?? 'address'
  const value = (sure[0]?.key ?? '').slice(0, SHOWN_LENGTH)
  const lists = [...new Set(sure.map(({ list }) => list))]
  const named = lists.slice(0, MOST_NAMED)
  return {
    id: rule,
    title: {
      en: wordsOf('en').indicators.title(kind, value, named),
      fr: wordsOf('fr').indicators.title(kind, value, named),
    },
    severity: severityOf(kind, sure[0]?.confidence ?? 0),
    attack: [],
    author: lists.join(', '),
    reference: '',
  }
}

function newFinding({ id, title, severity }: RuleFacts, met: Met): Finding {
  const { kind, entity } = entityOf(met)
  const { time, batch, line } = met
  return {
    rule: id,
    title: title.en,
    severity,
    time,
    entityKind: kind,
    entity,
    batch,
    line,
    reasons: [],
  }
}

/** Columns that say something of the one who came, not of the one who was reached. */
const OF_THE_SOURCE: ReadonlySet<string> = new Set(['src_ip', 'src_nat_ip', 'src_host'])
/** Columns that say something of the machine that wrote the line. */
const OF_THE_DEVICE: ReadonlySet<string> = new Set([
  'file_hash',
  'proc_path',
  'parent_path',
  'file_path',
])

/** Who is concerned: the account that came from there, or the machine that went there; never the indicator itself. */
function entityOf({ column, account, from, device, source }: Met): {
  readonly kind: EntityKind
  readonly entity: string
} {
  const machine = OF_THE_DEVICE.has(column) || OF_THE_SOURCE.has(column) ? '' : from
  const who = OF_THE_SOURCE.has(column) ? account : ''
  const order = [
    { kind: 'account', entity: who },
    { kind: 'address', entity: machine },
    { kind: 'device', entity: device },
    { kind: 'source', entity: source },
  ] as const
  return order.find(({ entity }) => entity !== '') ?? { kind: 'source', entity: '' }
}
