// Lists that the consoles of providers save as CSV, brought to the shape their APIs answer in, so that one reader knows each.

import type { CsvRow } from './csv.ts'
import { readDuo } from './duo.ts'
import type { Source } from './entra.ts'
import { readGoogle } from './google.ts'
import { readGraph } from './graph.ts'
import { readOktaUsers } from './okta.ts'
import type { Export, Json } from './row.ts'

type Cells = ReadonlyMap<string, string>
type List = {
  /** Headings that all stand in it, folded: `Email Address [Required]` is `emailaddress`. */
  readonly has: readonly (readonly string[])[]
  readonly read: (rows: readonly Cells[]) => Export
}

/** Without blanks, signs and what stands in brackets. */
function folded(heading: string): string {
  return heading
    .replaceAll(/\[[^\]]*\]|\([^)]*\)/g, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}

const LISTS: readonly List[] = [
  {
    has: [['emailaddress'], ['orgunitpath', 'laststatus', 'lastsignin', '2svenrolled']],
    read: googleConsole,
  },
  {
    has: [['primaryemail'], ['suspended', 'isadmin', 'isenrolledin2sv', 'lastlogintime']],
    read: googleManager,
  },
  {
    has: [['userprincipalname'], ['methodsregistered', 'ismfaregistered', 'ismfacapable']],
    read: registrations,
  },
  {
    has: [['userprincipalname'], ['accountenabled'], ['objectid', 'id', 'usertype']],
    read: entraUsers,
  },
  {
    has: [['login'], ['status'], ['firstname', 'lastname', 'lastlogin', 'passwordchanged']],
    read: oktaUsers,
  },
  {
    has: [
      ['username'],
      ['realname', 'fullname'],
      ['status'],
      ['isenrolled', 'lastlogin', 'aliases', 'groups', 'enrolled'],
    ],
    read: duoUsers,
  },
]

/** Undefined: it is none of these. */
export function readPortalList(rows: readonly CsvRow[]): Export | undefined {
  const names = [...(rows[0]?.cells.keys() ?? [])].map(folded)
  const list = LISTS.find(({ has }) => has.every((any) => any.some((name) => names.includes(name))))
  if (list === undefined) return undefined
  return list.read(
    rows.map(({ cells }) => new Map([...cells].map(([name, value]) => [folded(name), value]))),
  )
}

function said(cells: Cells, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = cells.get(name)?.trim()
    if (value !== undefined && value !== '') return value
  }
  return undefined
}

/** A row without what is not said. */
function source(fields: Readonly<Record<string, Json | undefined>>): Source {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

const isNever = (text: string | undefined) =>
  text === undefined || /^(?:never|jamais|n\/a|-)/iu.test(text)
/** `2026/08/01 10:00:00` as Google writes it. */
function moment(text: string | undefined): string | undefined {
  if (isNever(text)) return undefined
  return text
    ?.replace(/^(\d{4})\/(\d\d)\/(\d\d)/u, '$1-$2-$3')
    .replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:UTC|GMT)?$/u, '$1T$2Z')
}

function googleConsole(rows: readonly Cells[]): Export {
  return readGoogle(
    rows.map((cells) => {
      const status = said(cells, 'status')
      return source({
        primaryEmail: said(cells, 'emailaddress'),
        name: {
          fullName: [said(cells, 'firstname'), said(cells, 'lastname')].filter(Boolean).join(' '),
        },
        suspended: status === undefined ? undefined : !/^acti[fv]/iu.test(status),
        lastLoginTime: moment(said(cells, 'lastsignin')),
        isEnrolledIn2Sv: said(cells, '2svenrolled'),
        isEnforcedIn2Sv: said(cells, '2svenforced'),
        isAdmin: said(cells, 'adminstatus', 'isadmin'),
        orgUnitPath: said(cells, 'orgunitpath'),
      })
    }),
  )
}

