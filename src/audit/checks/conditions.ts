// What else must hold where a pattern is met: what stands elsewhere in the configuration or nowhere in it, what the version
// before does not know, what a name looks like. Groups that both patterns name must hold the same text. A configuration is
// gone through once for a pattern, however many places are judged.

import type { Statement } from './change-set.ts'
import type { When } from './check.ts'
import { isLookAlike } from './look-alike.ts'
import { isWithin } from './within.ts'

export type Groups = Readonly<Record<string, string | undefined>>

export type Standing = {
  readonly now: readonly Statement[]
  /** Of the version before; none where there is no such version. */
  readonly was: () => readonly Statement[]
}

export function conditionsOf(when: When, { now, was }: Standing): (groups: Groups) => boolean {
  const { is, also, without, unknown } = when
  const isThere = also === null ? () => true : presence(also, is, () => now)
  const isAnywhere = without === null ? () => false : presence(without, is, () => now)
  const wasAnywhere = unknown === null ? () => false : presence(unknown, is, was)
  const isAlike = when.isAlike ? alikeTo(is, was) : () => true
  const isWider = when.isWider ? widerThan(is, was) : () => true
  return (groups: Groups): boolean =>
    isThere(groups) &&
    !isAnywhere(groups) &&
    !wasAnywhere(groups) &&
    isAlike(groups) &&
    isWider(groups)
}

/** Of other groups the same text: another list's net says nothing of this one. */
function widerThan(is: RegExp, was: () => readonly Statement[]): (groups: Groups) => boolean {
  const others = namesIn(is).filter((name) => name !== 'what')
  let known: ReadonlyMap<string, readonly string[]> | undefined
  return (groups) => {
    known ??= whatsBy(others, is, was())
    return !(known.get(keyOf(groups, others)) ?? []).some((text) =>
      isWithin(groups['what'] ?? '', text),
    )
  }
}

function whatsBy(
  others: readonly string[],
  is: RegExp,
  among: readonly Statement[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { path } of among) {
    const groups = is.exec(path)?.groups
    if (groups === undefined) continue
    const key = keyOf(groups, others)
    found.set(key, [...(found.get(key) ?? []), groups['what'] ?? ''])
  }
  return found
}

function alikeTo(is: RegExp, was: () => readonly Statement[]): (groups: Groups) => boolean {
  let known: readonly string[] | undefined
  return ({ what = '' }) => {
    known ??= was().flatMap(({ path }) => is.exec(path)?.groups?.['what'] ?? [])
    return isLookAlike(what, known)
  }
}

function presence(
  pattern: RegExp,
  is: RegExp,
  among: () => readonly Statement[],
): (groups: Groups) => boolean {
  const shared = namesIn(pattern).filter((name) => namesIn(is).includes(name))
  let known: ReadonlySet<string> | undefined
  return (groups) => {
    known ??= keysOf(pattern, shared, among())
    return known.has(keyOf(groups, shared))
  }
}

function keysOf(
  pattern: RegExp,
  shared: readonly string[],
  among: readonly Statement[],
): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { path } of among) {
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
