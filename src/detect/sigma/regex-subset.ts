// Which regular expressions of rules are run: the subset RE2 and Vectorscan share. Checked by reading, never by running:
// a rule's expression does not reach the JavaScript engine.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import type { RegexCost } from './rule.ts'

export type CheckedRegex = RegexCost & { readonly regex: string }

const MAX_LENGTH = 8192
/** RE2's own limit on a counted repetition. */
const MAX_REPEAT = 1000
/** Single-character steps after counted repetitions are written out; RE2 gives up not far above. */
const MAX_STEPS = 20_000
/** Above this a pattern stays out of the shared automaton. */
const HEAVY_STEPS = 400
const MAX_DEPTH = 64

export type RegexFlags = { readonly i: boolean; readonly m: boolean; readonly s: boolean }

/** Rewrites `$` to `\z` where it means the end, and sets the flags Sigma gives: case-sensitive, `.` stops at line breaks. */
export function checkRegex(source: string, flags: RegexFlags): Result<CheckedRegex, string> {
  if (source.length > MAX_LENGTH)
    return failed(
      `the regular expression is ${source.length} characters long; at most ${MAX_LENGTH} are run`,
    )
  try {
    const reader = new RegexReader(source, flags.m || /\(\?[is]*m/.test(source.slice(0, 64)))
    const { steps, least } = reader.read()
    if (steps > MAX_STEPS)
      return failed(
        `the regular expression expands to ${steps} steps; at most ${MAX_STEPS} are run`,
      )
    const on = `${flags.i ? 'i' : ''}${flags.m ? 'm' : ''}${flags.s ? 's' : ''}`
    const regex = `(?${on}${flags.s ? '' : '-s'}:${reader.rewritten})`
    return ok({ regex, nullable: least === 0, heavy: steps > HEAVY_STEPS })
  } catch (thrown) {
    if (thrown instanceof Refused) return failed(thrown.message)
    throw thrown
  }
}

class Refused extends Error {}

/** `steps`: size once written out. `least`: shortest match. `repeats`: product of the counts nested in it. */
type Size = { readonly steps: number; readonly least: number; readonly repeats: number }
const NOTHING: Size = { steps: 0, least: 0, repeats: 1 }
const ONE: Size = { steps: 1, least: 1, repeats: 1 }

class RegexReader {
  readonly #source: string
  readonly #multiline: boolean
  #at = 0
  #depth = 0
  rewritten = ''

  constructor(source: string, multiline: boolean) {
    this.#source = source
    this.#multiline = multiline
  }

  read(): Size {
    const size = this.#alternatives()
    if (this.#at < this.#source.length)
      throw new Refused('a “)” in the regular expression closes nothing')
    return size
  }

  #alternatives(): Size {
    let total = this.#sequence()
    while (this.#peek() === '|') {
      this.#copy(1)
      const next = this.#sequence()
      total = { ...beside(total, next), least: Math.min(total.least, next.least) }
    }
    return total
  }

  #sequence(): Size {
    let total = NOTHING
    while (this.#at < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const size = this.#repeated(this.#one())
      total = { ...beside(total, size), least: total.least + size.least }
    }
    return total
  }

  #repeated(size: Size): Size {
    const char = this.#peek()
    const counted =
      char === '{'
        ? /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#source.slice(this.#at, this.#at + 24))
        : null
    if (counted === null && !'*+?'.includes(char === '' ? ' ' : char)) return size
    this.#copy(counted === null ? 1 : counted[0].length)
    if (this.#peek() === '?') this.#copy(1)
    else if (this.#peek() === '+')
      throw new Refused(
        'the regular expression uses a possessive repetition, which no linear engine has',
      )
    return counted === null ? unbounded(size, char) : countedSize(size, counted)
  }

  #one(): Size {
    const char = this.#peek()
    if (char === '(') return this.#group()
    if (char === '[') return this.#class()
    if (char === '\\') return this.#escape()
    if (char === '$' && !this.#multiline) return this.#replace(1, String.raw`\z`)
    this.#copy(this.#charLength())
    if ('*+?'.includes(char))
      throw new Refused(`“${char}” in the regular expression repeats nothing`)
    return char === '^' || char === '$' ? NOTHING : ONE
  }

  #group(): Size {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH)
      throw new Refused(`the regular expression nests deeper than ${MAX_DEPTH}`)
    const head = this.#groupHead()
    this.#copy(head.length)
    if (head.endsWith(')')) {
      this.#depth -= 1
      return NOTHING
    }
    const size = this.#alternatives()
    if (this.#peek() !== ')') throw new Refused('a “(” in the regular expression is never closed')
    this.#copy(1)
    this.#depth -= 1
    return size
  }

  #groupHead(): string {
    const rest = this.#source.slice(this.#at, this.#at + 80)
    if (!rest.startsWith('(?')) return '('
    if (/^\(\?<?[=!]/.test(rest))
      throw new Refused(
        'the regular expression looks around (“(?=”, “(?!”, “(?<=”, “(?<!”), which no linear engine has',
      )
    if (rest.startsWith('(?>'))
      throw new Refused('the regular expression uses an atomic group, which no linear engine has')
    const head = /^\(\?(?:P?<[A-Za-z_]\w*>|[ims]*(?:-[ims]+)?[:)])/.exec(rest)
    if (head === null)
      throw new Refused(
        `the regular expression opens a group that is not known (“${rest.slice(0, 4)}”)`,
      )
    return head[0]
  }

  #class(): Size {
    const from = this.#at
    let at = from + 1
    if (this.#source[at] === '^') at += 1
    if (this.#source[at] === ']') at += 1
    while (at < this.#source.length && this.#source[at] !== ']') {
      const posix = /^\[:\^?\w+:\]/.exec(this.#source.slice(at, at + 16))
      if (posix !== null) at += posix[0].length
      else if (this.#source[at] === '\\') {
        this.#checkEscape(this.#source[at + 1] ?? '', true)
        at += 2
      } else at += 1
    }
    if (at >= this.#source.length)
      throw new Refused('a “[” in the regular expression is never closed')
    this.#copy(at + 1 - from)
    return ONE
  }

  #escape(): Size {
    const next = this.#source.charAt(this.#at + 1)
    this.#checkEscape(next, false)
    if (next === 'Z') return this.#replace(2, String.raw`\n?\z`)
    if (
      next === '/' ||
      next === '"' ||
      next === "'" ||
      next === ' ' ||
      next === '<' ||
      next === '>'
    ) {
      this.#replace(2, next)
      return ONE
    }
    this.#copy(
      next === 'x'
        ? hexLength(this.#source.slice(this.#at, this.#at + 12))
        : 1 + charLength(this.#source, this.#at + 1),
    )
    return 'AbBz'.includes(next) ? NOTHING : ONE
  }

  #checkEscape(next: string, inClass: boolean): void {
    if (next === '') throw new Refused('the regular expression ends in a lone backslash')
    if (/[1-9gk]/.test(next))
      throw new Refused('the regular expression refers back to a group, which no linear engine has')
    const known = inClass ? /[dDsSwWabfnrtvx0]/ : /[AbBdDsSwWzZafnrtvx0]/
    if (/[A-Za-z]/.test(next) && !known.test(next))
      throw new Refused(
        `the regular expression uses “\\${next}”, which is not in the subset both engines read alike`,
      )
  }

  #peek(): string {
    return this.#source.charAt(this.#at)
  }

  #charLength(): number {
    return charLength(this.#source, this.#at)
  }

  #copy(length: number): void {
    this.#replace(length, this.#source.slice(this.#at, this.#at + length))
  }

  #replace(length: number, text: string): Size {
    this.rewritten += text
    this.#at += length
    return NOTHING
  }
}

function beside(left: Size, right: Size): { readonly steps: number; readonly repeats: number } {
  return { steps: left.steps + right.steps, repeats: Math.max(left.repeats, right.repeats) }
}

function unbounded(size: Size, char: string): Size {
  return { ...size, steps: size.steps + 1, least: char === '+' ? size.least : 0 }
}

function countedSize({ steps, least, repeats }: Size, counted: RegExpExecArray): Size {
  const from = Number(counted[1])
  const to = counted[2] === undefined || counted[3] === '' ? from : Number(counted[3])
  if (to < from) throw new Refused('a repetition in the regular expression ends before it begins')
  const times = Math.max(to, 1)
  // RE2 limits the product of nested counts as it limits each count.
  if (repeats * times > MAX_REPEAT)
    throw new Refused(`the regular expression repeats more than ${MAX_REPEAT} times`)
  return { steps: steps * times, least: least * from, repeats: repeats * times }
}

function charLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

function hexLength(rest: string): number {
  const found = /^\\x(?:[0-9A-Fa-f]{2}|\{[0-9A-Fa-f]{1,6}\})/.exec(rest)
  if (found === null)
    throw new Refused('“\\x” in the regular expression is not followed by two hexadecimal digits')
  return found[0].length
}
