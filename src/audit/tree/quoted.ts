// A quoted value may go over several lines: certificates, scripts, banners.

/** Lines a quoted value may have. */
const MOST_LINES = 20_000

/**
 * Index of the last line of a statement that begins at `at`. A quotation that never ends is taken as a plain
 * character: it would hide everything after it.
 */
export function quotedEnd(lines: readonly string[], at: number): number {
  const first = lines[at] ?? ''
  if (!first.includes('"') || !isOpen(first, false)) return at
  const stop = Math.min(lines.length, at + MOST_LINES)
  for (let next = at + 1; next < stop; next += 1) {
    if (!isOpen(lines[next] ?? '', true)) return next
  }
  return at
}

function isOpen(line: string, wasOpen: boolean): boolean {
  if (!line.includes('"')) return wasOpen
  let open = wasOpen
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at)
    if (code === 92) at += 1
    else if (code === 34) open = !open
  }
  return open
}
