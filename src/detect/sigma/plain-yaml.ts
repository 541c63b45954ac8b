// YAML as nearly everybody writes it, to located trees, in a quarter of the time the full reader takes. What is unusual, or
// wrong, is left to that reader, which says where.

import { EVENT_ID, SCALAR_STYLE, getScalarValue, parseEvents } from 'js-yaml'
import type { Event, ScalarEvent } from 'js-yaml'
import type { Entry, Place, ScalarTree, Tree } from './tree.ts'

/** The documents of a text; undefined where one is not plain: broken, or with tags, anchors, aliases, keys that are no words, numbers that are not decimal. */
export function plainTrees(text: string, limits: PlainLimits): readonly Tree[] | undefined {
  try {
    const events = parseEvents(text, { maxDepth: limits.depth })
    if (events.length > limits.values) return undefined
    const trees = new PlainReader(text, events).documents()
    return trees.length > limits.documents ? undefined : trees
  } catch {
    return undefined
  }
}

export type PlainLimits = {
  /** Levels of nesting. */
  readonly depth: number
  readonly documents: number
  /** Values, with the ends of collections. */
  readonly values: number
}

class NotPlain extends Error {}

class PlainReader {
  readonly #text: string
  readonly #events: readonly Event[]
  /** Where each line starts. */
  readonly #starts: readonly number[]
  #at = 0

  constructor(text: string, events: readonly Event[]) {
    this.#text = text
    this.#events = events
    this.#starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
  }

  documents(): readonly Tree[] {
    const trees: Tree[] = []
    while (this.#at < this.#events.length) {
      const event = this.#next()
      if (event.type !== EVENT_ID.DOCUMENT || event.directives.length > 0) throw new NotPlain()
      while (!this.#isEnd()) {
        const content = this.#next()
        if (!isNothing(content)) trees.push(this.#tree(content))
      }
    }
    return trees
  }

  #next(): Event {
    const event = this.#events[this.#at]
    this.#at += 1
    if (event === undefined) throw new NotPlain()
    return event
  }

  /** Whether a document or a collection ends here; its end is passed. */
  #isEnd(): boolean {
    if (this.#events[this.#at]?.type !== EVENT_ID.POP) return false
    this.#at += 1
    return true
  }

  #tree(event: Event): Tree {
    if (!('tagStart' in event) || event.tagStart !== -1 || event.anchorStart !== -1)
      throw new NotPlain()
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event)
    const at = this.#place(event.start)
    if (event.type === EVENT_ID.SEQUENCE) {
      const items: Tree[] = []
      while (!this.#isEnd()) items.push(this.#tree(this.#next()))
      return { kind: 'list', items, at }
    }
    return { kind: 'map', entries: this.#entries(), at }
  }

  #entries(): readonly Entry[] {
    const entries: Entry[] = []
    const keys = new Set<string>()
    while (!this.#isEnd()) {
      const key = this.#tree(this.#next())
      if (key.kind !== 'scalar' || typeof key.value !== 'string' || keys.has(key.value))
        throw new NotPlain()
      keys.add(key.value)
      entries.push({ key: key.value, value: this.#tree(this.#next()), at: key.at })
    }
    return entries
  }

  #scalar(event: ScalarEvent): ScalarTree {
    const text = getScalarValue(this.#text, event)
    const at = this.#place(this.#startOf(event))
    return event.style === SCALAR_STYLE.PLAIN
      ? { kind: 'scalar', ...plainValue(text), at }
      : { kind: 'scalar', value: text, text, at }
  }

  /** Where a scalar is written, its quote or the sign of its block included. */
  #startOf({ style, valueStart }: ScalarEvent): number {
    if (valueStart < 0) throw new NotPlain()
    if (style === SCALAR_STYLE.PLAIN) return valueStart
    if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED)
      return valueStart - 1
    const line = this.#starts.findLast((start) => start < valueStart) ?? 0
    const sign = /[|>][-+0-9]*[ \t]*(?:#.*)?\r?\n$/.exec(this.#text.slice(line, valueStart))
    if (sign === null) throw new NotPlain()
    return line + sign.index
  }

  #place(offset: number): Place {
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 }
  }
}

/** The value of a document without one. */
function isNothing(event: Event): boolean {
  return event.type === EVENT_ID.SCALAR && event.valueStart < 0
}

const NULL = /^(?:null|Null|NULL|~)$/
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/
const DECIMAL = /^-?\d+(?:\.\d+)?$/
/** Numbers in other notations. */
const UNUSUAL = /^[-+]?(?:0o[0-7]+|0x[\da-f]+|\.inf|\.nan|(?:\.\d+|\d+\.?\d*)(?:e[-+]?\d+)?)$/i

function plainValue(text: string): Pick<ScalarTree, 'value' | 'text'> {
  if (text === '' || NULL.test(text)) return { value: null, text: '' }
  if (BOOLEAN.test(text)) {
    const value = text.toLowerCase() === 'true'
    return { value, text: String(value) }
  }
  if (DECIMAL.test(text)) return { value: Number(text), text }
  if (UNUSUAL.test(text)) throw new NotPlain()
  return { value: text, text }
}
