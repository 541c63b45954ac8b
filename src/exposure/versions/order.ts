// What comparing two versions gives, and the small comparisons all schemes are made of.

export type Order = -1 | 0 | 1
/** The third answer is for a person: nothing is coerced into an order it does not have. */
export type Compared = Order | 'cannot-compare'
export type Comparator = (left: string, right: string) => Compared

/** Longer than this is no version. */
export const MOST_VERSION_LENGTH = 256

/** Digits of any length: leading zeros count for nothing. */
export function compareDigits(left: string, right: string): Order {
  const a = left.replace(/^0+(?=\d)/, '')
  const b = right.replace(/^0+(?=\d)/, '')
  return a.length === b.length ? compareText(a, b) : sign(a.length - b.length)
}

export function compareText(left: string, right: string): Order {
  return left < right ? -1 : left > right ? 1 : 0
}

export function sign(difference: number): Order {
  return difference < 0 ? -1 : difference > 0 ? 1 : 0
}

/** The first pair that differs decides; what one side lacks is 0. */
export function compareNumbers(left: readonly string[], right: readonly string[]): Order {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = compareDigits(left[at] ?? '0', right[at] ?? '0')
    if (order !== 0) return order
  }
  return 0
}

/** The first answer that is not 0. */
export function firstDifference(...steps: readonly (() => Compared)[]): Compared {
  for (const step of steps) {
    const compared = step()
    if (compared !== 0) return compared
  }
  return 0
}

/** A comparator of what a reader makes of a version; what it cannot read cannot be compared. */
export function readThenCompare<Read>(
  read: (version: string) => Read | undefined,
  compare: (left: Read, right: Read) => Compared,
): Comparator {
  return (left, right) => {
    const a = read(left)
    const b = read(right)
    return a === undefined || b === undefined ? 'cannot-compare' : compare(a, b)
  }
}
