// What people name in a configuration (an access list, an interface, a user) with the lines it stands on, by tables.

import type { Dialect, Structure } from '../dialect/dialect.ts'
import type { ConfigNode, ConfigTree, Form } from '../tree/config-tree.ts'
import { plainText, under } from '../tree/statement-path.ts'

export type FoundStructure = {
  readonly type: string
  readonly name: string
  /** Spans of lines from 1, in order, that do not touch. */
  readonly lines: readonly Span[]
}

export type Span = { readonly first: number; readonly last: number }

/** Longest path that is looked at: what a structure is called stands at its beginning. */
const PATH_LENGTH = 1024

export function findStructures(
  { root, form }: ConfigTree,
  { structures }: Dialect,
): readonly FoundStructure[] {
  const found = new Map<string, { type: string; name: string; spans: Span[] }>()
  const visit = (node: ConfigNode, above: string, inside: ReadonlySet<string>) => {
    for (const child of node.children) {
      if (child.kind !== 'statement') continue
      // A value over several lines is free text: what it holds is no structure.
      const [text = ''] = child.text.split('\n', 1)
      const own = text === child.text ? child : { ...child, text }
      const path = under(above, plainText(own, form), form).slice(0, PATH_LENGTH)
      const here = note(child, path, inside)
      if (child.children.length > 0) visit(child, path, here)
    }
  }
  const note = (child: ConfigNode, path: string, inside: ReadonlySet<string>) => {
    let here = inside
    for (const structure of structures) {
      const name = nameOf(structure, path, form)
      if (name === undefined) continue
      const key = `${structure.type}\n${name}`
      // What stands inside a structure of the same name is part of it already.
      if (inside.has(key)) continue
      const entry = found.get(key) ?? { type: structure.type, name, spans: [] }
      found.set(key, entry)
      entry.spans.push({ first: child.line, last: structure.isLine ? child.ownLast : child.last })
      here = new Set([...here, key])
    }
    return here
  }
  visit(root, '', new Set())
  return [...found.values()].map(({ type, name, spans }) => ({ type, name, lines: joined(spans) }))
}

function nameOf({ at, name }: Structure, path: string, form: Form): string | undefined {
  const match = at.exec(path)
  if (match === null) return undefined
  const groups = match.groups ?? {}
  const plain = name.replaceAll(/\$<(\w+)>/g, (_, group: string) => groups[group] ?? '')
  return form === 'indent' ? plain.trim() : plain.replaceAll('"', '').trim()
}

/** Spans in order; those that touch become one. */
function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = []
  for (const span of spans.toSorted((a, b) => a.first - b.first)) {
    const last = result.at(-1)
    if (last !== undefined && span.first <= last.last + 1)
      result[result.length - 1] = { first: last.first, last: Math.max(last.last, span.last) }
    else result.push(span)
  }
  return result
}
