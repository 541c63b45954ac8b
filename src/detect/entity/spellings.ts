// One account or device under the names that logs write for it: `ann`, `TOWN\ann`, `ann@town.example`; `gate`, `gate.town.example`.
// A name is taken apart into what it names and where; two are the same where the station's own logs bear that out.

import type { EntityKind } from '../../model/index.ts'

export type Spelled = { readonly kind: EntityKind; readonly name: string }

export type Spellings = {
  /** The same text for all names of one entity, in lower case. */
  readonly keyOf: (entity: Spelled) => string
  /** The name it is shown under: the shortest that was met. */
  readonly nameOf: (entity: Spelled) => string
  /** Names that were met for the entity, this one first, at most 20. */
  readonly namesOf: (entity: Spelled) => readonly string[]
}

/**
 * A realm (`TOWN\`, `@town.example`) is the organisation's own where at least this many of its accounts, and half of them, are met under
 * another spelling too: a guest with the local part of an employee's name stays somebody else, and so does the administrator of one computer.
 */
const LEAST_SHARED = 3
const MOST_NAMES = 20

/** `names`: all that are known of a station, each once or more often. */
export function spellingsOf(names: readonly Spelled[]): Spellings {
  const keys = {
    account: accountKeys(named(names, 'account')),
    device: deviceKeys(named(names, 'device')),
  }
  const keyOf = ({ kind, name }: Spelled): string => {
    const lower = name.toLowerCase()
    return kind === 'account' || kind === 'device' ? keys[kind](lower) : lower
  }
  const namesByKey: Record<'account' | 'device', Map<string, string[]>> = {
    account: new Map(),
    device: new Map(),
  }
  for (const one of names) {
    if (one.kind !== 'account' && one.kind !== 'device') continue
    const byKey = namesByKey[one.kind]
    const key = keyOf(one)
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, [one.name])
    else known.push(one.name)
  }
  const known = (entity: Spelled): readonly string[] =>
    entity.kind === 'account' || entity.kind === 'device'
      ? (namesByKey[entity.kind].get(keyOf(entity)) ?? [])
      : []
  return {
    keyOf,
    nameOf: (entity) => shortest(known(entity)) ?? entity.name,
    namesOf: (entity) => [...new Set([entity.name, ...known(entity)])].slice(0, MOST_NAMES),
  }
}

function shortest(names: readonly string[]): string | undefined {
  return names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0]
}

function named(names: readonly Spelled[], kind: EntityKind): readonly string[] {
  return [
    ...new Set(names.filter((one) => one.kind === kind).map(({ name }) => name.toLowerCase())),
  ]
}

type Parts = { readonly local: string; readonly realm: string }

function accountParts(name: string): Parts {
  const [, domain, local] = /^([^\\@]+\\)([^\\@]+)$/.exec(name) ?? []
  if (domain !== undefined && local !== undefined) return { local, realm: domain }
  const at = name.lastIndexOf('@')
  return at > 0 && !name.includes('\\')
    ? { local: name.slice(0, at), realm: name.slice(at) }
    : { local: name, realm: '' }
}

function accountKeys(names: readonly string[]): (name: string) => string {
  const parts = names.map(accountParts)
  const spellings = countsOf(parts.map(({ local }) => local))
  const all = countsOf(parts.map(({ realm }) => realm))
  const shared = countsOf(
    parts.filter(({ local }) => (spellings.get(local) ?? 0) > 1).map(({ realm }) => realm),
  )
  const isOwn = (realm: string): boolean => {
    const count = shared.get(realm) ?? 0
    return realm !== '' && count >= LEAST_SHARED && count * 2 >= (all.get(realm) ?? 0)
  }
  return (name) => {
    const { local, realm } = accountParts(name)
    return isOwn(realm) ? local : name
  }
}

const ADDRESS = /^[\d.]+$|:/

function deviceParts(name: string): Parts {
  const dot = name.indexOf('.')
  return dot < 1 || ADDRESS.test(name)
    ? { local: name, realm: '' }
    : { local: name.slice(0, dot), realm: name.slice(dot) }
}

/** A short name stands for the one full name that begins with it; where two do, it stands for itself. */
function deviceKeys(names: readonly string[]): (name: string) => string {
  const spellings = countsOf(names.map((name) => deviceParts(name).local))
  const all = new Set(names)
  return (name) => {
    const { local } = deviceParts(name)
    return spellings.get(local) === 2 && all.has(local) ? local : name
  }
}

/** Of texts that are each there for another name. */
function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
