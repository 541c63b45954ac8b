// What comes where a configuration was expected and is none: the page of a sign-in, an answer that refuses. Taken in, it would be
// a device that lost all it had.

import type { TreeProblem } from '../tree/config-tree.ts'

const WEB_PAGE = /^(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype html|html)\b/i
/** A refusal of a device, of a shell on it, or of the program that asked. */
const REFUSES =
  /^(?:%|\^$|ERROR\b|error: |Command (?:fail|authorization)|command parse error|Unknown (?:action|command)|Invalid (?:input|command|syntax)|bad command name|(?:input does not match|Line has invalid)|syntax error|not enough permissions|Unexpected Error|CLINFR\d|Server error|Return code -?\d|Access denied|(?:Authorization|Authentication|Login) failed|Login incorrect|Connection (?:refused|timed out|closed|reset)|[45]\d\d [A-Z]|.{0,120}: (?:Permission denied|Connection refused|Connection timed out|command not found|not found|No such file or directory)\b|Permission denied\b)/i
/** Whoever refuses says it in a few lines. */
const MOST_LINES = 12

/** Of a text whose make is not recognised. Undefined: nothing speaks against its being a configuration. */
export function noConfiguration(lines: readonly string[]): TreeProblem | undefined {
  const said = lines.flatMap((line, at) => (line.trim() === '' ? [] : [{ at, text: line.trim() }]))
  const [first] = said
  if (first === undefined) return undefined
  const line = first.at + 1
  const head = said.slice(0, 2).map(({ text }) => text)
  if (WEB_PAGE.test(head.join('\n'))) return { kind: 'web_page', line, limit: 0 }
  const isRefusal = said.length <= MOST_LINES && said.every(({ text }) => REFUSES.test(text))
  return isRefusal ? { kind: 'refusal', line, limit: 0 } : undefined
}
