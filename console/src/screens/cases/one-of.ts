// A value of a list; its first where the text is none of them.

export function oneOf<T extends string>(values: readonly [T, ...T[]], text: string): T {
  return values.find((value) => value === text) ?? values[0]
}
