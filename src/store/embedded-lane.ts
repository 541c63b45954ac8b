// One lane over one chdb session. Statements of a session run one after another.

import type { Session } from 'chdb'
import { readAnswer } from './answer.ts'
import type { EngineLane, EngineSettings, LoadRequest, QueryOptions } from './event-engine.ts'
import { literal } from './literal.ts'
import type { Sql } from './sql.ts'

/**
 * Settings of one statement go into its own SETTINGS clause: a `SET` would stay on the session and reach the next
 * statement, whoever asks it.
 */
export function embeddedLane(session: Session): EngineLane {
  let last: Promise<unknown> = Promise.resolve()
  let residue = false

  const run = async (statement: Sql, format: string): Promise<string> => {
    // A statement that fails midway leaves the output it had in the session, in front of the next answer.
    if (residue) await session.queryAsync('SELECT 1', { format: 'CSV' })
    residue = true
    const answer =
      Object.keys(statement.values).length === 0
        ? await session.queryAsync(statement.text, { format })
        : await session.queryBindAsync(statement.text, { ...statement.values }, { format })
    residue = false
    return answer.text()
  }
  const inTurn = (statement: Sql, format: string): Promise<string> => {
    const turn = last.then(() => run(statement, format))
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    query: async (statement, options) =>
      readAnswer(await inTurn(withSettings(statement, options), 'JSON')),
    command: async (statement, options) => {
      await inTurn(withSettings(statement, options), 'CSV')
    },
    load: async (request) => {
      await inTurn(fromFile(request), 'CSV')
    },
  }
}

function withSettings(statement: Sql, options: QueryOptions | undefined): Sql {
  const clause = settingsClause(options?.settings)
  return clause === '' ? statement : { ...statement, text: `${statement.text}\n${clause}` }
}

/** `SETTINGS a = 1, b = 'x'`, or ''. Names come from our own code. */
export function settingsClause(settings: EngineSettings | undefined): string {
  const pairs = Object.entries(settings ?? {}).map(
    ([key, value]) => `${key} = ${typeof value === 'number' ? value : literal(value)}`,
  )
  return pairs.length === 0 ? '' : `SETTINGS ${pairs.join(', ')}`
}

function fromFile({ file, structure, insert, where, settings }: LoadRequest): Sql {
  const source = `file(${literal(file)}, 'RowBinary', ${literal(structure)})`
  return {
    text: `${insert.text} ${source} ${where.text} ${settingsClause(settings)}`,
    values: { ...insert.values, ...where.values },
  }
}
