// As much of the JSON grammar (RFC 8259) as tells elements apart: what a byte can be outside a string, and which
// brackets are open.

/** What a byte is outside a string. */
export const CLASS = {
  foreign: 0,
  space: 1,
  newline: 2,
  quote: 3,
  literal: 4,
  comma: 5,
  colon: 6,
  openObject: 7,
  closeObject: 8,
  openArray: 9,
  closeArray: 10,
} as const

export const CLASSES = makeClasses()

/** Type of brackets is checked to this depth; deeper ones are only counted. */
const MAX_CHECKED_DEPTH = 512

export class NestedBrackets {
  depth = 0
  readonly #open = new Uint8Array(MAX_CHECKED_DEPTH)
  #last: number = CLASS.foreign

  clear(): void {
    this.depth = 0
    this.#last = CLASS.foreign
  }

  /** Stands again inside an object whose opening went by. */
  reopenObject(): void {
    this.depth = 1
    this.#open[0] = CLASS.openObject
    this.#last = CLASS.closeArray
  }

  /** A `{` is a value: it follows `:` in an object, `[` or `,` in an array. Elsewhere a new document begins. */
  get mayOpenObject(): boolean {
    if (this.depth === 0 || this.depth > MAX_CHECKED_DEPTH) return true
    if (this.#open[this.depth - 1] === CLASS.openObject) return this.#last === CLASS.colon
    return this.#last === CLASS.openArray || this.#last === CLASS.comma
  }

  /** Takes a comma, colon or bracket; false where a bracket closes another kind. */
  take(met: number | undefined): boolean {
    this.#last = met ?? CLASS.foreign
    if (met === CLASS.openObject || met === CLASS.openArray) {
      if (this.depth < MAX_CHECKED_DEPTH) this.#open[this.depth] = met
      this.depth += 1
      return true
    }
    if (met !== CLASS.closeObject && met !== CLASS.closeArray) return true
    this.depth -= 1
    // The closing class is always one more than the opening one.
    return this.depth >= MAX_CHECKED_DEPTH || this.#open[this.depth] === met - 1
  }
}

function makeClasses(): Uint8Array {
  const classes = new Uint8Array(256)
  const set = (characters: string, to: number) => {
    for (const character of characters) classes[character.charCodeAt(0)] = to
  }
  set(' \t\r\x1e', CLASS.space)
  set('\n', CLASS.newline)
  set('"', CLASS.quote)
  // Numbers, true, false, null, and NaN and Infinity, which some writers let through.
  set('0123456789+-.eEtrufalsnNIiy', CLASS.literal)
  set(',', CLASS.comma)
  set(':', CLASS.colon)
  set('{', CLASS.openObject)
  set('}', CLASS.closeObject)
  set('[', CLASS.openArray)
  set(']', CLASS.closeArray)
  return classes
}
