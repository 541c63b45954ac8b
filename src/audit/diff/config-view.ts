// A tree as it is compared: comments, closers and volatile lines aside, one name for every statement, and for every block
// whether order says something. Lists that lie scattered among other lines become blocks of their own.

import type { Dialect } from '../dialect/dialect.ts'
import type { ConfigNode, ConfigTree, Form } from '../tree/config-tree.ts'
import { plainText, under } from '../tree/statement-path.ts'
import { factOf } from './facts.ts'
import type { Fact } from './facts.ts'
import { keyOf, withoutNumber } from './keys.ts'
import type { ConfigView, Note, ViewNode } from './view-node.ts'

type Building = { -readonly [K in keyof ViewNode]: K extends 'children' ? Building[] : ViewNode[K] }

export function viewOf(tree: ConfigTree, dialect: Dialect): ConfigView {
  const facts: Fact[] = []
  const notes: Note[] = []
  const context: Context = { form: tree.form, dialect, facts, notes, lists: new Map() }
  const root = block({ text: '', path: '', first: 1, last: tree.lines.length }, context)
  for (const child of tree.root.children) place(root, child, context)
  settleKeys(root, context)
  return { root, facts, notes }
}

type Context = {
  readonly form: Form
  readonly dialect: Dialect
  readonly facts: Fact[]
  readonly notes: Note[]
  /** Lists and their named entries, by name. */
  readonly lists: Map<string, Building>
}
type Place = Pick<ViewNode, 'text' | 'path' | 'first' | 'last'>

function block(spot: Place, { dialect }: Context, isOrdered?: boolean): Building {
  const ordered = isOrdered ?? dialect.unordered?.test(spot.path) !== true
  return { ...spot, key: spot.text, isBlock: true, isOrdered: ordered, children: [] }
}

function leaf(spot: Place): Building {
  return { ...spot, key: spot.text, isBlock: false, isOrdered: false, children: [] }
}

/** Of a path, what patterns are tried on. */
const PATH_TRIED = 4096

const FILLER = /\s*⟦…⟧/g

function place(parent: Building, node: ConfigNode, context: Context): void {
  if (node.kind === 'closer') return
  const { counters } = context.dialect
  const plain = plainText(node, context.form).replaceAll(FILLER, '')
  const text = counters === null ? plain : plain.replaceAll(counters, '')
  const path = under(parent.path, text, context.form)
  const seen = path.slice(0, PATH_TRIED)
  const fact = factOf({ text, path: seen, line: node.line, last: node.last }, context.dialect)
  if (fact !== undefined) context.facts.push(fact)
  if (node.kind === 'comment' && /\w/.test(text))
    context.notes.push({ text: node.text.slice(0, PATH_TRIED), first: node.line, last: node.last })
  if (fact !== undefined || node.kind === 'comment') return
  const spot = { text, path, first: node.line, last: node.last }
  const home = sequenceHome(parent, spot, context)
  if (!node.children.some(holdsSomething)) {
    home.children.push(leaf(spot))
    return
  }
  const own = block(spot, context)
  home.children.push(own)
  for (const child of node.children) place(own, child, context)
}

function holdsSomething({ kind }: ConfigNode): boolean {
  return kind !== 'comment' && kind !== 'closer'
}

/** Where a statement belongs that is part of a list: the list, or the named entry of it. */
function sequenceHome(parent: Building, spot: Place, context: Context): Building {
  if (parent.path !== '') return parent
  for (const pattern of context.dialect.sequences) {
    const [, list, entry] = pattern.exec(spot.path.slice(0, PATH_TRIED)) ?? []
    if (list === undefined) continue
    const home = childBlock(parent, list, spot, context)
    if (entry === undefined) return home
    return childBlock(home, entry, spot, context)
  }
  return parent
}

function childBlock(parent: Building, name: string, spot: Place, context: Context): Building {
  const key = parent.path === '' ? `list ${name}` : name
  const known = context.lists.get(`${parent.key}\n${key}`)
  if (known !== undefined) {
    known.last = Math.max(known.last, spot.last)
    return known
  }
  const path = parent.path === '' ? name : under(parent.path, name, context.form)
  const isOrdered = parent.path === '' ? true : undefined
  const own = block({ text: key, path, first: spot.first, last: spot.last }, context, isOrdered)
  parent.children.push(own)
  context.lists.set(`${parent.key}\n${key}`, own)
  return own
}

/** Names that siblings share are counted, so that each stays one of its own. */
function settleKeys(parent: Building, context: Context): void {
  const seen = new Map<string, number>()
  for (const child of parent.children) {
    const plain = parent.isOrdered ? withoutNumber(child.text) : child.text
    const key = keyOf({ ...child, text: plain }, context)
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    child.key = count === 1 ? key : `${key} #${count}`
    if (child.isBlock) settleKeys(child, context)
  }
}
