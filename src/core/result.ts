// Expected trouble is a value. A problem says where it was met; its sentence is found in `words` by its code.

export type Result<T, P = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: P }

export type Problem = {
  readonly code: string
  /** What was met, what was expected, what to do: already in words, in English, for content authors. */
  readonly sentence: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function failed<P>(problem: P): { readonly ok: false; readonly problem: P } {
  return { ok: false, problem }
}
