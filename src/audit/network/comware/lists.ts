// Access lists of Comware (HPE, H3C "ACL and QoS Command Reference"): basic, advanced, by number or name, of either family.

import { ANY_V4, ANY_V6 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import type { Filter, Rule } from '../../packets/rule.ts'
import { ANY_SERVICE, icmpType, protocolNumber } from '../../packets/services.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import { Words } from '../cisco/word-reader.ts'
import { ruleOf } from '../rule-of.ts'
import { groupsIn, readAddress, readPorts } from './words.ts'
import type { Groups } from './words.ts'

type Head = {
  readonly names: readonly string[]
  readonly family: 4 | 6
  readonly isBasic: boolean
  /** The device orders the rules by how narrow they are. */
  readonly isSorted: boolean
}

/** Lists by family and name or number: `4 3000`. What no rule decides is decided where the list is applied. */
export function comwareLists(tree: ConfigTree): ReadonlyMap<string, Filter> {
  const groups = groupsIn(tree)
  const lists = new Map<string, Filter>()
  for (const node of tree.root.children) {
    const head = node.kind === 'statement' ? headOf(plainText(node, tree.form)) : undefined
    if (head === undefined) continue
    const rules = node.children.flatMap((child) =>
      ruleIn(child, plainText(child, tree.form), { head, groups }),
    )
    const filter: Filter = {
      name: head.names.join(' '),
      rules: rules.toSorted((a, b) => Number(a.label) - Number(b.label)),
      fallback: 'permit',
      isStateful: false,
      family: head.family,
    }
    for (const name of head.names) lists.set(`${head.family} ${name}`, filter)
  }
  return lists
}

/** `acl number 3000 name X match-order auto`, `acl ipv6 advanced 3000`, `acl basic name X`. */
function headOf(text: string): Head | undefined {
  const [, six, kind = '', number, name, order] =
    /^acl (ipv6 )?(?:(number|basic|advanced) )?(\d+)?(?: ?name (\S+))?(?: match-order (\S+))?$/.exec(
      text,
    ) ?? []
  const names = [number, name].flatMap((one) => one ?? [])
  const value = Number(number ?? 3000)
  // 4000 to 5999 are lists of frames.
  if (names.length === 0 || value < 2000 || value >= 4000) return undefined
  return {
    names,
    family: six === undefined ? 4 : 6,
    isBasic: kind === 'basic' || (kind !== 'advanced' && value < 3000),
    isSorted: order === 'auto',
  }
}

type Reading = { readonly head: Head; readonly groups: Groups }

function ruleIn(node: ConfigNode, text: string, { head, groups }: Reading): readonly Rule[] {
  if (node.kind !== 'statement' && node.kind !== 'unparsed') return []
  const [, number, action, rest] = /^rule (?:(\d+) )?(permit|deny)(?: (.*))?$/.exec(text) ?? []
  if (action === undefined)
    return /^(?:rule \d+ (?:comment|remark)|description|step|undo)\b/.test(text)
      ? []
      : [unreadRule(node, text)]
  const any = head.family === 4 ? ANY_V4 : ANY_V6
  const parts = readParts(new Words(rest ?? ''), { head, groups })
  return [
    ruleOf({
      action: action === 'permit' ? 'permit' : 'deny',
      source: parts.source === null ? any : within(parts.source, any),
      destination: parts.destination === null ? any : within(parts.destination, any),
      services:
        parts.protocols === undefined ||
        parts.sourcePorts === undefined ||
        parts.ports === undefined
          ? undefined
          : [
              {
                ...ANY_SERVICE,
                protocols: parts.protocols,
                source: parts.sourcePorts,
                destination: parts.ports,
                ...(parts.established ? { established: true } : {}),
              },
            ],
      conditions: parts.conditions,
      unread: [...parts.unread, ...(head.isSorted ? ['match-order auto'] : [])],
      first: node.line,
      last: node.last,
      label: number ?? `${node.line}`,
      text,
    }),
  ]
}

/** A list of one family says nothing of the other. */
function within(addresses: Addresses | undefined, any: Addresses): Addresses | undefined {
  if (addresses === undefined) return undefined
  return any === ANY_V4 ? { v4: addresses.v4, v6: [] } : { v4: [], v6: addresses.v6 }
}

/** It may let anything through. */
function unreadRule({ line, last }: ConfigNode, text: string): Rule {
  const unknown = { source: undefined, destination: undefined, services: undefined, unread: [text] }
  return ruleOf({ action: 'permit', ...unknown, first: line, last, label: `${line}`, text })
}

type Parts = {
  protocols: Ranges | null | undefined
  source: Addresses | null | undefined
  destination: Addresses | null | undefined
  sourcePorts: Ranges | null | undefined
  ports: Ranges | null | undefined
  established: boolean
  readonly conditions: string[]
  readonly unread: string[]
}

const HARMLESS = new Set(['logging', 'counting', 'log'])

/** What a header does not say, with the number of words each takes. */
const CONDITIONS: ReadonlyMap<string, number> = new Map([
  ['time-range', 1],
  ['fragment', 0],
  ['dscp', 1],
  ['precedence', 1],
  ['tos', 1],
  ['flow-label', 1],
  ['vpn-instance', 1],
  ['routing', 0],
  ['hop-by-hop', 0],
  ['ack', 1],
  ['fin', 1],
  ['psh', 1],
  ['rst', 1],
  ['syn', 1],
  ['urg', 1],
])

function readParts(words: Words, { head, groups }: Reading): Parts {
  const parts: Parts = {
    protocols: null,
    source: null,
    destination: null,
    sourcePorts: null,
    ports: null,
    established: false,
    conditions: [],
    unread: [],
  }
  if (!head.isBasic && !words.isEnd) {
    const word = words.take()
    const value = word === 'ip' || word === 'ipv6' ? null : protocolNumber(word)
    parts.protocols = typeof value === 'number' ? [value, value] : value
  }
  while (!words.isEnd) readPart(parts, words, { head, groups })
  return parts
}

function readPart(parts: Parts, words: Words, { head, groups }: Reading): void {
  const word = words.take()
  const taken = CONDITIONS.get(word)
  if (word === 'source') parts.source = readAddress(words, groups)
  else if (word === 'destination') parts.destination = readAddress(words, groups)
  else if (word === 'source-port') parts.sourcePorts = readPorts(words, groups)
  else if (word === 'destination-port') parts.ports = readPorts(words, groups)
  else if (word === 'established') parts.established = true
  else if (word === 'icmp-type' || word === 'icmp6-type') parts.ports = readIcmp(words, head.family)
  else if (taken !== undefined)
    parts.conditions.push([word, ...Array.from({ length: taken }, () => words.take())].join(' '))
  else if (!HARMLESS.has(word)) parts.unread.push(word)
}

function readIcmp(words: Words, family: 4 | 6): Ranges | undefined {
  const type = words.take()
  return icmpType(
    type,
    /^\d+$/.test(type) && /^\d+$/.test(words.next) ? words.take() : undefined,
    family,
  )
}
