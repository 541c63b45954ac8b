// What a statement met: the rows it read, of which fewer may pass, or the engine itself.

import { reasonOf } from '../core/index.ts'

/** Trouble that fewer rows would meet as well. */
const OF_THE_ENGINE =
  /NETWORK_ERROR|NOT_ENOUGH_SPACE|UNKNOWN_|SYNTAX_ERROR|LOGICAL_ERROR|ABORTED|ECONN|fetch failed/

/** Whether a statement over half of the rows may do: a limit was passed, or a row broke it. */
export function isOfTheRows(cause: unknown): boolean {
  const reason = `${reasonOf(cause)} ${codeOf(cause)}`
  return /\([A-Z][A-Z_]+\)/.test(reason) && !OF_THE_ENGINE.test(reason)
}

/** A server's client gives the engine's code beside the text. */
function codeOf(cause: unknown): string {
  return cause instanceof Error && 'type' in cause ? `(${String(cause.type)})` : ''
}
