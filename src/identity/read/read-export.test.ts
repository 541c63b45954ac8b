// What each provider's export becomes, and what is refused with its place.

import { expect, describe, test } from 'vitest'
import { readExport } from './read-export.ts'
import { fieldsOf } from './row.ts'
import type { Row } from './row.ts'

const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

function read(value: unknown, form?: string) {
  const made = readExport(bytes(value), form)
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  return made.value
}

function refused(value: unknown, form?: string) {
  const made = readExport(value instanceof Uint8Array ? value : bytes(value), form)
  return made.ok ? undefined : made.problem
}

const bodies = (rows: readonly Row[], kind: string) =>
  rows.filter((row) => row.kind === kind).map(({ body }) => body)

describe('Entra ID', () => {
  test('users keep enabled, origin, mailbox and both kinds of last use', () => {
    const made = read({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
      value: [
        {
          id: 'u1',
          userPrincipalName: 'ann@town.example',
          accountEnabled: true,
          userType: 'Member',
          onPremisesSyncEnabled: true,
          assignedPlans: [{ capabilityStatus: 'Enabled', service: 'exchange' }],
          signInActivity: {
            lastSignInDateTime: '2026-11-01T10:00:00Z',
            lastNonInteractiveSignInDateTime: '2026-11-02T10:00:00Z',
          },
        },
        {
          id: 'u2',
          userPrincipalName: 'bob@town.example',
          accountEnabled: false,
          assignedPlans: [],
        },
      ],
    })
    expect(made).toMatchObject({ system: 'entra', part: 'users' })
    expect(bodies(made.rows, 'account')).toMatchObject([
      {
        enabled: true,
        synced: true,
        mailbox: true,
        guest: false,
        lastInteractive: '2026-11-01T10:00:00.000Z',
      },
      { enabled: false, mailbox: false },
    ])
    expect(fieldsOf(made)).toEqual(
      expect.arrayContaining(['entra', 'account.lastInteractive', 'account.mailbox']),
    )
  })

  test('registration details give one factor for each method', () => {
    const made = read([
      {
        id: 'u1',
        userPrincipalName: 'a@x',
        isMfaRegistered: true,
        isAdmin: true,
        methodsRegistered: ['fido2', 'mobilePhone', 'fido2'],
      },
    ])
    expect(made.part).toBe('registrations')
    expect(bodies(made.rows, 'factor').map(({ type }) => type)).toEqual(['fido2', 'mobilePhone'])
  })

  test('schedules tell what is eligible, active and permanent', () => {
    const shared = {
      principalId: 'u1',
      roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
      directoryScopeId: '/',
    }
    const made = read([
      {
        ...shared,
        id: '1',
        assignmentType: 'Assigned',
        memberType: 'Direct',
        startDateTime: null,
        endDateTime: null,
      },
      {
        ...shared,
        id: '2',
        assignmentType: 'Activated',
        memberType: 'Direct',
        startDateTime: '2026-11-01T00:00:00Z',
        endDateTime: '2026-11-01T08:00:00Z',
      },
    ])
    expect(bodies(made.rows, 'assignment')).toMatchObject([
      { state: 'permanent', pim: false },
      { state: 'active', pim: true },
    ])
  })

  test('conditional access keeps what decides whether it protects everybody', () => {
    const made = read({
      value: [
        {
          id: 'p1',
          displayName: 'all',
          state: 'enabled',
          conditions: {
            users: { includeUsers: ['All'], excludeGroups: ['g'] },
            applications: { includeApplications: ['All'] },
            clientAppTypes: ['all'],
          },
          grantControls: {
            operator: 'OR',
            authenticationStrength: {
              allowedCombinations: ['fido2', 'x509CertificateMultiFactor'],
            },
          },
        },
      ],
    })
    expect(bodies(made.rows, 'policy')).toMatchObject([
      { includeUsers: ['All'], excludeGroups: ['g'], resistant: true, multiFactor: true },
    ])
  })

  test('pages joined in a list are one export', () => {
    const page = (id: string) => ({
      '@odata.context': '$metadata#users',
      value: [{ id, userPrincipalName: `${id}@x` }],
    })
    expect(read([page('a'), page('b')]).rows).toHaveLength(2)
  })
})

