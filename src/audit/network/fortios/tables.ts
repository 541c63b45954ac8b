// Tables of a FortiOS configuration: `config firewall policy` with its entries, wherever it stands.

import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { walk } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import { wordsIn } from '../words-of.ts'

export type Row = {
  readonly name: string
  readonly first: number
  readonly last: number
  /** The values of a setting; none where it is not set. */
  readonly values: (setting: string) => readonly string[]
  readonly value: (setting: string) => string | undefined
}

export type Tables = (table: string) => readonly Row[]

export function tablesIn(tree: ConfigTree): Tables {
  const tables = new Map<string, Row[]>()
  for (const node of walk(tree.root)) {
    if (node.kind !== 'statement' || !node.text.startsWith('config ')) continue
    const name = plainText(node, tree.form)
    const rows = tables.get(name) ?? []
    for (const child of node.children)
      if (child.text.startsWith('edit ')) rows.push(rowOf(child, tree))
    tables.set(name, rows)
  }
  return (table) => tables.get(table) ?? []
}

function rowOf(node: ConfigNode, { form }: ConfigTree): Row {
  const settings = new Map<string, readonly string[]>()
  for (const child of node.children) {
    if (child.kind !== 'statement' || child.children.length > 0) continue
    const [setting = '', ...values] = wordsIn(plainText(child, form))
    const isMore = child.text.startsWith('append ')
    settings.set(
      setting,
      isMore ? [...(settings.get(values[0] ?? '') ?? []), ...values.slice(1)] : values,
    )
  }
  const [name = ''] = wordsIn(plainText(node, form))
  return {
    name,
    first: node.line,
    last: node.last,
    values: (setting) => settings.get(setting) ?? [],
    value: (setting) => settings.get(setting)?.[0],
  }
}
