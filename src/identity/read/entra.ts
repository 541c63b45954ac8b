// Microsoft Graph: users, registration details, roles and their schedules, groups, applications, consents, sign-ins.
// Field names are those of the v1.0 metadata; what an export leaves out is not known, never false.

import { flag, idOf, instant, text } from './field.ts'
import { listOf, recordOf, recordsOf, textsOf } from './read-json.ts'
import { plain, row } from './row.ts'
import type { Json, Row } from './row.ts'

export type Source = { readonly [key: string]: Json }
type Reader = (source: Source, place: string) => readonly Row[]

const MAIL_PLANS = /exchange/iu

export const user: Reader = (source, place) => {
  const activity = recordOf(source['signInActivity'])
  const id = idOf(source, ['id', 'userPrincipalName'], place)
  const plans = recordsOf(source['assignedPlans'])
  const hasMail = plans.some(
    (plan) => plan['capabilityStatus'] === 'Enabled' && MAIL_PLANS.test(plain(plan['service'])),
  )
  const isSynced = 'onPremisesSyncEnabled' in source || 'onPremisesImmutableId' in source
  const made = row('account', id, {
    login: text(source, 'userPrincipalName', place) ?? id,
    name: text(source, 'displayName', place),
    mail: text(source, 'mail', place),
    enabled: flag(source, 'accountEnabled', place),
    guest:
      source['userType'] === undefined ? undefined : /^guest$/iu.test(plain(source['userType'])),
    synced: isSynced
      ? source['onPremisesSyncEnabled'] === true || !isNone(source['onPremisesImmutableId'])
      : undefined,
    mailbox: 'assignedPlans' in source ? hasMail : undefined,
    created: instant(source, 'createdDateTime', place),
    passwordSet: instant(source, 'lastPasswordChangeDateTime', place),
    lastInteractive: instant(activity, 'lastSignInDateTime', place),
    lastNonInteractive: instant(activity, 'lastNonInteractiveSignInDateTime', place),
    employee: text(source, 'employeeId', place),
    expires: instant(source, 'employeeLeaveDateTime', place),
    department: text(source, 'department', place),
    sid: text(source, 'onPremisesSecurityIdentifier', place),
    immutableId: text(source, 'onPremisesImmutableId', place),
    manager: text(recordOf(source['manager']), 'userPrincipalName', place),
    owner: text(recordOf(source['sponsors']), 'userPrincipalName', place),
  })
  return [made]
}

function isNone(value: Json | undefined): boolean {
  return value === undefined || value === null || value === ''
}

/** `userRegistrationDetails`: one row for the account, one for each method. */
export const registration: Reader = (source, place) => {
  const id = idOf(source, ['id', 'userPrincipalName'], place)
  const account = row('account', id, {
    login: text(source, 'userPrincipalName', place) ?? id,
    name: text(source, 'userDisplayName', place),
    guest: source['userType'] === undefined ? undefined : source['userType'] === 'guest',
    admin: flag(source, 'isAdmin', place),
    mfa: flag(source, 'isMfaRegistered', place) ?? flag(source, 'isMfaCapable', place),
  })
  const methods = [...new Set(textsOf(source['methodsRegistered']))]
  return [
    account,
    ...methods.map((type) =>
      row('factor', `${id}/${type}`, { account: id, vendor: 'entra', type }),
    ),
  ]
}

/** `roleAssignments` with or without `roleDefinition` and `principal` expanded. */
export const roleAssignment: Reader = (source, place) => {
  const principal = idOf(source, ['principalId'], place)
  const definition = recordOf(source['roleDefinition'])
  const template =
    text(definition, 'templateId', place) ??
    idOf(source, ['roleDefinitionId', 'roleTemplateId'], place)
  const id = text(source, 'id', place) ?? `${principal}/${template}`
  const who = recordOf(source['principal'])
  const kind = plain(who['@odata.type'])
  const scope = text(source, 'directoryScopeId', place) ?? '/'
  const role =
    text(definition, 'displayName', place) ??
    text(source, 'roleDefinitionDisplayName', place) ??
    template
  const shared = {
    principal,
    role,
    template,
    scope,
    app: /servicePrincipal/iu.test(kind) ? true : undefined,
  }
  return [
    row('role', `${principal}/${template}/${scope}`, shared),
    ...schedule(source, { id, place, shared }),
  ]
}

/** Instances of PIM schedules say how long, and by what, an assignment holds. */
function schedule(
  source: Source,
  {
    id,
    place,
    shared,
  }: { id: string; place: string; shared: Readonly<Record<string, Json | undefined>> },
): readonly Row[] {
  if (!('startDateTime' in source) && !('assignmentType' in source) && !('memberType' in source))
    return []
  const isEligible = 'roleEligibilityScheduleId' in source
  const made = row('assignment', id, {
    ...shared,
    state: isEligible
      ? 'eligible'
      : text(source, 'assignmentType', place) === 'Activated'
        ? 'active'
        : 'permanent',
    start: instant(source, 'startDateTime', place),
    end: instant(source, 'endDateTime', place),
    pim: !isNone(source['startDateTime']),
  })
  return [made]
}