function googleManager(rows: readonly Cells[]): Export {
  return readGoogle(
    rows.map((cells) =>
      source({
        id: said(cells, 'id'),
        primaryEmail: said(cells, 'primaryemail'),
        name: { fullName: said(cells, 'namefullname', 'fullname') ?? null },
        suspended: said(cells, 'suspended'),
        isAdmin: said(cells, 'isadmin'),
        isDelegatedAdmin: said(cells, 'isdelegatedadmin'),
        isEnrolledIn2Sv: said(cells, 'isenrolledin2sv'),
        isEnforcedIn2Sv: said(cells, 'isenforcedin2sv'),
        creationTime: moment(said(cells, 'creationtime')),
        lastLoginTime: moment(said(cells, 'lastlogintime')),
        orgUnitPath: said(cells, 'orgunitpath'),
      }),
    ),
  )
}

const YES = /^(?:true|vrai|yes|oui|1|enabled)$/iu

function registrations(rows: readonly Cells[]): Export {
  const value = rows.map((cells) => {
    const yes = (name: string) => {
      const text = said(cells, name)
      return text === undefined ? undefined : YES.test(text)
    }
    return source({
      id: said(cells, 'id', 'userid', 'objectid') ?? said(cells, 'userprincipalname'),
      userPrincipalName: said(cells, 'userprincipalname'),
      userDisplayName: said(cells, 'userdisplayname', 'displayname'),
      userType: said(cells, 'usertype')?.toLowerCase(),
      isAdmin: yes('isadmin'),
      isMfaCapable: yes('ismfacapable'),
      isMfaRegistered: yes('ismfaregistered'),
      methodsRegistered: (said(cells, 'methodsregistered') ?? '')
        .split(/[;,|]/u)
        .map((method) => method.trim())
        .filter((method) => method !== ''),
    })
  })
  return readGraph({
    '@odata.context': '$metadata#reports/authenticationMethods/userRegistrationDetails',
    value,
  })
}

function entraUsers(rows: readonly Cells[]): Export {
  const value = rows.map((cells) => {
    const enabled = said(cells, 'accountenabled')
    const synced = said(cells, 'onpremisessyncenabled', 'dirsyncenabled')
    return source({
      id: said(cells, 'objectid', 'id') ?? said(cells, 'userprincipalname'),
      userPrincipalName: said(cells, 'userprincipalname'),
      displayName: said(cells, 'displayname'),
      mail: said(cells, 'mail', 'email'),
      userType: said(cells, 'usertype'),
      accountEnabled: enabled === undefined ? undefined : YES.test(enabled),
      onPremisesSyncEnabled: synced === undefined ? undefined : YES.test(synced),
      createdDateTime: moment(said(cells, 'createddatetime', 'creationdate')),
      employeeId: said(cells, 'employeeid'),
      department: said(cells, 'department'),
    })
  })
  return readGraph({ '@odata.context': '$metadata#users', value })
}

function oktaUsers(rows: readonly Cells[]): Export {
  return readOktaUsers(
    rows.map((cells) =>
      source({
        id: said(cells, 'id', 'userid') ?? said(cells, 'login'),
        status: said(cells, 'status')?.toUpperCase().replaceAll(' ', '_'),
        created: moment(said(cells, 'created', 'activated')),
        lastLogin: moment(said(cells, 'lastlogin')),
        passwordChanged: moment(said(cells, 'passwordchanged')),
        profile: source({
          login: said(cells, 'login'),
          email: said(cells, 'email', 'primaryemail'),
          firstName: said(cells, 'firstname'),
          lastName: said(cells, 'lastname'),
        }),
      }),
    ),
  )
}

function duoUsers(rows: readonly Cells[]): Export {
  return readDuo(
    rows.map((cells) => {
      const last = moment(said(cells, 'lastlogin'))
      const lastMs = last === undefined ? Number.NaN : Date.parse(last)
      const status = said(cells, 'status')?.toLowerCase()
      return source({
        user_id: said(cells, 'userid') ?? said(cells, 'username'),
        username: said(cells, 'username'),
        realname: said(cells, 'realname', 'fullname'),
        email: said(cells, 'email'),
        status: status === undefined ? undefined : status.replace(/^bypass.*/u, 'bypass'),
        is_enrolled: said(cells, 'isenrolled', 'enrolled'),
        last_login: Number.isNaN(lastMs) ? undefined : Math.floor(lastMs / 1000),
      })
    }),
  )
}
