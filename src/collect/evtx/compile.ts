// Arranges what the parser met as JSON: names become keys, elements of one name come together, fixed text is escaped once.

import type {
  AttributePieces,
  Content,
  Instance,
  Literal,
  Member,
  Piece,
  PlannedAttribute,
  PlannedElement,
  Slot,
  Text,
} from './plan.ts'

/** Keys by name: the same few hundred names come back in every chunk. */
const KEYS = new Map<string, Uint8Array>()
const KEYS_KEPT = 4096

export const NO_CONTENT: Content = {
  elements: [],
  members: [],
  texts: [],
  slots: [],
  instances: [],
}

export function compileContent(pieces: readonly Piece[]): Content {
  const elements: PlannedElement[] = []
  const instances: Instance[] = []
  for (const piece of pieces) {
    if (piece.kind === 'element') elements.push(piece.element)
    if (piece.kind === 'instance') instances.push(piece.instance)
  }
  const texts = compileTexts(pieces).filter((text) => elements.length === 0 || !isBlank(text))
  return { elements, members: membersOf(elements), texts, slots: texts.filter(isSlot), instances }
}

export function compileElement(
  name: string,
  attributes: readonly AttributePieces[],
  content: Content,
): PlannedElement {
  const isData = name === 'Data'
  const given = isData ? givenName(attributes) : undefined
  const planned = attributes
    .filter((attribute) => given === undefined || attribute.name !== 'Name')
    .map(compileAttribute)
  const key = given ?? name
  return {
    name: key,
    key: keyJson(key),
    isData,
    isList: isData && given === undefined,
    gate: hasElements(content) ? -1 : gateOf(content.texts),
    isConstant: isConstant(planned, content),
    attributes: planned,
    content,
  }
}

/** `<Data Name="X">` becomes the member X, as every consumer of these logs expects. */
function givenName(attributes: readonly AttributePieces[]): string | undefined {
  const pieces = attributes.find(({ name }) => name === 'Name')?.pieces ?? []
  const name = pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('')
  return pieces.every((piece) => piece.kind === 'text') && name !== '' ? name : undefined
}

function compileAttribute({ name, pieces }: AttributePieces): PlannedAttribute {
  const texts = compileTexts(pieces)
  return { key: keyJson(name), gate: gateOf(texts), texts }
}

/** Neighbouring pieces of fixed text (text, references, CDATA) become one. */
function compileTexts(pieces: readonly Piece[]): Text[] {
  const texts: Text[] = []
  let fixed = ''
  for (const piece of pieces) {
    if (piece.kind === 'text') fixed += piece.text
    else {
      if (fixed !== '') texts.push(literal(fixed))
      fixed = ''
      if (piece.kind === 'slot') texts.push(piece)
    }
  }
  if (fixed !== '') texts.push(literal(fixed))
  return texts
}

function membersOf(elements: readonly PlannedElement[]): Member[] {
  const groups = new Map<string, [PlannedElement, ...PlannedElement[]]>()
  for (const element of elements) {
    const group = groups.get(element.name)
    if (group === undefined) groups.set(element.name, [element])
    else group.push(element)
  }
  const members: Member[] = []
  let constants: PlannedElement[] = []
  for (const group of groups.values()) {
    const [first] = group
    const single = group.length === 1 && !first.isList
    if (single && first.isConstant) {
      if (constants.length === 0) members.push({ kind: 'constant', elements: constants })
      constants.push(first)
    } else {
      constants = []
      members.push(single ? { kind: 'one', element: first } : { kind: 'many', elements: group })
    }
  }
  return members
}

/** [MS-EVEN6] section 2.2.12: an optional substitution of null type leaves out the element that holds it. */
function gateOf(texts: readonly Text[]): number {
  const [only] = texts
  return texts.length === 1 && only?.kind === 'slot' && only.optional ? only.index : -1
}

function hasElements({ elements, instances }: Content): boolean {
  return elements.length > 0 || instances.length > 0
}

function isConstant(attributes: readonly PlannedAttribute[], content: Content): boolean {
  return (
    content.slots.length === 0 &&
    content.instances.length === 0 &&
    content.elements.every((element) => element.isConstant) &&
    attributes.every(({ texts }) => !texts.some(isSlot))
  )
}

function isSlot(text: Text): text is Slot {
  return text.kind === 'slot'
}

function isBlank(text: Text): boolean {
  return text.kind === 'literal' && text.blank
}

function literal(text: string): Literal {
  return {
    kind: 'literal',
    json: Buffer.from(quoted(text).slice(1, -1)),
    blank: text.trim() === '',
  }
}

function keyJson(name: string): Uint8Array {
  const known = KEYS.get(name)
  if (known !== undefined) return known
  const key = Buffer.from(`,${quoted(name)}:`)
  if (KEYS.size >= KEYS_KEPT) KEYS.clear()
  KEYS.set(name, key)
  return key
}

/** A lone surrogate has no UTF-8 form; it becomes U+FFFD here as in `ByteSink.utf16`. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed())
}
