// How much of a configuration was understood: lines, not nodes, so that a person can check the figure.

import type { ConfigNode, ConfigTree } from './config-tree.ts'

export type Coverage = {
  /** Lines that hold something. */
  readonly significant: number
  readonly understood: number
  /** The first lines that were not understood. */
  readonly unparsed: readonly number[]
}

const SHOWN = 20

/** Every line is in the tree: those that stand in an unparsed node are not understood, and none of a make that is not known. */
export function coverageOf({ root, lines }: ConfigTree, isKnownMake: boolean): Coverage {
  const unparsed = new Set<number>()
  if (isKnownMake) findUnparsed(root, unparsed)
  let significant = 0
  for (const [at, line] of lines.entries()) {
    if (line === '' || line.trim() === '') continue
    significant += 1
    if (!isKnownMake) unparsed.add(at + 1)
  }
  const shown = [...unparsed].toSorted((a, b) => a - b).slice(0, SHOWN)
  return { significant, understood: significant - unparsed.size, unparsed: shown }
}

function findUnparsed({ children }: ConfigNode, unparsed: Set<number>): void {
  for (const child of children) {
    if (child.kind === 'unparsed')
      for (let line = child.line; line <= child.ownLast; line += 1) unparsed.add(line)
    if (child.children.length > 0) findUnparsed(child, unparsed)
  }
}
