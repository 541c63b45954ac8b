// The brace family: Junos and PAN-OS end a statement with a semicolon, VyOS, F5 and SR OS with the line.

import { IndentStack, widthOf as indentWidth } from './indent.ts'
import { LIMITS, LimitReached, NodeBuilder } from './node-builder.ts'
import type { OpenNode } from './node-builder.ts'
import { statementsBefore, statementsIn } from './one-line.ts'
import type { OneLine } from './one-line.ts'

export type BraceRules = {
  readonly ends: 'semicolon' | 'line'
  /** Blocks whose inside is a script and is kept as it is. */
  readonly scripts: RegExp | null
  /** How statements of a block in one line are told apart; `null`: they are one. */
  readonly oneLine: OneLine | null
}

export function buildBraces(lines: readonly string[], rules: BraceRules): NodeBuilder {
  return new BraceReader(lines, rules).read()
}

/** One statement, a block's opening or its end, and nothing else: most lines. */
const PLAIN = /^[^{};"#/\\]*[{;]$/
const LINE_PLAIN = /^[^{};"#/\\]+$/

/** Lines a quoted value may have. */
const MOST_LINES = 20_000

class BraceReader {
  readonly #lines: readonly string[]
  readonly #rules: BraceRules
  readonly #builder = new NodeBuilder()
  readonly #open: OpenNode[] = []
  /** Outside all blocks F5 holds the routing shell's lines, which nest by indentation. */
  #outside = new IndentStack(this.#builder.root)
  #pending = ''
  #pendingLine = 0
  #at = 0
  #ownedTo = 0

  constructor(lines: readonly string[], rules: BraceRules) {
    this.#lines = lines
    this.#rules = rules
  }

  read(): NodeBuilder {
    for (this.#at = 0; this.#at < this.#lines.length; this.#at += 1) this.#readLine()
    this.#flush('unparsed')
    this.#builder.unclosed = this.#open.length
    return this.#builder
  }

  #readLine(): void {
    const line = this.#lines[this.#at] ?? ''
    const text = line.trim()
    if (text === '') return
    if (this.#pending === '' && this.#readPlain(text)) return
    this.#readCharacters(line, 0)
    if (this.#rules.ends === 'line') this.#flush('statement')
  }

  #readPlain(text: string): boolean {
    if (text === '}') {
      this.#close()
      return true
    }
    if (PLAIN.test(text) && this.#rules.scripts?.test(text) !== true) {
      this.#pendingLine = this.#at + 1
      const body = text.slice(0, -1).trimEnd()
      if (text.endsWith('{')) return this.#openBlock(body)
      if (body !== '') this.#add('statement', body, this.#at + 1)
      return true
    }
    if (!LINE_PLAIN.test(text)) return false
    const isOutside = this.#open.length === 0 && !text.includes('[')
    if (this.#rules.ends === 'semicolon' && !isOutside) return false
    this.#add(this.#rules.ends === 'line' ? 'statement' : 'unparsed', text, this.#at + 1)
    return true
  }

  #readCharacters(line: string, from: number): void {
    for (let at = from; at < line.length; at += 1) {
      const character = line.charAt(at)
      if (character === '"') {
        const { line: rest, at: after } = this.#readQuoted(line, at)
        if (rest !== line) {
          this.#readCharacters(rest, after)
          return
        }
        at = after - 1
      } else if (this.#isComment(line, at)) {
        this.#readComment(line, at)
        return
      } else if (character === '{') {
        const body = this.#blockName()
        if (this.#openBlock(body) && this.#scriptEnds(body, line, at)) return
      } else if (character === '}') {
        this.#flushInLine()
        this.#close()
      } else if (character === ';' && this.#rules.ends === 'semicolon') this.#flush('statement')
      else this.#append(character)
    }
    if (this.#pending !== '') this.#pending += '\n'
  }

  #append(text: string): void {
    if (this.#pending === '') {
      if (text.trim() === '') return
      this.#pendingLine = this.#at + 1
    }
    this.#pending += text
  }

  /** Takes a quoted value, over lines if need be; gives where reading goes on. */
  #readQuoted(line: string, at: number): { readonly line: string; readonly at: number } {
    const end = closingQuote(line, at + 1)
    if (end !== -1) {
      this.#append(line.slice(at, end + 1))
      return { line, at: end + 1 }
    }
    const stop = Math.min(this.#lines.length, this.#at + MOST_LINES)
    for (let next = this.#at + 1; next < stop; next += 1) {
      const further = this.#lines[next] ?? ''
      const closing = closingQuote(further, 0)
      if (closing === -1) continue
      this.#append(
        [
          line.slice(at),
          ...this.#lines.slice(this.#at + 1, next),
          further.slice(0, closing + 1),
        ].join('\n'),
      )
      this.#at = next
      return { line: further, at: closing + 1 }
    }
    this.#append('"')
    return { line, at: at + 1 }
  }

  #isComment(line: string, at: number): boolean {
    if (line.startsWith('/*', at)) return true
    const isStart = this.#pending.trim() === ''
    if (line.startsWith('//', at)) return isStart
    if (line.charAt(at) !== '#' && line.charAt(at) !== '!') return false
    if (line.charAt(at) === '!') return isStart && line.trim().startsWith('!')
    return isStart || (this.#rules.ends === 'semicolon' && /\s$/.test(line.slice(0, at)))
  }

  #readComment(line: string, at: number): void {
    if (!line.startsWith('/*', at)) {
      this.#add('comment', line.slice(at).trim(), this.#at + 1)
      return
    }
    const first = this.#at
    let end = line.indexOf('*/', at + 2)
    while (end === -1 && this.#at + 1 < this.#lines.length) {
      this.#at += 1
      end = (this.#lines[this.#at] ?? '').indexOf('*/')
    }
    const last = this.#lines[this.#at] ?? ''
    const text = this.#lines
      .slice(first, this.#at + 1)
      .join('\n')
      .trim()
    this.#pendingLine = this.#pending === '' ? first + 1 : this.#pendingLine
    this.#addSpan('comment', text, first + 1)
    if (end !== -1) this.#readCharacters(last, end + 2)
  }

  #flush(kind: 'statement' | 'unparsed'): void {
    const text = this.#pending.trim()
    this.#pending = ''
    if (text === '') return
    this.#add(kind, text, this.#pendingLine)
  }

  /** What a block's opening says; in one line, statements of the block around it come before. */
  #blockName(): string {
    const text = this.#pending.trim()
    this.#pending = ''
    const within = this.#withinLine()
    if (within === null) return text
    const { before, name } = statementsBefore(text, within.text, within.rules)
    for (const statement of before) this.#add('statement', statement, this.#at + 1)
    return name
  }

  #flushInLine(): void {
    const within = this.#withinLine()
    if (within === null) return this.#flush('statement')
    for (const statement of statementsIn(this.#pending, within.text, within.rules))
      this.#add('statement', statement, this.#at + 1)
    this.#pending = ''
  }

  /** The block that this line opened, where what has come since is of this line alone. */
  #withinLine(): { readonly text: string; readonly rules: OneLine } | null {
    const { oneLine } = this.#rules
    const around = this.#open.at(-1)
    const isHere = around?.line === this.#at + 1 && this.#pendingLine === this.#at + 1
    return oneLine === null || !isHere ? null : { text: around.text, rules: oneLine }
  }

  #add(kind: 'statement' | 'unparsed' | 'comment', text: string, line: number): OpenNode {
    return this.#addSpan(kind, text, line)
  }

  #addSpan(kind: 'statement' | 'unparsed' | 'comment', text: string, line: number): OpenNode {
    this.#ownedTo = this.#at + 1
    const parent = this.#open.at(-1) ?? this.#outsideParent(line, kind)
    const node = this.#builder.put(parent, kind, text, line, Math.max(line, this.#at + 1))
    if (this.#open.length === 0 && kind === 'statement' && this.#rules.ends === 'line')
      this.#outside.open(node, leftOf(this.#lines[line - 1] ?? ''))
    return node
  }

  #outsideParent(line: number, kind: string): OpenNode {
    if (this.#rules.ends !== 'line' || kind === 'comment') return this.#builder.root
    return this.#outside.parentOf(leftOf(this.#lines[line - 1] ?? ''), line)
  }

  #openBlock(text: string): boolean {
    if (this.#open.length >= LIMITS.depth)
      throw new LimitReached('too_deep', this.#at + 1, LIMITS.depth)
    const line = this.#pendingLine === 0 ? this.#at + 1 : this.#pendingLine
    const start = text === '' ? this.#at + 1 : line
    const node = this.#add(text === '' ? 'unparsed' : 'statement', text, start)
    if (this.#open.length === 0) this.#outside = new IndentStack(this.#builder.root)
    this.#open.push(node)
    return true
  }

  /** A script's braces balance, and are otherwise none of ours. True when the block was a script. */
  #scriptEnds(header: string, line: string, at: number): boolean {
    const { scripts } = this.#rules
    if (scripts === null || !scripts.test(header)) return false
    const first = this.#at
    let depth = 1
    let from = at + 1
    for (; this.#at < this.#lines.length; this.#at += 1, from = 0) {
      depth = depthAfter(this.#lines[this.#at] ?? '', from, depth)
      if (depth <= 0) break
    }
    const node = this.#open.pop()
    if (node === undefined) return true
    const isOneLine = this.#at === first
    const body = isOneLine ? line.slice(at + 1) : this.#lines.slice(first + 1, this.#at).join('\n')
    const last = Math.min(this.#at, this.#lines.length - 1)
    const isWide = last > first + 1
    if (body.trim() !== '')
      this.#builder.put(
        node,
        'opaque',
        body,
        isOneLine ? first + 1 : first + 2,
        isWide ? last : first + 1,
      )
    if (depth > 0) this.#builder.unclosed += 1
    else if (!isOneLine) this.#builder.put(node, 'closer', '}', last + 1, last + 1)
    this.#ownedTo = last + 1
    return true
  }

  #close(): void {
    const node = this.#open.pop()
    const line = this.#at + 1
    if (node === undefined) {
      this.#add('unparsed', '}', line)
      return
    }
    if (line > this.#ownedTo) this.#builder.put(node, 'closer', '}', line, line)
    this.#ownedTo = line
  }
}

function closingQuote(line: string, from: number): number {
  for (let at = from; at < line.length; at += 1) {
    const code = line.charCodeAt(at)
    if (code === 92) at += 1
    else if (code === 34) return at
  }
  return -1
}

function depthAfter(line: string, from: number, before: number): number {
  let depth = before
  for (let at = from; at < line.length; at += 1) {
    const code = line.charCodeAt(at)
    if (code === 92) at += 1
    else if (code === 123) depth += 1
    else if (code === 125) {
      depth -= 1
      if (depth === 0) return 0
    }
  }
  return depth
}

function leftOf(line: string): number {
  return indentWidth(line, line.length - line.trimStart().length)
}
