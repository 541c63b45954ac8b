// Names made to pass a person's eye: nearly a known one, a known one with digits, or six characters by chance.

/** Whether a name that came looks like one of those that stood there. */
export function isLookAlike(name: string, known: readonly string[]): boolean {
  const plain = name.toLowerCase()
  if (known.some((other) => resembles(plain, other.toLowerCase()))) return true
  return isByChance(name)
}

/** Names shorter than this differ by two letters without meaning to. */
const LONG_ENOUGH = 5
const MOST_EDITS = 2

function resembles(name: string, known: string): boolean {
  if (name === known || known === '') return false
  if (name.startsWith(known) && /^[-_.]?\d+$/.test(name.slice(known.length))) return true
  if (Math.min(name.length, known.length) < LONG_ENOUGH) return false
  return editsBetween(name, known) <= MOST_EDITS
}

/** Letters and digits mixed, as FG-IR-24-535 describes: a word or a word with a number is none. */
function isByChance(name: string): boolean {
  return /^[a-z0-9]{6}$/i.test(name) && /\d[a-z]/i.test(name) && /[a-z]\d/i.test(name)
}

const LONGEST = 64

/** Letters to put in, take out or replace, or neighbours to swap (optimal string alignment). */
export function editsBetween(a: string, b: string): number {
  const [left, right] = [a.slice(0, LONGEST), b.slice(0, LONGEST)]
  let older: number[] = []
  let old = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const isSame = left[i - 1] === right[j - 1]
      const isSwap = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]
      row[j] = Math.min(
        (old[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (old[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (older[j - 2] ?? 0) + 1 : Infinity,
      )
    }
    older = old
    old = row
  }
  return old[right.length] ?? 0
}
