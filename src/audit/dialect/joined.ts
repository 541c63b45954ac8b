// Two configurations in one text: each says once what device it is, so together they say it twice; or one make ends, and another
// begins.

import { walk } from '../tree/config-tree.ts'
import type { ConfigTree } from '../tree/config-tree.ts'
import { plainText } from '../tree/statement-path.ts'
import type { Dialect } from './dialect.ts'
import { NAMED, contenders } from './recognise.ts'
import type { Score } from './recognise.ts'

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

/** A few lines show no make. */
const FEWEST_LINES = 5

/**
 * Where a text goes on as another make: all that speaks for one stands before that line, all that speaks for the other behind it,
 * and there the other says what device it is. Undefined: it is of one make, as far as can be told.
 */
export function otherMakeAt(
  tree: ConfigTree,
  { name }: Dialect,
  dialects: readonly Dialect[],
): number | undefined {
  const lines = outsideFreeText(tree)
  const strong = contenders(lines, dialects)
  const own = strong.find(({ dialect }) => dialect.name === name)
  if (own === undefined) return undefined
  for (const other of strong) {
    if (other === own) continue
    const [first, second] = beginsAt(own) < beginsAt(other) ? [own, other] : [other, own]
    const at = beginsAt(second) - 1
    const [before, after] = [lines.slice(0, at), lines.slice(at)]
    if (before.length < FEWEST_LINES || after.length < FEWEST_LINES) continue
    if (!namesItself(after, { first, second })) continue
    const isFirst = contenders(before, dialects)[0]?.dialect === first.dialect
    if (isFirst && contenders(after, dialects)[0]?.dialect === second.dialect) return at + 1
  }
  return undefined
}

function beginsAt({ because }: Score): number {
  return Math.min(...because.map(({ line }) => line))
}

/** A banner or a certificate can look like any make. */
function outsideFreeText({ root, lines, beside }: ConfigTree): readonly string[] {
  const shown = lines.map((line, at) => (beside.has(at) ? '' : line))
  for (const { kind, line, ownLast } of walk(root))
    if (kind === 'opaque') shown.fill('', line - 1, ownLast)
  return shown
}

/** Says what device it is, in words that the make before it has not. */
function namesItself(
  lines: readonly string[],
  { first, second }: { readonly first: Score; readonly second: Score },
): boolean {
  if (second.strongest >= NAMED) return true
  const says = ({ dialect: { once } }: Score, text: string) =>
    once.some((pattern) => pattern.test(text))
  return lines
    .map((line) => line.replace(/\s*\{$/, '').replace(/^<(\w+)[^<>]*>$/, '$1'))
    .some((text) => says(second, text) && !says(first, text))
}
