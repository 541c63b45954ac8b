// STIX bundles and MISP events as they stream in. The file is never held whole: each object in a list called `objects` or
// `Attribute` is cut out, bounded, and read on its own.

import { unusable } from './entry.ts'
import type { Read } from './entry.ts'
import { readMisp, readMispTag } from './read-misp.ts'
import { readStix } from './read-stix.ts'

/** One object of a list may be this long, in characters. */
const MOST_OBJECT = 1024 * 1024
const MOST_DEPTH = 64

type Reader = (object: unknown, line: number) => readonly Read[]
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['objects', readStix],
  ['Attribute', readMisp],
  ['Tag', readMispTag],
])

type Cut = {
  parts: string[]
  length: number
  readonly depth: number
  readonly line: number
  readonly reader: Reader
}

export class JsonReader {
  #line = 1
  /** For each open bracket the name it stands under; `[` lists give it to what they hold. */
  readonly #open: { readonly isList: boolean; readonly name: string }[] = []
  #name = ''
  #text = ''
  #isText = false
  #isEscaped = false
  /** The object that is being cut out. */
  #object: Cut | undefined
  #isOver = false

  read(piece: string): readonly Read[] {
    const found: Read[] = []
    let from = 0
    for (let at = 0; at < piece.length && !this.#isOver; at += 1) {
      const code = piece.charCodeAt(at)
      if (code === 10) this.#line += 1
      if (this.#isText) {
        this.#inText(code)
        continue
      }
      if (code === 34) this.#beginText()
      else if (code === 123 || code === 91) {
        const isBegun = this.#enter(code === 91, found)
        if (isBegun) from = at
      } else if (code === 125 || code === 93) {
        const object = this.#leave()
        if (object !== undefined) {
          this.#keep(piece.slice(from, at + 1))
          this.#finish(object, found)
        }
      } else if (code === 58) this.#name = this.#text
    }
    if (this.#object !== undefined) this.#keep(piece.slice(from))
    return found
  }

  end(): readonly Read[] {
    const isCut = !this.#isOver && (this.#open.length > 0 || this.#isText)
    return isCut ? [unusable(this.#line, '', 'cut_off')] : []
  }

  #beginText(): void {
    this.#isText = true
    this.#text = ''
  }

  #inText(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false
    else if (code === 92) this.#isEscaped = true
    else if (code === 34) {
      this.#isText = false
      return
    }
    // Names that are asked for are short and plain.
    if (this.#object === undefined && this.#text.length < 16)
      this.#text += String.fromCharCode(code)
  }

  #enter(isList: boolean, found: Read[]): boolean {
    if (this.#open.length >= MOST_DEPTH) {
      found.push(unusable(this.#line, '', 'too_deep'))
      this.#isOver = true
      this.#object = undefined
      return false
    }
    const parent = this.#open.at(-1)
    const name = parent?.isList === true ? parent.name : this.#name
    this.#open.push({ isList, name })
    this.#name = ''
    const reader = isList || parent?.isList !== true ? undefined : READERS.get(name)
    if (this.#object !== undefined || reader === undefined) return false
    this.#object = { parts: [], length: 0, depth: this.#open.length, line: this.#line, reader }
    return true
  }

  #leave(): Cut | undefined {
    const depth = this.#open.length
    this.#open.pop()
    this.#name = ''
    return this.#object?.depth === depth ? this.#object : undefined
  }

  #keep(text: string): void {
    const object = this.#object
    if (object === undefined) return
    object.length += text.length
    if (object.length <= MOST_OBJECT) object.parts.push(text)
    else object.parts = []
  }

  #finish({ parts, length, line, reader }: Cut, found: Read[]): void {
    this.#object = undefined
    if (length > MOST_OBJECT) {
      found.push(unusable(line, '', 'entry_too_large'))
      return
    }
    const read = parsed(parts.join(''))
    if (read === undefined) found.push(unusable(line, '', 'not_json'))
    else found.push(...reader(read.value, line))
  }
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
