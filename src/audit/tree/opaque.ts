// Free text inside a configuration: banners, certificates, macros. It is kept, and never read as configuration, because
// a banner may hold lines that look like commands.

/** `delimiter`: until its first character comes again. `eof`: until a line `EOF`. `none`: one line each. */
export type BannerStyle = 'delimiter' | 'eof' | 'none'

type Opening = { readonly text: string; readonly width: number; readonly banner: BannerStyle }

/**
 * Index of the last line of the free text that the line at `at` opens; undefined where it opens none. Free text that
 * never ends is no free text: it would hide everything after it.
 */
export function opaqueEnd(
  lines: readonly string[],
  at: number,
  { text, width, banner }: Opening,
): number | 'unclosed' | undefined {
  if (text.startsWith('banner ') || text.startsWith('header '))
    return bannerEnd(lines, at, text, banner)
  if (width > 0 && text.startsWith('certificate ')) return certificateEnd(lines, at)
  if (text.startsWith('macro name ')) return find(lines, at, (line) => line.trimEnd() === '@')
  if (text.startsWith('menu ')) return menuEnd(lines, at, text)
  return undefined
}

const BANNER =
  /^(?:banner|header) (?:motd|login|exec|incoming|slip-ppp|prompt-timeout|config-save|shell|legal)\s*(\^C|\u0003|.)?(.*)$/

function bannerEnd(lines: readonly string[], at: number, text: string, style: BannerStyle) {
  if (style === 'none') return undefined
  const found = BANNER.exec(text)
  if (found === null) return undefined
  const [, delimiter = '', rest = ''] = found
  if (delimiter === '' || style === 'eof') {
    return style === 'eof' ? find(lines, at, (line) => line.trim() === 'EOF') : undefined
  }
  if (delimiter !== '"' && /\w/.test(delimiter) && /^\w{2,}/.test(rest)) return undefined
  // Devices print the control character as `^C`, and what was typed as a plain caret as `^`.
  if (rest.includes(delimiter)) return undefined
  return find(lines, at, (line) => line.includes(delimiter))
}

const MENU = /^menu \S+ title (\^C|\u0003|\S)(.*)$/

function menuEnd(lines: readonly string[], at: number, text: string) {
  const [, delimiter = '', rest = ''] = MENU.exec(text) ?? []
  if (delimiter === '' || rest.includes(delimiter)) return undefined
  return find(lines, at, (line) => line.includes(delimiter))
}

const HEX = /^[0-9A-Fa-f\s]+$/

/** Hexadecimal digits until `quit`; anything else means that this is no certificate. */
function certificateEnd(lines: readonly string[], at: number): number | undefined {
  for (let next = at + 1; next < lines.length; next += 1) {
    const line = (lines[next] ?? '').trim()
    if (line === 'quit') return next
    if (!HEX.test(line)) return undefined
  }
  return undefined
}

/** Lines a banner may have: none that was seen has a hundred. */
const MOST_LINES = 2000

function find(
  lines: readonly string[],
  at: number,
  ends: (line: string) => boolean,
): number | 'unclosed' {
  const stop = Math.min(lines.length, at + MOST_LINES)
  for (let next = at + 1; next < stop; next += 1) {
    if (ends(lines[next] ?? '')) return next
  }
  return 'unclosed'
}
