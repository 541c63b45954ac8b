// One statement to the engine; its refusals in our words. Nothing of the engine's own text leaves but names the person wrote.

import { VigieError, isVigieError, reasonOf } from '../core/index.ts'
import type { FieldsOf } from '../model/index.ts'
import { sql, textOf, trusted } from '../store/index.ts'
import type { EngineSettings, QueryAnswer, Sql } from '../store/index.ts'
import type { HuntContext } from './context.ts'
import { huntProblem, shown } from './problem.ts'
import type { HuntProblem, HuntResult } from './problem.ts'

export type Question = {
  readonly statement: Sql
  readonly settings: EngineSettings
  readonly signal?: AbortSignal | undefined
  /** Asks what the engine would read for the statement, in place of its answer. */
  readonly estimate?: boolean
  /** The parsers whose lines are asked about, where that is known. */
  readonly parsers?: readonly string[]
}

const TOO_MUCH_MEMORY = new Set(['MEMORY_LIMIT_EXCEEDED', 'CANNOT_ALLOCATE_MEMORY'])
const TOO_MUCH_TIME = new Set(['TIMEOUT_EXCEEDED', 'TOO_SLOW', 'QUERY_WAS_CANCELLED'])
const TOO_MUCH = new Set([
  'TOO_MANY_ROWS',
  'TOO_MANY_BYTES',
  'TOO_MANY_ROWS_OR_BYTES',
  'SET_SIZE_LIMIT_EXCEEDED',
  'TOO_BIG_AST',
  'TOO_DEEP_AST',
  'TOO_LARGE_ARRAY_SIZE',
  'TOO_LARGE_STRING_SIZE',
  'TOO_DEEP_RECURSION',
  'TOO_DEEP_SUBQUERIES',
  'LIMIT_EXCEEDED',
])
/** The engine's trouble, not the question's. */
const ENGINE_ITSELF = new Set([
  'NETWORK_ERROR',
  'SOCKET_TIMEOUT',
  'CANNOT_READ_ALL_DATA',
  'CHECKSUM_DOESNT_MATCH',
  'CORRUPTED_DATA',
  'LOGICAL_ERROR',
  'NOT_ENOUGH_SPACE',
  'CANNOT_OPEN_FILE',
  'ALL_CONNECTION_TRIES_FAILED',
  'AUTHENTICATION_FAILED',
  'NO_FREE_CONNECTION',
])

/** Throws QUERY_TOO_HEAVY past a limit; what the question got wrong comes back as a problem. */
export async function askEngine<Row>(
  context: Pick<HuntContext, 'lane' | 'fields'>,
  question: Question,
): Promise<HuntResult<QueryAnswer<Row>>> {
  const { settings, signal } = question
  const asked = withFields(question, context.fields)
  const statement = question.estimate === true ? sql`EXPLAIN ESTIMATE ${asked}` : asked
  try {
    const options = { settings, ...(signal === undefined ? {} : { signal }) }
    return {
      ok: true,
      value: await context.lane.query<Row>(statement, options),
    }
  } catch (cause) {
    return { ok: false, problem: engineProblem(cause, settings) }
  }
}

/** A name for what reads the fields, ahead of a statement that uses it; the engine passes it on to subqueries. */
function withFields({ statement, parsers }: Question, fields: FieldsOf | undefined): Sql {
  if (fields === undefined || !/\bfields\b/.test(textOf(statement))) return statement
  return sql`WITH (${trusted(fields(parsers))}) AS fields ${statement}`
}

function engineProblem(cause: unknown, settings: EngineSettings): HuntProblem {
  if (isVigieError(cause)) throw cause
  const text = reasonOf(cause)
  const code = /\(([A-Z][A-Z0-9_]+)\)\s*(?:\(version[^)]*\))?\s*$/u.exec(text)?.[1]
  if (code === undefined || ENGINE_ITSELF.has(code)) {
    throw new VigieError(
      'ENGINE_UNREACHABLE',
      { engine: 'ClickHouse', reason: code ?? 'no answer' },
      { cause },
    )
  }
  const limit = passedLimit(code, settings)
  if (limit !== undefined) throw new VigieError('QUERY_TOO_HEAVY', { limit }, { cause })
  return mistake(code, text)
}

function passedLimit(code: string, settings: EngineSettings): string | undefined {
  if (TOO_MUCH_TIME.has(code)) return `${Math.ceil(Number(settings['max_execution_time'] ?? 0))} s`
  if (TOO_MUCH_MEMORY.has(code))
    return `${Math.round(Number(settings['max_memory_usage'] ?? 0) / 1024 / 1024)} MiB`
  return TOO_MUCH.has(code) ? code : undefined
}

function mistake(code: string, text: string): HuntProblem {
  switch (code) {
    case 'UNKNOWN_IDENTIFIER':
    case 'UNKNOWN_TABLE':
    case 'NOT_FOUND_COLUMN_IN_BLOCK': {
      const name = /[`']([\p{L}\p{N}_. ]{1,60})[`']/u.exec(text)?.[1] ?? ''
      return huntProblem('engine_unknown_name', { name: shown(name) })
    }
    case 'ILLEGAL_TYPE_OF_ARGUMENT':
    case 'TYPE_MISMATCH':
    case 'NO_COMMON_TYPE':
    case 'CANNOT_CONVERT_TYPE':
      return huntProblem('engine_types', {})
    case 'NUMBER_OF_ARGUMENTS_DOESNT_MATCH':
    case 'TOO_FEW_ARGUMENTS_FOR_FUNCTION':
    case 'TOO_MANY_ARGUMENTS_FOR_FUNCTION':
      return huntProblem('engine_arguments', {})
    case 'NOT_AN_AGGREGATE':
      return huntProblem('engine_not_grouped', {})
    default:
      return huntProblem('engine_other', { code })
  }
}
