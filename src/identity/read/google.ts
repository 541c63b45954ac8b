// Google Workspace: `users.list` of the Directory API. How a second step is done is not in it, so its kind stays unknown.

import type { Source } from './entra.ts'
import { flag, idOf, instant, text } from './field.ts'
import { recordOf, recordsOf } from './read-json.ts'
import { row } from './row.ts'
import type { Export, Row } from './row.ts'

export function readGoogle(users: readonly Source[]): Export {
  const rows = users.flatMap((one, at) => userRows(one, `users[${at}]`))
  return {
    system: 'google',
    part: 'users',
    rows,
    covers: ['account', 'account.mfa', 'role', 'account.mailbox'],
  }
}

function userRows(source: Source, place: string): readonly Row[] {
  const id = idOf(source, ['id', 'primaryEmail'], place)
  const isSuspended = flag(source, 'suspended', place)
  const isEnrolled = flag(source, 'isEnrolledIn2Sv', place)
  const external = recordsOf(source['externalIds']).find((one) => one['type'] === 'organization')
  const account = row('account', id, {
    login: idOf(source, ['primaryEmail'], place),
    name: text(recordOf(source['name']), 'fullName', place),
    mail: text(source, 'primaryEmail', place),
    mailbox: flag(source, 'isMailboxSetup', place),
    enabled: isSuspended === undefined ? undefined : !isSuspended && source['archived'] !== true,
    created: instant(source, 'creationTime', place),
    lastInteractive: lastLogin(source, place),
    mfa: isEnrolled,
    enforced: flag(source, 'isEnforcedIn2Sv', place),
    employee: external === undefined ? undefined : text(external, 'value', place),
    department: text(source, 'orgUnitPath', place),
    recovery:
      text(source, 'recoveryPhone', place) !== undefined ||
      text(source, 'recoveryEmail', place) !== undefined,
  })
  return [account, ...adminRoles(source, id, place)]
}

/** The epoch means never. */
function lastLogin(source: Source, place: string): string | undefined {
  const at = instant(source, 'lastLoginTime', place)
  return at?.startsWith('1970-01-01T00:00:00') === true ? undefined : at
}

function adminRoles(source: Source, principal: string, place: string): readonly Row[] {
  const held = [
    ...(flag(source, 'isAdmin', place) === true ? ['Super Admin'] : []),
    ...(flag(source, 'isDelegatedAdmin', place) === true ? ['Delegated Admin'] : []),
  ]
  return held.map((role) => row('role', `${principal}/${role}`, { principal, role, scope: '/' }))
}
