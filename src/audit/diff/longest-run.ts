// The longest rising run of a row of different numbers: what kept its order. Patience sorting, n log n.

/** Indices of the numbers that are part of it. */
export function longestRun(numbers: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []
  const previous: number[] = []
  numbers.forEach((number, at) => {
    const pile = firstNotBelow(tails, number, numbers)
    previous[at] = pile === 0 ? -1 : (tails[pile - 1] ?? -1)
    tails[pile] = at
  })
  const run = new Set<number>()
  for (let at = tails.at(-1) ?? -1; at !== -1; at = previous[at] ?? -1) run.add(at)
  return run
}

function firstNotBelow(
  tails: readonly number[],
  number: number,
  numbers: readonly number[],
): number {
  let low = 0
  let high = tails.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low
}
