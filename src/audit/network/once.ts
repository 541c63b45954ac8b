// Groups that hold groups: each name is worked out once.

/** Worked out once; while that goes on it is not understood, so that a group in itself ends. */
export function once<Value>(
  known: Map<string, Value | undefined>,
  name: string,
  work: () => Value | undefined,
): Value | undefined {
  if (known.has(name)) return known.get(name)
  known.set(name, undefined)
  const value = work()
  known.set(name, value)
  return value
}
