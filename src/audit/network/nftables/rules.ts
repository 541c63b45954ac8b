// A base chain of nftables as one list of rules, with the chains it calls written out where they are called.

import type { PolicyRule } from '../device.ts'
import { ruleOf } from '../rule-of.ts'
import type { Words } from './ruleset.ts'
import { readRule } from './statements.ts'
import type { Nat, ReadingOf } from './statements.ts'
import { WANTS_NOTHING, meet } from './wants.ts'
import type { Wants } from './wants.ts'

/** Chains in chains; and rules of all of them together, which may multiply. */
const DEEPEST = 16
const MOST_RULES = 20_000

export type NatRule = Nat & {
  readonly wants: Wants
  readonly line: number
  readonly text: string
}

export type Listed = { readonly rules: readonly PolicyRule[]; readonly nat: readonly NatRule[] }

/** `undefined`: more than is written out. */
export function rulesOf(chain: string, reading: ReadingOf): Listed | undefined {
  const writing: Writing = { rules: [], nat: [], reading }
  const isWhole = write(chain, { writing, above: WANTS_NOTHING, depth: 0 })
  return isWhole ? writing : undefined
}

type Writing = {
  readonly rules: PolicyRule[]
  readonly nat: NatRule[]
  readonly reading: ReadingOf
}
type At = { readonly writing: Writing; readonly above: Wants; readonly depth: number }

function write(name: string, { writing, above, depth }: At): boolean {
  const { reading, rules } = writing
  let before: readonly string[] = []
  for (const words of reading.table.chains.get(name)?.rules ?? []) {
    for (const { wants, verdict } of readRule(words, reading)) {
      if (rules.length > MOST_RULES) return false
      const met = meet(above, { ...wants, unread: [...wants.unread, ...before] })
      if (met === null) continue
      const own = { words, wants: met }
      if (verdict.kind === 'accept') rules.push(ruleFrom('permit', own))
      else if (verdict.kind === 'drop') rules.push(ruleFrom('deny', own))
      else if (verdict.kind === 'nat')
        writing.nat.push({ ...verdict.nat, wants: met, line: lineOf(words), text: textOf(words) })
      else if (verdict.kind === 'return') {
        // What it takes out of the chain is not judged by the rest: these are about what is left, which is not worked out.
        if (met === above) return true
        before = [...before, 'return']
      } else if (verdict.kind === 'call') {
        const isKnown = reading.table.chains.has(verdict.chain) && depth < DEEPEST
        if (!isKnown) rules.push(...unclear(own, verdict.chain))
        else if (!write(verdict.chain, { writing, above: met, depth: depth + 1 })) return false
        // What comes back from there goes on above, and not here.
        if (verdict.isGoto) before = [...before, 'goto']
      } else if (verdict.kind === 'strange') rules.push(...unclear(own, verdict.word))
    }
  }
  return true
}

type Own = { readonly words: Words; readonly wants: Wants }

function unclear({ words, wants }: Own, why: string): readonly PolicyRule[] {
  const own = { words, wants: { ...wants, unread: [...wants.unread, why] } }
  return [ruleFrom('permit', own), ruleFrom('deny', own)]
}

function lineOf(words: Words): number {
  return words[0]?.line ?? 1
}

function textOf(words: Words): string {
  return words.map(({ text, isQuoted }) => (isQuoted ? `"${text}"` : text)).join(' ')
}

function ruleFrom(action: PolicyRule['action'], { words, wants }: Own): PolicyRule {
  const { source, destination, protocols, dport, sport, isAnswer } = wants
  const made = ruleOf({
    action,
    source,
    destination,
    services: [
      {
        protocols,
        destination: dport,
        source: sport,
        ...(isAnswer ? { established: true } : {}),
      },
    ],
    conditions: wants.conditions,
    unread: wants.unread,
    first: lineOf(words),
    last: words.reduce((last, { line }) => Math.max(last, line), lineOf(words)),
    label: commentOf(words) ?? `${lineOf(words)}`,
    text: textOf(words),
  })
  return { ...made, from: wants.from, to: wants.to }
}

function commentOf(words: Words): string | undefined {
  const at = words.findIndex(({ text, isQuoted }) => text === 'comment' && !isQuoted)
  return at === -1 ? undefined : words[at + 1]?.text
}