describe('Active Directory', () => {
  const LDIF = [
    'version: 1',
    '',
    '# a comment',
    'dn: CN=Ann Roy,OU=Staff,DC=town,DC=example',
    'objectClass: top',
    'objectClass: user',
    'sAMAccountName: ann',
    'userAccountControl: 66048',
    'pwdLastSet: 133000000000000000',
    'lastLogonTimestamp: 0',
    'displayName:: QW5uZSBHcsOpZ29pcmU=',
    'memberOf: CN=Domain Admins,CN=Users,DC=town,',
    ' DC=example',
    'objectSid:: AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUQQAAA==',
    '',
    'dn: CN=DC1,OU=Domain Controllers,DC=town,DC=example',
    'objectClass: computer',
    'sAMAccountName: DC1$',
    'userAccountControl: 532480',
  ].join('\r\n')

  test('LDIF is unfolded, base64 read, flags and dates decoded', () => {
    const made = read(LDIF)
    expect(bodies(made.rows, 'account')).toMatchObject([
      {
        login: 'ann',
        name: 'Anne Grégoire',
        enabled: true,
        flags: ['never_expires'],
        sid: 'S-1-5-21-1-2-3-1105',
        passwordSet: '2022-06-18T04:26:40.000Z',
      },
    ])
    expect(bodies(made.rows, 'account')[0]).not.toHaveProperty('lastInteractive')
    expect(bodies(made.rows, 'role')).toMatchObject([{ role: 'Domain Admins', group: true }])
    expect(bodies(made.rows, 'computer')).toMatchObject([{ controller: true, unconstrained: true }])
  })

  test('CSV in a French locale reads the same', () => {
    const made = read(
      'sAMAccountName;userAccountControl;memberOf;distinguishedName\r\n"ann";"512";"CN=Admins du domaine,CN=Users,DC=v";"CN=Ann,DC=v"\r\n',
    )
    expect(made.system).toBe('ad')
    expect(bodies(made.rows, 'account')).toMatchObject([{ login: 'ann', enabled: true }])
  })

  test('SharpHound users and groups meet by SID', () => {
    const users = read({
      data: [
        {
          ObjectIdentifier: 'S-1-5-21-1-2-3-1105',
          PrimaryGroupSID: 'S-1-5-21-1-2-3-513',
          Properties: {
            samaccountname: 'ann',
            enabled: true,
            dontreqpreauth: true,
            lastlogontimestamp: -1,
            pwdlastset: 1700000000,
            serviceprincipalnames: ['a/b'],
          },
        },
      ],
      meta: { type: 'users', version: 6, count: 1 },
    })
    expect(bodies(users.rows, 'account')).toMatchObject([
      { flags: ['no_preauth'], spns: ['a/b'], passwordSet: '2023-11-14T22:13:20.000Z' },
    ])
    const groups = read({
      data: [
        {
          ObjectIdentifier: 'S-1-5-21-1-2-3-512',
          Properties: { name: 'ADMINS DU DOMAINE@V' },
          Members: [{ ObjectIdentifier: 'S-1-5-21-1-2-3-1105' }],
        },
      ],
      meta: { type: 'groups', version: 6, count: 1 },
    })
    expect(bodies(groups.rows, 'role')).toMatchObject([
      { role: 'Domain Admins', principal: 'S-1-5-21-1-2-3-512' },
    ])
    expect(bodies(groups.rows, 'member')).toHaveLength(1)
  })
})

