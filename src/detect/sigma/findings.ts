// Hits become findings: when, on what, and for which reasons. Asked of the hit rows only.

import { EVENT_COLUMNS, columnText } from '../../model/index.ts'
import type { EntityKind, Finding, Reason } from '../../model/index.ts'
import { literal, name, textOf, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings } from '../../store/index.ts'
import type { Atom } from './atom.ts'
import { explain } from './explain.ts'
import type { Expression } from './expression.ts'
import { KIND_COLUMNS, routeTakes } from './logsource.ts'
import type { EventKind, KindColumn, Route } from './logsource.ts'
import { knownOfKind } from './rule-set.ts'
import type { RuleSet } from './rule-set.ts'
import type { LoadedRule } from './rule.ts'

export type Hit = {
  readonly rule: LoadedRule
  readonly batch: string
  readonly line: number
  /** Atoms that hold on the row. */
  readonly ids: ReadonlySet<number>
}

type Request = {
  readonly lane: EngineLane
  readonly table: string
  readonly ruleSet: RuleSet
  readonly settings?: EngineSettings
}

/** Hits fetched by one statement. */
const HITS_PER_STATEMENT = 4000

/** One finding for each rule and row, in the order of batch, line and rule. */
export async function findingsOf(
  request: Request,
  hits: readonly Hit[],
): Promise<readonly Finding[]> {
  const byKey = new Map(
    hits.map((hit) => [JSON.stringify([hit.rule.id, hit.batch, hit.line]), hit]),
  )
  // By rule, so that one statement reads few fields.
  const ordered = [...byKey.values()].toSorted((a, b) => compare(a.rule.id, b.rule.id))
  const routes = routesByRule(request.ruleSet)
  const findings: Finding[] = []
  for (let at = 0; at < ordered.length; at += HITS_PER_STATEMENT) {
    const some = ordered.slice(at, at + HITS_PER_STATEMENT)
    const rows = await fetchRows(request, some)
    for (const hit of some) {
      const row = rows.get(rowKey(hit.batch, hit.line))
      if (row !== undefined)
        findings.push(findingOf(request.ruleSet, hit, row, routes.get(hit.rule.id) ?? []))
    }
  }
  return findings.toSorted(
    (a, b) => compare(a.batch, b.batch) || a.line - b.line || compare(a.rule, b.rule),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

type RuleRoute = { readonly route: Route; readonly expression: Expression }

function routesByRule({ byRoute }: RuleSet): ReadonlyMap<string, readonly RuleRoute[]> {
  const found = new Map<string, RuleRoute[]>()
  for (const [route, rules] of byRoute) {
    for (const { rule, expression } of rules)
      found.set(rule.id, [...(found.get(rule.id) ?? []), { route, expression }])
  }
  return found
}

type Row = EventKind & {
  readonly batch: string
  readonly line: number
  readonly ms: string
  readonly entities: readonly [string, string, string, string]
  readonly values: ReadonlyMap<string, string>
}

const columnTexts = new Map(EVENT_COLUMNS.map((column) => [column.name, columnText(column)]))
const columnOf = (column: string): string => columnTexts.get(column) ?? column

/** Whom a row names, in the order of `ENTITIES`. */
export const ENTITY_SQL = `[if(user_name != '', user_name, actor_user), ${columnOf('src_ip')}, if(device_name != '', device_name, ${columnOf('device_ip')}), toString(source)]`
/** Columns that every finding is told from. */
export const FINDING_COLUMNS = [
  'user_name',
  'actor_user',
  'src_ip',
  'device_name',
  'device_ip',
  'source',
] as const
export const ENTITIES: readonly EntityKind[] = ['account', 'address', 'device', 'source']

/** Characters of a value that a reason shows. */
const SHOWN_LENGTH = 500

async function fetchRows(
  { lane, table, ruleSet, settings }: Request,
  hits: readonly Hit[],
): Promise<ReadonlyMap<string, Row>> {
  const sources = [...sourcesOf(ruleSet, hits)]
  const values = sources.map(([, value]) => `substringUTF8(toString(${value}), 1, ${SHOWN_LENGTH})`)
  const wanted = [...new Set(hits.map(({ batch, line }) => `(${literal(batch)}, ${line})`))]
  const kinds = KIND_COLUMNS.map((column) => `toString(${column}) AS ${column}_text`)
  const { rows } = await lane.query<Record<string, unknown> & { values: readonly string[] }>(
    trusted(`SELECT toString(batch) AS batch_text, line, toString(toUnixTimestamp64Milli(time)) AS ms, ${kinds.join(', ')},
  ${ENTITY_SQL} AS entities, [${values.join(', ')}]::Array(String) AS values
FROM ${textOf(name(table))} WHERE (toString(batch), line) IN (${wanted.join(', ')})`),
    { settings: { ...settings, optimize_functions_to_subcolumns: 0 } },
  )
  return new Map(
    rows.map((row) => toRow(row, sources)).map((row) => [rowKey(row.batch, row.line), row]),
  )
}

function rowKey(batch: string, line: number): string {
  return `${batch}\u0001${line}`
}

function toRow(
  row: Record<string, unknown> & { readonly values: readonly string[] },
  sources: readonly (readonly [string, string])[],
): Row {
  const text = (column: KindColumn): string => String(row[`${column}_text`])
  const kind: EventKind = {
    parser: text('parser'),
    product: text('product'),
    log_name: text('log_name'),
    event_code: text('event_code'),
    class_uid: text('class_uid'),
    provider: text('provider'),
  }
  const entities = Array.isArray(row['entities']) ? row['entities'].map(String) : []
  const [account = '', address = '', device = '', source = ''] = entities
  return {
    ...kind,
    batch: String(row['batch_text']),
    line: Number(row['line']),
    ms: String(row['ms']),
    entities: [account, address, device, source],
    values: new Map(sources.map(([key], at) => [key, row.values[at] ?? ''])),
  }
}

/** Values that reasons of these hits may show, by source. */
function sourcesOf({ table }: RuleSet, hits: readonly Hit[]): ReadonlyMap<string, string> {
  const ids = new Set(hits.flatMap((hit) => [...hit.ids]))
  const sources = new Map<string, string>()
  const add = (atom: Atom | undefined) => {
    if (atom !== undefined) sources.set(atom.source.key, atom.source.value)
  }
  for (const id of ids) add(table.atoms[id])
  for (const atom of table.atoms) if (atom?.source.kindColumn !== undefined) add(atom)
  return sources
}

function findingOf({ table }: RuleSet, hit: Hit, row: Row, routes: readonly RuleRoute[]): Finding {
  const ofKind = knownOfKind(table, row)
  const holds = (id: number): boolean => ofKind(id) ?? hit.ids.has(id)
  const taken = routes.filter(({ route }) => routeTakes(route, row))
  const causes =
    taken.map(({ expression }) => explain(expression, holds)).find((found) => found.length > 0) ??
    []
  const { kind, entity } = entityOf(hit.rule.entity ?? taken[0]?.route.entity ?? 'source', row)
  return {
    rule: hit.rule.id,
    title: hit.rule.title.en,
    severity: hit.rule.level,
    time: new Date(Number(row.ms)).toISOString(),
    entityKind: kind,
    entity,
    batch: hit.batch,
    line: hit.line,
    reasons: reasonsOf(causes.slice(0, MAX_REASONS), table.atoms, row),
  }
}

const MAX_REASONS = 20

function reasonsOf(
  causes: ReturnType<typeof explain>,
  atoms: readonly (Atom | undefined)[],
  row: Row,
): Reason[] {
  return causes.flatMap(({ selection, field, atom: id }) => {
    const atom = atoms[id]
    if (atom === undefined) return []
    return [
      {
        selection,
        field: field === '' ? 'keywords' : field,
        value: row.values.get(atom.source.key) ?? '',
        pattern: atom.shown.slice(0, SHOWN_LENGTH),
      },
    ]
  })
}

/** The entity asked for, else the next thing the line names. */
function entityOf(
  wanted: EntityKind,
  { entities }: Row,
): { readonly kind: EntityKind; readonly entity: string } {
  const order = [wanted, 'device', 'source'] as const
  for (const kind of order) {
    const entity = entities[ENTITIES.indexOf(kind)] ?? ''
    if (entity !== '') return { kind, entity }
  }
  return { kind: 'source', entity: '' }
}
