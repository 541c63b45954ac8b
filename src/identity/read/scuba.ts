// The settings export of a tenant as ScubaGear's provider writes it: one JSON file with a section for each question asked.

import {
  authorizationPolicy,
  conditionalAccess,
  consentSettings,
  domain,
  methodConfiguration,
  methodsPolicy,
} from './entra-policies.ts'
import { application } from './entra.ts'
import type { Source } from './entra.ts'
import { flag, idOf, instant, text } from './field.ts'
import { isRecord, listOf, recordOf, recordsOf, textsOf } from './read-json.ts'
import { plain, row } from './row.ts'
import type { Export, Json, Row } from './row.ts'

/** Sections, the kinds of rows they answer for, and what fetches them: a command that failed leaves its section unknown. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  conditional_access_policies: ['policy'],
  authentication_method: ['setting.method'],
  authorization_policies: ['setting.authorization'],
  directory_settings: ['setting.consent'],
  domain_settings: ['setting.domain'],
  privileged_users: ['role', 'account', 'account.synced'],
  privileged_roles: ['assignment', 'assignment.pim', 'role_rule'],
  privileged_service_principals: ['role.app'],
  risky_applications: ['app', 'app.secrets', 'app.permissions'],
}

export function readScuba(source: Source): Export {
  const met = Object.keys(SECTIONS).filter(
    (section) => section in source && source[section] !== null,
  )
  const rows = [
    ...each(source, 'conditional_access_policies', conditionalAccess),
    ...each(source, 'authorization_policies', authorizationPolicy),
    ...consentSettings(recordsOf(source['directory_settings'])),
    ...each(source, 'domain_settings', domain),
    ...methods(source),
    ...mailDomains(source),
    ...people(source),
    ...recordsOf(source['privileged_roles']).flatMap(roleOf),
    ...apps(source),
  ]
  const madeAt = instant(source, 'timestamp_zulu', 'timestamp_zulu')
  const covers = ['tenant', ...met.flatMap((section) => SECTIONS[section] ?? [])]
  return {
    system: 'entra',
    part: 'tenant',
    rows,
    covers,
    ...(madeAt === undefined ? {} : { madeAt }),
  }
}

function each(
  source: Source,
  section: string,
  read: (one: Source, place: string) => readonly Row[],
): readonly Row[] {
  return recordsOf(source[section]).flatMap((one, at) => read(one, `${section}[${at}]`))
}

function methods(source: Source): readonly Row[] {
  return recordsOf(source['authentication_method']).flatMap((one) => [
    ...recordsOf(one['authentication_method_policy']).flatMap((policy) =>
      methodsPolicy({ ...policy, authenticationMethodConfigurations: [] }, 'authentication_method'),
    ),
    ...recordsOf(one['authentication_method_feature_settings']).map((setting, at) =>
      methodConfiguration(setting, `authentication_method_feature_settings[${at}]`),
    ),
  ])
}

function people(source: Source): readonly Row[] {
  const users = pairsOf(source['privileged_users'])
  const principals = pairsOf(source['privileged_service_principals'])
  return [
    ...users.flatMap(([id, one]) => [userRow(id, one), ...rolesOf(id, one, false)]),
    ...principals.flatMap(([id, one]) => rolesOf(id, one, true)),
  ]
}

function pairsOf(value: Json | undefined): readonly (readonly [string, Source])[] {
  return Object.entries(recordOf(value)).flatMap(([id, one]) =>
    isRecord(one) ? [[id, one] as const] : [],
  )
}

function userRow(id: string, source: Source): Row {
  const place = `privileged_users.${id}`
  const immutable = text(source, 'onPremisesImmutableId', place)
  return row('account', id, {
    login: text(source, 'userPrincipalName', place) ?? id,
    name: text(source, 'displayName', place),
    enabled: flag(source, 'accountEnabled', place),
    synced: immutable !== undefined,
    immutableId: immutable,
  })
}

function rolesOf(principal: string, source: Source, isApp: boolean): readonly Row[] {
  const names = [...new Set(listOf(source['roles']).filter((one) => typeof one === 'string'))]
  return names.map((role) =>
    row('role', `${principal}/${role}`, {
      principal,
      role,
      scope: '/',
      app: isApp || undefined,
      name: isApp ? text(source, 'displayName', principal) : undefined,
    }),
  )
}

function roleOf(source: Source, at: number): readonly Row[] {
  const place = `privileged_roles[${at}]`
  const role = idOf(source, ['displayName'], place)
  const template = text(source, 'roleTemplateId', place)
  const assignments = recordsOf(source['assignments']).map((one, index) => {
    const where = `${place}.assignments[${index}]`
    return row('assignment', `${role}/${text(one, 'id', where) ?? index}`, {
      role,
      template,
      principal: idOf(one, ['principalId'], where),
      state: 'permanent',
      start: instant(one, 'startDateTime', where),
      end: instant(one, 'endDateTime', where),
      pim: one['startDateTime'] !== null && one['startDateTime'] !== undefined,
    })
  })
  const rules = recordsOf(source['rules']).map((one, index) =>
    rule(one, `${place}.rules[${index}]`, { role, template }),
  )
  return [...assignments, ...rules]
}

function rule(
  source: Source,
  place: string,
  shared: { role: string; template: string | undefined },
): Row {
  const id = idOf(source, ['id'], place)
  const origin = text(source, 'ruleSource', place) ?? shared.role
  const setting = recordOf(source['setting'])
  return row('role_rule', `${shared.role}/${origin}/${id}`, {
    ...shared,
    rule: id,
    origin,
    recipients: textsOf(source['notificationRecipients']),
    approval:
      typeof setting['isApprovalRequired'] === 'boolean'
        ? setting['isApprovalRequired']
        : undefined,
    expires:
      typeof source['isExpirationRequired'] === 'boolean'
        ? source['isExpirationRequired']
        : undefined,
  })
}

function apps(source: Source): readonly Row[] {
  const sections = ['risky_applications', 'risky_third_party_service_principals']
  const found = new Map<string, Row>()
  for (const section of sections)
    for (const one of each(source, section, application))
      found.set(one.id, found.get(one.id) ?? one)
  return [...found.values()]
}

/** SPF, DKIM and DMARC as the export found them in DNS. */
function mailDomains(source: Source): readonly Row[] {
  const textsIn = (section: string) =>
    new Map(
      recordsOf(source[section]).map((one) => [
        plain(one['domain']),
        listOf(one['rdata']).map(plain).join(' '),
      ]),
    )
  const [spf, dkim, dmarc] = [
    textsIn('spf_records'),
    textsIn('dkim_records'),
    textsIn('dmarc_records'),
  ]
  return [...new Set([...spf.keys(), ...dkim.keys(), ...dmarc.keys()])].map((name) =>
    row('setting', `mail/${name}`, {
      name,
      spf: /v=spf1\b.*[-~]all/iu.test(spf.get(name) ?? ''),
      dkim: /v=dkim1/iu.test(dkim.get(name) ?? ''),
      dmarc:
        /v=dmarc1.*?\bp=\s*(reject|quarantine|none)/iu
          .exec(dmarc.get(name) ?? '')?.[1]
          ?.toLowerCase() ?? 'missing',
    }),
  )
}
