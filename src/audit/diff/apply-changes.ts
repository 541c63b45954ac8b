// The old version with the changes made: the new one. The law that shows that a comparison leaves nothing out.

import type { Change } from './compare.ts'
import type { ViewNode } from './view-node.ts'

export function applyChanges(root: ViewNode, changes: readonly Change[]): ViewNode {
  const byBlock = Map.groupBy(changes, ({ keys }) => JSON.stringify(keys))
  return applyTo(root, [], byBlock)
}

function applyTo(
  block: ViewNode,
  keys: readonly string[],
  byBlock: ReadonlyMap<string, readonly Change[]>,
): ViewNode {
  const here = byBlock.get(JSON.stringify(keys)) ?? []
  const leaves = new Set(
    here
      .filter(({ kind }) => kind === 'removed' || kind === 'moved')
      .map(({ before }) => before?.key),
  )
  const changed = new Map(here.map((change) => [change.before?.key, change]))
  const stay = block.children.filter(({ key }) => !leaves.has(key))
  const children = stay.map((child) => renewed(child, changed.get(child.key)))
  const arrivals = here
    .filter(({ kind }) => kind === 'added' || kind === 'moved')
    .toSorted((a, b) => a.at - b.at)
  for (const { kind, before, after, at } of arrivals) {
    if (after === null) continue
    const arriving =
      kind === 'moved' && before !== null ? { ...before, text: after.text, key: after.key } : after
    children.splice(at, 0, arriving)
  }
  return {
    ...block,
    children: children.map((child) =>
      child.isBlock && block.children.some(({ key }) => key === child.key)
        ? applyTo(child, [...keys, child.key], byBlock)
        : child,
    ),
  }
}

function renewed(child: ViewNode, change: Change | undefined): ViewNode {
  if (change === undefined || change.after === null) return child
  return change.kind === 'changed' || change.kind === 'renumbered'
    ? { ...child, text: change.after.text, key: change.after.key }
    : child
}

/** The text alone, with what stands in no order sorted: two versions that say the same are equal. */
export function canonical(node: ViewNode): unknown {
  const children = node.children.map(canonical)
  const sorted = node.isOrdered
    ? children
    : children.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return node.isBlock ? [node.text, sorted] : node.text
}
