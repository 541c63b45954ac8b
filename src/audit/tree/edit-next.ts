// FortiOS: `config … end` and `edit … next` nest, `set` and `unset` say something.

import { LIMITS, LimitReached, NodeBuilder } from './node-builder.ts'
import type { OpenNode } from './node-builder.ts'
import { quotedEnd } from './quoted.ts'

type Frame = {
  readonly node: OpenNode
  readonly kind: 'config' | 'edit'
  readonly indent: number
  isIndented: boolean
}

export function buildEditNext(lines: readonly string[]): NodeBuilder {
  const builder = new NodeBuilder()
  const frames: Frame[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const text = line.trim()
    if (text === '') continue
    const end = text.startsWith('#') ? at : quotedEnd(lines, at)
    addStatement(
      { builder, frames },
      { lines, at, end, indent: line.length - line.trimStart().length },
    )
    at = end
  }
  builder.unclosed = frames.length
  return builder
}

type State = { readonly builder: NodeBuilder; readonly frames: Frame[] }
type Statement = {
  readonly lines: readonly string[]
  readonly at: number
  readonly end: number
  readonly indent: number
}

const SAYS = /^(?:set|unset|append|unselect|select|delete|rename|move|clone|purge)\b/

function addStatement(state: State, { lines, at, end, indent }: Statement): void {
  const { builder, frames } = state
  const text = lines
    .slice(at, end + 1)
    .join('\n')
    .trim()
  const span = { text, line: at + 1, ownLast: end + 1 }
  if (text.startsWith('#')) {
    builder.add(holder(state), 'comment', span)
    return
  }
  if (text === 'end' || text === 'next') {
    const kind = text === 'end' ? 'config' : 'edit'
    if (!frames.some((frame) => frame.kind === kind)) {
      builder.add(builder.root, 'unparsed', span)
      return
    }
    builder.add(holderOf(state, kind), 'closer', span)
    close(frames, kind)
    return
  }
  const opens = opening(text)
  if (opens !== undefined) leaveUnclosed(frames, opens, indent)
  const parent = holder(state)
  const above = frames.at(-1)
  if (above !== undefined && indent > above.indent) above.isIndented = true
  const isKnown = opens !== undefined || (SAYS.test(text) && frames.length > 0)
  const node = builder.add(parent, isKnown ? 'statement' : 'unparsed', span)
  if (opens === undefined) return
  if (frames.length >= LIMITS.depth) throw new LimitReached('too_deep', at + 1, LIMITS.depth)
  frames.push({ node, kind: opens, indent, isIndented: false })
}

function opening(text: string): Frame['kind'] | undefined {
  if (text.startsWith('config ')) return 'config'
  return text.startsWith('edit ') ? 'edit' : undefined
}

function holder({ builder, frames }: State): OpenNode {
  return frames.at(-1)?.node ?? builder.root
}

function holderOf({ builder, frames }: State, kind: Frame['kind']): OpenNode {
  return frames.findLast((frame) => frame.kind === kind)?.node ?? builder.root
}

function close(frames: Frame[], kind: Frame['kind']): void {
  const at = frames.findLastIndex((frame) => frame.kind === kind)
  frames.length = Math.max(at, 0)
}

/** Where lines are indented, a block that stands no further right than an open one ends it, `end` or not. */
function leaveUnclosed(frames: Frame[], opens: Frame['kind'], indent: number): void {
  const at = frames.findIndex((frame) => frame.isIndented && frame.indent >= indent)
  if (at !== -1) frames.length = at
  if (opens === 'edit' && frames.at(-1)?.kind === 'edit') frames.pop()
}
