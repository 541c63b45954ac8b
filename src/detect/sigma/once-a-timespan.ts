// A group that was found is found again once the timespan has passed since.

/** Something found of a group at a time, in milliseconds. */
type Timed = { readonly grp: string; readonly ms: number }

/** What is news, given in the order of groups and times. `before`: when each group was found earlier. */
export function onceATimespan<T extends Timed>(
  met: readonly T[],
  timespanMs: number,
  before: ReadonlyMap<string, readonly number[]> = new Map(),
): readonly T[] {
  const found: T[] = []
  for (const one of met) {
    const last = found.at(-1)
    const isAgain = last?.grp === one.grp && one.ms <= last.ms + timespanMs
    const isKnown = before.get(one.grp)?.some((ms) => Math.abs(ms - one.ms) <= timespanMs)
    if (!isAgain && isKnown !== true) found.push(one)
  }
  return found
}
