// Completing field names in the query, at the caret.

export type Completion = {
  /** The part of the query that a choice replaces. */
  readonly from: number
  readonly to: number
  readonly choices: readonly string[]
}

const MOST = 8

/** Null where no field name is being typed: inside quotes, after a colon, or with nothing typed yet. */
export function completionAt(
  query: string,
  caret: number,
  names: readonly string[],
): Completion | null {
  const before = query.slice(0, caret)
  const isQuoted = (before.match(/(?<!\\)"/gu)?.length ?? 0) % 2 === 1
  const typed = /(?:^|[\s(-])([A-Za-z_][\w.]*)$/u.exec(before)?.[1]
  if (isQuoted || typed === undefined) return null
  const low = typed.toLowerCase()
  const starts = names.filter((name) => name.startsWith(low))
  const holds = names.filter((name) => !name.startsWith(low) && name.includes(low))
  const choices = [...starts, ...holds].slice(0, MOST)
  if (choices.length === 0) return null
  return { from: caret - typed.length, to: caret, choices }
}

/** The query with the choice put in, and where the caret goes. */
export function completed(
  query: string,
  { from, to }: Completion,
  choice: string,
): { query: string; caret: number } {
  const rest = query.slice(to)
  const added = rest.startsWith(':') ? choice : `${choice}:`
  return { query: `${query.slice(0, from)}${added}${rest}`, caret: from + choice.length + 1 }
}
