// Banners before the make is known: what stands in one says nothing of the make, whatever it looks like.

import { opaqueEnd } from './opaque.ts'

const OPENS = /^\s*(?:banner|header|menu) /

/** Index of the last line of the banner that the line at `at` opens, in whatever style; undefined where it opens none. */
export function bannerEndAt(lines: readonly string[], at: number): number | undefined {
  const line = lines[at] ?? ''
  if (!OPENS.test(line)) return undefined
  const text = line.trimStart()
  for (const banner of ['delimiter', 'eof'] as const) {
    const end = opaqueEnd(lines, at, { text, width: line.length - text.length, banner })
    if (typeof end === 'number') return end
  }
  return undefined
}

/** The lines, those that stand in a banner empty. The same lines where there is none. */
export function withoutBanners(lines: readonly string[]): readonly string[] {
  let shown: string[] | undefined
  for (let at = 0; at < lines.length; at += 1) {
    const end = bannerEndAt(lines, at)
    if (end === undefined) continue
    shown ??= [...lines]
    shown.fill('', at + 1, end + 1)
    at = end
  }
  return shown ?? lines
}
