// An analytic as content: SQL over stored events that finds what no single event shows. One folder each, with histories that it
// must find something in, and histories that it must not.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import {
  HOUR_MS,
  MINUTE_MS,
  VigieError,
  isVigieError,
  reasonOf,
  yamlValue,
} from '../../core/index.ts'
import { EntityKindSchema, SeveritySchema, familySql, positionSql } from '../../model/index.ts'
import { commandFormSql, programOfLineSql } from './command-form.ts'

const TextsSchema = z.object({ en: z.string().min(1), fr: z.string().min(1) })
const ListsSchema = z.object({ en: z.array(z.string()).min(1), fr: z.array(z.string()).min(1) })

const UNITS = { m: MINUTE_MS, h: HOUR_MS, d: 24 * HOUR_MS } as const

/** `15m`, `6h`, `28d`, in milliseconds. */
const SpanSchema = z
  .string()
  .regex(/^\d{1,3}[mhd]$/)
  .transform((text) => {
    const unit = UnitSchema.parse(text.slice(-1))
    return Number(text.slice(0, -1)) * UNITS[unit]
  })
const UnitSchema = z.enum(['m', 'h', 'd'])

const LinesSchema = z
  .string()
  .max(50_000)
  .transform((text) => text.split('\n').filter((line) => line.trim() !== ''))

const AnalyticFileSchema = z.strictObject({
  title: TextsSchema,
  description: TextsSchema,
  severity: SeveritySchema,
  attack: z.array(z.string().regex(/^attack\.[a-z0-9.-]+$/)),
  author: z.string(),
  references: z.array(z.url()).default([]),
  /** What its findings gather on. */
  entity: EntityKindSchema,
  /** How often it is asked. */
  every: SpanSchema,
  /** How far back one run looks for news: `{from}` to `{to}`. */
  window: SpanSchema,
  /** How far back it looks for what is usual: `{since}` to `{from}`. */
  history: SpanSchema,
  /** The same entity is not found again within this. */
  quiet: SpanSchema,
  /** Values for `{name}` in the SQL. */
  parameters: z.record(z.string().regex(/^[a-z][a-z_]*$/), z.number()).default({}),
  /** Lines for `{name}` in the SQL, an Array(String) each: examples that are compared with. */
  lists: z.record(z.string().regex(/^[a-z][a-z_]*$/), LinesSchema).default({}),
  /**
   * Rows of `entity` String, `time` (of the newest event), `batch` and `line` (of one event that shows it), and `what`, an
   * Array(Tuple(String, String)) of names and values that say why.
   */
  sql: z.string().trim().min(1),
  false_positives: ListsSchema,
  /** When it finds nothing although something is there. */
  blind: ListsSchema,
})

export type Analytic = z.infer<typeof AnalyticFileSchema> & {
  readonly id: string
  readonly file: string
  /** Of SQL that another station wrote: it is asked as this writes it anew, or not at all. */
  readonly guard?: SqlGuard
}

/** Writes a SELECT anew that may be asked. Throws what stands in the way, with its place. */
export type SqlGuard = (sql: string) => string

/** Reads all below a folder, by name. A file that cannot be used is told; the others go on. */
export function readAnalytics(
  folder: string,
  onProblem: (problem: VigieError) => void,
): readonly Analytic[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'analytic.yml')))
    .map((entry) => entry.name)
    .toSorted()
  return names.flatMap((name) => {
    try {
      return [readAnalytic(name, join(folder, name, 'analytic.yml'))]
    } catch (thrown) {
      if (!isVigieError(thrown)) throw thrown
      onProblem(thrown)
      return []
    }
  })
}

function readAnalytic(name: string, file: string): Analytic {
  return parseAnalytic(readFileSync(file, 'utf8'), { id: `vigie-${name}`, file })
}

type Origin = Pick<Analytic, 'id' | 'file' | 'guard'>

/** The text of a file. Throws CONTENT_INVALID. */
export function parseAnalytic(text: string, origin: Origin): Analytic {
  const { file } = origin
  try {
    const content: unknown = yamlValue(text)
    const analytic = AnalyticFileSchema.parse(content)
    const unknown = placeholdersOf(analytic.sql).filter(
      (key) =>
        !SPANS.has(key) &&
        analytic.parameters[key] === undefined &&
        analytic.lists[key] === undefined,
    )
    if (unknown.length > 0) throw new TypeError(`no such parameter: ${unknown.join(', ')}`)
    return { ...analytic, ...origin, sql: withMacros(analytic.sql) }
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : reasonOf(cause)
    throw new VigieError('CONTENT_INVALID', { file, reason }, { cause })
  }
}

const SPANS = new Set(['since', 'from', 'to'])
/**
 * `{position src_ip}`, `{family src_ip}`: where a column's address stands among networks; `{form line}`, `{program line}`: the normal
 * form of a command line and the name of its program.
 */
const MACRO = /\{(position|family|form|program) ([a-z_.]+)\}/g
const MACROS: Readonly<Record<string, (column: string) => string>> = {
  position: positionSql,
  family: familySql,
  form: commandFormSql,
  program: programOfLineSql,
}

function withMacros(sql: string): string {
  return sql.replaceAll(
    MACRO,
    (met: string, name: string, column: string) => MACROS[name]?.(column) ?? met,
  )
}

/** `{name}` in an analytic's SQL. */
export const PLACEHOLDER = /\{([a-z][a-z_]*)\}/g

function placeholdersOf(sql: string): readonly string[] {
  return [...sql.matchAll(PLACEHOLDER)].map(([, key = '']) => key)
}
