// A parser is a file: `content/parsers/<name>/parser.yml`, with golden pairs beside it. This reads and checks one.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { VigieError, isVigieError, reasonOf, yamlValue } from '../../core/index.ts'
import { PARSER_COLUMNS } from '../../model/index.ts'
import { replaceIdentifier } from './replace-identifier.ts'

const SQL_TEXT = z.string().trim().min(1)
const IDENTIFIER = /^[a-z][a-z0-9_]*$/

/** One scan decides for all parsers: a long bounded repeat makes its automaton explode. */
function isCheap(pattern: string): boolean {
  return [...pattern.matchAll(/\{(?:\d*,)?(\d+)\}/g)].every(([, most]) => Number(most) <= 64)
}

/** Regular expressions (RE2, case as written), any of which marks a line as this parser's. */
const RecogniseSchema = z.array(
  z.string().min(4).refine(isCheap, {
    message: 'a repeat of more than 64 times takes minutes to compile; use .* instead',
  }),
)

/** Named expressions, each may use those above it and `raw`, `context`, `received`, `zone`. */
const WithSchema = z.record(z.string().regex(IDENTIFIER), SQL_TEXT)

const ParserFileSchema = z.strictObject({
  title: z.string(),
  vendor: z.string(),
  product: z.string(),
  references: z.array(z.string()).default([]),
  recognise: RecogniseSchema.default([]),
  /**
   * Ways in which the same events are written, or kinds of them, the first that knows a line opens it: what they name
   * stands before `with`, and in place of what `with` calls the same. A line is read by a statement that holds its own
   * form alone, so what a form says is constant (`is_traffic: '1'`) takes branches out of it. A form that is there only to
   * be quick names the one that reads its lines alike (`shortcut_of`).
   */
  forms: z
    .record(
      z.string(),
      z.strictObject({
        recognise: RecogniseSchema.min(1),
        with: WithSchema.default({}),
        shortcut_of: z.string().optional(),
      }),
    )
    .default({}),
  /** Smaller is asked first where several parsers know a line. Specific formats 10, families 50, catch-alls 90. */
  order: z.number().int().min(1).max(99),
  with: WithSchema.default({}),
  /** Map(String, String) of every field by the vendor's own name; read from `raw` and `context` alone. */
  fields: SQL_TEXT,
  /**
   * Boolean, over `raw` and `context`: each text of `fields` stands in the line as it is, but for quotes, slashes, what XML
   * escapes and what is not printable ASCII, so that a word that is not in the line is in no field. Absent = never.
   */
  verbatim: SQL_TEXT.optional(),
  /** Boolean: the line was read whole. Absent = always. */
  complete: SQL_TEXT.optional(),
  columns: z.record(z.string(), SQL_TEXT),
  /** Further observables: an Array(String). */
  observables: SQL_TEXT.optional(),
})

/** A parser, or one form of it: the forms of a parser share its name. */
export type Parser = Omit<z.infer<typeof ParserFileSchema>, 'forms'> & {
  readonly name: string
  readonly file: string
  /** Which of the parser's forms it is. */
  readonly form?: string
  /** The form that reads its lines alike, only slower. */
  readonly shortcutOf?: string | undefined
  /** Set for the readers of lines that no parser understood. */
  readonly status?: 'unknown' | 'failed'
}

const ALLOWED = new Set(PARSER_COLUMNS.map(({ name }) => name))

/** Reads every parser below a folder in the order of trial, each form as one of its own. A file that cannot be used is told to `onProblem`; the others go on. */
export function readParsers(
  folder: string,
  onProblem: (problem: VigieError) => void,
): readonly Parser[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'parser.yml')))
    .map((entry) => entry.name)
  const parsers: Parser[] = []
  for (const name of names) {
    try {
      parsers.push(...readParser(name, join(folder, name, 'parser.yml')))
    } catch (thrown) {
      if (!isVigieError(thrown)) throw thrown
      onProblem(thrown)
    }
  }
  // Forms stay in the order they stand in.
  return parsers.toSorted((a, b) => a.order - b.order || a.name.localeCompare(b.name, 'en'))
}

/** Reads one parser file: the parser, or its forms. */
export function readParser(name: string, file: string): readonly Parser[] {
  try {
    const parsed = ParserFileSchema.parse(yamlValue(readFileSync(file, 'utf8')))
    const unknown = Object.keys(parsed.columns).filter((column) => !ALLOWED.has(column))
    if (unknown.length > 0) throw new TypeError(`no such event column: ${unknown.join(', ')}`)
    const { forms, ...shared } = parsed
    const named = [shared, ...Object.values(forms)].flatMap((part) => Object.keys(part.with))
    const shadowing = named.filter((key) => ALLOWED.has(key) || STAGE.has(key))
    if (shadowing.length > 0)
      throw new TypeError(`a named expression has the name of a column: ${shadowing.join(', ')}`)
    const parser = { ...shared, name, file }
    if (Object.keys(forms).length === 0) return [withConstants(parser)]
    return Object.entries(forms).map(([key, form]) => {
      const { shortcut_of: whole } = form
      if (whole !== undefined && (whole === key || forms[whole] === undefined))
        throw new TypeError(`the form ${key} is a shortcut of ${whole}, which is no other form`)
      return withConstants({
        ...parser,
        form: key,
        ...(whole === undefined ? {} : { shortcutOf: whole }),
        recognise: [...shared.recognise, ...form.recognise],
        with: { ...form.with, ...without(shared.with, Object.keys(form.with)) },
      })
    })
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: whyUnread(cause) }, { cause })
  }
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  keys: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)))
}

const CONSTANT = /^(?:\d+|'[^'\\]*')$/

/** Named constants in their places: the engine leaves out what they decide, where it would ask a column for every row. */
function withConstants(parser: Parser): Parser {
  const constants = Object.entries(parser.with).filter(([, text]) => CONSTANT.test(text))
  if (constants.length === 0) return parser
  const filled = (text: string) =>
    constants.reduce((part, [key, value]) => replaceIdentifier(part, key, value), text)
  const all = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, filled(text)]))
  return {
    ...parser,
    with: all(
      without(
        parser.with,
        constants.map(([key]) => key),
      ),
    ),
    columns: all(parser.columns),
    fields: filled(parser.fields),
    ...(parser.complete === undefined ? {} : { complete: filled(parser.complete) }),
    ...(parser.observables === undefined ? {} : { observables: filled(parser.observables) }),
  }
}

/** What a schema refuses, by the key it stands under. */
function whyUnread(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return reasonOf(cause)
  return cause.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ')
}

const STAGE = new Set([
  'raw',
  'context',
  'received',
  'source',
  'line',
  'route',
  'zone',
  'fields',
  'batch',
])
