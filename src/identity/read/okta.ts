// Okta: users (`/api/v1/users`), with `factors` and `roles` joined to each or as lists of their own.

import type { Source } from './entra.ts'
import { idOf, instant, text } from './field.ts'
import { recordOf, recordsOf } from './read-json.ts'
import { row } from './row.ts'
import type { Export, Row } from './row.ts'

/** Statuses in which a person can sign in (or could after resetting by themselves). */
const LIVE = new Set(['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT', 'PROVISIONED'])

export function readOktaUsers(users: readonly Source[]): Export {
  const rows = users.flatMap((one, at) => userRows(one, `[${at}]`))
  const withFactors = users.some((one) => 'factors' in one)
  const withRoles = users.some((one) => 'roles' in one)
  return {
    system: 'okta',
    part: 'users',
    rows,
    covers: [
      'account',
      ...(withFactors ? ['factor', 'account.mfa'] : []),
      ...(withRoles ? ['role'] : []),
    ],
  }
}

function userRows(source: Source, place: string): readonly Row[] {
  const profile = recordOf(source['profile'])
  const id = idOf(source, ['id'], place)
  const status = text(source, 'status', place)
  const factors = factorRows(recordsOf(source['factors']), id, place)
  const account = row('account', id, {
    login: idOf(profile, ['login', 'email'], `${place}.profile`),
    name: text(profile, 'displayName', place) ?? nameOf(profile),
    mail: text(profile, 'email', place),
    enabled: status === undefined ? undefined : LIVE.has(status),
    created: instant(source, 'created', place),
    passwordSet: instant(source, 'passwordChanged', place),
    lastInteractive: instant(source, 'lastLogin', place),
    employee: text(profile, 'employeeNumber', place),
    manager: text(profile, 'manager', place) ?? text(profile, 'managerId', place),
    homeOrg: text(profile, 'organization', place),
    mfa: 'factors' in source ? factors.length > 0 : undefined,
  })
  const roles = recordsOf(source['roles']).map((one) => {
    const role = idOf(one, ['type', 'label'], `${place}.roles`)
    return row('role', `${id}/${role}`, { principal: id, role, scope: '/' })
  })
  return [account, ...factors, ...roles]
}

function nameOf(profile: Source): string | undefined {
  const parts = [profile['firstName'], profile['lastName']].filter(
    (part) => typeof part === 'string',
  )
  return parts.length === 0 ? undefined : parts.join(' ')
}

function factorRows(factors: readonly Source[], account: string, place: string): readonly Row[] {
  return factors
    .filter((one) => one['status'] === undefined || one['status'] === 'ACTIVE')
    .map((one) => {
      const type = idOf(one, ['factorType'], `${place}.factors`)
      return row('factor', `${account}/${text(one, 'id', place) ?? type}`, {
        account,
        vendor: 'okta',
        type,
        provider: text(one, 'provider', place),
      })
    })
}

/** A list of factors, each with `userId` or a link to its user. */
export function readOktaFactors(factors: readonly Source[]): Export {
  const rows = factors.flatMap((one, at) => {
    const place = `[${at}]`
    const link = text(recordOf(recordOf(one['_links'])['user']), 'href', place)
    const account = text(one, 'userId', place) ?? link?.split('/').at(-1)
    return factorRows([one], account ?? idOf(one, ['userId'], place), place)
  })
  return { system: 'okta', part: 'factors', rows, covers: ['factor'] }
}
