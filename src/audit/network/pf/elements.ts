// Elements of an XML configuration, as the tree holds them: an element without others is its name and its value in one line.

import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { walk } from '../../tree/config-tree.ts'

export type Element = {
  readonly name: string
  /** `''`: the element is there and holds nothing. */
  readonly value: string
  readonly first: number
  readonly last: number
  readonly children: readonly Element[]
}

/** Every element of that name that holds others, wherever it stands. */
export function elementsAt({ root }: ConfigTree, name: string): readonly Element[] {
  return [...walk(root)]
    .filter((node) => node.text === name && node.children.length > 0)
    .map(elementOf)
}

function elementOf(node: ConfigNode): Element {
  const [name = '', ...rest] = node.text.split(' ')
  const value = rest.join(' ').replace(/^"([\s\S]*)"$/, '$1')
  return {
    name,
    value: value.startsWith('@') ? '' : value,
    first: node.line,
    last: node.last,
    children: node.children.filter(({ kind }) => kind === 'statement').map(elementOf),
  }
}

export function childOf(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((one) => one.name === name)
}

/** `undefined` where the element is not there. */
export function textAt(
  element: Element | undefined,
  ...path: readonly string[]
): string | undefined {
  return path.reduce((here: Element | undefined, name) => childOf(here, name), element)?.value
}
