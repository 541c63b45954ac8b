// The part of a long value that a sentence shows: what a rule's pattern met, with a little around it.

const SHOWN = 100
const AROUND = 30

/**
 * `value` in one line and at most about 100 characters, around the longest piece of the Sigma `pattern` (`*`, `?` and
 * escapes taken as Sigma does) that stands in it; its beginning where none does.
 */
export function excerpt(value: string, pattern: string): string {
  const text = value.replaceAll(/\s+/g, ' ').trim()
  if (text.length <= SHOWN) return text
  const start = Math.max(0, placeOf(text, pattern) - AROUND)
  const end = Math.min(text.length, start + SHOWN)
  const shown = text.slice(start, end).replaceAll(HALF_CHARACTER, '').trim()
  return `${start > 0 ? '…' : ''}${shown}${end < text.length ? '…' : ''}`
}

/** A pair of code units of which the cut left one. */
const HALF_CHARACTER = /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g

function placeOf(text: string, pattern: string): number {
  const pieces = pattern
    .split(/[*?]+/)
    .map((piece) => piece.replaceAll(/\\(.)/g, '$1').replaceAll(/\s+/g, ' ').trim())
    .toSorted((a, b) => b.length - a.length)
  const places = pieces
    .filter((piece) => piece !== '')
    .map((piece) => text.toLowerCase().indexOf(piece.toLowerCase()))
  return places.find((place) => place >= 0) ?? 0
}