describe('others', () => {
  test('Google says that there is a second step, not which', () => {
    const made = read({
      kind: 'admin#directory#users',
      users: [
        {
          id: '1',
          primaryEmail: 'a@x',
          isAdmin: true,
          isEnrolledIn2Sv: true,
          suspended: false,
          lastLoginTime: '1970-01-01T00:00:00.000Z',
        },
      ],
    })
    expect(bodies(made.rows, 'account')).toEqual([
      { login: 'a@x', mail: 'a@x', enabled: true, mfa: true, recovery: false },
    ])
    expect(fieldsOf(made)).not.toContain('factor')
    expect(bodies(made.rows, 'role')).toMatchObject([{ role: 'Super Admin' }])
  })

  test('Okta factors count when they are active', () => {
    const made = read([
      {
        id: 'u',
        status: 'ACTIVE',
        profile: { login: 'a@x' },
        factors: [
          { id: 'f', factorType: 'signed_nonce', status: 'ACTIVE' },
          { id: 'g', factorType: 'sms', status: 'PENDING_ACTIVATION' },
        ],
      },
    ])
    expect(bodies(made.rows, 'factor').map(({ type }) => type)).toEqual(['signed_nonce'])
  })

  test('Duo bypass by group is bypass', () => {
    const made = read({
      stat: 'OK',
      response: [
        {
          user_id: 'D1',
          username: 'ann',
          status: 'active',
          is_enrolled: true,
          last_login: 1700000000,
          groups: [{ name: 'vip', status: 'Bypass' }],
          phones: [{ capabilities: ['auto', 'push', 'sms'] }],
          webauthncredentials: [],
        },
      ],
    })
    expect(bodies(made.rows, 'account')).toMatchObject([{ bypass: 'group vip', mfa: true }])
    expect(bodies(made.rows, 'factor').map(({ type }) => type)).toEqual(['push', 'sms', 'bypass'])
  })

  test('local accounts of devices are listed with device, role and factors', () => {
    const made = read('appareil,compte,rôle,facteurs,actif\nfw1,admin,super_admin,aucun,oui\n')
    expect(made).toMatchObject({ system: 'local' })
    expect(bodies(made.rows, 'account')).toMatchObject([
      { login: 'admin', device: 'fw1', enabled: true, mfa: false },
    ])
  })

  test('VPN users, staff and ways in are told apart', () => {
    expect(read('username,mfa\nann,totp\n', 'vpn')).toMatchObject({ system: 'vpn' })
    expect(read('employee,name,left\nE7,Ann,2026-10-01\n')).toMatchObject({ system: 'staff' })
    expect(bodies(read('path,kind,mfa\nssl-vpn,vpn,no\n').rows, 'path')).toMatchObject([
      { mfa: false },
    ])
  })
})

