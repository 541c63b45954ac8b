// Who is in a group, through any number of groups. Memberships may be repeated and may run in circles.

export type Edge = { readonly group: string; readonly member: string }

/** Members of each root, groups among them included. Each root is walked once: time is edges × roots. */
export function reach(
  edges: readonly Edge[],
  roots: Iterable<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, string[]>()
  for (const { group, member } of edges) {
    const known = members.get(group)
    if (known === undefined) members.set(group, [member])
    else known.push(member)
  }
  return new Map([...new Set(roots)].map((root) => [root, walk(root, members)]))
}

function walk(root: string, members: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>()
  const waiting = [...(members.get(root) ?? [])]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    for (const one of members.get(next) ?? []) if (!seen.has(one)) waiting.push(one)
  }
  return seen
}
