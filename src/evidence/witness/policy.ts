// C2SP tlog-policy: which witnesses there are and how many of them must have signed. Whatever cannot be read whole is refused:
// a policy that was half understood would let through what it was written to keep out.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { MOST_POLICY } from '../../model/index.ts'
import { parseVerifierKey, verifierKeyText } from '../notes/keys.ts'
import type { VerifierKey } from '../notes/keys.ts'

export type PolicyFlaw = { readonly line: number; readonly reason: string }

export type WitnessPolicy = {
  readonly logs: readonly VerifierKey[]
  /** By their names in the policy. */
  readonly witnesses: ReadonlyMap<string, VerifierKey>
  readonly groups: ReadonlyMap<string, Group>
  readonly quorum: string
}

type Group = { readonly least: number; readonly members: readonly string[] }
type Building = {
  logs: VerifierKey[]
  witnesses: Map<string, VerifierKey>
  groups: Map<string, Group>
  /** Names that stand in a group already: each counts in one way only. */
  placed: Set<string>
  quorum: string | undefined
}

/** The strongest that the specification asks of everybody. */
const MOST_OF_A_KIND = 32
const NONE = 'none'

/** Reads a policy. The flaw says the line, from 1. */
export function parsePolicy(text: string): Result<WitnessPolicy, PolicyFlaw> {
  if (Buffer.byteLength(text) > MOST_POLICY)
    return failed({ line: 1, reason: `more than ${MOST_POLICY} bytes` })
  const building: Building = {
    logs: [],
    witnesses: new Map(),
    groups: new Map(),
    placed: new Set(),
    quorum: undefined,
  }
  for (const [at, line] of text.split('\n').entries()) {
    const reason = readLine(building, line)
    if (reason !== undefined) return failed({ line: at + 1, reason })
  }
  const { quorum, ...rest } = building
  return quorum === undefined
    ? failed({ line: text.split('\n').length, reason: 'no quorum line' })
    : ok({ ...rest, quorum })
}

function readLine(building: Building, line: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- exactly what the specification leaves out
  if (/[\u0000-\u0008\u000B-\u001F\u007F]/.test(line)) return 'a control character'
  const [keyword = '', ...words] = line.split(/[ \t]+/).filter((word) => word !== '')
  if (keyword === '' || keyword.startsWith('#')) return undefined
  const read = LINES[keyword]
  return read === undefined
    ? `“${keyword.slice(0, 40)}”; expected log, witness, group or quorum`
    : read(building, words)
}

const LINES: Readonly<
  Record<string, (building: Building, words: readonly string[]) => string | undefined>
> = Object.assign(Object.create(null), {
  log: ({ logs }: Building, [text = '', , ...more]: readonly string[]) => {
    const key = parseVerifierKey(text)
    if (key?.kind !== 'note' || more.length > 0) return 'expected: log KEY [URL]'
    if (logs.some((one) => one.publicKey.equals(key.publicKey))) return 'the same log again'
    if (logs.length >= MOST_OF_A_KIND) return `more than ${MOST_OF_A_KIND} logs`
    logs.push(key)
    return undefined
  },
  witness: (building: Building, [name = '', text = '', , ...more]: readonly string[]) => {
    const { witnesses } = building
    const key = parseVerifierKey(text)
    if (key?.kind !== 'cosignature' || more.length > 0)
      return 'expected: witness NAME KEY [URL], with a key that cosigns (type 04)'
    if (isTaken(building, name)) return `“${name}” is taken`
    if ([...witnesses.values()].some((one) => one.publicKey.equals(key.publicKey)))
      return 'the same witness again'
    if (witnesses.size >= MOST_OF_A_KIND) return `more than ${MOST_OF_A_KIND} witnesses`
    witnesses.set(name, key)
    return undefined
  },
  group: (building: Building, [name = '', count = '', ...members]: readonly string[]) => {
    if (isTaken(building, name)) return `“${name}” is taken`
    if (building.groups.size >= MOST_OF_A_KIND) return `more than ${MOST_OF_A_KIND} groups`
    const unknown = members.find((member) => !isDefined(building, member))
    if (unknown !== undefined) return `“${unknown}” is not defined above`
    const again = members.find(
      (member, at) => building.placed.has(member) || members.indexOf(member) !== at,
    )
    if (again !== undefined) return `“${again}” stands in a group already`
    const least = leastOf(count, members.length)
    if (least === undefined) return `expected all, any or a number from 1 to ${members.length}`
    for (const member of members) building.placed.add(member)
    building.groups.set(name, { least, members })
    return undefined
  },
  quorum: (building: Building, [name = '', ...more]: readonly string[]) => {
    if (building.quorum !== undefined) return 'a second quorum line'
    if (more.length > 0 || (name !== NONE && !isDefined(building, name)))
      return 'expected: quorum NAME, of a witness or group defined above, or none'
    building.quorum = name
    return undefined
  },
})

function isDefined({ witnesses, groups }: Building, name: string): boolean {
  return witnesses.has(name) || groups.has(name)
}

function isTaken(building: Building, name: string): boolean {
  return name === '' || name === NONE || isDefined(building, name)
}

function leastOf(count: string, members: number): number | undefined {
  if (members === 0) return undefined
  if (count === 'all') return members
  if (count === 'any') return 1
  if (!/^[1-9]\d{0,5}$/.test(count)) return undefined
  return Number(count) <= members ? Number(count) : undefined
}

/** Whether those who signed are enough. */
export function isQuorum(
  { witnesses, groups, quorum }: WitnessPolicy,
  hasSigned: (key: VerifierKey) => boolean,
): boolean {
  const has = (name: string): boolean => {
    const key = witnesses.get(name)
    if (key !== undefined) return hasSigned(key)
    const group = groups.get(name)
    return group !== undefined && group.members.filter(has).length >= group.least
  }
  return quorum === NONE || has(quorum)
}

/** A policy of one group: of these witnesses so many must sign. */
export function policyOf(
  log: VerifierKey,
  witnesses: readonly VerifierKey[],
  least: number,
): string {
  const names = witnesses.map((_, at) => `w${at + 1}`)
  return [
    `log ${verifierKeyText(log)}`,
    ...witnesses.map((key, at) => `witness ${names[at]} ${verifierKeyText(key)}`),
    `group witnesses ${least} ${names.join(' ')}`,
    'quorum witnesses',
    '',
  ].join('\n')
}
