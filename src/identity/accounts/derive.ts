// Rows of a source to its accounts: merged, with effective roles, tier, kind, person and assurance. Pure.

import { plain } from '../read/row.ts'
import type { Json, Row } from '../read/row.ts'
import { assuranceOf, demandsResistant, offMethods, texts } from './assurance.ts'
import type { Factor } from './assurance.ts'
import { kindOf, personOf } from './kind.ts'
import type { Knowledge } from './knowledge.ts'
import { reach } from './reach.ts'

type Body = { readonly [key: string]: Json }

export type Held = {
  readonly account: string
  readonly role: string
  readonly template: string | undefined
  readonly tier: number
  /** Group that gives the role; undefined = held directly. */
  readonly via: string | undefined
}

export type Account = {
  readonly id: string
  readonly login: string
  readonly name: string | undefined
  readonly kind: string
  readonly tier: number
  readonly assurance: string
  readonly strongest: string
  readonly person: string | undefined
  readonly body: Body
}

export type Derived = { readonly accounts: readonly Account[]; readonly held: readonly Held[] }

const ORDINARY = 2

export type Said = {
  /** The person that somebody said an account belongs to. */
  readonly confirmed: ReadonlyMap<string, string>
  /** An export of this source answers for factors: whom it gives none has none. */
  readonly hasFactors: boolean
}

export function derive(
  rows: readonly Row[],
  knowledge: Knowledge,
  { confirmed, hasFactors }: Said,
): Derived {
  const byKind = Map.groupBy(rows, ({ kind }) => kind)
  const of = (kind: Row['kind']) => byKind.get(kind) ?? []
  const { bodies, idOf } = mergeAccounts(of('account'))
  const edges = of('member').map(({ body }) => ({
    group: plain(body['group']),
    member: idOf(plain(body['member'])),
  }))
  const policies = of('policy').filter(({ body }) => demandsResistant(body))
  const roots = [
    ...of('role').map(({ body }) => plain(body['principal'])),
    ...policies.flatMap(groupsOf),
  ]
  const groups = reach(edges, roots)
  const held = rolesHeld(of('role'), groups, { knowledge, idOf })
  const roles = Map.groupBy(held, ({ account }) => account)
  const factors = Map.groupBy(of('factor'), ({ body }) => idOf(plain(body['account'])))
  const settings = new Map(of('setting').map(({ id, body }) => [id, body]))
  const isOff = offMethods(settings)
  // Somebody who stands in no list of factors, beside others who do, or where none was handed in: nobody knows.
  const isListed = [...bodies.values()].some((body) => typeof body['mfa'] === 'boolean')
  const isTold = (body: Body) => typeof body['mfa'] === 'boolean' || (!isListed && hasFactors)
  const accounts = [...bodies].map(([id, body]): Account => {
    const own = roles.get(id) ?? []
    const tier = own.reduce(
      (low, one) => Math.min(low, one.tier),
      body['admin'] === true ? 1 : ORDINARY,
    )
    const login = plain(body['login'] ?? id)
    const name = typeof body['name'] === 'string' ? body['name'] : undefined
    const named = { login, name: name ?? '', body, tier }
    const kind = kindOf(named)
    const { weakest, strongest } = assuranceOf(
      (factors.get(id) ?? []).map(({ body: factor }) => factorOf(factor)),
      {
        onlyResistant: policies.some(({ body: policy }) => covers(policy, { id, own, groups })),
        isOff,
        isUnknown: body['mfa'] === true || !isTold(body),
      },
      knowledge,
    )
    const person = confirmed.get(id) ?? personOf(named, kind)
    return { id, login, name, kind, tier, assurance: weakest, strongest, person, body }
  })
  return { accounts, held }
}

/** Parts of an export name an account by its id or by its login; both become one. */
function mergeAccounts(rows: readonly Row[]) {
  const ids = new Set(rows.map(({ id }) => id))
  const byLogin = new Map<string, string>()
  for (const { id, body } of rows) {
    const login = plain(body['login']).toLowerCase()
    if (login !== '' && login !== id.toLowerCase()) byLogin.set(login, id)
  }
  const idOf = (id: string) => {
    const known = byLogin.get(id.toLowerCase())
    return known !== undefined && (known !== id || !ids.has(id)) ? known : id
  }
  const bodies = new Map<string, Body>()
  for (const { id, body } of rows) {
    const key = idOf(id)
    bodies.set(key, { ...bodies.get(key), ...body })
  }
  return { bodies, idOf }
}

function factorOf(body: Body): Factor {
  return { vendor: plain(body['vendor']), type: plain(body['type']) }
}

type Groups = ReadonlyMap<string, ReadonlySet<string>>
type Rules = { readonly knowledge: Knowledge; readonly idOf: (id: string) => string }

function rolesHeld(
  rows: readonly Row[],
  groups: Groups,
  { knowledge, idOf }: Rules,
): readonly Held[] {
  const held = new Map<string, Held>()
  for (const { body } of rows) {
    const template = typeof body['template'] === 'string' ? body['template'] : undefined
    const said = plain(body['role'])
    const role = knowledge.roleName(said, template)
    const tier = knowledge.tierOf(said, template)
    const principal = idOf(plain(body['principal']))
    const add = (account: string, via: string | undefined) => {
      const key = `${account}\u0000${role}`
      const known = held.get(key)
      if (known === undefined || (known.via !== undefined && via === undefined))
        held.set(key, { account, role, template, tier, via })
    }
    add(principal, undefined)
    for (const member of groups.get(plain(body['principal'])) ?? []) add(member, principal)
  }
  return [...held.values()]
}

function groupsOf({ body }: Row): readonly string[] {
  return [...texts(body['includeGroups']), ...texts(body['excludeGroups'])]
}

type Whom = { readonly id: string; readonly own: readonly Held[]; readonly groups: Groups }

function covers(policy: Body, { id, own, groups }: Whom): boolean {
  const templates = own.flatMap(({ template }) => (template === undefined ? [] : [template]))
  const named = (prefix: 'include' | 'exclude') =>
    texts(policy[`${prefix}Users`]).includes(id) ||
    texts(policy[`${prefix}Roles`]).some((role) => templates.includes(role)) ||
    texts(policy[`${prefix}Groups`]).some((group) => groups.get(group)?.has(id) === true)
  const isIn = texts(policy['includeUsers']).includes('All') || named('include')
  return isIn && !named('exclude')
}
