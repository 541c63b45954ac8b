// Entries of a RouterOS export: a path, then `add` with its settings.

import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'

export type Entry = {
  readonly first: number
  readonly last: number
  readonly text: string
  readonly get: (setting: string) => string | undefined
  readonly names: readonly string[]
}

/** In the order of the file; what is disabled is left out. */
export function entriesAt({ root, form }: ConfigTree, path: string): readonly Entry[] {
  return root.children.flatMap((node) => {
    const text = plainText(node, form)
    const rows = text === path ? node.children : text.startsWith(`${path} add `) ? [node] : []
    return rows.flatMap((row) => entryOf(row, plainText(row, form), path))
  })
}

const SETTING = /([a-z0-9.-]+)=("(?:[^"\\]|\\.)*"|\S*)/gi

function entryOf(node: ConfigNode, text: string, path: string): readonly Entry[] {
  const plain = text.startsWith(path) ? text.slice(path.length + 1) : text
  if (node.kind !== 'statement' || !plain.startsWith('add ')) return []
  const settings = new Map(
    [...plain.matchAll(SETTING)].map(([, name = '', value = '']) => [
      name,
      value.replace(/^"(.*)"$/, '$1'),
    ]),
  )
  if (settings.get('disabled') === 'yes') return []
  return [
    {
      first: node.line,
      last: node.ownLast,
      text: plain,
      get: (setting) => settings.get(setting),
      names: [...settings.keys()],
    },
  ]
}
