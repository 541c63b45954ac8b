// Why a question is not run: a value with its place in the text. The sentence is made at the rim, in the reader's language.

import type { Result } from '../core/index.ts'
import { wordsOf } from '../words/index.ts'
import type { Language, Words } from '../words/index.ts'

type Sentences = Words['hunt']['problems']
export type HuntProblemKind = keyof Sentences

/** Counted from 1, as people count. */
export type Place = { readonly line: number; readonly column: number }

export type HuntProblem = {
  readonly kind: HuntProblemKind
  readonly details: Readonly<Record<string, string | number>>
  readonly at?: Place
}

export type HuntResult<T> = Result<T, HuntProblem>

/** What the sentence of a kind needs; nothing for most. */
export type HuntDetails<K extends HuntProblemKind> =
  Parameters<Sentences[K]> extends [infer Details extends HuntProblem['details']]
    ? Details
    : Readonly<Record<string, never>>

export function huntProblem<K extends HuntProblemKind>(
  kind: K,
  details: HuntDetails<K>,
  at?: Place,
): HuntProblem {
  return { kind, details, ...(at === undefined ? {} : { at }) }
}

/** The reason in words, such as `a quotation mark is opened and never closed (character 12).` */
export function describeHuntProblem(
  { kind, details, at }: HuntProblem,
  language: Language,
): string {
  const words = wordsOf(language).hunt
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kind and details were paired by huntProblem
  const say = words.problems[kind] as (details: HuntProblem['details']) => string
  const sentence = say(details)
  return at === undefined ? sentence : sentence.replace(/\.?$/u, `${words.at(at)}.`)
}

/** The place of a character in a text. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

/** What a person met, short enough to be shown in a sentence. */
export function shown(text: string): string {
  const plain = text.replaceAll(/\p{Cc}/gu, ' ')
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain
}

/** Carries a problem out of a recursive reader; caught where the reading began. */
export class HuntTrouble extends Error {
  readonly problem: HuntProblem

  constructor(problem: HuntProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

/** Runs a reader; what it cannot read becomes a value. */
export function reading<T>(read: () => T): HuntResult<T> {
  try {
    return { ok: true, value: read() }
  } catch (thrown) {
    if (thrown instanceof HuntTrouble) return { ok: false, problem: thrown.problem }
    throw thrown
  }
}
