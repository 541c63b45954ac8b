// What a device starts and runs, as far as its configuration and the comments that collectors leave in it say: image, boot
// variable, register, loader, and digests of images that somebody computed on it.

import type { FirmwareFact } from '../../model/index.ts'
import type { Dialect } from '../dialect/dialect.ts'
import type { ConfigView } from '../diff/view-node.ts'

/** Before a digest is compared with a list. */
export type Told = Pick<FirmwareFact, 'fact' | 'what' | 'line'>

const FACTS_KEPT = 100
const LENGTH = 300
/** Collectors write their answers at the top. */
const NOTES_READ = 5000

export function firmwareOf({ root, notes }: ConfigView, dialect: Dialect): readonly Told[] {
  const said = [
    ...notes.slice(0, NOTES_READ),
    ...root.children.flatMap((node) => (node.isBlock ? node.children : [node])).filter(startsIt),
    ...root.children.filter(startsIt),
  ]
  const found = new Map<string, Told>()
  for (const { text, first } of said) {
    for (const one of factsIn(text, dialect)) {
      const key = `${one.fact} ${one.what}`
      if (found.size < FACTS_KEPT && !found.has(key)) found.set(key, { ...one, line: first })
    }
  }
  return [...found.values()]
}

/** Of the statements, few are about it: the patterns are not tried on every line of a configuration. */
function startsIt({ text }: { readonly text: string }): boolean {
  return /^(?:boot |boot-loader |config-register )/.test(text)
}

function factsIn(text: string, { firmware }: Dialect): readonly Omit<Told, 'line'>[] {
  const found: Omit<Told, 'line'>[] = []
  for (const { is, fact } of firmware) {
    const what = is.exec(text)?.groups?.['what']?.trim().slice(0, LENGTH)
    if (what !== undefined && what !== '') found.push({ fact, what })
  }
  const hash = hashIn(text)
  if (hash !== undefined) found.push({ fact: 'hash', what: hash })
  return found
}

/** MD5 to SHA-512, and before it the file: `verify /sha512 (flash:image.bin) = 3f…`, `SHA256 (image.swi) = 3f…`. */
const DIGEST =
  /(?<![0-9a-f])(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-f])/i
const FILE = /^[\w./:@+-]*\.(?:bin|swi|spa|tgz|out|pkg|img|iso|rpm|tar|cop|qcow2)$/i

/** `file digest`. */
function hashIn(text: string): string | undefined {
  const found = DIGEST.exec(text)
  if (found === null) return undefined
  const words = text.slice(Math.max(0, found.index - LENGTH), found.index).split(/[\s()[\]"',;=*]+/)
  const file = words.findLast((word) => FILE.test(word))
  return file === undefined ? undefined : `${file} ${found[0].toLowerCase()}`
}

/**
 * Digests of the maker by lower-case file name, without folders. `wrong`: the maker lists this file with other digests of
 * the same length, and not with this one.
 */
export type MakersHashes = ReadonlyMap<string, readonly string[]>

export function verdictOn(
  what: string,
  hashes: MakersHashes,
): NonNullable<FirmwareFact['verdict']> {
  const [file = '', digest = ''] = what.split(' ')
  const listed = hashes.get(fileName(file)) ?? []
  if (listed.includes(digest)) return 'known'
  return listed.some(({ length }) => length === digest.length) ? 'wrong' : 'unlisted'
}

export function judged(told: readonly Told[], hashes: MakersHashes): FirmwareFact[] {
  return told.map((one) => ({
    ...one,
    verdict: one.fact === 'hash' ? verdictOn(one.what, hashes) : null,
  }))
}

export function fileName(path: string): string {
  return (/[^/:\\]+$/.exec(path)?.[0] ?? path).toLowerCase()
}
