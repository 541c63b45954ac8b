// Who is to be told of what was seen: whoever holds the most specific thing in it. Pure; the claims are passed in.

import type { Holding, HoldingKind } from '../../model/index.ts'
import { addressBits, hostName, maskedTo } from './holding.ts'

export type Claim = Pick<Holding, 'kind' | 'value' | 'shared'> & {
  readonly organisation: string
  /** A person of the hub looked at it. Nothing is told by a claim that nobody confirmed. */
  readonly isConfirmed: boolean
}

/** What a line or an object says of where it happened. */
export type Seen = {
  readonly certificate?: string | undefined
  readonly address?: string | undefined
  readonly host?: string | undefined
  readonly asn?: string | undefined
  readonly provider?: string | undefined
}

export type Match =
  | {
      readonly kind: 'told'
      readonly organisations: readonly { readonly id: string; readonly by: Claim }[]
    }
  /** More than one holds the same, or nobody confirmed who does: a person decides. */
  | { readonly kind: 'disputed' | 'unconfirmed'; readonly organisations: readonly string[] }
  | { readonly kind: 'nobody' }

export type ClaimIndex = {
  readonly confirmed: Held
  readonly all: Held
}

type Held = {
  readonly byValue: ReadonlyMap<string, readonly Claim[]>
  /** Prefix lengths in use, the longest first. */
  readonly prefixes: Readonly<Record<4 | 6, readonly number[]>>
}

export function indexClaims(claims: readonly Claim[]): ClaimIndex {
  return { confirmed: held(claims.filter(({ isConfirmed }) => isConfirmed)), all: held(claims) }
}

function held(claims: readonly Claim[]): Held {
  const byValue = Map.groupBy(claims, keyOf)
  const prefixes = { 4: new Set<number>(), 6: new Set<number>() }
  for (const { kind, value } of claims)
    if (kind === 'range')
      prefixes[value.includes(':') ? 6 : 4].add(Number(value.slice(value.indexOf('/') + 1)))
  const longestFirst = (lengths: ReadonlySet<number>) =>
    [...lengths].toSorted((one, other) => other - one)
  return { byValue, prefixes: { 4: longestFirst(prefixes[4]), 6: longestFirst(prefixes[6]) } }
}

/** Ranges by the number of their network, whatever form they are written in. */
function keyOf({ kind, value }: Pick<Claim, 'kind' | 'value'>): string {
  if (kind !== 'range') return `${kind} ${value}`
  const [address = '', prefix = ''] = value.split('/')
  const bits = addressBits(address)
  return `range ${bits?.version ?? 0} ${bits?.value.toString(16) ?? value} ${prefix}`
}

/**
 * Kinds from the most specific to the least; within one, the longest prefix or name. A shared range tells its holder, and whoever
 * holds the name or certificate behind it.
 */
export function match(index: ClaimIndex, seen: Seen): Match {
  const sure = best(index.confirmed, seen)
  if (sure.length === 0) {
    const maybe = best(index.all, seen)
    return maybe.length === 0
      ? { kind: 'nobody' }
      : { kind: 'unconfirmed', organisations: organisationsOf(maybe) }
  }
  const tellable = sure.filter(
    (claims) => organisationsOf([claims]).length === 1 || isPlural(claims),
  )
  if (tellable.length < sure.length)
    return { kind: 'disputed', organisations: organisationsOf(sure) }
  const told = new Map<string, Claim>()
  for (const claim of tellable.flat())
    if (!told.has(claim.organisation)) told.set(claim.organisation, claim)
  return { kind: 'told', organisations: [...told].map(([id, by]) => ({ id, by })) }
}

/** Many use one provider; that is no dispute. */
function isPlural(claims: readonly Claim[]): boolean {
  return claims.every(({ kind, shared }) => kind === 'provider' || shared)
}

function organisationsOf(groups: readonly (readonly Claim[])[]): readonly string[] {
  return [...new Set(groups.flat().map(({ organisation }) => organisation))]
}

type Find = (held: Held, seen: Seen) => readonly Claim[]

const FIND: readonly { readonly kind: HoldingKind; readonly find: Find }[] = [
  {
    kind: 'certificate',
    find: (all, { certificate }) => exact(all, 'certificate', certificate?.toLowerCase()),
  },
  { kind: 'range', find: byAddress },
  { kind: 'domain', find: byHost },
  { kind: 'asn', find: (all, { asn }) => exact(all, 'asn', asn) },
  {
    kind: 'provider',
    find: (all, { provider }) => exact(all, 'provider', provider?.toLowerCase()),
  },
]

/** One group of claims as a rule; the tenant's and the holder's where the place is shared. */
function best(all: Held, seen: Seen): readonly (readonly Claim[])[] {
  const groups: (readonly Claim[])[] = []
  for (const { find } of FIND) {
    const claims = find(all, seen)
    if (claims.length === 0) continue
    groups.push(claims)
    if (!claims.every(({ shared }) => shared)) return groups
  }
  return groups
}

function exact(all: Held, kind: HoldingKind, value: string | undefined): readonly Claim[] {
  return value === undefined ? [] : (all.byValue.get(`${kind} ${value}`) ?? [])
}

function byAddress(all: Held, { address }: Seen): readonly Claim[] {
  const bits = address === undefined ? undefined : addressBits(address)
  if (bits === undefined) return []
  const { version, value } = bits
  const width = version === 4 ? 32 : 128
  for (const prefix of all.prefixes[version]) {
    const network = maskedTo(value, width, prefix).toString(16)
    const found = all.byValue.get(`range ${version} ${network} ${prefix}`)
    if (found !== undefined) return found
  }
  return []
}

function byHost(all: Held, { host }: Seen): readonly Claim[] {
  const name = host === undefined ? undefined : hostName(host)
  const labels = name?.split('.') ?? []
  for (let at = 0; at < labels.length - 1; at += 1) {
    const found = all.byValue.get(`domain ${labels.slice(at).join('.')}`)
    if (found !== undefined) return found
  }
  return []
}
