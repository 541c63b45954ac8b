// The indentation family: a line belongs to the nearest earlier line that stands further left. A file of 40,000 lines
// takes a few milliseconds: nothing is allocated for a line but its text and its node.

import type { OpenNode } from './node-builder.ts'
import { LIMITS, LimitReached, NodeBuilder } from './node-builder.ts'
import { opaqueEnd } from './opaque.ts'
import type { BannerStyle } from './opaque.ts'

export type IndentRules = {
  /** First characters of a comment, as `!` or `#`. */
  readonly comments: string
  /** A comment mark alone at the left ends every block: what follows may stand further in and is at the top. */
  readonly parts: boolean
  readonly banner: BannerStyle
  /** Whole lines that end a block. */
  readonly closers: ReadonlySet<string>
  /** Where nothing stands further in: lines that begin a block, which the next closer ends; `inner` those inside another. */
  readonly opens?: RegExp | null
}

export function buildIndented(lines: readonly string[], rules: IndentRules): NodeBuilder {
  const reader = new IndentReader(lines, rules)
  for (let at = 0; at < lines.length;) at = reader.read(at)
  return reader.builder
}

const NO_COMMENT = -1

class IndentReader {
  readonly builder = new NodeBuilder()
  readonly #lines: readonly string[]
  readonly #rules: IndentRules
  readonly #stack = new IndentStack(this.builder.root)
  readonly #comment: number
  readonly #otherComment: number
  readonly #longestCloser: number
  /** Blocks that are open without standing further in. */
  #flat = 0

  constructor(lines: readonly string[], rules: IndentRules) {
    this.#lines = lines
    this.#rules = rules
    this.#comment = rules.comments === '' ? NO_COMMENT : rules.comments.charCodeAt(0)
    this.#otherComment = rules.comments.length > 1 ? rules.comments.charCodeAt(1) : NO_COMMENT
    this.#longestCloser = Math.max(0, ...[...rules.closers].map(({ length }) => length))
  }

  /** Adds the line and gives the next one to read. */
  read(at: number): number {
    const line = this.#lines[at] ?? ''
    const start = firstCharacter(line)
    if (start === line.length) return at + 1
    const code = line.charCodeAt(start)
    const text = trimmed(line, start)
    const width = (start === 0 ? 0 : widthOf(line, start)) + this.#flatAt(text)
    if (code === this.#comment || code === this.#otherComment) {
      if (this.#rules.parts && line.trimEnd().length === 1) this.#stack.closeAll()
      this.builder.put(this.#stack.holder(width), 'comment', text, at + 1, at + 1)
      return at + 1
    }
    const isCloser = text.length <= this.#longestCloser && this.#rules.closers.has(text)
    const parent = (isCloser && this.#closed(text, width)) || this.#stack.parentOf(width, at + 1)
    const kind = isCloser ? 'closer' : kindOf(text, code)
    const node = this.builder.put(parent, kind, text, at + 1, at + 1)
    // A closer holds nothing, and neither does what is no configuration.
    if (kind === 'statement') this.#stack.open(node, width)
    if (isCloser && this.#flat > 0) this.#flat -= 1
    else if (this.#rules.opens?.test(text) === true) this.#flat += 1
    return OPENS_FREE_TEXT.has(code) ? this.#freeText(node, at, width) : at + 1
  }

  /** Of these blocks one that begins ends those before it: a closer may have been lost. */
  #flatAt(text: string): number {
    if (this.#flat === 0) return 0
    const found = this.#rules.opens?.exec(text) ?? null
    if (found !== null && found.groups?.['inner'] === undefined) this.#flat = 0
    return this.#flat
  }

  /** What says what it ends stands as far in as that; what does not, stands inside. */
  #closed(text: string, width: number): OpenNode | undefined {
    return /^(?:exit|end)-/.test(text) ? this.#stack.openAt(width) : undefined
  }

  #freeText(node: OpenNode, at: number, width: number): number {
    const { banner } = this.#rules
    const end = opaqueEnd(this.#lines, at, { text: node.text, width, banner })
    if (end === undefined) return at + 1
    if (end === 'unclosed') {
      node.kind = 'unparsed'
      return at + 1
    }
    const body = this.#lines.slice(at + 1, end + 1).map((line) => line.trimEnd())
    this.builder.put(node, 'opaque', body.join('\n'), at + 2, end + 1)
    return end + 1
  }
}

/** `banner`, `certificate`, `header`, `macro`, `menu`. */
const OPENS_FREE_TEXT: ReadonlySet<number> = new Set([98, 99, 104, 109])

/** What a device's answer leaves between configuration: an error, a marker, a control character. */
function kindOf(text: string, code: number): 'statement' | 'unparsed' {
  if (code === 94 || code === 37) return /^(?:\^|% )/.test(text) ? 'unparsed' : 'statement'
  return code < 32 ? 'unparsed' : 'statement'
}

function firstCharacter(line: string): number {
  let start = 0
  for (; start < line.length; start += 1) {
    const code = line.charCodeAt(start)
    if (code !== 32 && code !== 9 && code !== 13) break
  }
  return start
}

function trimmed(line: string, start: number): string {
  const code = line.charCodeAt(line.length - 1)
  const isTrimmed = code !== 32 && code !== 9 && code !== 13
  if (isTrimmed) return start === 0 ? line : line.slice(start)
  return line.slice(start).trimEnd()
}

const TAB = 8

export function widthOf(line: string, start: number): number {
  let width = 0
  for (let at = 0; at < start; at += 1) width += line.charCodeAt(at) === 9 ? TAB - (width % TAB) : 1
  return width
}

/** The statements that are open, with how far in they stand. */
export class IndentStack {
  readonly #nodes: OpenNode[]
  readonly #widths: number[] = [-1]
  /** Place of the innermost; what lies above it in the arrays is left over. */
  #top = 0

  constructor(root: OpenNode) {
    this.#nodes = [root]
  }

  /** The statement that a line at this indentation belongs to; closes those further right. */
  parentOf(width: number, line: number): OpenNode {
    this.#top = this.#below(width)
    if (this.#top >= LIMITS.depth) throw new LimitReached('too_deep', line, LIMITS.depth)
    return this.#at(this.#top)
  }

  /** The same for a comment, which closes nothing. */
  holder(width: number): OpenNode {
    return this.#at(this.#below(width))
  }

  /** The statement that is open at exactly this indentation. */
  openAt(width: number): OpenNode | undefined {
    let top = this.#top
    while (top > 0 && this.#widths[top] !== width) top -= 1
    return top === 0 ? undefined : this.#at(top)
  }

  closeAll(): void {
    this.#top = 0
  }

  open(node: OpenNode, width: number): void {
    this.#top += 1
    this.#nodes[this.#top] = node
    this.#widths[this.#top] = width
  }

  #below(width: number): number {
    let top = this.#top
    while (top > 0 && (this.#widths[top] ?? 0) >= width) top -= 1
    return top
  }

  #at(index: number): OpenNode {
    const node = this.#nodes[index]
    if (node === undefined) throw new Error('the root is never closed')
    return node
  }
}
