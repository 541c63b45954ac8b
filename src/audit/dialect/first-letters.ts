// The letters a line may begin with that a pattern of `^…` matches: a cue is then looked for among the lines that begin so, and not in
// the whole text. Where the pattern does not say it plainly, every line is looked at.

type Letters = ReadonlySet<string> | null

/** `null`: any, or the pattern is not about the beginning of a line. */
export function firstLetters(pattern: string): Letters {
  // What may match a line's end goes on in the next one.
  if (/\\s|\\n|\[\^/.test(pattern)) return null
  return together(
    splitAlternatives(pattern).map((one) => (one.startsWith('^') ? lettersAt(one.slice(1)) : null)),
  )
}

function together(all: readonly Letters[]): Letters {
  return all.includes(null) ? null : new Set(all.flatMap((one) => [...(one ?? [])]))
}

function lettersAt(text: string): Letters {
  const end = text.startsWith('(?:') ? closing(text) : 0
  if (end === -1) return null
  const [, single] = /^(\\[^A-Za-z0-9]|[^\\^$.|?*+()[\]{}])/.exec(text) ?? []
  const own = end > 0 ? together(splitAlternatives(text.slice(3, end)).map(lettersAt)) : undefined
  const letters = own ?? (single === undefined ? null : new Set([single.at(-1) ?? '']))
  const rest = text.slice(end > 0 ? end + 1 : (single?.length ?? 0))
  if (letters === null || rest.startsWith('{')) return null
  // What need not be there is followed by what may begin as well.
  return /^[?*]/.test(rest) ? together([letters, lettersAt(rest.slice(1))]) : letters
}

/** Place of the bracket that closes the first; -1: none, or one stands in a class of characters. */
function closing(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '\\') at += 1
    else if (letter === '[') return -1
    else if (letter === '(') depth += 1
    else if (letter === ')') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}

function splitAlternatives(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  let isClass = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '\\') at += 1
    else if (isClass) isClass = letter !== ']'
    else if (letter === '[') isClass = true
    else if (letter === '(') depth += 1
    else if (letter === ')') depth -= 1
    else if (letter === '|' && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}