describe('refused', () => {
  test.each([
    ['nothing', '', { problem: 'empty' }],
    ['JSON that breaks off', '{"value": [{"id": "a"', { problem: 'not_json', place: 'line 1:22' }],
    [
      'an id that is an object',
      { value: [{ id: {}, userPrincipalName: 'a' }] },
      { problem: 'bad_value', place: 'value[0]' },
    ],
    [
      'a row that is no object',
      { value: [{ id: 'a', userPrincipalName: 'a' }, 7] },
      { problem: 'bad_value', place: 'value[1]' },
    ],
    [
      'a date of two readings',
      { value: [{ id: 'a', userPrincipalName: 'a', createdDateTime: '03/04/2026' }] },
      { problem: 'bad_date', place: 'value[0]' },
    ],
    ['CSV with a short row', 'login,name\nann,Ann\nbob\n', { problem: 'not_csv', place: 'line 3' }],
    [
      'CSV whose quote never ends',
      'login,name\n"ann,Ann\n',
      { problem: 'not_csv', place: 'line 2' },
    ],
    ['CSV with a column twice', 'login,login\na,b\n', { problem: 'twice', place: 'line 1' }],
    [
      'LDIF with a URL',
      'dn: CN=a\nobjectClass: user\nsAMAccountName: a\nphoto:< file:///etc/passwd\n',
      { problem: 'not_ldif', place: 'line 4' },
    ],
    ['a form nobody knows', { hello: 1 }, { problem: 'unknown_form' }],
    ['a letter', 'Dear all, it is broken.\n', { problem: 'no_rows' }],
    [
      'a list without accounts',
      'colour;size\nblue;4\n',
      { problem: 'no_columns', met: 'colour, size' },
    ],
    [
      'the first page of Graph alone',
      {
        '@odata.nextLink': 'https://graph.example/users?$skiptoken=x',
        value: [{ id: 'u1', userPrincipalName: 'a@x' }],
      },
      { problem: 'one_page' },
    ],
    [
      'the first page of Google alone',
      { users: [{ primaryEmail: 'a@x', id: '1' }], nextPageToken: 'x' },
      { problem: 'one_page' },
    ],
    [
      'the first page of Duo alone',
      { response: [{ user_id: 'D1', username: 'a' }], metadata: { next_offset: 100 } },
      { problem: 'one_page' },
    ],
    [
      'SharpHound with fewer than it counts',
      { data: [], meta: { type: 'users', count: 7 } },
      { problem: 'cut', place: 'meta.count', met: '0 / 7' },
    ],
    [
      'SharpHound of another kind',
      { data: [], meta: { type: 'certtemplates' } },
      { problem: 'unknown_form', place: 'meta.type' },
    ],
    [
      'a wrong number of control',
      'dn: CN=a\nobjectClass: user\nsAMAccountName: a\nuserAccountControl: many\n',
      { problem: 'bad_value', place: 'line 1' },
    ],
  ])('%s, with its place', (_name, value, expected) => {
    expect(refused(value)).toMatchObject(expected)
  })

  test('deep nesting, before anything is built', () => {
    expect(refused('['.repeat(100_000))).toMatchObject({ problem: 'too_deep' })
  })

  test('bytes that are no text', () => {
    expect(refused(new Uint8Array([0xff, 0xff, 0x00, 0x80]))).toMatchObject({ problem: 'not_text' })
  })

  test('a list that a spreadsheet in French saved in Windows letters is read; other letters are refused', () => {
    const list =
      'appareil;compte;rôle;responsable\r\nporte-1;élodie;administrateur;Réseau d\u0092été\r\n'
    const made = readExport(Buffer.from(list, 'latin1'))
    expect(made.ok && bodies(made.value.rows, 'account')).toMatchObject([
      { login: 'élodie', owner: 'Réseau d’été' },
    ])
    // Windows of Cyrillic: a run of high letters.
    const other = Buffer.concat([
      Buffer.from('login;name\nivan;'),
      Buffer.from([0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2]),
    ])
    expect(refused(other)).toMatchObject({ problem: 'not_text' })
  })

  test('never throws, whatever is cut out of a good file', () => {
    const good = JSON.stringify({
      value: [
        {
          id: 'u1',
          userPrincipalName: 'a@x',
          createdDateTime: '2026-01-01T00:00:00Z',
          assignedPlans: [],
        },
      ],
    })
    for (let at = 0; at < good.length; at += 1) {
      expect(() => readExport(bytes(good.slice(0, at)))).not.toThrow()
      expect(() => readExport(bytes(good.slice(0, at) + good.slice(at + 1)))).not.toThrow()
    }
  })

  test('all pages in one file are read, whichever provider made them', () => {
    const graph = [
      { '@odata.nextLink': 'x', value: [{ id: 'u1', userPrincipalName: 'a@x' }] },
      { value: [{ id: 'u2', userPrincipalName: 'b@x' }] },
    ]
    const google = [
      { users: [{ primaryEmail: 'a@x', id: '1' }], nextPageToken: 'x' },
      { users: [{ primaryEmail: 'b@x', id: '2' }] },
    ]
    const duo = [
      { response: [{ user_id: 'D1', username: 'a' }], metadata: { next_offset: 1 } },
      { response: [{ user_id: 'D2', username: 'b' }], metadata: {} },
    ]
    for (const pages of [graph, google, duo]) {
      const made = readExport(bytes(pages))
      expect(made.ok && bodies(made.value.rows, 'account')).toHaveLength(2)
      const lines = readExport(bytes(pages.map((page) => JSON.stringify(page)).join('\n')))
      expect(lines.ok && bodies(lines.value.rows, 'account')).toHaveLength(2)
    }
  })

  test('headings of a console in French, with the apostrophe of a word processor', () => {
    const list = 'Nom d’utilisateur principal;Nom complet;Compte activé\nu1@x;U Un;Vrai\n'
    const made = readExport(bytes(list))
    expect(made.ok && bodies(made.value.rows, 'account')).toMatchObject([
      { login: 'u1@x', name: 'U Un', enabled: true },
    ])
  })

  test('UTF-16 of PowerShell is read', () => {
    const text = '\uFEFFlogin,enabled\r\nann,Vrai\r\n'
    const made = readExport(new Uint8Array(Buffer.from(text, 'utf16le')))
    expect(made.ok && bodies(made.value.rows, 'account')).toMatchObject([
      { login: 'ann', enabled: true },
    ])
  })
})
