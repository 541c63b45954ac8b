// Compiled content and the values of one record to JSON, appended to a sink.

import { Damaged } from './damage.ts'
import { LIMITS, TYPE } from './layout.ts'
import type { Content, Member, PlannedAttribute, PlannedElement, SlotValues } from './plan.ts'
import { renderInside, renderText } from './render-text.ts'
import type { Rendering } from './render-text.ts'
import { isDynamic, sourcesOf } from './sources.ts'
import type { Source } from './sources.ts'
import { NO_VALUES } from './values.ts'

type Placed = { readonly element: PlannedElement; readonly values: SlotValues }

const COMPARED_AT_MOST = 64
const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const ATTRIBUTES = Buffer.from(',"#attributes":{')
const TEXT = Buffer.from(',"#text":')

/** A record as an object of its top elements: `{"Event":{…}}`. */
export function renderRecord(to: Rendering, content: Content): void {
  to.sink.byte(OPEN_OBJECT)
  renderSources(to, sourcesOf(to.chunk, { content, values: NO_VALUES }))
  to.sink.byte(CLOSE_OBJECT)
}

/** The value of an element whose key is written: null, a text or number, or an object. */
export function renderElement(to: Rendering, element: PlannedElement, values: SlotValues): void {
  to.depth += 1
  if (to.depth > LIMITS.renderDepth) throw new Damaged('elements nested too deeply')
  const { content } = element
  if (isDynamic(content, values)) renderDynamic(to, element, values)
  else if (element.attributes.length === 0 && content.members.length === 0) {
    renderOwnText(to, element, values)
  } else renderObject(to, element, values)
  to.depth -= 1
}

function renderObject(to: Rendering, element: PlannedElement, values: SlotValues): void {
  const { sink } = to
  const { members, texts } = element.content
  const at = sink.length
  sink.byte(OPEN_OBJECT)
  renderAttributes(to, element.attributes, values)
  renderMembers(to, members, values)
  if (sink.length === at + 1) {
    sink.length = at
    renderOwnText(to, element, values)
    return
  }
  const before = sink.length
  sink.member(TEXT)
  if (!renderText(to, texts, values)) sink.length = before
  sink.byte(CLOSE_OBJECT)
}

/** Content from several places: names may meet that no template knows of, and all text becomes one. */
function renderDynamic(to: Rendering, element: PlannedElement, values: SlotValues): void {
  const { sink } = to
  const sources = sourcesOf(to.chunk, { content: element.content, values })
  const at = sink.length
  sink.byte(OPEN_OBJECT)
  renderAttributes(to, element.attributes, values)
  renderSources(to, sources)
  const isEmpty = sink.length === at + 1
  if (isEmpty) sink.length = at
  const before = sink.length
  if (!isEmpty) sink.member(TEXT)
  const text = sink.length
  sink.byte(QUOTE)
  for (const source of sources) renderInside(to, source.content.texts, source.values)
  sink.byte(QUOTE)
  if (sink.length === text + 2) {
    sink.length = before
    if (isEmpty) sink.ascii(element.isData ? '""' : 'null')
  }
  if (!isEmpty) sink.byte(CLOSE_OBJECT)
}

function renderOwnText(
  to: Rendering,
  { content, isData }: PlannedElement,
  values: SlotValues,
): void {
  if (!renderText(to, content.texts, values)) to.sink.ascii(isData ? '""' : 'null')
}

function renderAttributes(
  to: Rendering,
  attributes: readonly PlannedAttribute[],
  values: SlotValues,
): void {
  if (attributes.length === 0) return
  const { sink } = to
  const before = sink.length
  sink.member(ATTRIBUTES)
  for (const { key, gate, texts } of attributes) {
    if (isNull(values, gate)) continue
    sink.member(key)
    if (!renderText(to, texts, values)) sink.ascii('""')
  }
  if (sink.isOpen()) sink.length = before
  else sink.byte(CLOSE_OBJECT)
}

function renderMembers(to: Rendering, members: readonly Member[], values: SlotValues): void {
  for (const member of members) {
    if (member.kind === 'constant') renderConstant(to, member)
    else if (member.kind === 'one') renderOne(to, member.element, values)
    else
      renderGroup(
        to,
        member.elements.map((element) => ({ element, values })),
      )
  }
}

function renderConstant(to: Rendering, member: Extract<Member, { kind: 'constant' }>): void {
  const { sink } = to
  if (member.json === undefined) {
    const at = sink.length
    for (const element of member.elements) renderOne(to, element, NO_VALUES)
    const first = sink.bytes[at] === COMMA ? '' : ','
    member.json = Buffer.concat([Buffer.from(first), sink.bytes.subarray(at, sink.length)])
  } else sink.member(member.json)
}

function renderOne(to: Rendering, element: PlannedElement, values: SlotValues): void {
  if (isNull(values, element.gate)) return
  to.sink.member(element.key)
  renderElement(to, element, values)
}

/** Elements of one name that are there: one by itself, several as an array. */
export function renderGroup(to: Rendering, placed: readonly Placed[]): void {
  const there = placed.filter(({ element, values }) => !isNull(values, element.gate))
  const [first] = there
  if (first === undefined) return
  to.sink.member(first.element.key)
  if (there.length === 1 && !first.element.isList) {
    renderElement(to, first.element, first.values)
    return
  }
  to.sink.byte(OPEN_ARRAY)
  for (const { element, values } of there) renderItem(to, element, values)
  to.sink.byte(CLOSE_ARRAY)
}

/** An element whose value is an array stands for as many elements of its name: its items join those around it. */
function renderItem(to: Rendering, element: PlannedElement, values: SlotValues): void {
  const { sink } = to
  const before = sink.length
  if (!sink.isOpen()) sink.byte(COMMA)
  const at = sink.length
  renderElement(to, element, values)
  if (sink.bytes[at] !== OPEN_ARRAY) return
  sink.remove(at, 1)
  sink.length -= 1
  if (sink.length === at) sink.length = before
}

/** The elements of all sources. Where no name occurs in two of them, as in nearly every record, their own groupings serve. */
function renderSources(to: Rendering, sources: readonly Source[]): void {
  const filled = sources.filter(({ content }) => content.elements.length > 0)
  if (areDisjoint(filled)) {
    for (const { content, values } of filled) renderMembers(to, content.members, values)
  } else for (const group of grouped(filled)) renderGroup(to, group)
}

/** Asked of few and small sources only; larger ones may as well be grouped. */
function areDisjoint([first, second, ...others]: readonly Source[]): boolean {
  if (first === undefined || second === undefined) return true
  const [ours, theirs] = [first.content.elements, second.content.elements]
  if (others.length > 0 || ours.length * theirs.length > COMPARED_AT_MOST) return false
  return !ours.some(({ name }) => theirs.some((their) => their.name === name))
}

function grouped(sources: readonly Source[]): Iterable<readonly Placed[]> {
  const groups = new Map<string, Placed[]>()
  for (const { content, values } of sources) {
    for (const element of content.elements) {
      const group = groups.get(element.name)
      if (group === undefined) groups.set(element.name, [{ element, values }])
      else group.push({ element, values })
    }
  }
  return groups.values()
}

/** Whether an optional slot (-1: none) is null, or has no value at all. */
function isNull(values: SlotValues, gate: number): boolean {
  return gate >= 0 && values.typeOf(gate) === TYPE.null
}
