// First drafts: a rule from an event, an exception from what an alert met. Every field of the event stands in the draft; those
// that tell what happened are in force, the others are comments to choose from.

import { randomUUID } from 'node:crypto'
import { stringify } from 'yaml'
import { DAY_MS } from '../../core/index.ts'
import type { Alert } from '../../model/index.ts'
import { KIND_COLUMNS, routeTakes } from '../sigma/index.ts'
import type { EventKind, LoadedRule, Logsources, Route } from '../sigma/index.ts'

export type DraftEvent = {
  readonly batch: string
  readonly line: number
  readonly columns: Readonly<Record<string, string>>
  /** By the vendor's own names. */
  readonly fields: Readonly<Record<string, string>>
}

type Source = Logsources['sources'][number]
type Met = { readonly source: Source; readonly route: Route }
type Field = { readonly name: string; readonly value: string }

export type DraftOptions = {
  readonly logsources: Logsources
  readonly nowMs: number
  /** Who writes it. */
  readonly author: string
}

/** Sigma text that describes the event; it is met by it. */
export function draftRule(event: DraftEvent, options: DraftOptions): string {
  const met = sourceOf(event, options.logsources)
  const fields = fieldsOf(event, met?.route)
  const told = fields.filter(({ name }) => TELLING.test(name))
  const chosen = told.length > 0 ? told : fields.slice(0, 2)
  const head = {
    title: titleOf(event),
    id: randomUUID(),
    status: 'experimental',
    description: '',
    author: options.author,
    date: dayOf(options.nowMs),
    logsource:
      met === undefined ? { product: event.columns['parser'] ?? '' } : logsourceOf(met.source),
  }
  return [
    `# Written from the event ${event.batch} ${event.line}. Fields behind # are part of it too: take what tells it from honest work.`,
    stringify(head, { lineWidth: 0 }).trimEnd(),
    'detection:',
    ...selection(fields, new Set(chosen), '  '),
    '  condition: selection',
    'falsepositives: []',
    'level: medium',
    '',
  ].join('\n')
}

export type Excepted = Pick<Alert, 'entity' | 'why'> & {
  readonly rule: Pick<LoadedRule, 'id' | 'title' | 'logsource'>
  readonly event: DraftEvent
}

/** Days after which what was accepted is looked at again. */
const EXCEPTION_DAYS = 90

/** A Sigma filter that accepts, of one rule, what concerns the alert's entity. */
export function draftException(
  { rule, entity, event }: Excepted,
  { logsources, nowMs }: DraftOptions,
): string {
  const met = sourceOf(event, logsources, rule.logsource)
  const fields = fieldsOf(event, met?.route)
  const same = fields.filter(({ value }) => isSame(value, entity))
  const chosen = same.length > 0 ? same.slice(0, 1) : fields.slice(0, 1)
  const head = {
    title: `Accepted for ${entity === '' ? 'this case' : entity}: ${rule.title.en}`.slice(0, 200),
    id: randomUUID(),
    description: '',
    logsource: rule.logsource,
  }
  return [
    '# What the selection describes is no longer found by the rule, until the day it expires. The description says why.',
    stringify(head, { lineWidth: 0 }).trimEnd(),
    'filter:',
    '  rules:',
    `    - ${rule.id}`,
    ...selection(fields, new Set(chosen), '  '),
    '  condition: selection',
    'vigie:',
    `  expires: ${dayOf(nowMs + EXCEPTION_DAYS * DAY_MS)}`,
    '',
  ].join('\n')
}

/** What says of an event what it is, rather than when, where or whose. */
const TELLING =
  /^(?:event_?(?:id|name|type|code|source)?|action|act|operation(?:name)?|workload|type|sub_?type|msg_?id|message_?id|mnemonic|logid|log_?id|method_?name|service_?name|activity(?:displayname)?|(?:alert\.)?signature(?:_id)?|image|originalfilename|commandline|proc_?title|exe|process|program|cfgpath|c-uri|cs-method|query|result(?:type)?|outcome|status)$/i

function titleOf({ columns }: DraftEvent): string {
  const what = (columns['message'] ?? columns['action'] ?? columns['event_code'] ?? '').trim()
  const of = columns['product'] ?? columns['parser'] ?? ''
  const title = [of, what].filter((part) => part !== '').join(': ')
  return title.replaceAll(/\s+/g, ' ').slice(0, 100) || 'New rule'
}

