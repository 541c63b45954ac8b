// Two versions of a device, or two devices: what was added, taken away, changed, moved. Always with the block it stands
// in and the lines on both sides.

import { longestRun } from './longest-run.ts'
import type { ConfigView, ViewNode } from './view-node.ts'

export const CHANGE_KINDS = ['added', 'removed', 'changed', 'moved', 'renumbered'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export type Change = {
  /** `renumbered`: the same entry at the same place with another number. */
  readonly kind: ChangeKind
  /** The blocks it stands in, outermost first. */
  readonly stanza: readonly string[]
  /** The same as keys, for `applyChanges`. */
  readonly keys: readonly string[]
  readonly before: ViewNode | null
  readonly after: ViewNode | null
  /** Its place among its siblings afterwards; 0 for what is gone. */
  readonly at: number
}

type Where = { readonly stanza: readonly string[]; readonly keys: readonly string[] }

export function compare(before: ConfigView, after: ConfigView): readonly Change[] {
  const changes: Change[] = []
  compareBlocks(before.root, after.root, { where: { stanza: [], keys: [] }, changes })
  return changes
}

type Comparing = { readonly where: Where; readonly changes: Change[] }

function compareBlocks(before: ViewNode, after: ViewNode, comparing: Comparing): void {
  const { where, changes } = comparing
  const old = new Map(before.children.map((child) => [child.key, child]))
  const current = new Map(after.children.map((child) => [child.key, child]))
  const stays = (child: ViewNode, other: ViewNode | undefined) => other?.isBlock === child.isBlock
  for (const child of before.children) {
    if (stays(child, current.get(child.key))) continue
    changes.push({ ...where, kind: 'removed', before: child, after: null, at: 0 })
  }
  const moved = movedKeys(before, after, (key) => {
    const [was, is] = [old.get(key), current.get(key)]
    return was !== undefined && is !== undefined && stays(was, is)
  })
  after.children.forEach((child, at) => {
    const was = old.get(child.key)
    if (was === undefined || !stays(child, was)) {
      changes.push({ ...where, kind: 'added', before: null, after: child, at })
      return
    }
    if (moved.has(child.key))
      changes.push({ ...where, kind: 'moved', before: was, after: child, at })
    else if (was.text !== child.text)
      changes.push({ ...where, kind: kindOf(was, child), before: was, after: child, at })
    if (child.isBlock) compareBlocks(was, child, { where: inside(where, child), changes })
  })
}

function kindOf(was: ViewNode, is: ViewNode): 'changed' | 'renumbered' {
  const plain = ({ text }: ViewNode) => text.replace(NUMBER, ' ').replace(LEADING_NUMBER, '')
  return plain(was) === plain(is) ? 'renumbered' : 'changed'
}

const NUMBER = / seq \d+ /
const LEADING_NUMBER = /^(?:seq )?\d+ (?=(?:permit|deny|remark)\b)/

function inside({ stanza, keys }: Where, child: ViewNode): Where {
  // A list that was put together from scattered lines is named as people name it.
  const name = child.text.startsWith('list ') ? child.path : child.text
  return { stanza: [...stanza, name], keys: [...keys, child.key] }
}

/** Of an ordered block: as few entries as explain the new order. */
function movedKeys(
  before: ViewNode,
  after: ViewNode,
  isIn: (key: string) => boolean,
): ReadonlySet<string> {
  if (!before.isOrdered && !after.isOrdered) return new Set()
  const places = new Map(after.children.map(({ key }, at) => [key, at]))
  const common = before.children.map(({ key }) => key).filter(isIn)
  const still = longestRun(common.map((key) => places.get(key) ?? 0))
  return new Set(common.filter((_, at) => !still.has(at)))
}
