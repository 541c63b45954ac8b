// Text with gaps that stand for anything. No backtracking, however many gaps there are.

/** `pieces`: what stands between the gaps, in its order. One piece is the text itself. */
export function fitsPieces([first = '', ...rest]: readonly string[], text: string): boolean {
  const last = rest.at(-1)
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const piece of rest.slice(0, -1)) {
    const next = text.indexOf(piece, at)
    if (next < 0) return false
    at = next + piece.length
  }
  return at <= text.length - last.length
}
