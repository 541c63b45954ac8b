// BinXml to compiled content, [MS-EVEN6] section 2.2.12. Reads tokens only; what they look like as JSON is decided in compile.ts.

import { assemble } from './assemble.ts'
import { spend } from './chunk-state.ts'
import type { ChunkState } from './chunk-state.ts'
import { compileContent, compileElement, NO_CONTENT } from './compile.ts'
import { advance, takeU16, takeU32, takeU8, u32 } from './cursor.ts'
import type { Cursor, Footing } from './cursor.ts'
import { Damaged } from './damage.ts'
import { keepTemplate, knownTemplate } from './known-templates.ts'
import type { Definition } from './known-templates.ts'
import { LIMITS, MORE, TOKEN } from './layout.ts'
import { takeName } from './names.ts'
import { takeTextPiece } from './parse-text.ts'
import type { AttributePieces, Content, Piece, Template } from './plan.ts'
import { Values } from './values.ts'

type Place = {
  readonly depth: number
  /** Only the elements of a template definition carry a dependency id. */
  readonly isTemplate: boolean
}

/** Next definition u32, GUID 16, size u32. */
const DEFINITION_HEADER_BYTES = 24

/** Depth of a template that stands in a record or a value, and not in another template. */
const TOP_TEMPLATE = 1

/** The BinXml of a record, or of a value that is itself BinXml. */
export function parseFragment(cursor: Cursor): Content {
  return compileContent(takePieces(cursor, { depth: 0, isTemplate: false }))
}

/** The template of a fragment that is nothing else, and its values; undefined, with the cursor anywhere, of another one. */
export function takeOnlyTemplate(cursor: Cursor, values: Values): Template | undefined {
  if ((peek(cursor) & ~MORE) === TOKEN.fragmentHeader) {
    takeToken(cursor)
    advance(cursor, 3)
  }
  if ((peek(cursor) & ~MORE) !== TOKEN.template) return undefined
  takeToken(cursor)
  const template = takeTemplate(cursor, TOP_TEMPLATE)
  values.take(cursor)
  if (cursor.at === cursor.end) return template
  const last = takeToken(cursor) & ~MORE
  return last === TOKEN.end || last === TOKEN.endElement ? template : undefined
}

/** Everything up to the end of the fragment, or of the element that holds it. */
function takePieces(cursor: Cursor, place: Place): Piece[] {
  const pieces: Piece[] = []
  while (cursor.at < cursor.end) {
    const token = takeToken(cursor)
    const kind = token & ~MORE
    if (kind === TOKEN.end || kind === TOKEN.endElement) return pieces
    if (kind === TOKEN.fragmentHeader) advance(cursor, 3)
    else if (kind === TOKEN.openElement) pieces.push(takeElement(cursor, token, place))
    else if (kind === TOKEN.template) pieces.push(takeInstance(cursor, place))
    else {
      const piece = takeTextPiece(cursor, kind)
      if (piece === undefined) throw new Damaged(`an unknown token ${token}`)
      pieces.push(piece)
    }
  }
  return pieces
}

function takeElement(cursor: Cursor, token: number, place: Place): Piece {
  const inside = deeper(cursor, place)
  if (place.isTemplate) takeU16(cursor)
  takeU32(cursor)
  const name = takeName(cursor)
  if ((token & MORE) !== 0) takeU32(cursor)
  const attributes = takeAttributes(cursor)
  const content = takeElementContent(cursor, inside)
  return { kind: 'element', element: compileElement(name, attributes, content) }
}

function takeAttributes(cursor: Cursor): AttributePieces[] {
  const attributes: AttributePieces[] = []
  while ((peek(cursor) & ~MORE) === TOKEN.attribute) {
    advance(cursor, 1)
    attributes.push({ name: takeName(cursor), pieces: takeAttributeText(cursor) })
  }
  return attributes
}

