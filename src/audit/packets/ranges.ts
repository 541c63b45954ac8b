// Sets of numbers as sorted, disjoint spans in one flat list: low, high, low, high, … An empty list holds nothing.

export type Ranges = readonly number[]

export const NOTHING: Ranges = []

/** Sorts, and joins what overlaps or touches. */
export function ranges(spans: readonly (readonly [number, number])[]): Ranges {
  const out: number[] = []
  for (const [low, high] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (high < low) continue
    if (last !== undefined && low <= last + 1) out[out.length - 1] = Math.max(last, high)
    else out.push(low, high)
  }
  return out
}

export function spansOf(set: Ranges): readonly (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = []
  for (let at = 0; at < set.length; at += 2) spans.push([set[at] ?? 0, set[at + 1] ?? 0])
  return spans
}

export function union(a: Ranges, b: Ranges): Ranges {
  return ranges([...spansOf(a), ...spansOf(b)])
}

export function intersect(a: Ranges, b: Ranges): Ranges {
  const out: number[] = []
  let left = 0
  let right = 0
  while (left < a.length && right < b.length) {
    const low = Math.max(a[left] ?? 0, b[right] ?? 0)
    const aHigh = a[left + 1] ?? 0
    const bHigh = b[right + 1] ?? 0
    const high = Math.min(aHigh, bHigh)
    if (low <= high) out.push(low, high)
    if (aHigh <= bHigh) left += 2
    else right += 2
  }
  return out
}

/** What is in the first and not in the second. */
export function without(a: Ranges, b: Ranges): Ranges {
  const out: number[] = []
  let right = 0
  for (let left = 0; left < a.length; left += 2) {
    let low = a[left] ?? 0
    const high = a[left + 1] ?? 0
    while (right < b.length && (b[right + 1] ?? 0) < low) right += 2
    for (let at = right; at < b.length && (b[at] ?? 0) <= high; at += 2) {
      if ((b[at] ?? 0) > low) out.push(low, (b[at] ?? 0) - 1)
      low = Math.max(low, (b[at + 1] ?? 0) + 1)
    }
    if (low <= high) out.push(low, high)
  }
  return out
}

export function holds(set: Ranges, value: number): boolean {
  let low = 0
  let high = set.length / 2 - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if ((set[2 * middle] ?? 0) > value) high = middle - 1
    else if ((set[2 * middle + 1] ?? 0) < value) low = middle + 1
    else return true
  }
  return false
}
