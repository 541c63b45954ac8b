// The set family: a line says where and what (`set system host-name r1`); RouterOS says where once for the lines under it.

import { NodeBuilder } from './node-builder.ts'
import type { OpenNode } from './node-builder.ts'
import { quotedEnd } from './quoted.ts'

export type SetRules = {
  /** How a statement begins; what begins otherwise is not understood. */
  readonly verbs: RegExp
  readonly comments: RegExp
}

/** Lines without quotes may go on, as a banner of PAN-OS does: a line that no verb opens belongs to the one above. */
export function buildSetLines(
  lines: readonly string[],
  { verbs, comments }: SetRules,
): NodeBuilder {
  const builder = new NodeBuilder()
  for (let at = 0; at < lines.length; at += 1) {
    const text = (lines[at] ?? '').trim()
    if (text === '') continue
    const isKnown = verbs.test(text)
    const above = builder.root.children.at(-1)
    const goesOn = !isKnown && above !== undefined && takesMore(above, at)
    if (!goesOn && comments.test(text)) {
      builder.put(builder.root, 'comment', text, at + 1, at + 1)
      continue
    }
    const end = goesOn ? at : quotedEnd(lines, at)
    const whole =
      end === at
        ? text
        : lines
            .slice(at, end + 1)
            .join('\n')
            .trim()
    if (goesOn) builder.put(above, 'opaque', whole, at + 1, end + 1)
    else builder.put(builder.root, isKnown ? 'statement' : 'unparsed', whole, at + 1, end + 1)
    at = end
  }
  return builder
}

/** Free text goes on with the very next line. */
function takesMore({ kind, text, ownLast, children }: OpenNode, at: number): boolean {
  if (kind !== 'statement' || !FREE_TEXT.test(text)) return false
  return (children.at(-1)?.ownLast ?? ownLast) === at
}

const FREE_TEXT = /(?:banner|message|announcement|comments?)\b/

const VERB = /^(?:add|set|remove|disable|enable|unset|move|reset)\b/
const WITH_VERB =
  /^\/[a-z0-9 /-]*? (?:add|set|remove|disable|enable|unset|move|reset|import|run|print)\b/

/** RouterOS: `/path`, then what happens there. A backslash at a line's end may split inside a word. */
export function buildContextLines(lines: readonly string[]): NodeBuilder {
  const builder = new NodeBuilder()
  let context = builder.root
  for (let at = 0; at < lines.length; at += 1) {
    const first = (lines[at] ?? '').trim()
    if (first === '') continue
    const { text, end } = joined(lines, at)
    if (first.startsWith('#')) builder.put(builder.root, 'comment', first, at + 1, at + 1)
    else if (WITH_VERB.test(text)) {
      context = builder.root
      builder.put(builder.root, 'statement', text, at + 1, end + 1)
    } else if (text.startsWith('/')) {
      context = builder.put(builder.root, 'statement', text, at + 1, end + 1)
    } else if (VERB.test(text) && context !== builder.root) {
      builder.put(context, 'statement', text, at + 1, end + 1)
    } else builder.put(builder.root, 'unparsed', text, at + 1, end + 1)
    if (!first.startsWith('#')) at = end
  }
  return builder
}

function joined(
  lines: readonly string[],
  at: number,
): { readonly text: string; readonly end: number } {
  let text = (lines[at] ?? '').trim()
  let end = at
  while (text.endsWith('\\') && end + 1 < lines.length) {
    end += 1
    text = text.slice(0, -1) + (lines[end] ?? '').trim()
  }
  return { text, end }
}