/** Text pieces until another token comes, which is left where it is. */
function takeAttributeText(cursor: Cursor): Piece[] {
  const pieces: Piece[] = []
  for (;;) {
    const at = cursor.at
    const piece = takeTextPiece(cursor, takeU8(cursor) & ~MORE)
    if (piece === undefined) {
      cursor.at = at
      return pieces
    }
    pieces.push(piece)
  }
}

function takeElementContent(cursor: Cursor, place: Place): Content {
  const token = takeU8(cursor)
  if (token === TOKEN.closeEmptyTag) return NO_CONTENT
  if (token !== TOKEN.closeStartTag) throw new Damaged(`an unknown token ${token} in a start tag`)
  return compileContent(takePieces(cursor, place))
}

function takeInstance(cursor: Cursor, place: Place): Piece {
  const { content } = takeTemplate(cursor, deeper(cursor, place).depth)
  if (cursor.footing !== undefined) cursor.footing.holdsTemplate = true
  return { kind: 'instance', instance: { content, values: new Values().take(cursor) } }
}

/** Unknown u8, id u32, offset of the definition, the definition itself where it is first used; the values follow. */
function takeTemplate(cursor: Cursor, depth: number): Template {
  advance(cursor, 1)
  const id = takeU32(cursor)
  const offset = takeU32(cursor)
  if (offset === cursor.at) skipDefinition(cursor)
  checkId(cursor.chunk, offset, id)
  return templateAt(cursor.chunk, offset, depth)
}

/** The id is the beginning of the GUID of the definition. Another one there was written over it, or is none. */
function checkId({ bytes }: ChunkState, offset: number, id: number): void {
  if (offset + DEFINITION_HEADER_BYTES > bytes.length)
    throw new Damaged('a template outside the chunk')
  if (u32(bytes, offset + 4) !== id) throw new Damaged('a template that is not the one asked for')
}

function skipDefinition(cursor: Cursor): void {
  const at = advance(cursor, DEFINITION_HEADER_BYTES)
  advance(cursor, u32(cursor.chunk.bytes, at + DEFINITION_HEADER_BYTES - 4))
}

/** Compiled at first use and kept for the chunk, as offsets mean nothing in another. */
function templateAt(chunk: ChunkState, offset: number, depth: number): Template {
  const inChunk = chunk.templates.get(offset)
  if (inChunk !== undefined) return inChunk
  const header: Cursor = { chunk, at: offset, end: chunk.bytes.length }
  const at = advance(header, DEFINITION_HEADER_BYTES)
  const from = header.at
  advance(header, u32(chunk.bytes, at + DEFINITION_HEADER_BYTES - 4))
  const definition = { chunk, id: u32(chunk.bytes, at + 4), from, end: header.at }
  // At any other depth a known one could hide that its elements are nested too deeply.
  const known = depth === TOP_TEMPLATE ? knownTemplate(definition) : undefined
  const template = known ?? compileTemplate(definition, depth)
  chunk.templates.set(offset, template)
  return template
}

function compileTemplate(definition: Definition, depth: number): Template {
  const { chunk, from, end } = definition
  const footing: Footing = { names: [], holdsTemplate: false }
  const workLeft = chunk.workLeft
  const body: Cursor = { chunk, at: from, end, footing }
  const content = compileContent(takePieces(body, { depth, isTemplate: true }))
  const template = { content, program: assemble(content) }
  if (depth === TOP_TEMPLATE && !footing.holdsTemplate) {
    const names = footing.names.map((use) => ({ ...use, at: use.at - from }))
    keepTemplate(definition, { template, names, work: workLeft - chunk.workLeft })
  }
  return template
}

function deeper(cursor: Cursor, { depth, isTemplate }: Place): Place {
  if (depth >= LIMITS.depth) throw new Damaged(`more than ${LIMITS.depth} levels`)
  return { depth: depth + 1, isTemplate }
}

function takeToken(cursor: Cursor): number {
  spend(cursor.chunk, 1)
  return takeU8(cursor)
}

function peek(cursor: Cursor): number {
  return cursor.at < cursor.end ? (cursor.chunk.bytes[cursor.at] ?? 0) : 0
}
