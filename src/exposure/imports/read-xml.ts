// XML by the element, as a stream. Entities that a document defines are never expanded: naming one refuses the file.

import { SaxesParser } from 'saxes'
import { reasonOf } from '../../core/index.ts'
import { LIMITS, isRefusal, refuse } from './limits.ts'

export type Element = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
  readonly parent: Element | undefined
}

export type XmlSource = {
  readonly file: string
  readonly bytes: AsyncIterable<Uint8Array>
  /** Names, without prefix, of the elements that are handed over as they close, and then forgotten; `report/host` only inside a report. */
  readonly elements: ReadonlySet<string>
}

/** Gives each wanted element with everything in it; what stands above it is known as far as it was read. */
export async function* xmlElements({ file, bytes, elements }: XmlSource): AsyncGenerator<Element> {
  const state = { closed: [] as Element[], held: 0, sinceWanted: 0 }
  const parser = parserInto(state, { file, elements })
  let decoder: ReturnType<typeof decoderFor> | undefined
  let total = 0
  for await (const piece of bytes) {
    total += piece.length
    if (total > LIMITS.xmlBytes) refuse(file, 'too_large', '2 GiB')
    decoder ??= decoderFor(piece)
    write(parser, decoder.decode(piece, { stream: true }), file)
    yield* state.closed.splice(0)
  }
  write(parser, decoder?.decode() ?? '', file)
  try {
    parser.close()
  } catch (cause) {
    refuse(file, 'not_xml', reasonOf(cause))
  }
  yield* state.closed.splice(0)
}

/** The text of the first child of that name. */
export function textOf(element: Element | undefined, name: string): string {
  return childOf(element, name)?.text.trim() ?? ''
}

export function childOf(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((child) => child.name === name)
}

export function childrenOf(element: Element | undefined, name: string): readonly Element[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** All of that name, at any depth. */
export function descendants(element: Element | undefined, name: string): readonly Element[] {
  if (element === undefined) return []
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...descendants(child, name),
  ])
}

export function ancestor(element: Element, name: string): Element | undefined {
  let above = element.parent
  while (above !== undefined && above.name !== name) above = above.parent
  return above
}

type State = { readonly closed: Element[]; held: number }

function parserInto(state: State, { file, elements }: Omit<XmlSource, 'bytes'>) {
  const parser = new SaxesParser({ xmlns: false })
  const open: Element[] = []
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= LIMITS.depth) refuse(file, 'too_deep', String(LIMITS.depth))
    const parent = open.at(-1)
    const element = { name: localName(name), attributes, children: [], text: '', parent }
    parent?.children.push(element)
    open.push(element)
    state.held += name.length + Object.values(attributes).join('').length + 32
  })
  const isWanted = ({ name, parent }: Element) =>
    elements.has(name) || elements.has(`${parent?.name ?? ''}/${name}`)
  const onText = (text: string) => {
    const element = open.at(-1)
    if (element === undefined) return
    element.text += text
    state.held += text.length
    if (state.held > LIMITS.element) refuse(file, 'element_too_large', '32 MiB')
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', () => {
    const element = open.pop()
    if (element === undefined || !isWanted(element)) return
    element.parent?.children.pop()
    state.closed.push(element)
    if (!open.some(isWanted)) state.held = 0
  })
  return parser
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function write(parser: SaxesParser, text: string, file: string): void {
  try {
    parser.write(text)
  } catch (cause) {
    const reason = reasonOf(cause)
    if (isRefusal(cause)) throw cause
    refuse(file, /undefined entity/.test(reason) ? 'entities' : 'not_xml', reason)
  }
}

/** The declared encoding, of those a platform knows; UTF-8 otherwise. */
function decoderFor(first: Uint8Array) {
  const start = Buffer.from(first.subarray(0, 200)).toString('latin1')
  const label = /encoding=["']([\w-]+)["']/.exec(start)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder()
  }
}
