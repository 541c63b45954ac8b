// Maven's order of versions, as its ComparableVersion documents it: numbers, qualifiers, and lists that a hyphen or a change from
// digits to letters opens.

import { compareDigits, compareText, sign } from './order.ts'
import type { Comparator, Order } from './order.ts'

type Item =
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'pair'; readonly word: string; readonly digits: string }
  | { readonly kind: 'list'; readonly items: Item[] }

const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp']
const ALIASES: Readonly<Record<string, string>> = { ga: '', final: '', release: '', cr: 'rc' }
const SHORT: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', m: 'milestone' }

export const compareMaven: Comparator = (left, right) => {
  if (!/[\da-z]/i.test(left) || !/[\da-z]/i.test(right)) return 'cannot-compare'
  return compareItems(readMaven(left), readMaven(right))
}

function readMaven(version: string): Item {
  const root: Item[] = []
  const lists = [root]
  let list = root
  const open = () => {
    if (list.length === 0) return
    const items: Item[] = []
    list.push({ kind: 'list', items })
    lists.push(items)
    list = items
  }
  const pieces =
    version
      .toLowerCase()
      .trim()
      .match(/\d+|[^\d.-]+(?:-?\d+)?|[.-]/g) ?? []
  let previous = ''
  for (const [index, piece] of pieces.entries()) {
    if (piece === '.' || piece === '-') {
      if (previous === '' || previous === '.' || previous === '-')
        list.push({ kind: 'number', digits: '0' })
      if (piece === '-') open()
    } else if (/^\d/.test(piece)) {
      if (/[a-z]$/.test(previous)) open()
      list.push({ kind: 'number', digits: piece })
    } else {
      const [, word = '', digits = ''] = /^(\D*?)-?(\d*)$/.exec(piece) ?? []
      const isLast = index === pieces.length - 1
      if (/^\d/.test(previous) || digits !== '' || isLast) open()
      list.push(
        digits === ''
          ? { kind: 'word', word: ALIASES[word] ?? word }
          : { kind: 'pair', word: SHORT[word] ?? ALIASES[word] ?? word, digits },
      )
    }
    previous = piece
  }
  for (const items of lists.toReversed()) normalise(items)
  return { kind: 'list', items: root }
}

/** Trailing nothings fall away, also those in front of a list or a qualifier. */
function normalise(items: Item[]): void {
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at]
    if (item === undefined || !isNothing(item)) continue
    const next = items[at + 1]
    const first = next?.kind === 'list' ? next.items[0] : undefined
    const mayGo =
      next === undefined || next.kind === 'word' || first?.kind === 'word' || first?.kind === 'pair'
    if (mayGo) items.splice(at, 1)
  }
}

function isNothing(item: Item): boolean {
  if (item.kind === 'number') return /^0+$/.test(item.digits)
  if (item.kind === 'word') return item.word === ''
  return item.kind === 'list' && item.items.length === 0
}

/** Where kinds differ: words below pairs below lists below numbers. */
const RANK = { word: 0, pair: 1, list: 2, number: 3 } as const

function compareItems(left: Item | undefined, right: Item | undefined): Order {
  if (left === undefined) return right === undefined ? 0 : (-toNothing(right) as Order) // -0 is 0
  if (right === undefined) return toNothing(left)
  if (left.kind === 'list' && right.kind === 'list') return compareLists(left.items, right.items)
  if (left.kind === 'number' && right.kind === 'number')
    return compareDigits(left.digits, right.digits)
  if (
    left.kind === 'number' ||
    right.kind === 'number' ||
    left.kind === 'list' ||
    right.kind === 'list'
  )
    return sign(RANK[left.kind] - RANK[right.kind])
  const order = compareText(weight(left.word), weight(right.word))
  if (order !== 0) return order
  const digits = (item: typeof left) => (item.kind === 'pair' ? item.digits : undefined)
  const [a, b] = [digits(left), digits(right)]
  if (a === undefined || b === undefined)
    return sign(Number(a !== undefined) - Number(b !== undefined))
  return compareDigits(a, b)
}

function compareLists(left: readonly Item[], right: readonly Item[]): Order {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = compareItems(left[at], right[at])
    if (order !== 0) return order
  }
  return 0
}

function toNothing(item: Item): Order {
  if (item.kind === 'number') return isNothing(item) ? 0 : 1
  if (item.kind === 'list') return item.items.map(toNothing).find((order) => order !== 0) ?? 0
  return compareText(weight(item.word), weight(''))
}

/** Known qualifiers in their order; the others after them, alphabetically. */
function weight(word: string): string {
  const index = QUALIFIERS.indexOf(word)
  return index === -1 ? `${QUALIFIERS.length}-${word}` : String(index)
}
