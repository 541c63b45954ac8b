// Which of the three kinds of content a text is, by the keys that stand at its left: a Sigma rule, an analytic, a check.

import { yamlDocuments } from '../../core/index.ts'
import type { SharedContent } from '../../share/index.ts'

export type FileContent = SharedContent & {
  /** The same for every version of it. */
  readonly key: string
  readonly description: string
}

/** Undefined for what is none of them. What is wrong with it is said by whoever checks it. */
export function contentIn(text: string): FileContent | undefined {
  const has = (key: string) => new RegExp(`^${key}:`, 'm').test(text)
  const kind =
    has('detection') || has('correlation') || has('filter')
      ? 'rule'
      : has('sql') && has('window')
        ? 'analytic'
        : has('when') && has('severity')
          ? 'check'
          : undefined
  if (kind === undefined) return undefined
  const head = headOf(text)
  const name = inEnglish(head['title'])
  const id = typeof head['id'] === 'string' ? head['id'] : ''
  const key = id === '' ? name : id.toLowerCase()
  return { kind, name, text, key, description: inEnglish(head['description']).slice(0, 2000) }
}

function inEnglish(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 300)
  return isRecord(value) ? inEnglish(value['en']) : ''
}

function headOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const [first] = yamlDocuments(text)
    return isRecord(first) ? first : {}
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
