// `also` and `without`: what else stands in the configuration, or nowhere in it. Groups that both patterns name must hold
// the same text. The configuration is gone through once for a pattern, however many places are judged.

import type { Statement } from './change-set.ts'
import type { When } from './check.ts'

export type Groups = Readonly<Record<string, string | undefined>>

export function conditionsOf({ is, also, without }: When, now: readonly Statement[]) {
  const isThere = also === null ? () => true : presence(also, is, now)
  const isAnywhere = without === null ? () => false : presence(without, is, now)
  return (groups: Groups): boolean => isThere(groups) && !isAnywhere(groups)
}

function presence(
  pattern: RegExp,
  is: RegExp,
  now: readonly Statement[],
): (groups: Groups) => boolean {
  const shared = namesIn(pattern).filter((name) => namesIn(is).includes(name))
  let known: ReadonlySet<string> | undefined
  return (groups) => {
    known ??= keysOf(pattern, shared, now)
    return known.has(keyOf(groups, shared))
  }
}

function keysOf(
  pattern: RegExp,
  shared: readonly string[],
  now: readonly Statement[],
): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { path } of now) {
    const match = pattern.exec(path)
    if (match !== null) keys.add(keyOf(match.groups ?? {}, shared))
  }
  return keys
}

function keyOf(groups: Groups, shared: readonly string[]): string {
  return JSON.stringify(shared.map((name) => groups[name] ?? ''))
}

function namesIn({ source }: RegExp): readonly string[] {
  return [...source.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name)
}
