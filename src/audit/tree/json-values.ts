// JSON as values that know the lines they stand on, for what reads filters from it. What is not whole says so: nothing may be
// concluded from what is missing there.

import { visit as visitJson } from 'jsonc-parser'
import { LIMITS } from './node-builder.ts'

export type Json =
  | {
      readonly kind: 'object'
      readonly members: ReadonlyMap<string, Json>
      readonly first: number
      readonly last: number
    }
  | {
      readonly kind: 'list'
      readonly items: readonly Json[]
      readonly first: number
      readonly last: number
    }
  | {
      readonly kind: 'value'
      readonly value: string | number | boolean | null
      readonly first: number
      readonly last: number
    }

export type JsonRead = {
  /** `null`: there is none. */
  readonly value: Json | null
  /** No errors, and no member twice in one object. */
  readonly isWhole: boolean
}

type Open =
  | {
      readonly kind: 'object'
      members: Map<string, Json>
      first: number
      last: number
      member: string
    }
  | { readonly kind: 'list'; items: Json[]; first: number; last: number }

export function jsonIn(lines: readonly string[]): JsonRead {
  const open: Open[] = []
  let top: Json | null = null
  let isWhole = true
  const place = (value: Json) => {
    const holder = open.at(-1)
    if (holder === undefined) {
      isWhole &&= top === null
      top ??= value
    } else if (holder.kind === 'list') holder.items.push(value)
    else {
      isWhole &&= !holder.members.has(holder.member)
      holder.members.set(holder.member, value)
    }
  }
  const begin = (made: Open) => {
    // Nothing deeper comes here: the tree was refused before.
    if (open.length >= LIMITS.depth) throw new Error('too deep')
    place(made)
    open.push(made)
  }
  const end = (line: number) => {
    const made = open.pop()
    if (made !== undefined) made.last = line + 1
  }
  visitJson(
    lines.join('\n'),
    {
      onObjectBegin: (_offset, _length, line) =>
        begin({ kind: 'object', members: new Map(), first: line + 1, last: line + 1, member: '' }),
      onObjectEnd: (_offset, _length, line) => end(line),
      onArrayBegin: (_offset, _length, line) =>
        begin({ kind: 'list', items: [], first: line + 1, last: line + 1 }),
      onArrayEnd: (_offset, _length, line) => end(line),
      onObjectProperty: (name) => {
        const holder = open.at(-1)
        if (holder?.kind === 'object') holder.member = name
      },
      onLiteralValue: (value: string | number | boolean | null, _offset, _length, line) =>
        place({ kind: 'value', value, first: line + 1, last: line + 1 }),
      onError: () => {
        isWhole = false
      },
    },
    { disallowComments: true },
  )
  return { value: top, isWhole }
}

export function member(json: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce(
    (here: Json | undefined, name) =>
      here?.kind === 'object' ? here.members.get(name) : undefined,
    json,
  )
}

/** `undefined`: absent, or no text. */
export function textAt(json: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = member(json, ...path)
  return found?.kind === 'value' && typeof found.value === 'string' ? found.value : undefined
}

/** A number, also where it is written as text. */
export function numberAt(json: Json | undefined, ...path: readonly string[]): number | undefined {
  const found = member(json, ...path)
  if (found?.kind !== 'value') return undefined
  if (typeof found.value === 'number') return found.value
  return typeof found.value === 'string' && /^-?\d{1,9}$/.test(found.value)
    ? Number(found.value)
    : undefined
}

export function isTrueAt(json: Json | undefined, ...path: readonly string[]): boolean {
  const found = member(json, ...path)
  return found?.kind === 'value' && found.value === true
}

/** Nothing where there is none. */
export function itemsAt(json: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = path.length === 0 ? json : member(json, ...path)
  return found?.kind === 'list' ? found.items : []
}

export function textsAt(json: Json | undefined, ...path: readonly string[]): readonly string[] {
  return itemsAt(json, ...path).flatMap((item) =>
    item.kind === 'value' && typeof item.value === 'string' ? [item.value] : [],
  )
}

/** Without lines, members in one order, some left aside: equal texts say the same. */
export function meaningOf(json: Json | undefined, aside: RegExp): string {
  if (json === undefined) return ''
  if (json.kind === 'value') return JSON.stringify(json.value)
  if (json.kind === 'list') return `[${json.items.map((item) => meaningOf(item, aside)).join()}]`
  const members = [...json.members].filter(([name]) => !aside.test(name))
  return `{${members
    .map(([name, inner]) => `${name}:${meaningOf(inner, aside)}`)
    .toSorted()
    .join()}}`
}
