// A page of ours, from HTML to what the typesetter's template is given: blocks, and text in them. What it cannot show is left out.

import { defaultTreeAdapter, parse } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'

type Element = DefaultTreeAdapterTypes.Element
type ChildNode = DefaultTreeAdapterTypes.ChildNode

/** What `page.typ` renders. */
export type PageNode = string | Inline | Block
type Inline =
  | { readonly kind: 'strong' | 'emph'; readonly of: readonly PageNode[] }
  | { readonly kind: 'link'; readonly to: string; readonly of: readonly PageNode[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly of: readonly PageNode[] }
  | { readonly kind: 'par'; readonly of: readonly PageNode[] }
  | { readonly kind: 'pre'; readonly text: string }
  | { readonly kind: 'list' | 'enum'; readonly items: readonly (readonly PageNode[])[] }
  | { readonly kind: 'terms'; readonly items: readonly Term[] }
  | Table
type Term = { readonly term: readonly PageNode[]; readonly of: readonly PageNode[] }
type Cell = { readonly span: number; readonly of: readonly PageNode[] }
type Table = {
  readonly kind: 'table'
  readonly columns: number
  readonly caption: readonly PageNode[]
  readonly head: readonly (readonly Cell[])[]
  readonly rows: readonly (readonly Cell[])[]
}

export type PageTree = {
  readonly title: string
  /** Two letters. */
  readonly lang: string
  readonly of: readonly PageNode[]
}

export function pageTree(html: string): PageTree {
  const elements = allOf(parse(html))
  const named = (name: string) => elements.find(({ tagName }) => tagName === name)
  const title = named('title')
  const body = named('body')
  return {
    title: title === undefined ? '' : textOf(title).trim(),
    lang: attribute(named('html'), 'lang')?.slice(0, 2) ?? 'en',
    of: body === undefined ? [] : blocksOf(body.childNodes),
  }
}

/** Elements below a node, in the order they stand. */
function allOf(node: { readonly childNodes: readonly ChildNode[] }): readonly Element[] {
  const found: Element[] = []
  const waiting = node.childNodes.toReversed()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!defaultTreeAdapter.isElementNode(next)) continue
    found.push(next)
    waiting.push(...next.childNodes.toReversed())
  }
  return found
}

const LEFT_OUT = new Set(['script', 'style', 'template', 'head', 'noscript'])
const INLINE = new Set(
  'a abbr b bdi bdo br cite code em i kbd mark q s samp small span strong sub sup svg time u var wbr'.split(
    ' ',
  ),
)

function isInline(node: ChildNode): boolean {
  return !defaultTreeAdapter.isElementNode(node) || INLINE.has(node.tagName)
}

/** Blocks of what stands in an element; text between blocks is a paragraph of its own. */
function blocksOf(children: readonly ChildNode[]): readonly PageNode[] {
  const blocks: PageNode[] = []
  let run: ChildNode[] = []
  const endRun = () => {
    const text = trimmed(run.flatMap(inlineOf))
    if (text.length > 0) blocks.push({ kind: 'par', of: text })
    run = []
  }
  for (const child of children) {
    if (isInline(child)) run.push(child)
    else {
      endRun()
      if (defaultTreeAdapter.isElementNode(child)) blocks.push(...blockOf(child))
    }
  }
  endRun()
  return blocks
}

function blockOf(element: Element): readonly PageNode[] {
  const { tagName, childNodes } = element
  if (LEFT_OUT.has(tagName)) return []
  const heading = /^h([1-6])$/.exec(tagName)?.[1]
  if (heading !== undefined) {
    const of = trimmed(childNodes.flatMap(inlineOf))
    return of.length === 0 ? [] : [{ kind: 'heading', level: Number(heading), of }]
  }
  if (tagName === 'pre') return [{ kind: 'pre', text: textOf(element).replace(/^\n/, '') }]
  if (tagName === 'ul' || tagName === 'ol') {
    const items = childrenNamed(element, 'li').map(contentOf)
    return items.length === 0 ? [] : [{ kind: tagName === 'ul' ? 'list' : 'enum', items }]
  }
  if (tagName === 'dl') return termsOf(element)
  if (tagName === 'table') return tableOf(element)
  if (tagName === 'summary')
    return [{ kind: 'par', of: [{ kind: 'strong', of: contentOf(element) }] }]
  return blocksOf(childNodes)
}

/** What stands in an item or a cell: as it is where it is text alone, else in blocks. */
function contentOf({ childNodes }: Element): readonly PageNode[] {
  return childNodes.every(isInline) ? trimmed(childNodes.flatMap(inlineOf)) : blocksOf(childNodes)
}

