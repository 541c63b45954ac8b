// Zone-based policy firewall of IOS: between zones the classes of a zone-pair's policy decide, the first that a packet belongs to; what
// belongs to none is dropped (Cisco, "Security Configuration Guide: Zone-Based Policy Firewall").

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import { meet } from '../../packets/cube.ts'
import type { Cube } from '../../packets/cube.ts'
import { matchOf } from '../../packets/match.ts'
import type { Certainty, Filter, Rule } from '../../packets/rule.ts'
import { ANY_SERVICE, portNumber, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import { once } from '../once.ts'
import { EVERY_PACKET } from '../rule-of.ts'

/** Packets that belong to a class, with the lines that say so. */
type Piece = Pick<Rule, 'match' | 'certainty' | 'because' | 'first' | 'last' | 'text'>

export type Inspection = {
  /** The rules of a zone-pair; `undefined`: its policy is not there. */
  readonly rulesOf: (pair: ConfigNode) => readonly Rule[] | undefined
}

export function inspectionIn(tree: ConfigTree, lists: ReadonlyMap<string, Filter>): Inspection {
  const named = (pattern: RegExp) =>
    new Map(
      tree.root.children.flatMap((node) => {
        const name = pattern.exec(plainText(node, tree.form))?.groups?.['name']
        return name === undefined ? [] : [[name, node] as const]
      }),
    )
  const book: Book = {
    tree,
    lists,
    classes: named(/^class-map type inspect (?:\S+ )??(?:match-(?:all|any) )?(?<name>\S+)$/),
    policies: named(/^policy-map type inspect (?:\S+ )??(?<name>\S+)$/),
    known: new Map(),
    isMapped: tree.root.children.some((node) =>
      plainText(node, tree.form).startsWith('ip port-map'),
    ),
  }
  return { rulesOf: (pair) => rulesOf(pair, book) }
}

type Book = {
  readonly tree: ConfigTree
  readonly lists: ReadonlyMap<string, Filter>
  readonly classes: ReadonlyMap<string, ConfigNode>
  readonly policies: ReadonlyMap<string, ConfigNode>
  readonly known: Map<string, readonly Piece[] | undefined>
  /** Applications have ports of the owner's. */
  readonly isMapped: boolean
}

function rulesOf(pair: ConfigNode, book: Book): readonly Rule[] | undefined {
  const text = (node: ConfigNode) => plainText(node, book.tree.form)
  const name = pair.children
    .flatMap((node) => /^service-policy type inspect (\S+)$/.exec(text(node))?.[1] ?? [])
    .at(-1)
  // A pair without a policy lets nothing pass.
  if (name === undefined) return []
  const policy = book.policies.get(name)
  return policy?.children.flatMap((node) => {
    const [, own] = /^class (?:type inspect )?(\S+)$/.exec(text(node)) ?? []
    if (own === undefined) return []
    const verbs = node.children.map((child) => text(child).split(' ')[0])
    const action = verbs.some((verb) => verb === 'inspect' || verb === 'pass') ? 'permit' : 'deny'
    const pieces = own === 'class-default' ? [everything(node)] : classNamed(own, book, 0)
    return pieces.map((piece): Rule => ({ ...piece, action, label: own }))
  })
}

function everything({ line, last, text }: ConfigNode): Piece {
  return { match: EVERY_PACKET, certainty: 'sure', because: [], first: line, last, text }
}

function unknown(node: ConfigNode, because: string): Piece {
  return { ...everything(node), certainty: 'unknown', because: [because] }
}

/** Deepest that classes name classes; pieces before a class is called not understood. */
const DEEPEST = 8
const MOST_PIECES = 2000

/** Worked out once; a class in itself is not understood. */
function classNamed(name: string, book: Book, depth: number): readonly Piece[] {
  const node = book.classes.get(name)
  const found =
    node === undefined || depth > DEEPEST
      ? undefined
      : once(book.known, name, () => classAt(node, book, depth))
  return found ?? [unknown(node ?? book.tree.root, `class-map ${name}`)]
}

function classAt(node: ConfigNode, book: Book, depth: number): readonly Piece[] {
  const lines = node.children.filter(({ kind }) => kind === 'statement' || kind === 'unparsed')
  const all = lines.flatMap((line) => {
    const pieces = matchLine(line, book, depth)
    return pieces === undefined ? [] : [pieces]
  })
  if (all.length === 0) return []
  if (/ match-any /.test(plainText(node, book.tree.form))) {
    const any = all.flat()
    return any.length > MOST_PIECES ? [unknown(node, 'size')] : any
  }
  return all.reduce((left, right) =>
    left.length * right.length > MOST_PIECES
      ? [unknown(node, 'size')]
      : left.flatMap((one) => right.flatMap((other) => both(one, other))),
  )
}

/** `undefined`: says nothing of packets. */
function matchLine(node: ConfigNode, book: Book, depth: number): readonly Piece[] | undefined {
  const text = plainText(node, book.tree.form)
  if (text.startsWith('description ')) return undefined
  const [, list] = /^match access-group (?:name )?(\S+)$/.exec(text) ?? []
  if (list !== undefined) return piecesOfList(node, list, book)
  const [, inner] = /^match class-map (\S+)$/.exec(text) ?? []
  if (inner !== undefined) return classNamed(inner, book, depth + 1)
  const [, protocol] = /^match protocol (\S+)$/.exec(text) ?? []
  const services = protocol === undefined ? undefined : servicesOf(protocol, book)
  const match =
    services === undefined
      ? undefined
      : matchOf({ source: ANY_ADDRESS, destination: ANY_ADDRESS, services })
  return match === undefined ? [unknown(node, text)] : [{ ...everything(node), match }]
}

/** What the list permits belongs to the class. Behind what it denies the rest is not worked out, unless that is all that is left. */
function piecesOfList(node: ConfigNode, name: string, { lists }: Book): readonly Piece[] {
  const found = [lists.get(`4 ${name}`), lists.get(`6 ${name}`)].filter((one) => one !== undefined)
  if (found.length === 0) return [unknown(node, name)]
  return found.flatMap(({ rules }) => {
    const denied = rules.findIndex(({ action }) => action === 'deny')
    return rules.flatMap((rule, at): readonly Piece[] => {
      if (rule.action === 'deny') return []
      const isSure = denied === -1 || at < denied
      return isSure
        ? [rule]
        : [{ ...rule, certainty: 'unknown', because: [...rule.because, `deny ${name}`] }]
    })
  })
}

const TCP_ALONE = new Set(
  'ftp ssh telnet smtp http https pop3 pop3s imap imaps ldaps bgp nntp finger gopher tacacs ident shell exec login'.split(
    ' ',
  ),
)
const BOTH = new Set(['dns', 'ldap', 'kerberos', 'sip', 'sunrpc'])
const UDP_ALONE = new Set([
  'ntp',
  'snmp',
  'snmptrap',
  'tftp',
  'syslog',
  'radius',
  'isakmp',
  'bootps',
  'bootpc',
])

/** Ports of an application as the device comes with them. */
function servicesOf(name: string, { isMapped }: Book): readonly Service[] | undefined {
  if (/^(?:tcp|udp|icmp|gre|esp|ah)$/.test(name)) {
    const number = protocolNumber(name)
    return number === undefined ? undefined : [{ ...ANY_SERVICE, protocols: [number, number] }]
  }
  const port = portNumber(name)
  const protocols = TCP_ALONE.has(name)
    ? [6, 6]
    : UDP_ALONE.has(name)
      ? [17, 17]
      : BOTH.has(name)
        ? [6, 6, 17, 17]
        : undefined
  if (isMapped || port === undefined || protocols === undefined) return undefined
  return [{ ...ANY_SERVICE, protocols, destination: [port, port] }]
}

const WORST: readonly Certainty[] = ['sure', 'conditional', 'unknown']

/** What belongs to both; the line is the narrower one's, the list's before the protocol's. */
function both(one: Piece, other: Piece): readonly Piece[] {
  const cubes = (family: 4 | 6): readonly Cube[] =>
    one.match[family].flatMap((a) =>
      other.match[family].flatMap((b) => {
        const shared = meet(a, b)
        return shared === undefined ? [] : [shared]
      }),
    )
  const match = { 4: cubes(4), 6: cubes(6) }
  if (match[4].length === 0 && match[6].length === 0) return []
  const certainty = WORST[Math.max(WORST.indexOf(one.certainty), WORST.indexOf(other.certainty))]
  return [
    {
      ...one,
      match,
      certainty: certainty ?? 'unknown',
      because: [...one.because, ...other.because],
    },
  ]
}
