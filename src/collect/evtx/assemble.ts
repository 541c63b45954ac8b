// Compiled content to a program. Whatever is not plain enough for an instruction stays with render.ts.

import type {
  Content,
  Literal,
  Member,
  PlannedAttribute,
  PlannedElement,
  Program,
  Text,
} from './plan.ts'
import { ProgramWriter } from './program-writer.ts'
import type { Hole } from './program-writer.ts'
import { OP } from './program.ts'

const OPEN_OBJECT = Buffer.from('{')
const CLOSE_OBJECT = Buffer.from('}')
const OPEN_ARRAY = Buffer.from('[')
const CLOSE_ARRAY = Buffer.from(']')
const ATTRIBUTES = Buffer.from(',"#attributes":{')
const TEXT = Buffer.from(',"#text":')
const COMMA = Buffer.from(',')
const QUOTE = Buffer.from('"')
const EMPTY_TEXT = Buffer.from('""')
const NULL = Buffer.from('null')

/** Undefined where the content is more than elements side by side. */
export function assemble({
  members,
  slots,
  instances,
  texts,
  elements,
}: Content): Program | undefined {
  if (slots.length > 0 || instances.length > 0 || texts.length > 0) return undefined
  const writer = new ProgramWriter()
  writeMembers(writer, members)
  return writer.done(elements.map(({ name }) => name))
}

function writeMembers(to: ProgramWriter, members: readonly Member[]): void {
  for (const member of members) {
    if (member.kind === 'one') writeOne(to, member.element)
    else if (member.kind === 'constant')
      for (const element of member.elements) writeOne(to, element)
    else writeGroup(to, member.elements)
  }
}

function writeOne(to: ProgramWriter, element: PlannedElement): void {
  const write = () => {
    to.member(element.key)
    writeElement(to, element)
  }
  if (element.gate < 0) write()
  else to.perhaps(to.branch(2, OP.unlessNull, element.gate, 0), write)
}

/** As `renderElement` does. */
function writeElement(to: ProgramWriter, element: PlannedElement): void {
  const { attributes, content } = element
  if (!isPlain(element)) to.op(OP.element, to.element(element))
  else if (attributes.length === 0 && content.members.length === 0) writeOwnText(to, element)
  else writeObject(to, element)
}

function writeObject(to: ProgramWriter, element: PlannedElement): void {
  const { attributes, content } = element
  const [slot] = content.slots
  const gates = gatesOf(attributes, content.members)
  const isCertain = gates === undefined
  const op = isCertain && content.members.length > 0 ? OP.nest : OP.unlessBinXml
  const toEnd =
    slot === undefined ? undefined : to.branch(3, op, slot.index, to.element(element), 0)
  const toOwnText = isCertain ? undefined : branchUnlessAny(to, gates)
  to.copy(OPEN_OBJECT)
  writeAttributes(to, attributes)
  writeMembers(to, content.members)
  writeTextMember(to, content.texts)
  to.copy(CLOSE_OBJECT)
  if (toOwnText !== undefined) {
    const behind = to.branch(1, OP.jump, 0)
    to.fill(toOwnText)
    writeOwnText(to, element)
    to.fill(behind)
  }
  if (toEnd !== undefined) to.fill(toEnd)
  to.isFull()
}

function writeAttributes(to: ProgramWriter, attributes: readonly PlannedAttribute[]): void {
  if (attributes.length === 0) return
  const gates = gatesOf(attributes, [])
  const write = () => {
    to.member(ATTRIBUTES)
    for (const attribute of attributes) writeAttribute(to, attribute)
    to.copy(CLOSE_OBJECT)
  }
  if (gates === undefined) write()
  else to.perhaps(branchUnlessAny(to, gates), write)
}

function writeAttribute(to: ProgramWriter, { key, gate, texts }: PlannedAttribute): void {
  const write = () => {
    to.member(key)
    const [text] = texts
    if (text?.kind === 'slot') to.op(OP.attribute, text.index)
    else to.copy(text === undefined ? EMPTY_TEXT : quoted(text))
  }
  if (gate < 0) write()
  else to.perhaps(to.branch(2, OP.unlessNull, gate, 0), write)
}

/** Beside attributes or elements. */
function writeTextMember(to: ProgramWriter, [text]: readonly Text[]): void {
  if (text?.kind === 'slot') to.op(OP.text, text.index)
  else if (text !== undefined) {
    to.member(TEXT)
    to.copy(quoted(text))
  }
}

function writeOwnText(to: ProgramWriter, element: PlannedElement): void {
  const [text] = element.content.texts
  if (text?.kind === 'slot') to.op(OP.value, text.index, to.element(element))
  else if (text !== undefined) to.copy(quoted(text))
  else to.copy(element.isData ? EMPTY_TEXT : NULL)
}

/** Unnamed `<Data>` are items of a list; other elements of one name are a list only where several of them are there. */
function writeGroup(
  to: ProgramWriter,
  elements: readonly [PlannedElement, ...PlannedElement[]],
): void {
  const gates = gatesOf([], [{ kind: 'many', elements }])
  const write = () => {
    to.member(elements[0].key)
    to.copy(OPEN_ARRAY)
    for (const element of elements) writeItem(to, element)
    to.copy(CLOSE_ARRAY)
  }
  if (!elements.every(isItem)) to.perhapsOp(OP.group, to.group(elements))
  else if (gates === undefined) write()
  else to.perhaps(branchUnlessAny(to, gates), write)
}

function writeItem(to: ProgramWriter, element: PlannedElement): void {
  const [text] = element.content.texts
  if (text?.kind === 'slot') {
    const write = () => to.perhapsOp(OP.item, text.index, to.element(element))
    if (element.gate < 0) write()
    else to.perhaps(to.branch(2, OP.unlessNull, element.gate, 0), write)
  } else to.member(Buffer.concat([COMMA, text === undefined ? EMPTY_TEXT : quoted(text)]))
}

function branchUnlessAny(to: ProgramWriter, gates: readonly number[]): Hole {
  return to.branch(1, OP.unlessAllNull, 0, gates.length, ...gates)
}

/** The values of which one must be there for any of these to be there; undefined when one of them always is. */
function gatesOf(
  attributes: readonly PlannedAttribute[],
  members: readonly Member[],
): readonly number[] | undefined {
  const gates = attributes.map(({ gate }) => gate)
  for (const member of members) {
    if (member.kind === 'constant') return undefined
    const elements = member.kind === 'one' ? [member.element] : member.elements
    gates.push(...elements.map(({ gate }) => gate))
  }
  return gates.some((gate) => gate < 0) ? undefined : gates
}

/** Text in one piece, and no template inside. */
function isPlain({ attributes, content }: PlannedElement): boolean {
  return (
    content.instances.length === 0 &&
    content.texts.length <= 1 &&
    attributes.every(({ texts }) => texts.length <= 1)
  )
}

function isItem(element: PlannedElement): boolean {
  const { attributes, content, isList } = element
  return isList && attributes.length === 0 && content.elements.length === 0 && isPlain(element)
}

function quoted({ json }: Literal): Buffer {
  return Buffer.concat([QUOTE, json, QUOTE])
}