function termsOf(list: Element): readonly PageNode[] {
  const items: Term[] = []
  let term: readonly PageNode[] = []
  for (const element of allOf(list)) {
    if (element.tagName === 'dt') term = contentOf(element)
    if (element.tagName === 'dd') items.push({ term, of: contentOf(element) })
  }
  return items.length === 0 ? [] : [{ kind: 'terms', items }]
}

function tableOf(table: Element): readonly PageNode[] {
  const all = allOf(table)
  const rows = all.filter(({ tagName }) => tagName === 'tr')
  const isHead = (row: Element) =>
    row.parentNode !== null && 'tagName' in row.parentNode && row.parentNode.tagName === 'thead'
  const cells = (row: Element): readonly Cell[] =>
    row.childNodes
      .filter((node) => defaultTreeAdapter.isElementNode(node))
      .map((cell) => ({ span: spanOf(cell), of: cellOf(cell) }))
  const filled = rows.filter((row) => cells(row).length > 0)
  if (filled.length === 0) return []
  const widths = filled.map((row) => cells(row).reduce((sum, { span }) => sum + span, 0))
  const columns = Math.max(...widths)
  const caption = all.find(({ tagName }) => tagName === 'caption')
  const whole = (row: Element, at: number): readonly Cell[] => {
    const missing = columns - (widths[at] ?? columns)
    return [...cells(row), ...Array.from({ length: missing }, () => ({ span: 1, of: [] }))]
  }
  const shown = filled.map((row, at) => ({ isHead: isHead(row), cells: whole(row, at) }))
  return [
    {
      kind: 'table',
      columns,
      caption: caption === undefined ? [] : contentOf(caption),
      head: shown.filter((row) => row.isHead).map((row) => row.cells),
      rows: shown.filter((row) => !row.isHead).map((row) => row.cells),
    },
  ]
}

/** The head of a row says so where the head of the table does not. */
function cellOf(cell: Element): readonly PageNode[] {
  const of = contentOf(cell)
  const isRowHead = cell.tagName === 'th' && attribute(cell, 'scope') === 'row'
  return isRowHead && of.length > 0 ? [{ kind: 'strong', of }] : of
}

const MAX_SPAN = 50

function spanOf(cell: Element): number {
  const span = Number(attribute(cell, 'colspan') ?? 1)
  return Number.isInteger(span) && span >= 1 && span <= MAX_SPAN ? span : 1
}

function inlineOf(node: ChildNode): readonly PageNode[] {
  if (defaultTreeAdapter.isTextNode(node)) {
    const text = node.value.replaceAll(/[ \t\n\f\r]+/g, ' ')
    return text === '' ? [] : [text]
  }
  if (!defaultTreeAdapter.isElementNode(node) || LEFT_OUT.has(node.tagName)) return []
  const { tagName, childNodes } = node
  if (tagName === 'br') return [{ kind: 'break' }]
  if (tagName === 'code' || tagName === 'kbd' || tagName === 'samp')
    return [{ kind: 'code', text: textOf(node) }]
  // A picture is told by its name.
  if (tagName === 'svg') return [attribute(node, 'aria-label') ?? ''].filter((text) => text !== '')
  const of = childNodes.flatMap(inlineOf)
  if (of.length === 0) return []
  if (tagName === 'strong' || tagName === 'b') return [{ kind: 'strong', of }]
  if (tagName === 'em' || tagName === 'i') return [{ kind: 'emph', of }]
  const to = tagName === 'a' ? attribute(node, 'href') : undefined
  return to !== undefined && /^(?:https?|mailto):/.test(to) ? [{ kind: 'link', to, of }] : of
}

/** Without blanks at its ends. */
function trimmed(nodes: readonly PageNode[]): readonly PageNode[] {
  const [first] = nodes
  const last = nodes.at(-1)
  if (typeof first === 'string' && first.trimStart() === '') return trimmed(nodes.slice(1))
  if (typeof last === 'string' && last.trimEnd() === '') return trimmed(nodes.slice(0, -1))
  return nodes.map((node, at) => {
    if (typeof node !== 'string') return node
    const started = at === 0 ? node.trimStart() : node
    return at === nodes.length - 1 ? started.trimEnd() : started
  })
}

function childrenNamed({ childNodes }: Element, name: string): readonly Element[] {
  return childNodes
    .filter((node) => defaultTreeAdapter.isElementNode(node))
    .filter(({ tagName }) => tagName === name)
}

function textOf(element: Element): string {
  return element.childNodes
    .map((node) =>
      defaultTreeAdapter.isTextNode(node)
        ? node.value
        : defaultTreeAdapter.isElementNode(node)
          ? textOf(node)
          : '',
    )
    .join('')
}

function attribute(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find((one) => one.name === name)?.value
}
