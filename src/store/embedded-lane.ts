// One lane over one chdb session. Statements of a session run one after another.

import type { Session } from 'chdb'
import { readAnswer } from './answer.ts'
import type { EngineLane, EngineSettings, LoadRequest } from './event-engine.ts'
import { literal } from './literal.ts'
import { withLiterals } from './sql.ts'

/**
 * Settings of one statement go into its own SETTINGS clause: a `SET` would stay on the session and reach the next
 * statement, whoever asks it. Values go in as literals: chdb binds values in one statement of the process at a time, and
 * a long question would keep intake and detection waiting.
 */
export function embeddedLane(session: Session): EngineLane {
  let last: Promise<unknown> = Promise.resolve()
  let residue = false

  const run = async (text: string, format: string): Promise<string> => {
    // A statement that fails midway leaves the output it had in the session, in front of the next answer.
    if (residue) await session.queryAsync('SELECT 1', { format: 'CSV' })
    residue = true
    const answer = await session.queryAsync(text, { format })
    residue = false
    return answer.text()
  }
  const inTurn = (text: string, settings: EngineSettings | undefined, format: string) => {
    const clause = settingsClause(settings)
    const turn = last.then(() => run(clause === '' ? text : `${text}\n${clause}`, format))
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    query: async (statement, options) =>
      readAnswer(await inTurn(withLiterals(statement), options?.settings, 'JSON')),
    command: async (statement, options) => {
      await inTurn(withLiterals(statement), options?.settings, 'CSV')
    },
    load: async (request) => {
      await inTurn(fromFile(request), request.settings, 'CSV')
    },
  }
}

/** `SETTINGS a = 1, b = 'x'`, or ''. Names come from our own code. */
export function settingsClause(settings: EngineSettings | undefined): string {
  const pairs = Object.entries(settings ?? {}).map(
    ([key, value]) => `${key} = ${typeof value === 'number' ? value : literal(value)}`,
  )
  return pairs.length === 0 ? '' : `SETTINGS ${pairs.join(', ')}`
}

function fromFile({ file, structure, insert, where }: LoadRequest): string {
  const source = `file(${literal(file)}, 'RowBinary', ${literal(structure)})`
  return `${withLiterals(insert)} ${source} ${withLiterals(where)}`
}
