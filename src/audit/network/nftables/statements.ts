// What the words of a rule of nftables want of a packet, and what becomes of it: a rule may stand for several, one for each key of a map.

import { Cursor, ENDS } from './cursor.ts'
import { elementsIn } from './ruleset.ts'
import type { NftTable, Word, Words } from './ruleset.ts'
import { WANTS_NOTHING, meet, wanted } from './wants.ts'
import type { Selector, Wants } from './wants.ts'

export type ReadingOf = { readonly table: NftTable; readonly interfaces: readonly string[] }

export type Nat = {
  readonly kind: 'dnat' | 'snat' | 'masquerade' | 'redirect'
  readonly to: string
}

const MOST_TUPLES = 2000

export type Verdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'none' }
  | { readonly kind: 'call'; readonly chain: string; readonly isGoto: boolean }
  | { readonly kind: 'nat'; readonly nat: Nat }
  | { readonly kind: 'strange'; readonly word: string }

export type Case = { readonly wants: Wants; readonly verdict: Verdict }

/** Notes and goes on: the words that follow belong to it, up to what is known again. */
const NOTES = new Set([
  'counter',
  'log',
  'notrack',
  'nftrace',
  'flow',
  'set',
  'add',
  'update',
  'delete',
])
export function readRule(words: Words, reading: ReadingOf): readonly Case[] {
  let cases: readonly Case[] = [{ wants: WANTS_NOTHING, verdict: { kind: 'none' } }]
  const cursor = new Cursor(words)
  while (!cursor.isDone()) {
    const found = readStatement(cursor, reading)
    if (found === 'never') return []
    cases = cases.flatMap((one) =>
      found.flatMap(({ wants, verdict }) => {
        const met = meet(one.wants, wants)
        return met === null
          ? []
          : [{ wants: met, verdict: verdict.kind === 'none' ? one.verdict : verdict }]
      }),
    )
    if (cases.length > MOST_TUPLES)
      return [
        {
          wants: { ...WANTS_NOTHING, unread: ['size'] },
          verdict: { kind: 'strange', word: 'size' },
        },
      ]
  }
  return cases.filter(({ verdict }) => verdict.kind !== 'none')
}

const PLAIN = (verdict: Verdict, wants: Partial<Wants> = {}): readonly Case[] => [
  { wants: { ...WANTS_NOTHING, ...wants }, verdict },
]
const NONE: Verdict = { kind: 'none' }

function readStatement(cursor: Cursor, reading: ReadingOf): readonly Case[] | 'never' {
  const word = cursor.peek()
  if (ENDS.has(word)) return PLAIN(verdictFrom(cursor))
  if (word === 'comment') {
    cursor.take()
    cursor.take()
    return PLAIN(NONE)
  }
  if (NOTES.has(word)) {
    cursor.take()
    cursor.takeArguments()
    return PLAIN(NONE)
  }
  if (word === 'limit' || word === 'quota') {
    cursor.take()
    return PLAIN(NONE, { conditions: [`${word} ${cursor.takeArguments().join(' ')}`] })
  }
  if (word === 'meta' && cursor.peek(2) === 'set') {
    cursor.take()
    cursor.take()
    cursor.takeArguments()
    return PLAIN(NONE)
  }
  if (word === 'ct' && (cursor.peek(2) === 'set' || cursor.peek(1) === 'helper')) {
    cursor.take()
    cursor.take()
    cursor.takeArguments()
    return PLAIN(NONE)
  }
  if (word === 'ct' && cursor.peek(1) === 'state') return readState(cursor, reading)
  const selectors = selectorsAt(cursor)
  if (selectors === undefined) {
    const from = cursor.take().text
    const more = cursor.takeArguments()
    return PLAIN(NONE, { unread: [[from, ...more].join(' ')] })
  }
  return readMatch(cursor, { selectors, reading })
}

function verdictFrom(cursor: Cursor): Verdict {
  const word = cursor.take().text
  if (word === 'accept') return { kind: 'accept' }
  if (word === 'drop') return { kind: 'drop' }
  if (word === 'reject') {
    cursor.takeArguments()
    return { kind: 'drop' }
  }
  if (word === 'return') return { kind: 'return' }
  if (word === 'continue') return NONE
  if (word === 'jump' || word === 'goto')
    return { kind: 'call', chain: cursor.take().text, isGoto: word === 'goto' }
  const more = cursor.rest()
  if (word === 'dnat' || word === 'snat' || word === 'masquerade' || word === 'redirect')
    return { kind: 'nat', nat: { kind: word, to: more.join(' ') } }
  return { kind: 'strange', word }
}

/** `ip saddr . tcp dport`: several make one key. `undefined`: not one that is read. */
function selectorsAt(cursor: Cursor): readonly Selector[] | undefined {
  const found: Selector[] = []
  for (;;) {
    const one = selectorAt(cursor, found.length)
    if (one === undefined) return undefined
    found.push(one)
    if (cursor.peek() !== '.') return found
    cursor.take()
  }
}

const IP_FIELDS: Readonly<Record<string, string>> = {
  saddr: 'saddr',
  daddr: 'daddr',
  protocol: 'protocol',
  nexthdr: 'protocol',
}
const META_FIELDS: Readonly<Record<string, string>> = {
  iif: 'iif',
  iifname: 'iif',
  oif: 'oif',
  oifname: 'oif',
  l4proto: 'protocol',
  nfproto: 'nfproto',
}

