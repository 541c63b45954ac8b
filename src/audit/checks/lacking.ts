// Blocks that hold nothing of a kind: `line vty 0 4` without an access class.

import type { ViewNode } from '../diff/view-node.ts'
import type { Statement } from './change-set.ts'
import type { When } from './check.ts'

export function blocksLacking(root: ViewNode, { is, lacks }: When): readonly Statement[] {
  const found: Statement[] = []
  visit(root, [], (node, stanza) => {
    if (!node.isBlock || !is.test(node.path)) return
    if (lacks !== null && holds(node, lacks)) return
    found.push({ path: node.path, stanza, first: node.first, last: node.last })
  })
  return found
}

function visit(
  node: ViewNode,
  stanza: readonly string[],
  see: (node: ViewNode, stanza: readonly string[]) => void,
): void {
  see(node, stanza)
  const inside = node.path === '' ? stanza : [...stanza, node.text]
  for (const child of node.children) if (child.isBlock) visit(child, inside, see)
}

function holds(node: ViewNode, pattern: RegExp): boolean {
  return node.children.some(
    (child) => pattern.test(child.text) || (child.isBlock && holds(child, pattern)),
  )
}
