// The log source mapping as content (`content/logsources.yml`): which rows a rule is about, and where its fields stand in them.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import { EVENT_COLUMN_NAMES, EntityKindSchema } from '../../model/index.ts'
import type { EntityKind } from '../../model/index.ts'
import type { Logsource } from './rule.ts'

/** Columns that say what kind of row it is. Few distinct combinations stand in a batch, so they are asked first. */
export const KIND_COLUMNS = [
  'parser',
  'product',
  'log_name',
  'event_code',
  'class_uid',
  'provider',
] as const
export type KindColumn = (typeof KIND_COLUMNS)[number]

/** One combination met in a batch, as text. */
export type EventKind = Readonly<Record<KindColumn, string>>

const Texts = z
  .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))])
  .transform((value) => (Array.isArray(value) ? value.map(String) : [String(value)]))

const ColumnSchema = z
  .string()
  .refine((name) => EVENT_COLUMN_NAMES.has(name), 'not a column of the event')

/** Where a Sigma field stands: a vendor's field, a typed column that holds it word for word, or both. */
const PlaceSchema = z.union([
  z.string().transform((field) => ({ field })),
  z.strictObject({
    field: z.string().optional(),
    column: ColumnSchema.optional(),
    part: z.enum(['path', 'extension']).optional(),
  }),
])

const FieldsSchema = z.record(z.string(), PlaceSchema).default({})

const RouteSchema = z.strictObject({
  when: z.partialRecord(z.enum(KIND_COLUMNS), Texts).default({}),
  /** Further conditions on vendor fields, such as the event type of a registry change. */
  fields_equal: z.record(z.string(), Texts).default({}),
  use: z.array(z.string()).default([]),
  fields: FieldsSchema,
})

const SourceSchema = z.strictObject({
  category: z.string().optional(),
  product: z.string().optional(),
  service: z.string().optional(),
  lane: z.string(),
  entity: EntityKindSchema.optional(),
  use: z.array(z.string()).default([]),
  fields: FieldsSchema,
  routes: z.array(RouteSchema).min(1),
})

const LaneSchema = z.strictObject({
  entity: EntityKindSchema,
  /** Keywords are sought in the line as it came, or in the decoded values too where the line is JSON or XML. */
  keywords: z.enum(['raw', 'values']).default('raw'),
  /** Values may be JSON: arrays match by any element, dotted names are paths. */
  json: z.boolean().default(false),
  when: z.partialRecord(z.enum(KIND_COLUMNS), Texts).default({}),
  fields: FieldsSchema,
})

const FileSchema = z.strictObject({
  lanes: z.record(z.string(), LaneSchema),
  shared_fields: z.record(z.string(), FieldsSchema).default({}),
  sources: z.array(SourceSchema),
})

export type FieldPlace = {
  readonly field?: string | undefined
  readonly column?: string | undefined
  /** Of an address: what stands before the query, or the extension of that. */
  readonly part?: 'path' | 'extension' | undefined
}
export type When = Readonly<Partial<Record<KindColumn, readonly string[]>>>

export type Lane = {
  readonly name: string
  readonly entity: EntityKind
  readonly keywords: 'raw' | 'values'
  readonly json: boolean
}

/** One way a log source is met: rows of these kinds, with the fields in these places. */
export type Route = {
  readonly lane: Lane
  readonly entity: EntityKind
  /** Both must hold: the lane's own condition and the route's. */
  readonly when: readonly When[]
  readonly fieldsEqual: Readonly<Record<string, readonly string[]>>
  readonly fields: ReadonlyMap<string, FieldPlace>
}

export type Logsources = {
  readonly text: string
  readonly sources: readonly (Logsource & { readonly routes: readonly Route[] })[]
}

/** The same object as before where the file says what it said. */
export function loadLogsources(file: string, before?: Logsources): Logsources {
  const text = readFileSync(file, 'utf8')
  return before?.text === text ? before : readLogsources(text)
}

/** Reads the mapping; throws when the content is wrong, since it is our own. */
export function readLogsources(text: string): Logsources {
  const file = FileSchema.parse(yamlValue(text))
  const shared = (names: readonly string[]) =>
    names.map((name) => {
      const fields = file.shared_fields[name]
      if (fields === undefined)
        throw new TypeError(`logsources: there are no shared fields “${name}”`)
      return fields
    })
  const sources = file.sources.map((source) => {
    const lane = file.lanes[source.lane]
    if (lane === undefined) throw new TypeError(`logsources: there is no lane “${source.lane}”`)
    const routes = source.routes.map((route): Route => ({
      lane: { name: source.lane, entity: lane.entity, keywords: lane.keywords, json: lane.json },
      entity: source.entity ?? lane.entity,
      when: [lane.when, route.when].map(lowerWhen),
      fieldsEqual: route.fields_equal,
      fields: new Map(
        [
          lane.fields,
          ...shared(source.use),
          source.fields,
          ...shared(route.use),
          route.fields,
        ].flatMap((fields) => Object.entries(fields)),
      ),
    }))
    const { category, product, service } = source
    return {
      ...(category && { category }),
      ...(product && { product }),
      ...(service && { service }),
      routes,
    }
  })
  return { text, sources }
}

function lowerWhen(when: When): When {
  return Object.fromEntries(
    Object.entries(when).map(([column, values]) => [
      column,
      values.map((value) => value.toLowerCase()),
    ]),
  )
}

const PARTS = ['category', 'product', 'service'] as const

/** Routes of a rule's log source: the entry that says exactly the same, else every entry that is a case of it. */
export function routesOf(wanted: Logsource, { sources }: Logsources): readonly Route[] {
  const answering = sources.filter((source) =>
    PARTS.every((part) => wanted[part] === undefined || wanted[part] === source[part]),
  )
  const exact = answering.filter((source) => PARTS.every((part) => wanted[part] === source[part]))
  return (exact.length > 0 ? exact : answering).flatMap(({ routes }) => routes)
}

export function showLogsource({ product, category, service }: Logsource): string {
  return [product, category, service].filter((part) => part !== undefined).join('/')
}

/** Whether rows of this kind belong to the route. Compared without case; a trailing `*` means "begins with". */
export function routeTakes({ when }: Route, kind: EventKind): boolean {
  return when.every((conditions) =>
    KIND_COLUMNS.every((column) => {
      const values = conditions[column]
      return (
        values === undefined || values.some((value) => holds(value, kind[column].toLowerCase()))
      )
    }),
  )
}

function holds(value: string, met: string): boolean {
  return value.endsWith('*') ? met.startsWith(value.slice(0, -1)) : met === value
}
