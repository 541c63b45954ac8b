// Writes small event logs for the tests, so that every form the reader knows can be made at will. Not for any other use.

import {
  CHUNK_BYTES,
  CHUNK_COUNT_AT,
  CHUNK_MAGIC,
  FILE_FLAGS_AT,
  FILE_HEADER_BYTES,
  FILE_MAGIC,
  FIRST_RECORD_AT,
  FREE_SPACE_AT,
  MORE,
  RECORD_MAGIC,
  TOKEN,
  TYPE,
} from './layout.ts'

export type Text =
  | string
  | { readonly slot: number; readonly optional?: boolean }
  | { readonly cdata: string }
  | { readonly charRef: number }
  | { readonly entity: string }
  | { readonly instruction: string }

export type Node = {
  readonly name: string
  readonly attributes?: readonly (readonly [name: string, ...texts: Text[]])[]
  readonly content?: readonly (Node | Text)[]
}

export type Value =
  | { readonly type: number; readonly bytes: Buffer }
  | { readonly nested: Fragment }

/** Elements as they are, or a template (equal objects are written once) and what fills it. */
export type Fragment =
  | { readonly nodes: readonly Node[] }
  | { readonly template: Node; readonly values: readonly Value[] }

export class ChunkWriter {
  readonly bytes = Buffer.alloc(CHUNK_BYTES)
  /** Where the records written so far begin. */
  readonly records: number[] = []
  readonly #names = new Map<string, number>()
  readonly #templates = new Map<Node, number>()
  #at = FIRST_RECORD_AT

  constructor() {
    this.bytes.set(CHUNK_MAGIC)
  }

  record(fragment: Fragment): this {
    const start = this.#at
    this.records.push(start)
    this.#u32(RECORD_MAGIC, 0, this.records.length, 0, 0, 0)
    this.#fragment(fragment)
    this.#at += (8 - ((this.#at + 4 - start) % 8)) % 8
    const size = this.#at + 4 - start
    this.#u32(size)
    this.bytes.writeUInt32LE(size, start + 4)
    this.bytes.writeUInt32LE(this.#at, FREE_SPACE_AT)
    return this
  }

  #fragment(fragment: Fragment): void {
    this.#u8(TOKEN.fragmentHeader, 1, 1, 0)
    if ('nodes' in fragment) for (const node of fragment.nodes) this.#node(node, false)
    else this.#instance(fragment.template, fragment.values)
    this.#u8(TOKEN.end)
  }

  #instance(template: Node, values: readonly Value[]): void {
    this.#u8(TOKEN.template, 1)
    this.#u32(0x1234)
    const known = this.#templates.get(template)
    this.#u32(known ?? this.#at + 4)
    if (known === undefined) this.#definition(template)
    this.#u32(values.length)
    const table = this.#at
    this.#at += values.length * 4
    for (const [index, value] of values.entries()) {
      const start = this.#at
      if ('nested' in value) this.#fragment(value.nested)
      else this.#bytes(value.bytes)
      this.bytes.writeUInt16LE(this.#at - start, table + index * 4)
      this.bytes[table + index * 4 + 2] = 'nested' in value ? TYPE.binXml : value.type
    }
  }

  #definition(template: Node): void {
    const start = this.#at
    this.#templates.set(template, start)
    this.#u32(0, 0x1234, 0, 0, 0, 0)
    this.#u8(TOKEN.fragmentHeader, 1, 1, 0)
    this.#node(template, true)
    this.#u8(TOKEN.end)
    this.bytes.writeUInt32LE(this.#at - start - 24, start + 20)
  }

  #node({ name, attributes = [], content }: Node, inTemplate: boolean): void {
    const more = attributes.length > 0 ? MORE : 0
    this.#u8(TOKEN.openElement | more)
    if (inTemplate) this.#u16(0xffff)
    this.#u32(0)
    this.#name(name)
    if (more !== 0) this.#u32(0)
    for (const [index, [key, ...texts]] of attributes.entries()) {
      this.#u8(TOKEN.attribute | (index + 1 < attributes.length ? MORE : 0))
      this.#name(key)
      for (const text of texts) this.#text(text)
    }
    this.#u8(content === undefined ? TOKEN.closeEmptyTag : TOKEN.closeStartTag)
    for (const item of content ?? []) {
      if (typeof item === 'object' && 'name' in item) this.#node(item, inTemplate)
      else this.#text(item)
    }
    if (content !== undefined) this.#u8(TOKEN.endElement)
  }

  #text(text: Text): void {
    if (typeof text === 'string') {
      this.#u8(TOKEN.value, TYPE.utf16)
      this.#counted(text)
    } else if ('slot' in text) {
      this.#u8(text.optional === true ? TOKEN.optionalSubstitution : TOKEN.substitution)
      this.#u16(text.slot)
      this.#u8(TYPE.utf16)
    } else if ('cdata' in text) {
      this.#u8(TOKEN.cdata)
      this.#counted(text.cdata)
    } else if ('charRef' in text) {
      this.#u8(TOKEN.charRef)
      this.#u16(text.charRef)
    } else if ('entity' in text) {
      this.#u8(TOKEN.entityRef)
      this.#name(text.entity)
    } else {
      this.#u8(TOKEN.piTarget)
      this.#name('target')
      this.#u8(TOKEN.piData)
      this.#counted(text.instruction)
    }
  }

  #name(name: string): void {
    const known = this.#names.get(name)
    this.#u32(known ?? this.#at + 4)
    if (known !== undefined) return
    this.#names.set(name, this.#at)
    this.#u32(0)
    this.#u16(0)
    this.#counted(name)
    this.#u16(0)
  }

  #counted(text: string): void {
    this.#u16(text.length)
    this.#bytes(Buffer.from(text, 'utf16le'))
  }

  #bytes(bytes: Buffer): void {
    this.bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }

  #u8(...values: number[]): void {
    for (const value of values) this.#at = this.bytes.writeUInt8(value, this.#at)
  }

  #u16(value: number): void {
    this.#at = this.bytes.writeUInt16LE(value, this.#at)
  }

  #u32(...values: number[]): void {
    for (const value of values) this.#at = this.bytes.writeUInt32LE(value, this.#at)
  }
}

export function evtxFile(chunks: readonly Buffer[], flags = 0): Buffer {
  const header = Buffer.alloc(FILE_HEADER_BYTES)
  header.set(FILE_MAGIC)
  header.writeUInt16LE(chunks.length, CHUNK_COUNT_AT)
  header.writeUInt32LE(flags, FILE_FLAGS_AT)
  return Buffer.concat([header, ...chunks])
}

export function utf16(text: string): Value {
  return { type: TYPE.utf16, bytes: Buffer.from(text, 'utf16le') }
}

export function typed(type: number, ...bytes: number[]): Value {
  return { type, bytes: Buffer.from(bytes) }
}

export const NULL: Value = { type: TYPE.null, bytes: Buffer.alloc(0) }
