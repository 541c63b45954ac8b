// Cuts a text where given values stand in it, without regard to case. Plain searching: values are never made into patterns.

export type MarkedPart = { readonly part: string; readonly isMarked: boolean }

/** One letter marks everything and says nothing. */
const SHORTEST = 2

export function markedParts(text: string, values: readonly string[]): readonly MarkedPart[] {
  const wanted = values
    .filter(({ length }) => length >= SHORTEST)
    .map((value) => value.toLowerCase())
  const low = text.toLowerCase()
  // Lower case can be longer than the text (İ): positions would no longer agree.
  if (wanted.length === 0 || low.length !== text.length) return [{ part: text, isMarked: false }]
  const parts: MarkedPart[] = []
  let at = 0
  while (at < text.length) {
    const next = nearest(low, wanted, at)
    if (next === null) break
    if (next.from > at) parts.push({ part: text.slice(at, next.from), isMarked: false })
    parts.push({ part: text.slice(next.from, next.to), isMarked: true })
    at = next.to
  }
  if (at < text.length) parts.push({ part: text.slice(at), isMarked: false })
  return parts
}

/** The earliest, and of those the longest. */
function nearest(
  low: string,
  wanted: readonly string[],
  at: number,
): { from: number; to: number } | null {
  const found = wanted
    .map((value) => ({ from: low.indexOf(value, at), length: value.length }))
    .filter(({ from }) => from >= 0)
    .toSorted((a, b) => a.from - b.from || b.length - a.length)[0]
  return found ? { from: found.from, to: found.from + found.length } : null
}
