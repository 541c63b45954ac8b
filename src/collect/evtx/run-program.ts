// Runs the program of a template with the values of a record.

import { spend } from './chunk-state.ts'
import { ARRAY, TYPE } from './layout.ts'
import { takeOnlyTemplate } from './parse.ts'
import type { PlannedElement, Program } from './plan.ts'
import { OP } from './program.ts'
import { renderSlot } from './render-text.ts'
import type { Rendering } from './render-text.ts'
import { renderElement, renderGroup } from './render.ts'
import type { Values } from './values.ts'
import { writeItems } from './write-value.ts'

const COMMA = 0x2c
const TEXT = Buffer.from(',"#text":')
/** An element, the value in it and the template there, as `sourcesOf` counts them. */
const NESTED_SOURCES = 3

export function runProgram(to: Rendering, program: Program, values: Values): void {
  const { ops, constants } = program
  const { sink } = to
  let at = 0
  while (at < ops.length) {
    const first = ops[at + 1] ?? 0
    const second = ops[at + 2] ?? 0
    switch (ops[at]) {
      case OP.copy:
        sink.copy(constants, first, second)
        at += 3
        break
      case OP.value:
        runValue(to, elementOf(program, second), values, first)
        at += 3
        break
      case OP.unlessNull:
        at = values.typeOf(first) === TYPE.null ? second : at + 3
        break
      case OP.member: {
        const comma = sink.isOpen() ? 1 : 0
        sink.copy(constants, first + comma, second - comma)
        at += 3
        break
      }
      case OP.attribute:
        if (!renderSlot(to, first, values)) sink.ascii('""')
        at += 2
        break
      case undefined:
      default:
        at = runSeldom(to, program, values, at)
    }
  }
}

/** The instructions of which a record has few. Returns where to go on. */
function runSeldom(to: Rendering, program: Program, values: Values, at: number): number {
  const { ops } = program
  const first = ops[at + 1] ?? 0
  const second = ops[at + 2] ?? 0
  switch (ops[at]) {
    case OP.unlessAllNull:
      return areNull(ops, at + 3, second, values) ? first : at + 3 + second
    case OP.jump:
      return first
    case OP.text:
      runText(to, values, first)
      return at + 2
    case OP.nest:
    case OP.unlessBinXml: {
      if (values.typeOf(first) !== TYPE.binXml) return at + 4
      const element = elementOf(program, second)
      if (ops[at] === OP.nest && nest(to, element, values, first)) return at + 4
      renderElement(to, element, values)
      return ops[at + 3] ?? 0
    }
    case OP.item:
      runItem(to, elementOf(program, second), values, first)
      return at + 3
    case OP.group:
      runGroup(to, program.groups[first] ?? [], values)
      return at + 2
    case undefined:
    default:
      renderElement(to, elementOf(program, first), values)
      return at + 2
  }
}

function elementOf({ elements }: Program, index: number): PlannedElement {
  const element = elements[index]
  if (element === undefined) throw new Error(`a program without its element ${index}`)
  return element
}

function areNull(ops: Int32Array, from: number, count: number, values: Values): boolean {
  for (let at = from; at < from + count; at += 1)
    if (values.typeOf(ops[at] ?? 0) !== TYPE.null) return false
  return true
}

function runValue(to: Rendering, element: PlannedElement, values: Values, index: number): void {
  if (values.typeOf(index) === TYPE.binXml) renderElement(to, element, values)
  else if (!renderSlot(to, index, values)) to.sink.ascii(element.isData ? '""' : 'null')
}

/** BinXml comes this far only where `nest` has prepared it. */
function runText(to: Rendering, values: Values, index: number): void {
  const { sink, nested } = to
  if (nested !== undefined && values.typeOf(index) === TYPE.binXml) {
    to.nested = undefined
    runProgram(to, nested, to.nestedValues)
    return
  }
  const before = sink.length
  sink.append(TEXT)
  if (!renderSlot(to, index, values)) sink.length = before
}

/** An array stands for as many items: none, where it is empty. */
function runItem(to: Rendering, element: PlannedElement, values: Values, index: number): void {
  const { chunk, sink } = to
  const before = sink.length
  if (!sink.isOpen()) sink.byte(COMMA)
  const at = sink.length
  const type = values.typeOf(index)
  if ((type & ARRAY) === 0) runValue(to, element, values, index)
  else {
    writeItems(sink, { chunk, type, start: values.startOf(index), end: values.endOf(index) })
    if (sink.length === at) sink.length = before
  }
}

function runGroup(to: Rendering, elements: readonly PlannedElement[], values: Values): void {
  renderGroup(
    to,
    elements.map((element) => ({ element, values })),
  )
}

/**
 * Prepares the template that a value holds, if its elements can stand beside those of `element`. One at a time: in a nested
 * template, or within an element that waits for one, BinXml is left to render.ts.
 */
function nest(to: Rendering, element: PlannedElement, values: Values, index: number): boolean {
  const { chunk, nestedValues } = to
  const [at, end] = [values.startOf(index), values.endOf(index)]
  if (values === nestedValues || to.nested !== undefined || at === end) return false
  const program = takeOnlyTemplate({ chunk, at, end }, nestedValues)?.program
  if (program === undefined || !areApart(element, program)) return false
  spend(chunk, NESTED_SOURCES)
  to.nested = program
  return true
}

function areApart({ content }: PlannedElement, { names }: Program): boolean {
  for (const { name } of content.elements) if (names.includes(name)) return false
  return true
}
