// Builds the tree and holds the limits: a configuration that passes them is refused as a whole.

import type { ConfigNode, NodeKind } from './config-tree.ts'

/** A node while the tree is being built. */
export type OpenNode = {
  kind: NodeKind
  text: string
  line: number
  ownLast: number
  last: number
  children: OpenNode[]
  parent: OpenNode | null
}

export const LIMITS = {
  /** Largest text, in characters. */
  size: 64 * 1024 * 1024,
  /** Longest line, in characters: base64 pictures of portals are long, and still far below this. */
  line: 1024 * 1024,
  depth: 128,
  nodes: 2_000_000,
} as const

export class LimitReached extends Error {
  readonly kind: 'line_too_long' | 'too_deep' | 'too_many_nodes'
  readonly line: number
  readonly limit: number

  constructor(kind: 'line_too_long' | 'too_deep' | 'too_many_nodes', line: number, limit: number) {
    super(kind)
    this.kind = kind
    this.line = line
    this.limit = limit
  }
}

const NO_CHILDREN: OpenNode[] = []

export class NodeBuilder {
  readonly root: OpenNode = openRoot()
  /** Blocks that the text never ends: half a configuration. */
  unclosed = 0
  #nodes = 0

  get nodes(): number {
    return this.#nodes
  }

  /** Adds a node. `ownLast` is its line unless its text goes over several. */
  add(
    parent: OpenNode,
    kind: NodeKind,
    at: { text: string; line: number; ownLast?: number },
  ): OpenNode {
    return this.put(parent, kind, at.text, at.line, at.ownLast ?? at.line)
  }

  /** The same, without an object for each call: the indentation family adds a node a line. */
  // oxlint-disable-next-line max-params
  put(parent: OpenNode, kind: NodeKind, text: string, line: number, ownLast: number): OpenNode {
    this.#nodes += 1
    if (this.#nodes > LIMITS.nodes) throw new LimitReached('too_many_nodes', line, LIMITS.nodes)
    const node: OpenNode = {
      kind,
      text,
      line,
      ownLast,
      last: ownLast,
      children: NO_CHILDREN,
      parent,
    }
    if (parent.children === NO_CHILDREN) parent.children = [node]
    else parent.children.push(node)
    return node
  }

  /**
   * Sets how far every node reaches; the builder is done with then. A line that a reader put nowhere, a semicolon alone
   * or text in an element that never ends, is shown as not understood; what is beside the configuration is a comment.
   */
  finish(lines: readonly string[], beside: ReadonlySet<number>): ConfigNode {
    const owned = new Uint8Array(lines.length + 1)
    settle(this.root, owned)
    const { children } = this.root
    const known = children.length
    for (let at = 0; at < lines.length; at += 1) {
      if (owned[at + 1] !== 0) continue
      const line = (lines[at] ?? '').trim()
      if (line === '') continue
      this.put(this.root, beside.has(at) ? 'comment' : 'unparsed', line, at + 1, at + 1)
    }
    if (children.length > known) children.sort((one, other) => one.line - other.line)
    return this.root
  }
}

function openRoot(): OpenNode {
  return { kind: 'statement', text: '', line: 0, ownLast: 0, last: 0, children: [], parent: null }
}

/** Depth is bounded by `LIMITS.depth`, so this does not run out of stack. */
function settle(node: OpenNode, owned: Uint8Array): number {
  const { children } = node
  for (let at = 0; at < children.length; at += 1) {
    const child = children[at]
    if (child === undefined) continue
    for (let line = child.line; line <= child.ownLast; line += 1) owned[line] = 1
    const last = child.children.length === 0 ? child.last : settle(child, owned)
    // A comment after a block is often the line that parts it from the next.
    if (last > node.last && child.kind !== 'comment') node.last = last
  }
  return node.last
}
