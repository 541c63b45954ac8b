// Whether one of some texts stands in a line: one pass over its bytes, however many texts (Aho and Corasick, 1975), as a
// table of small numbers.

/** Texts and their bytes in all, at most. */
export const MOST_LITERALS = 500
export const MOST_LITERAL_BYTES = 16 * 1024
/** What tells an alert stands near the front of a line. */
const MOST_SCANNED = 4096

export type HasLiteral = (bytes: Uint8Array, start: number, end: number) => boolean

export function literalFinder(texts: readonly string[]): HasLiteral {
  const literals = texts.map((text) => Buffer.from(text, 'utf8')).filter(({ length }) => length > 0)
  if (literals.length === 0) return () => false
  const { classes, width } = classesOf(literals)
  const next = tableOf(statesOf(literals, classes, width), width)
  return (bytes, start, end) => {
    const last = Math.min(end, start + MOST_SCANNED)
    let state = 0
    for (let at = start; at < last; at += 1) {
      state = next[state + (classes[bytes[at] ?? 0] ?? 0)] ?? 0
      if (state < 0) return true
    }
    return false
  }
}

type States = { readonly next: Uint16Array; readonly isEnd: Uint8Array }

/** Rows instead of numbers of states, so that nothing is multiplied for each byte; below 0 where a text ends. */
function tableOf({ next, isEnd }: States, width: number): Int32Array {
  return Int32Array.from(next, (state) => (isEnd[state] === 1 ? -1 : state * width))
}

/** Bytes that stand in no text are one and the same. */
function classesOf(literals: readonly Buffer[]): { classes: Uint8Array; width: number } {
  const classes = new Uint8Array(256)
  let width = 1
  for (const byte of literals.flatMap((literal) => [...literal])) {
    if (classes[byte] !== 0) continue
    classes[byte] = width
    width += 1
  }
  return { classes, width: Math.min(width, 256) }
}

function statesOf(literals: readonly Buffer[], classes: Uint8Array, width: number): States {
  const most = literals.reduce((sum, { length }) => sum + length, 1)
  const next = new Uint16Array(most * width)
  const isEnd = new Uint8Array(most)
  let states = 1
  for (const literal of literals) {
    let state = 0
    for (const byte of literal) {
      const edge = state * width + (classes[byte] ?? 0)
      if (next[edge] === 0) {
        next[edge] = states
        states += 1
      }
      state = next[edge] ?? 0
    }
    isEnd[state] = 1
  }
  followSuffixes(next, isEnd, width)
  return { next, isEnd }
}

/** Where a text cannot go on, its longest end that begins another does. Breadth first. */
function followSuffixes(next: Uint16Array, isEnd: Uint8Array, width: number): void {
  const suffix = new Uint16Array(isEnd.length)
  const waiting: number[] = []
  for (let edge = 0; edge < width; edge += 1) if (next[edge]) waiting.push(next[edge] ?? 0)
  for (let at = 0; at < waiting.length; at += 1) {
    const state = waiting[at] ?? 0
    const behind = suffix[state] ?? 0
    if (isEnd[behind] === 1) isEnd[state] = 1
    for (let edge = 0; edge < width; edge += 1) {
      const onward = next[state * width + edge] ?? 0
      const other = next[behind * width + edge] ?? 0
      if (onward === 0) next[state * width + edge] = other
      else {
        suffix[onward] = other
        waiting.push(onward)
      }
    }
  }
}
