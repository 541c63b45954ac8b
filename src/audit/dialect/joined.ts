// Two configurations in one text: each says once what device it is, so together they say it twice.

import type { ConfigTree } from '../tree/config-tree.ts'
import { plainText } from '../tree/statement-path.ts'
import type { Dialect } from './dialect.ts'

export function isJoined(
  { root, form, beside }: ConfigTree,
  { once }: Pick<Dialect, 'once'>,
): boolean {
  return once.some((pattern) => {
    let met = 0
    for (const node of root.children) {
      if (beside.has(node.line - 1) || node.kind === 'opaque') continue
      const text = node.kind === 'comment' ? node.text : plainText(node, form)
      if (pattern.test(text)) met += 1
      if (met > 1) return true
    }
    return false
  })
}
