// What is wrong with an object from outside, with its place. An error is a MUST of the standard that is broken: the object is
// refused. Advice is a SHOULD, under the name that validators of the field give the check.

export type StixProblem = {
  readonly severity: 'error' | 'advice'
  readonly code: string
  readonly path: readonly (string | number)[]
  /** What was met, what was expected: for whoever made the object. */
  readonly sentence: string
}

export type Path = readonly (string | number)[]

export function error(path: Path, sentence: string, code = 'must'): StixProblem {
  return { severity: 'error', code, path, sentence }
}

export function advice(code: string, path: Path, sentence: string): StixProblem {
  return { severity: 'advice', code, path, sentence }
}

export type JsonObject = { readonly [key: string]: unknown }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `objects[2].extensions.pdf-ext`, as people write it. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`,
    '',
  )
}
