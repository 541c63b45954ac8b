// A comparison as the checks read it: single statements that came, went, changed or moved, each with its lines.

import type { Change } from '../diff/compare.ts'
import type { ConfigView, ViewNode } from '../diff/view-node.ts'

/** One statement on one side. */
export type Statement = {
  readonly path: string
  readonly stanza: readonly string[]
  readonly first: number
  readonly last: number
}

export type ChangeSet = {
  readonly came: readonly Statement[]
  readonly went: readonly Statement[]
  readonly changed: readonly { readonly was: Statement; readonly is: Statement }[]
  readonly moved: readonly Statement[]
}

/** Longest path a pattern is matched against: what decides stands at its beginning, and lines may be long on purpose. */
const PATH_LENGTH = 4096

export function changeSetOf(changes: readonly Change[], before: ConfigView): ChangeSet {
  const came: Statement[] = []
  const went: Statement[] = []
  const changed: { was: Statement; is: Statement }[] = []
  const moved: Statement[] = []
  for (const { kind, before: was, after: is, stanza } of changes) {
    if (kind === 'added' && is !== null) came.push(...statements(is, stanza))
    else if (kind === 'removed' && was !== null) went.push(...statements(was, stanza))
    else if (kind === 'moved' && is !== null) moved.push(one(is, stanza))
    else if (kind === 'changed' && was !== null && is !== null) {
      if (isOff(is) !== isOff(was)) switched({ was, is, stanza }, { came, went })
      else changed.push({ was: one(was, stanza), is: one(is, stanza) })
    }
  }
  return { came, went: [...went, ...deactivated(came, before)], changed, moved }
}

/** Junos: what is inactive is as good as absent. */
function isOff({ text }: ViewNode): boolean {
  return text.startsWith('inactive: ')
}

type Switch = { readonly was: ViewNode; readonly is: ViewNode; readonly stanza: readonly string[] }

function switched(
  { was, is, stanza }: Switch,
  into: { came: Statement[]; went: Statement[] },
): void {
  if (isOff(is)) into.went.push(...statements(was, stanza))
  else into.came.push(...statements(is, stanza))
}

/** `deactivate a b` takes away all that begins with `a b`. */
function deactivated(came: readonly Statement[], { root }: ConfigView): readonly Statement[] {
  const off = came.filter(({ path }) => path.startsWith('deactivate '))
  if (off.length === 0) return []
  const all = statements(root, [])
  return off.flatMap(({ path, first, last }) => {
    const what = path.slice('deactivate '.length)
    const under = all.filter((known) => known.path === what || known.path.startsWith(`${what} `))
    return under.map((known) => ({ ...known, first, last }))
  })
}

/** A block's own statement and those inside it. */
export function statements(node: ViewNode, stanza: readonly string[]): readonly Statement[] {
  const found: Statement[] = []
  collect(node, stanza, found)
  return found
}

function collect(node: ViewNode, stanza: readonly string[], found: Statement[]): void {
  if (node.path !== '') found.push(one(node, stanza))
  const inside = node.path === '' ? stanza : [...stanza, node.text]
  for (const child of node.children) collect(child, inside, found)
}

function one({ path, first, last }: ViewNode, stanza: readonly string[]): Statement {
  return { path: path.slice(0, PATH_LENGTH), stanza, first, last }
}