/** A directory role with its members expanded. */
export const directoryRole: Reader = (source, place) => {
  const template = idOf(source, ['roleTemplateId', 'id'], place)
  const role = text(source, 'displayName', place) ?? template
  return recordsOf(source['members']).map((member, at) => {
    const principal = idOf(member, ['id'], `${place}.members[${at}]`)
    const isApp = /servicePrincipal/iu.test(plain(member['@odata.type']))
    return row('role', `${principal}/${template}//`, {
      principal,
      role,
      template,
      scope: '/',
      app: isApp || undefined,
    })
  })
}

export const group: Reader = (source, place) => {
  const id = idOf(source, ['id'], place)
  const made = row('group', id, {
    name: text(source, 'displayName', place),
    assignable: flag(source, 'isAssignableToRole', place),
  })
  const members = recordsOf(source['members']).map((member, at) => {
    const one = idOf(member, ['id'], `${place}.members[${at}]`)
    return row('member', `${id}/${one}`, { group: id, member: one })
  })
  return [made, ...members]
}

/** Applications and service principals; `permissions` is what tenant reports add. */
export const application: Reader = (source, place) => {
  const id = idOf(source, ['appId', 'id'], place)
  const ids = recordOf(source['objectId'])
  const permissions = [
    ...recordsOf(source['permissions']),
    ...recordsOf(source['appRoleAssignments']),
  ]
  return [
    row('app', id, {
      name: text(source, 'displayName', place),
      object: text(source, 'id', place) ?? text(ids, 'servicePrincipal', place),
      principal: text(ids, 'servicePrincipal', place) ?? text(source, 'servicePrincipalId', place),
      multiTenant: /multiple/iu.test(plain(source['signInAudience'])) || undefined,
      secrets: recordsOf(source['passwordCredentials']).map((one) => credential(one, place)),
      certificates: recordsOf(source['keyCredentials']).map((one) => credential(one, place)),
      owners:
        'owners' in source
          ? recordsOf(source['owners']).map((one, at) =>
              idOf(one, ['id'], `${place}.owners[${at}]`),
            )
          : undefined,
      permissions: permissions.map((one) => permission(one)),
    }),
  ]
}

function credential(source: Source, place: string): Json {
  return {
    name: text(source, 'displayName', place) ?? '',
    start: instant(source, 'startDateTime', place) ?? null,
    end: instant(source, 'endDateTime', place) ?? null,
  }
}

function permission(source: Source): Json {
  const name = plain(source['roleDisplayName'] ?? source['value'] ?? source['appRoleId'])
  const isApplication = source['roleType'] === undefined || source['roleType'] === 'Application'
  return { name, application: isApplication, consented: source['isAdminConsented'] !== false }
}

/** `oauth2PermissionGrants`. */
export const grant: Reader = (source, place) => {
  const client = idOf(source, ['clientId'], place)
  const scopes = (text(source, 'scope', place) ?? '').split(/\s+/u).filter((scope) => scope !== '')
  const id = text(source, 'id', place) ?? `${client}/${plain(source['principalId'] ?? 'all')}`
  return [
    row('grant', id, {
      app: client,
      all: source['consentType'] === 'AllPrincipals',
      account: text(source, 'principalId', place),
      scopes,
    }),
  ]
}

export const signIn: Reader = (source, place) => {
  const account = idOf(source, ['userId', 'userPrincipalName'], place)
  const status = recordOf(source['status'])
  const at = instant(source, 'createdDateTime', place)
  return [
    row('signin', text(source, 'id', place) ?? `${account}/${at ?? ''}`, {
      account,
      login: text(source, 'userPrincipalName', place),
      at,
      app: text(source, 'appDisplayName', place) ?? text(source, 'appId', place),
      client: text(source, 'clientAppUsed', place),
      ip: text(source, 'ipAddress', place),
      requirement: text(source, 'authenticationRequirement', place),
      protocol: text(source, 'authenticationProtocol', place),
      success: status['errorCode'] === undefined ? undefined : status['errorCode'] === 0,
      interactive: flag(source, 'isInteractive', place),
    }),
  ]
}

/** Delegated administration of a partner (GDAP) and older contracts. */
export const partner: Reader = (source, place) => {
  const access = recordOf(source['accessDetails'])
  return [
    row('partner', idOf(source, ['id'], place), {
      name:
        text(source, 'displayName', place) ??
        text(recordOf(source['customer']), 'displayName', place),
      status: text(source, 'status', place),
      end: instant(source, 'endDateTime', place),
      templates: listOf(access['unifiedRoles']).flatMap((one) =>
        typeof one === 'object' && one !== null && !Array.isArray(one)
          ? [plain((one as Source)['roleDefinitionId'])]
          : [],
      ),
    }),
  ]
}
