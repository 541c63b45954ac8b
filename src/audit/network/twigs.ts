// Braces, `set` lines and XML of one make as one tree of words, so that its policy is read once.

import type { ConfigNode, ConfigTree } from '../tree/config-tree.ts'
import { plainText } from '../tree/statement-path.ts'
import { wordsIn } from './words-of.ts'

export type Twig = {
  readonly word: string
  readonly children: Map<string, Twig>
  readonly first: number
  last: number
}

export function twigsOf(tree: ConfigTree): Twig {
  const root: Twig = { word: '', children: new Map(), first: 1, last: tree.lines.length }
  const off: (readonly string[])[] = []
  const visit = (node: ConfigNode, above: Twig) => {
    for (const child of node.children) {
      if (child.kind !== 'statement') continue
      const text = plainText(child, tree.form)
      if (/^(?:inactive:|delete:)/.test(text)) continue
      const [, verb] =
        /^(deactivate|delete|activate|rename|move|edit|copy|insert) /.exec(text) ?? []
      if (tree.form === 'set' && verb !== undefined) {
        if (verb === 'deactivate' || verb === 'delete') off.push(wordsIn(text).slice(1))
        continue
      }
      const plain = text.replace(/^(?:protect|replace): ?/, '')
      visit(child, grow(above, plain, child))
    }
  }
  visit(tree.root, root)
  for (const path of off) prune(root, path)
  return root
}

/** Words make a path; the members of a list are side by side. */
function grow(above: Twig, text: string, node: ConfigNode): Twig {
  const open = /(?:^|\s)\[\s/.exec(`${text} `)
  const head = open === null ? text : text.slice(0, open.index)
  const end = text.lastIndexOf(']')
  let twig = above
  for (const word of wordsIn(head)) twig = sprout(twig, word, node)
  if (open !== null)
    for (const word of wordsIn(text.slice(open.index, end === -1 ? text.length : end)))
      sprout(twig, word, node)
  return twig
}

function sprout(above: Twig, word: string, { line, last }: ConfigNode): Twig {
  const known = above.children.get(word)
  if (known !== undefined) {
    known.last = Math.max(known.last, last)
    return known
  }
  const made: Twig = { word, children: new Map(), first: line, last }
  above.children.set(word, made)
  return made
}

function prune(root: Twig, path: readonly string[]): void {
  const above = at(root, ...path.slice(0, -1))
  above?.children.delete(path.at(-1) ?? '')
}

export function at(twig: Twig | undefined, ...path: readonly string[]): Twig | undefined {
  return path.reduce((here: Twig | undefined, word) => here?.children.get(word), twig)
}

export function childrenAt(twig: Twig | undefined, ...path: readonly string[]): readonly Twig[] {
  return [...(at(twig, ...path)?.children.values() ?? [])]
}

/** The words under a path: members of a list, or the one value. */
export function valuesAt(twig: Twig | undefined, ...path: readonly string[]): readonly string[] {
  return childrenAt(twig, ...path).map(({ word }) => word)
}

/** What was said last. */
export function valueAt(twig: Twig | undefined, ...path: readonly string[]): string | undefined {
  return valuesAt(twig, ...path).at(-1)
}

/** Every twig of that word, wherever it stands. */
export function* named(twig: Twig, word: string): Generator<Twig> {
  for (const one of twig.children.values()) {
    if (one.word === word) yield one
    else yield* named(one, word)
  }
}
