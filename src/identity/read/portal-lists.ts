// Lists that the consoles of providers save as CSV, brought to the shape their APIs answer in, so that one reader knows each.

import type { CsvRow } from './csv.ts'
import { readDuo } from './duo.ts'
import { readGoogle } from './google.ts'
import { readOktaUsers } from './okta.ts'
import { columnOf, moment, said, source } from './portal-cells.ts'
import type { Cells } from './portal-cells.ts'
import { entraUsers, registrations, signIns } from './portal-entra.ts'
import type { Export } from './row.ts'

type List = {
  /** Headings that all stand in it, folded: `Email Address [Required]` is `emailaddress`. */
  readonly has: readonly (readonly string[])[]
  readonly read: (rows: readonly Cells[]) => Export
}

const LISTS: readonly List[] = [
  {
    has: [
      ['requestid'],
      ['username', 'userprincipalname'],
      ['authenticationrequirement', 'clientapp'],
    ],
    read: signIns,
  },
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
  const names = [...(rows[0]?.cells.keys() ?? [])].map(columnOf)
  const list = LISTS.find(({ has }) => has.every((any) => any.some((name) => names.includes(name))))
  if (list === undefined) return undefined
  return list.read(
    rows.map(({ cells }) => new Map([...cells].map(([name, value]) => [columnOf(name), value]))),
  )
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
