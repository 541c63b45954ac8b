// The tokens that stand for text: literals, references and substitutions. They occur in elements and in attributes alike.

import { spend } from './chunk-state.ts'
import { advance, takeU16, takeU8 } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { Damaged } from './damage.ts'
import { TOKEN, TYPE } from './layout.ts'
import { takeName } from './names.ts'
import type { Piece } from './plan.ts'

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

const NOTHING: Piece = { kind: 'text', text: '' }

/** The piece of a token whose byte has just been read; undefined when the token is none of text. */
export function takeTextPiece(cursor: Cursor, kind: number): Piece | undefined {
  switch (kind) {
    case TOKEN.value:
      return takeValue(cursor)
    case TOKEN.cdata:
      return { kind: 'text', text: takeCountedText(cursor) }
    case TOKEN.charRef:
      return { kind: 'text', text: String.fromCharCode(takeU16(cursor)) }
    case TOKEN.entityRef:
      return { kind: 'text', text: entity(takeName(cursor)) }
    case TOKEN.substitution:
    case TOKEN.optionalSubstitution:
      return takeSlot(cursor, kind === TOKEN.optionalSubstitution)
    case TOKEN.piTarget:
      takeName(cursor)
      return NOTHING
    case TOKEN.piData:
      takeCountedText(cursor)
      return NOTHING
    default:
      return undefined
  }
}

/** [MS-EVEN6] allows a literal to be a string only. */
function takeValue(cursor: Cursor): Piece {
  const type = takeU8(cursor)
  if (type !== TYPE.utf16) throw new Damaged(`a literal of type ${type}`)
  return { kind: 'text', text: takeCountedText(cursor) }
}

function takeCountedText(cursor: Cursor): string {
  const count = takeU16(cursor)
  const at = advance(cursor, count * 2)
  spend(cursor.chunk, count)
  return cursor.chunk.bytes.toString('utf16le', at, at + count * 2)
}

/** No document type is ever defined, so any other entity stays as it is written: nothing is expanded. */
function entity(name: string): string {
  return ENTITIES.get(name) ?? `&${name};`
}

/** The type stated here is not used: each record states the type of its value anew. */
function takeSlot(cursor: Cursor, optional: boolean): Piece {
  const index = takeU16(cursor)
  advance(cursor, 1)
  return { kind: 'slot', index, optional }
}
