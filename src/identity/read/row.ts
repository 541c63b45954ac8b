// What every reader makes of an export: rows of a few kinds, and which fields the export could have said.

import type { ExportProblem } from '../../core/index.ts'

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

/** Kinds of rows. A check names the kinds and fields it needs as `account.lastUse`. */
export const ROW_KINDS = [
  'account',
  'factor',
  'role',
  'assignment',
  'role_rule',
  'group',
  'member',
  'policy',
  'setting',
  'app',
  'grant',
  'signin',
  'session',
  'path',
  'computer',
  'partner',
  'person',
  'statement',
] as const
export type RowKind = (typeof ROW_KINDS)[number]

export type Row = {
  readonly kind: RowKind
  readonly id: string
  readonly body: { readonly [key: string]: Json }
}

/** One file, read. `part` names what of a source it replaces. */
export type Export = {
  readonly system: string
  readonly part: string
  readonly rows: readonly Row[]
  /** Kinds and fields the export answers for even where no row has them. */
  readonly covers: readonly string[]
  /** When the export says that it was made, ISO 8601. */
  readonly madeAt?: string
}

/** Where a reader stopped and why. Thrown inside readers only; `readExport` turns it into a value. */
export class ExportRefused extends Error {
  readonly place: string
  readonly problem: ExportProblem
  readonly met: string

  constructor(place: string, problem: ExportProblem, met = '') {
    super(`${place}: ${problem} ${met}`)
    this.name = 'ExportRefused'
    this.place = place
    this.problem = problem
    this.met = met
  }
}

export const MOST_ROWS = 2_000_000
const SHOWN = 80

/** What was met, short enough to be read and without control characters. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  const safe = text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
  return safe.length > SHOWN ? `${safe.slice(0, SHOWN)}…` : safe
}

/** A row without what is not known: an absent field and null mean the same. */
export function row(
  kind: RowKind,
  id: string,
  body: Readonly<Record<string, Json | undefined>>,
): Row {
  const known: Record<string, Json> = {}
  for (const [key, value] of Object.entries(body))
    if (value !== undefined && value !== null && value !== '') known[key] = value
  return { kind, id, body: known }
}

/** `entra`, `account`, `account.enabled`…: the system, what at least one row holds, and what the reader answers for. */
export function fieldsOf({ system, rows, covers }: Export): readonly string[] {
  const fields = new Set([...covers, system])
  for (const { kind, body } of rows) {
    fields.add(kind)
    for (const key of Object.keys(body)) fields.add(`${kind}.${key}`)
  }
  return [...fields].toSorted()
}

/** Text that both engines can hold: no NUL, no half of a surrogate pair. */
export function clean(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}

/** A plain value as text; lists and records are none. */
export function plain(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}