/** The log source that says most of the event; of a rule's own, the way the event is met. */
function sourceOf(
  event: DraftEvent,
  { sources }: Logsources,
  wanted?: LoadedRule['logsource'],
): Met | undefined {
  const kind = Object.fromEntries(
    KIND_COLUMNS.map((column) => [column, event.columns[column] ?? '']),
  ) as EventKind
  const met = sources.flatMap((source) => {
    const route = source.routes.find(
      (one) => routeTakes(one, kind) && holdsFields(one, event.fields),
    )
    return route === undefined ? [] : [{ source, route }]
  })
  const own = met.filter(({ source }) =>
    PARTS.every((part) => wanted?.[part] === undefined || wanted[part] === source[part]),
  )
  return own.toSorted((a, b) => weight(b.source) - weight(a.source))[0]
}

const PARTS = ['category', 'product', 'service'] as const

/** A category says what is in an event, a service where it was written, a product only whose it is. */
function weight({ category, product, service }: Source): number {
  return (
    (category === undefined ? 0 : 3) +
    (service === undefined ? 0 : 2) +
    (product === undefined ? 0 : 2)
  )
}

function holdsFields({ fieldsEqual }: Route, fields: DraftEvent['fields']): boolean {
  return Object.entries(fieldsEqual).every(([name, values]) =>
    values.some((value) => isLike(fields[name] ?? '', value)),
  )
}

/** `*` at the ends stands for anything, and alone for anything that is there, as in the mapping. */
function isLike(met: string, pattern: string): boolean {
  if (pattern === '*') return met !== ''
  const [text, wanted] = [met.toLowerCase(), pattern.toLowerCase()]
  const bare = wanted.replaceAll('*', '')
  if (wanted.startsWith('*') && wanted.endsWith('*')) return text.includes(bare)
  if (wanted.startsWith('*')) return text.endsWith(bare)
  return wanted.endsWith('*') ? text.startsWith(bare) : text === bare
}

function logsourceOf({ category, product, service }: Source) {
  return {
    ...(category !== undefined && { category }),
    ...(product !== undefined && { product }),
    ...(service !== undefined && { service }),
  }
}

const MOST_FIELDS = 80
const LONGEST_VALUE = 400

/** The vendor's fields, and Sigma's names for typed columns that no field holds; each under one name. */
function fieldsOf({ columns, fields }: DraftEvent, route: Route | undefined): readonly Field[] {
  const found = new Map<string, Field>()
  const places = [...(route?.fields ?? [])]
  /** Names that mean another place than the vendor's field so called. */
  const taken = new Map(places.map(([name, place]) => [name, place.field]))
  for (const [name, value] of Object.entries(fields)) {
    if (taken.has(name) && taken.get(name) !== name) continue
    if (isUsable(name, value)) found.set(name.toLowerCase(), { name, value })
  }
  const seen = new Set<string>()
  for (const [name, { column, part, field }] of places) {
    const value = column === undefined ? (fields[field ?? ''] ?? '') : (columns[column] ?? '')
    const place = column ?? field ?? ''
    if (part !== undefined || seen.has(place) || !isUsable(name, value)) continue
    seen.add(place)
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), { name, value })
  }
  return [...found.values()].slice(0, MOST_FIELDS)
}

function isUsable(name: string, value: string): boolean {
  return (
    value !== '' &&
    value.length <= LONGEST_VALUE &&
    !/[\u0000-\u001F\u007F]/.test(value) &&
    /^[\w.@#:[\]$ -]{1,100}$/.test(name) &&
    !name.includes('|')
  )
}

function selection(
  fields: readonly Field[],
  chosen: ReadonlySet<Field>,
  indent: string,
): readonly string[] {
  const shown = [...fields].toSorted((a, b) => Number(chosen.has(b)) - Number(chosen.has(a)))
  return [
    `${indent}selection:`,
    ...shown.map((field) => `${indent}${chosen.has(field) ? '  ' : '  # '}${entry(field)}`),
  ]
}

function entry({ name, value }: Field): string {
  return stringify(
    { [name]: escaped(value) },
    { lineWidth: 0, defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN' },
  ).trimEnd()
}

/** Sigma's own signs as plain text: `*`, `?`, and a backslash that would change its neighbour. */
export function escaped(value: string): string {
  return value.replaceAll(/(\\+)(?=[*?])|(\\{2,})|([*?])/g, (all) =>
    /[*?]/.test(all) ? `\\${all}` : all.replaceAll('\\', '\\\\'),
  )
}

function isSame(a: string, b: string): boolean {
  return b !== '' && a.toLowerCase() === b.toLowerCase()
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
