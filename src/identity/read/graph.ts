// Answers of Microsoft Graph: `{ "@odata.context": …, "value": […] }`, a list of such pages, or a bare list.

import { authorizationPolicy, conditionalAccess, domain, methodsPolicy } from './entra-policies.ts'
import {
  application,
  directoryRole,
  grant,
  group,
  partner,
  registration,
  roleAssignment,
  signIn,
  user,
} from './entra.ts'
import type { Source } from './entra.ts'
import { isList, isRecord } from './read-json.ts'
import { ExportRefused, row, shown } from './row.ts'
import type { Export, Json, Row } from './row.ts'

type Form = {
  readonly part: string
  readonly is: (one: Source) => boolean
  readonly read: (one: Source, place: string) => readonly Row[]
  readonly covers: readonly string[]
}

const has =
  (...keys: readonly string[]) =>
  (one: Source) =>
    keys.every((key) => key in one)

/** The first that fits; the narrower stands before the wider. */
const FORMS: readonly Form[] = [
  {
    part: 'registrations',
    is: has('methodsRegistered'),
    read: registration,
    covers: ['account', 'factor', 'account.mfa', 'account.admin'],
  },
  {
    part: 'eligibility',
    is: has('principalId', 'roleEligibilityScheduleId'),
    read: roleAssignment,
    covers: ['role', 'assignment'],
  },
  {
    part: 'schedules',
    is: (one) => 'principalId' in one && ('assignmentType' in one || 'memberType' in one),
    read: roleAssignment,
    covers: ['role', 'assignment', 'assignment.pim'],
  },
  {
    part: 'roles',
    is: (one) => 'principalId' in one && 'roleDefinitionId' in one,
    read: roleAssignment,
    covers: ['role'],
  },
  {
    part: 'directory-roles',
    is: has('roleTemplateId', 'members'),
    read: directoryRole,
    covers: ['role'],
  },
  {
    part: 'conditional-access',
    is: has('conditions', 'state'),
    read: conditionalAccess,
    covers: ['policy'],
  },
  {
    part: 'methods',
    is: has('policyMigrationState'),
    read: methodsPolicy,
    covers: ['setting.method'],
  },
  {
    part: 'authorization',
    is: has('defaultUserRolePermissions'),
    read: authorizationPolicy,
    covers: ['setting.authorization'],
  },
  {
    part: 'consent',
    is: has('isEnabled', 'notifyReviewers'),
    read: consentPolicy,
    covers: ['setting.consent'],
  },
  {
    part: 'domains',
    is: has('authenticationType', 'isVerified'),
    read: domain,
    covers: ['setting.domain'],
  },
  { part: 'consents', is: has('clientId', 'consentType'), read: grant, covers: ['grant'] },
  {
    part: 'sign-ins',
    is: (one) =>
      'createdDateTime' in one &&
      ('clientAppUsed' in one || 'appDisplayName' in one) &&
      ('userId' in one || 'userPrincipalName' in one),
    read: signIn,
    covers: ['signin'],
  },
  { part: 'partners', is: has('accessDetails', 'status'), read: partner, covers: ['partner'] },
  {
    part: 'apps',
    is: (one) => 'appId' in one && !('userPrincipalName' in one),
    read: application,
    covers: ['app'],
  },
  { part: 'users', is: has('userPrincipalName'), read: user, covers: ['account'] },
  {
    part: 'groups',
    is: (one) =>
      'id' in one && ('members' in one || 'isAssignableToRole' in one || 'securityEnabled' in one),
    read: group,
    covers: ['group', 'member'],
  },
]

function consentPolicy(source: Source): readonly Row[] {
  return [row('setting', 'consent', { workflow: source['isEnabled'] === true })]
}

/** Names of the address in `@odata.context`, for answers without rows. */
const CONTEXTS: readonly (readonly [RegExp, string])[] = [
  [/userRegistrationDetails/iu, 'registrations'],
  [/roleEligibilitySchedule/iu, 'eligibility'],
  [/roleAssignmentSchedule/iu, 'schedules'],
  [/roleAssignments/iu, 'roles'],
  [/conditionalAccess\/policies/iu, 'conditional-access'],
  [/oauth2PermissionGrants/iu, 'consents'],
  [/signIns/iu, 'sign-ins'],
  [/delegatedAdminRelationships/iu, 'partners'],
  [/applications|servicePrincipals/iu, 'apps'],
  [/\$metadata#users/iu, 'users'],
  [/\$metadata#groups/iu, 'groups'],
]

export function readGraph(value: Json): Export {
  const { rows, context } = pagesOf(value)
  const form = formOf(rows, context)
  if (form === undefined) {
    const met = rows[0] === undefined ? context : Object.keys(rows[0].one).slice(0, 6).join(', ')
    throw new ExportRefused(rows[0]?.place ?? '', 'unknown_form', shown(met === '' ? 'JSON' : met))
  }
  const read = rows.flatMap(({ one, place }) => {
    // A deleted entry of a delta query.
    if ('@removed' in one) return []
    if (!form.is(one)) throw new ExportRefused(place, 'missing_field', form.part)
    return form.read(one, place)
  })
  return {
    system: 'entra',
    part: form.part,
    rows: read,
    covers: [...form.covers, ...asked(form, rows)],
  }
}

/** A field that the first row names was asked for, even where every value is null. */
function asked({ part }: Form, rows: readonly { readonly one: Source }[]): readonly string[] {
  if (part !== 'users') return []
  const names = new Set(rows.slice(0, 50).flatMap(({ one }) => Object.keys(one)))
  const fields: readonly (readonly [string, readonly string[]])[] = [
    ['signInActivity', ['account.lastInteractive']],
    ['accountEnabled', ['account.enabled']],
    ['onPremisesSyncEnabled', ['account.synced']],
    ['onPremisesImmutableId', ['account.synced']],
    ['assignedPlans', ['account.mailbox']],
    ['userType', ['account.guest']],
    ['createdDateTime', ['account.created']],
  ]
  return fields.filter(([name]) => names.has(name)).flatMap(([, made]) => made)
}

type Found = { readonly one: Source; readonly place: string }

function pagesOf(value: Json): { readonly rows: readonly Found[]; readonly context: string } {
  if (isRecord(value) && isList(value['value'])) {
    const context = value['@odata.context'] ?? value['@Odata.context']
    return {
      rows: found(value['value'], 'value'),
      context: typeof context === 'string' ? context : '',
    }
  }
  if (isRecord(value)) return { rows: [{ one: value, place: '' }], context: '' }
  if (!isList(value)) throw new ExportRefused('', 'unknown_form', shown(value))
  const pages = value.filter(isRecord)
  if (pages.length > 0 && pages.every((page) => isList(page['value']))) {
    const context = pages[0]?.['@odata.context']
    const rows = pages.flatMap((page, at) => found(page['value'], `[${at}].value`))
    return { rows, context: typeof context === 'string' ? context : '' }
  }
  return { rows: found(value, ''), context: '' }
}

function found(value: Json | undefined, name: string): readonly Found[] {
  const rows = isList(value) ? value : []
  return rows.map((one, at) => {
    const place = `${name}[${at}]`
    if (!isRecord(one)) throw new ExportRefused(place, 'bad_value', shown(one))
    return { one, place }
  })
}

function formOf(rows: readonly Found[], context: string): Form | undefined {
  const part = CONTEXTS.find(([pattern]) => pattern.test(context))?.[1]
  const named = FORMS.find((form) => form.part === part)
  const [first] = rows
  if (first === undefined) return named
  return named?.is(first.one) === true ? named : FORMS.find((form) => form.is(first.one))
}
