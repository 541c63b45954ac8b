// A block in one line (`ltm node n { address 10.0.0.1 session user-disabled }`): nothing parts its statements but what they are. A word
// and its value are one, a word that stands alone is one, and of a list each member is one.

export type OneLine = {
  /** Words that stand alone. */
  readonly alone: RegExp
  /** Blocks whose inside is a list. */
  readonly lists: RegExp
}

/** What stands before the end of a block, or before a block in it, whose name is then the last of them. */
export function statementsIn(
  text: string,
  within: string,
  { alone, lists }: OneLine,
): readonly string[] {
  const words = text.match(WORD) ?? []
  if (lists.test(within)) return words
  const found: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const first = at
    if (!alone.test(words[at] ?? '') && at + 1 < words.length) at += 1
    // `monitor http and https`
    while (words[at + 1] === 'and' && at + 2 < words.length) at += 2
    found.push(words.slice(first, at + 1).join(' '))
  }
  return found
}

const WORD = /"(?:[^"\\]|\\.)*"|\S+/g

/** The same where a block follows: what comes before it, and its name. */
export function statementsBefore(
  text: string,
  within: string,
  rules: OneLine,
): { readonly before: readonly string[]; readonly name: string } {
  const trimmed = text.trim()
  const counted = /(?:^|\s)(monitor min \d+ of)$/.exec(trimmed)
  const name = counted?.[1] ?? /(?:"(?:[^"\\]|\\.)*"|\S+)$/.exec(trimmed)?.[0] ?? ''
  const rest = trimmed.slice(0, trimmed.length - name.length)
  return { before: statementsIn(rest, within, rules), name }
}