function selectorAt(cursor: Cursor, taken: number): Selector | undefined {
  const [first, second] = [cursor.peek(), cursor.peek(1)]
  const isPlain = META_FIELDS[first] !== undefined && first.includes('if')
  const about = isPlain
    ? META_FIELDS[first]
    : first === 'meta'
      ? META_FIELDS[second]
      : first === 'ip' || first === 'ip6'
        ? IP_FIELDS[second]
        : /^(?:tcp|udp|sctp|dccp|udplite|th)$/.test(first) && /^[ds]port$/.test(second)
          ? second
          : /^icmp(?:v6)?$/.test(first) && second === 'type'
            ? 'icmp'
            : undefined
  // Words of a key that is not read are left where they stand: the whole of it is not understood.
  if (about === undefined || (taken > 0 && about === 'icmp')) return undefined
  cursor.take()
  if (!isPlain) cursor.take()
  return { about, name: first }
}

type Matching = { readonly selectors: readonly Selector[]; readonly reading: ReadingOf }

function readMatch(cursor: Cursor, { selectors, reading }: Matching): readonly Case[] {
  const isNot = cursor.peek() === '!='
  if (isNot || cursor.peek() === '==') cursor.take()
  if (cursor.peek() === 'vmap') {
    cursor.take()
    return readMap(elementsAt(cursor, reading), { selectors, reading })
  }
  const strange: readonly Case[] = PLAIN(NONE, {
    unread: [selectors.map(({ about }) => about).join(' . ')],
  })
  if (/^(?:<|>|<=|>=|&|\||and|or)$/.test(cursor.peek())) {
    cursor.takeArguments()
    return strange
  }
  const elements = elementsAt(cursor, reading)
  if (elements === undefined) return strange
  if (selectors.length === 1) {
    const values = elements.map((words) => valueOf(words)[0] ?? '')
    const [only] = selectors
    const wants =
      only === undefined
        ? undefined
        : wanted(only, values, { isNot, interfaces: reading.interfaces })
    return wants === undefined ? strange : PLAIN(NONE, wants)
  }
  if (isNot) return strange
  return elements.flatMap((words) => tuple(valueOf(words), { selectors, reading }) ?? strange)
}

/** Values and sets; `undefined`: a set that is not there. */
function elementsAt(cursor: Cursor, { table }: ReadingOf): readonly Words[] | undefined {
  if (cursor.peek() === '{') return elementsIn(cursor.takeBraces())
  const first = cursor.take()
  if (first.text.startsWith('@') && !first.isQuoted) {
    const set = table.sets.get(first.text.slice(1))
    return set?.hasElements === true ? set.elements : undefined
  }
  const words = [first]
  while (cursor.peek() === '.') words.push(cursor.take(), cursor.take())
  // `ct state established,related` is written without braces.
  const all: Word[][] = [words]
  while (cursor.peek() === ',') {
    cursor.take()
    all.push([cursor.take()])
  }
  return all
}

/** The values of a key, without what counts or ends with time. */
function valueOf(words: Words): readonly string[] {
  const values: string[] = []
  for (let at = 0; at < words.length; at += 2) {
    values.push(words[at]?.text ?? '')
    if (words[at + 1]?.text !== '.') break
  }
  return values
}

function tuple(
  values: readonly string[],
  { selectors, reading }: Matching,
): readonly Case[] | undefined {
  let all: Wants | null = WANTS_NOTHING
  if (values.length !== selectors.length) return undefined
  for (const [at, selector] of selectors.entries()) {
    const wants = wanted(selector, [values[at] ?? ''], {
      isNot: false,
      interfaces: reading.interfaces,
    })
    if (wants === undefined) return undefined
    all = all === null ? null : meet(all, { ...WANTS_NOTHING, ...wants })
  }
  return all === null ? [] : [{ wants: all, verdict: NONE }]
}

/** Each key with the verdict it leads to. */
function readMap(elements: readonly Words[] | undefined, matching: Matching): readonly Case[] {
  if (elements === undefined) return PLAIN({ kind: 'strange', word: 'vmap' }, { unread: ['vmap'] })
  return elements.flatMap((words) => {
    const colon = words.findIndex(({ text, isQuoted }) => text === ':' && !isQuoted)
    const verdict = verdictFrom(new Cursor(words.slice(colon + 1)))
    const strange = PLAIN({ kind: 'strange', word: 'vmap' }, { unread: ['vmap'] })
    if (colon === -1) return strange
    const found = tuple(valueOf(words.slice(0, colon)), matching)
    return found === undefined ? strange : found.map(({ wants }) => ({ wants, verdict }))
  })
}

function readState(cursor: Cursor, reading: ReadingOf): readonly Case[] | 'never' {
  cursor.take()
  cursor.take()
  const isNot = cursor.peek() === '!='
  if (isNot || cursor.peek() === '==') cursor.take()
  if (cursor.peek() === 'vmap') {
    cursor.take()
    const elements = elementsAt(cursor, reading)
    if (elements === undefined)
      return PLAIN({ kind: 'strange', word: 'ct state' }, { unread: ['ct state'] })
    return elements.flatMap((words) => {
      const [state, , ...rest] = words
      const wants = stateWants([state?.text ?? ''])
      return wants === null ? [] : PLAIN(verdictFrom(new Cursor(rest)), wants)
    })
  }
  const elements = elementsAt(cursor, reading) ?? []
  const states = elements.flatMap((words) => valueOf(words)).flatMap((text) => text.split(','))
  if (isNot) return PLAIN(NONE, { unread: ['ct state'] })
  const wants = stateWants(states)
  return wants === null ? 'never' : PLAIN(NONE, wants)
}

/** `null`: about no packet that is asked. */
function stateWants(states: readonly string[]): Partial<Wants> | null {
  if (states.length === 0) return { unread: ['ct state'] }
  if (states.every((state) => state === 'invalid')) return null
  if (states.includes('new')) return {}
  const isAnswer = states.every((state) => /^(?:established|related|invalid)$/.test(state))
  return isAnswer ? { isAnswer: true } : { unread: ['ct state'] }
}
