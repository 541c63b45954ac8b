// How much of a configuration was understood: lines, not nodes, so that a person can check the figure.

import type { ConfigNode, ConfigTree } from './config-tree.ts'

export type Coverage = {
  /** Lines that hold something. */
  readonly significant: number
  readonly understood: number
  /** Lines that hold something and are in no node: always none, or the reader is wrong. */
  readonly lost: readonly number[]
  /** The first lines that were not understood. */
  readonly unparsed: readonly number[]
}

const SHOWN = 20

export function coverageOf({ root, lines }: ConfigTree): Coverage {
  const owned = new Uint8Array(lines.length + 1)
  ownAll(owned, root)
  const lost: number[] = []
  const unparsed: number[] = []
  let significant = 0
  for (let at = 0; at < lines.length; at += 1) {
    if (isBlank(lines[at] ?? '')) continue
    significant += 1
    if (owned[at + 1] === 0) lost.push(at + 1)
    else if (owned[at + 1] === 2) unparsed.push(at + 1)
  }
  return {
    significant,
    understood: significant - lost.length - unparsed.length,
    lost,
    unparsed: unparsed.slice(0, SHOWN),
  }
}

function isBlank(line: string): boolean {
  return line === '' || line.trim() === ''
}

function ownAll(owned: Uint8Array, { children }: ConfigNode): void {
  for (const child of children) {
    own(owned, child)
    if (child.children.length > 0) ownAll(owned, child)
  }
}

function own(owned: Uint8Array, { kind, line, ownLast }: ConfigNode): void {
  const mark = kind === 'unparsed' ? 2 : 1
  for (let at = line; at <= ownLast; at += 1) if (owned[at] !== 2) owned[at] = mark
}
