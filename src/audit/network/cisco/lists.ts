// Every access list of a configuration of Cisco IOS, XE, XR, NX-OS, ASA, of Arista EOS, or of Aruba's switches, which write alike.

import type { Filter, Rule } from '../../packets/rule.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import { ruleOf } from '../rule-of.ts'
import { readEntry } from './entry.ts'
import type { EntryText } from './entry.ts'
import type { Objects } from './named-objects.ts'

type Kind = Pick<EntryText, 'kind' | 'family'>

type Numbered = { readonly number: number | null; readonly rule: Rule }

/** Lists by family and name: `4 NAME`. */
export function listsIn(
  { root, form }: ConfigTree,
  objects: Objects,
  isStateful: boolean,
): ReadonlyMap<string, Filter> {
  const lists = new Map<string, Numbered[]>()
  const add = (name: string, family: 4 | 6, found: Numbered | undefined) => {
    const key = `${family} ${name}`
    const list = lists.get(key) ?? []
    lists.set(key, list)
    if (found !== undefined) list.push(found)
  }
  for (const node of root.children) {
    if (node.kind !== 'statement') continue
    const text = plainText(node, form)
    const head = listHead(text)
    if (head !== undefined) {
      add(head.name, head.family, undefined)
      for (const child of node.children)
        add(head.name, head.family, entryOf(child, plainText(child, form), { objects, ...head }))
    }
    const flat = flatEntry(text)
    if (flat !== undefined)
      add(flat.name, flat.family, entryOf(node, flat.entry, { objects, ...flat }))
  }
  return new Map(
    [...lists].map(([key, entries]) => [
      key,
      {
        name: key.slice(2),
        rules: inOrder(entries),
        fallback: 'deny' as const,
        isStateful,
        ...(objects.masks === 'mask'
          ? {}
          : { family: key.startsWith('4') ? (4 as const) : (6 as const) }),
      },
    ]),
  )
}

function listHead(text: string): (Kind & { readonly name: string }) | undefined {
  const [, version = 'ip', how, name] =
    /^(ip|ipv4|ipv6) access-list (?:(standard|extended|role-based) )?(\S+|"[^"]+")$/.exec(text) ??
    []
  if (name !== undefined && how !== 'role-based')
    return {
      name: name.replaceAll('"', ''),
      kind: how === 'standard' ? 'standard' : 'extended',
      family: version === 'ipv6' ? 6 : 4,
    }
  // AOS-CX.
  const [, family, own] = /^access-list (ip|ipv6) (\S+)$/.exec(text) ?? []
  if (own !== undefined) return { name: own, kind: 'extended', family: family === 'ipv6' ? 6 : 4 }
  const [, number] = /^access-list (\d+)$/.exec(text) ?? []
  return number === undefined ? undefined : { name: number, kind: kindOfNumber(number), family: 4 }
}

/** 1 to 99 and 1300 to 1999 are standard lists. */
function kindOfNumber(number: string): 'standard' | 'extended' {
  const value = Number(number)
  return value < 100 || (value >= 1300 && value < 2000) ? 'standard' : 'extended'
}

function flatEntry(
  text: string,
): (Kind & { readonly name: string; readonly entry: string }) | undefined {
  const [, name, how, entry] =
    /^access-list (\S+) (?:line \d+ )?(?:(extended|standard) )?((?:permit|deny) .*)$/.exec(text) ??
    []
  if (name === undefined || entry === undefined) return undefined
  const kind =
    how === 'standard' ||
    (how === undefined && /^\d+$/.test(name) && kindOfNumber(name) === 'standard')
  return { name, kind: kind ? 'standard' : 'extended', family: 4, entry }
}

function entryOf(
  { line, last, kind: node }: ConfigNode,
  text: string,
  { objects, kind, family }: Kind & { readonly objects: Objects },
): Numbered | undefined {
  if (node !== 'statement' && node !== 'unparsed') return undefined
  const [, number, entry = text] = /^(\d+) (.*)$/.exec(text) ?? []
  if (
    /^(?:remark|comment|statistics|counters|fragments|ignore|description|resequence|no)\b/.test(
      entry,
    ) ||
    entry === ''
  )
    return undefined
  if (entry.endsWith(' inactive')) return undefined
  const label = number ?? `${line}`
  const value = number === undefined ? null : Number(number)
  if (/^(?:permit|deny) /.test(entry))
    return {
      number: value,
      rule: readEntry({ text: entry, label, first: line, last, kind, family }, objects),
    }
  // What the list says here is not known: it may let anything through.
  const unknown = {
    source: undefined,
    destination: undefined,
    services: undefined,
    unread: [entry],
  }
  return {
    number: value,
    rule: ruleOf({ action: 'permit', ...unknown, first: line, last, label, text: entry }),
  }
}

/** By sequence number; an entry without one comes ten after the highest before it. */
function inOrder(entries: readonly Numbered[]): readonly Rule[] {
  let highest = 0
  const placed = entries.map(({ number, rule }) => {
    const at = number ?? highest + 10
    highest = Math.max(highest, at)
    return { at, rule }
  })
  return placed.toSorted((a, b) => a.at - b.at).map(({ rule }) => rule)
}
