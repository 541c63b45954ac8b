// Policies of an Entra tenant: conditional access, authentication methods, authorization. One shape for what checks ask.

import type { Source } from './entra.ts'
import { idOf, text } from './field.ts'
import { isRecord, recordOf, recordsOf, textsOf } from './read-json.ts'
import { plain, row } from './row.ts'
import type { Json, Row } from './row.ts'

/** Methods that a look-alike page cannot relay (`authenticationMethodModes`). */
const RESISTANT = new Set(['fido2', 'windowsHelloForBusiness', 'x509CertificateMultiFactor'])
const PASSWORD_ONLY = new Set([
  'password',
  'federatedSingleFactor',
  'x509CertificateSingleFactor',
  'sms',
  'qrCodePin',
])

export function conditionalAccess(source: Source, place: string): readonly Row[] {
  const conditions = recordOf(source['conditions'])
  const grants = recordOf(source['grantControls'])
  const combinations = combinationsOf(
    recordOf(grants['authenticationStrength'])['allowedCombinations'],
  )
  const applications = recordOf(conditions['applications'])
  const devices = recordOf(recordOf(conditions['devices'])['deviceFilter'])
  const flows = recordOf(conditions['authenticationFlows'])
  const session = recordOf(source['sessionControls'])
  return [
    row('policy', idOf(source, ['id', 'displayName'], place), {
      name: text(source, 'displayName', place),
      state: text(source, 'state', place),
      ...users(recordOf(conditions['users'])),
      includeApps: textsOf(applications['includeApplications']),
      excludeApps: textsOf(applications['excludeApplications']),
      userActions: textsOf(applications['includeUserActions']),
      clients: textsOf(conditions['clientAppTypes']),
      userRisk: textsOf(conditions['userRiskLevels']),
      signInRisk: textsOf(conditions['signInRiskLevels']),
      transfers: textsOf(flows['transferMethods']),
      narrowed: isNarrowed(conditions, devices),
      controls: textsOf(grants['builtInControls']),
      operator: text(grants, 'operator', place) ?? 'OR',
      combinations,
      resistant: combinations.length > 0 && combinations.every((one) => RESISTANT.has(one)),
      multiFactor: isMultiFactor(combinations),
      session: Object.keys(session).filter((key) => isRecord(session[key])),
    }),
  ]
}

function users(source: Source): Readonly<Record<string, Json>> {
  const guests = ['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'] as const
  return {
    includeUsers: textsOf(source['includeUsers']),
    excludeUsers: textsOf(source['excludeUsers']),
    includeGroups: textsOf(source['includeGroups']),
    excludeGroups: textsOf(source['excludeGroups']),
    includeRoles: textsOf(source['includeRoles']),
    excludeRoles: textsOf(source['excludeRoles']),
    includeGuests: textsOf(recordOf(source[guests[0]])['guestOrExternalUserTypes']),
    excludeGuests: textsOf(recordOf(source[guests[1]])['guestOrExternalUserTypes']),
  }
}

/** A combination joins methods by commas, so it is not split like other texts. */
function combinationsOf(value: Json | undefined): readonly string[] {
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  return list.filter((one) => typeof one === 'string')
}

function isMultiFactor(combinations: readonly string[]): boolean {
  return (
    combinations.length > 0 &&
    combinations.every((one) => one.includes(',') || !PASSWORD_ONLY.has(one))
  )
}

/** Holds only for some platforms, places or devices. */
function isNarrowed(conditions: Source, devices: Source): boolean {
  const platforms = recordOf(conditions['platforms'])
  const locations = recordOf(conditions['locations'])
  const limited = [
    ...textsOf(platforms['includePlatforms']),
    ...textsOf(locations['includeLocations']),
  ]
  const excluded = [
    ...textsOf(platforms['excludePlatforms']),
    ...textsOf(locations['excludeLocations']),
  ]
  const isLimited = limited.length > 0 && !limited.some((one) => /^all$/iu.test(one))
  return isLimited || excluded.length > 0 || typeof devices['rule'] === 'string'
}

/** The policy of authentication methods, with its methods. */
export function methodsPolicy(source: Source, place: string): readonly Row[] {
  return [
    row('setting', 'methods', { migration: text(source, 'policyMigrationState', place) }),
    ...recordsOf(source['authenticationMethodConfigurations']).map((one, at) =>
      methodConfiguration(one, `${place}.authenticationMethodConfigurations[${at}]`),
    ),
  ]
}

export function methodConfiguration(source: Source, place: string): Row {
  const features = recordOf(source['featureSettings'])
  return row('setting', `method/${idOf(source, ['id'], place).toLowerCase()}`, {
    state: text(source, 'state', place),
    showsApp: shownTo(features['displayAppInformationRequiredState']),
    showsPlace: shownTo(features['displayLocationInformationRequiredState']),
    numbers: shownTo(features['numberMatchingRequiredState']),
    once: typeof source['isUsableOnce'] === 'boolean' ? source['isUsableOnce'] : undefined,
    attested:
      typeof source['isAttestationEnforced'] === 'boolean'
        ? source['isAttestationEnforced']
        : undefined,
    targets: recordsOf(source['includeTargets']).map((one) => plain(one['id'])),
  })
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Shown to all users without exception. */
function shownTo(value: Json | undefined): boolean | undefined {
  if (value === undefined) return undefined
  const feature = recordOf(value)
  const exception = plain(recordOf(feature['excludeTarget'])['id']) || NOBODY
  return (
    feature['state'] === 'enabled' &&
    recordOf(feature['includeTarget'])['id'] === 'all_users' &&
    exception === NOBODY
  )
}

export function authorizationPolicy(source: Source, place: string): readonly Row[] {
  const permissions = recordOf(source['defaultUserRolePermissions'])
  const granted = [
    ...textsOf(source['permissionGrantPolicyIdsAssignedToDefaultUserRole']),
    ...textsOf(permissions['permissionGrantPoliciesAssigned']),
  ]
  return [
    row('setting', 'authorization', {
      usersCreateApps: permissions['allowedToCreateApps'],
      usersConsent: granted.filter((one) => /ManagePermissionGrantsForSelf/iu.test(one)),
      guestRole: text(source, 'guestUserRoleId', place),
      invites: text(source, 'allowInvitesFrom', place),
      selfReset: source['allowedToUseSSPR'],
    }),
  ]
}

/** Directory settings hold the consent workflow (`adminConsentRequestPolicy` in newer exports). */
export function consentSettings(values: readonly Source[]): readonly Row[] {
  const found = values
    .flatMap((one) => recordsOf(one['values']))
    .find((one) => one['name'] === 'EnableAdminConsentRequests')
  return found === undefined
    ? []
    : [row('setting', 'consent', { workflow: plain(found['value']).toLowerCase() === 'true' })]
}

export function domain(source: Source, place: string): readonly Row[] {
  const id = idOf(source, ['id'], place)
  const days = source['passwordValidityPeriodInDays']
  return [
    row('setting', `domain/${id}`, {
      name: id,
      verified: source['isVerified'],
      federated: /^federated$/iu.test(plain(source['authenticationType'])),
      passwordDays: typeof days === 'number' ? days : undefined,
    }),
  ]
}
