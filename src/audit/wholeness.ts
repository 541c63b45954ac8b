// Whether a text is a whole configuration of one device, as the text itself and the version before tell it. Pure.

import type { DeviceAudit } from '../model/index.ts'
import { isJoined } from './dialect/joined.ts'
import type { Change } from './diff/compare.ts'
import type { ReadConfig } from './read-config.ts'

type Sign = DeviceAudit['signs'][number]
type Pair = { readonly now: ReadConfig; readonly before?: ReadConfig | undefined }

/** Signs that a text is not the whole of one configuration: what it lacks or has too much says nothing of the device. */
export const BROKEN: readonly Sign[] = ['half', 'joined', 'cut', 'strange']

/** A configuration that lost more than this part of itself was cut off, or the device was set up anew. */
const SHRUNK = 0.9
/** Of a few lines, one is more than a tenth. */
const LEAST_LOST = 10
/** What may differ where a text is the beginning of another: people work on a device that is cut off meanwhile. */
const MAY_DIFFER = 0.05

export function isSameMake(before: ReadConfig, now: ReadConfig): boolean {
  return before.dialect.name === now.dialect.name && before.tree.form === now.tree.form
}

/** What is said of a version as a whole, against the one before where there is one. */
export function signsOf({ now, before }: Pair): DeviceAudit['signs'] {
  const signs = ownSigns(now)
  if (before === undefined || becameWhole({ now, before })) return signs
  if (isStrange(now, before)) return [...signs, 'strange']
  if (!isSameMake(before, now)) return [...signs, 'other_make']
  const isCut = signs.includes('half')
    ? false
    : endsInWord(now, before) || isBeginning(now, before) || (hasEnd(before) && !hasEnd(now))
  if (isCut) return [...signs, 'cut']
  return hasShrunk(now, before) ? [...signs, 'shrunk'] : signs
}

/** Signs of a text that is not whole and whose version before was. */
export function brokenOf({ now, before }: Pair): readonly Sign[] {
  if (before === undefined) return []
  const known = ownSigns(before)
  return signsOf({ now, before }).filter((sign) => BROKEN.includes(sign) && !known.includes(sign))
}

/** The version before was not whole, and this one is: what it has more was there all along. */
export function becameWhole({ now, before }: Pair): boolean {
  if (before === undefined) return false
  const own = ownSigns(now)
  return ownSigns(before).some((sign) => !own.includes(sign)) || endsInWord(before, now)
}

/**
 * What changed for certain although the text is not whole: what came, but not in its last line, which may be a part of one.
 * Of two in one nobody knows whose it is.
 */
export function certainIn(
  changes: readonly Change[],
  { now, broken }: { readonly now: ReadConfig; readonly broken: readonly Sign[] },
): readonly Change[] {
  if (broken.length === 0) return changes
  if (broken.includes('joined') || broken.includes('strange')) return []
  const { lines } = now.tree
  const last = lines.findLastIndex((line) => /\S/.test(line)) + 1
  return changes.filter(
    ({ kind, after }) => kind === 'added' && after !== null && after.last < last,
  )
}

/** What the text says of itself. */
function ownSigns(read: ReadConfig): Sign[] {
  const signs: Sign[] = []
  if (read.tree.unclosed > 0 || isAnswerCut(read)) signs.push('half')
  if (read.otherMakeAt !== undefined || isJoined(read.tree, read.dialect)) signs.push('joined')
  return signs
}

/** Of no make that is known, and nearly nothing of what the device said before: it did not say this. */
function isStrange(now: ReadConfig, before: ReadConfig): boolean {
  if (now.recognised.kind === 'known' || !hasShrunk(now, before)) return false
  const known = new Set(significantIn(before))
  const lines = significantIn(now)
  return lines.filter((line) => known.has(line)).length <= lines.length * MAY_DIFFER
}

function hasShrunk({ coverage: now }: ReadConfig, { coverage: before }: ReadConfig): boolean {
  const lost = before.significant - now.significant
  return now.significant < before.significant * SHRUNK && lost >= LEAST_LOST
}

/** What a device answers begins with its size and ends with `end`: one without the other was cut on the way. */
function isAnswerCut(read: ReadConfig): boolean {
  const { lines } = read.tree
  return lines.some((line) => /^Current configuration ?: \d+ bytes$/.test(line)) && !hasEnd(read)
}

/** The line by which a whole configuration ends: `end` of Cisco, `: end` of ASA. */
function hasEnd(read: ReadConfig): boolean {
  return /^(?:: )?end$/.test(significantIn(read).at(-1) ?? '')
}

function significantIn({ tree: { lines, beside } }: ReadConfig): readonly string[] {
  return lines.flatMap((line, at) => {
    const text = line.trim()
    return text === '' || beside.has(at) ? [] : [text]
  })
}

/** Its last line is the beginning of a line that the other has at that place, and more after it. */
function endsInWord(now: ReadConfig, whole: ReadConfig): boolean {
  const lines = significantIn(now)
  const [last, previous] = [lines.at(-1), lines.at(-2)]
  if (last === undefined || previous === undefined) return false
  const others = significantIn(whole)
  if (others.length <= lines.length || others.includes(last)) return false
  return others.some(
    (line, at) =>
      at + 1 < others.length &&
      others[at - 1] === previous &&
      line.length > last.length &&
      line.startsWith(last),
  )
}

/** It lost a tenth or more, all of it at the end; for makes whose texts have no closing line. */
function isBeginning(now: ReadConfig, whole: ReadConfig): boolean {
  if (
    !hasShrunk(now, whole) ||
    hasEnd(now) ||
    !['indent', 'set', 'context'].includes(now.tree.form)
  )
    return false
  const lines = significantIn(now)
  const others = significantIn(whole)
  const last = lines.findLast((line) => others.includes(line))
  if (last === undefined) return false
  const end = others.lastIndexOf(last, lines.length * 2) + 1
  if (end === 0) return false
  const own = new Set(lines)
  const missing = others.slice(0, end).filter((line) => !own.has(line)).length
  const known = new Set(others.slice(0, end))
  const strange = lines.filter((line) => !known.has(line)).length
  return end < others.length && Math.max(missing, strange) <= Math.max(2, end * MAY_DIFFER)
}
