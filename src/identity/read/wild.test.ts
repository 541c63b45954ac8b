// Exports as they come in: what consoles and tools of providers save, in the letters, line ends, separators and dates of offices.

import { describe, expect, test } from 'vitest'
import { readExport } from './read-export.ts'
import type { Row } from './row.ts'

function rowsOf(text: string | Buffer, form?: string): readonly Row[] {
  const made = readExport(typeof text === 'string' ? Buffer.from(text) : text, form)
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  return made.value.rows
}
const partOf = (text: string) => {
  const made = readExport(Buffer.from(text))
  return made.ok ? `${made.value.system} ${made.value.part}` : made.problem.problem
}
const accountsOf = (rows: readonly Row[]) =>
  rows.filter(({ kind }) => kind === 'account').map(({ body }) => body)

const ENTRA_USERS = `userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled,usageLocation
roy@town.example,Ann Roy,Roy,roy@town.example,Ann,11111111-0000-0000-0000-000000000001,Member,,IT,True,CA
guest_x#EXT#@town.example,X,,,,11111111-0000-0000-0000-000000000002,Guest,,,False,`
const REGISTRATIONS = `id,userPrincipalName,userDisplayName,userType,isAdmin,isSsprRegistered,isMfaCapable,isMfaRegistered,methodsRegistered
11111111-0000-0000-0000-000000000001,roy@town.example,Ann Roy,member,True,True,True,True,"fido2SecurityKey;mobilePhone"`
const GOOGLE = `First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],Last Sign In [READ ONLY],Org Unit Path [Required],2sv Enrolled [READ ONLY],2sv Enforced [READ ONLY],Admin Status [READ ONLY]
Ann,Roy,roy@town.example,Active,2026/08/01 10:00:00,/,TRUE,TRUE,TRUE
Old,One,old@town.example,Suspended,Never logged in,/,FALSE,FALSE,FALSE`
const GAM = `primaryEmail,id,isAdmin,isDelegatedAdmin,isEnrolledIn2Sv,isEnforcedIn2Sv,suspended,creationTime,lastLoginTime,name.fullName
roy@town.example,1001,True,False,True,True,False,2024-01-01T00:00:00.000Z,2026-08-01T10:00:00.000Z,Ann Roy`
const OKTA = `id,login,firstName,lastName,email,status,lastLogin
00u1,roy@town.example,Ann,Roy,roy@town.example,ACTIVE,2026-08-01T10:00:00.000Z
00u2,old@town.example,Old,One,old@town.example,DEPROVISIONED,`
const DUO = `Username,Real Name,Email,Status,Is Enrolled,Last Login
roy,Ann Roy,roy@town.example,Active,True,2026-08-01 10:00:00
skip,Sam Kip,skip@town.example,Bypass,True,Never`
const AD = `"DistinguishedName","Enabled","Name","ObjectClass","SamAccountName","SID","PasswordLastSet","LastLogonDate","PasswordNeverExpires","PasswordNotRequired","DoesNotRequirePreAuth","TrustedForDelegation","AllowReversiblePasswordEncryption","SmartcardLogonRequired"
"CN=Ann Roy,DC=town,DC=example","True","Ann Roy","user","aroy","S-1-5-21-1-2-3-1104","8/21/2026 9:00:00 AM","8/22/2026 1:30:00 PM","True","False","False","False","False","False"
"CN=Old,DC=town,DC=example","False","Old","user","old","S-1-5-21-1-2-3-1105","1/2/2025 9:00:00 AM","","False","False","True","False","False","False"`

describe('lists that consoles save', () => {
  test('users of Entra', () => {
    expect(partOf(ENTRA_USERS)).toBe('entra users')
    expect(accountsOf(rowsOf(ENTRA_USERS))).toMatchObject([
      { login: 'roy@town.example', enabled: true },
      { enabled: false, guest: true },
    ])
  })
  test('registrations of Entra', () => {
    expect(partOf(REGISTRATIONS)).toBe('entra registrations')
    expect(
      rowsOf(REGISTRATIONS)
        .filter(({ kind }) => kind === 'factor')
        .map(({ body }) => body['type']),
    ).toEqual(['fido2SecurityKey', 'mobilePhone'])
  })
  test('users of Google, by the console and by GAM', () => {
    expect([partOf(GOOGLE), partOf(GAM)]).toEqual(['google users', 'google users'])
    expect(accountsOf(rowsOf(GOOGLE))).toMatchObject([
      {
        login: 'roy@town.example',
        enabled: true,
        mfa: true,
        lastInteractive: '2026-08-01T10:00:00.000Z',
      },
      { login: 'old@town.example', enabled: false, mfa: false },
    ])
    expect(rowsOf(GAM).filter(({ kind }) => kind === 'role')).toMatchObject([
      { body: { role: 'Super Admin' } },
    ])
  })
  test('the console of Entra in French, and methods as it shows them', () => {
    const users =
      'Nom d’utilisateur principal;Nom d’affichage;Type d’utilisateur;ID d’objet;Compte activé\nann@x;Ann;Invité;1;Oui\n'
    expect(partOf(users)).toBe('entra users')
    expect(accountsOf(rowsOf(users))).toMatchObject([
      { login: 'ann@x', enabled: true, guest: true },
    ])
    const methods = `"User principal name","Multifactor authentication capable","Methods registered"
"ann@x","Capable","Mobile phone, Microsoft Authenticator app (push notification)"
"bob@x","Not capable",""`
    expect(partOf(methods)).toBe('entra registrations')
    const rows = rowsOf(methods)
    expect(accountsOf(rows).map(({ mfa }) => mfa)).toEqual([true, false])
    expect(rows.filter(({ kind }) => kind === 'factor').map(({ body }) => body['type'])).toEqual([
      'mobilePhone',
      'microsoftAuthenticatorPush',
    ])
  })
  test('sign-ins of Entra are sign-ins, and no list of accounts', () => {
    const list = `Date (UTC),Request ID,User ID,User,Username,Application,IP address,Status,Sign-in error code,Client app,Authentication requirement
2026-08-01T10:00:00Z,r1,1,Ann,ann@x,Azure Portal,203.0.113.4,Success,,Browser,Single-factor authentication
2026-08-01T10:01:00Z,r2,1,Ann,ann@x,Azure Portal,203.0.113.4,Failure,50126,Browser,Multifactor authentication`
    expect(partOf(list)).toBe('entra sign-ins')
    expect(
      rowsOf(list).map(({ kind, body }) => [kind, body['requirement'], body['success']]),
    ).toEqual([
      ['signin', 'singleFactorAuthentication', true],
      ['signin', 'multiFactorAuthentication', false],
    ])
    expect(partOf('Date;Nom d’utilisateur;Adresse IP\n2026-08-01;ann@x;203.0.113.4\n')).toBe(
      'unknown_form',
    )
  })
  test('a password that is listed among the factors is no second one', () => {
    const list = 'device;login;facteurs\nfw;admin;mot de passe\nfw;ann;Password, clé de sécurité\n'
    expect(accountsOf(rowsOf(list)).map(({ mfa }) => mfa)).toEqual([false, true])
    expect(rowsOf(list).filter(({ kind }) => kind === 'factor')).toMatchObject([
      { body: { type: 'clé de sécurité' } },
    ])
  })
  test('users of Okta and Duo', () => {
    expect([partOf(OKTA), partOf(DUO)]).toEqual(['okta users', 'duo users'])
    expect(accountsOf(rowsOf(OKTA))).toMatchObject([{ enabled: true }, { enabled: false }])
    expect(accountsOf(rowsOf(DUO))).toMatchObject([
      { login: 'roy', mfa: true, lastInteractive: '2026-08-01T10:00:00.000Z' },
      { login: 'skip', bypass: 'user' },
    ])
  })
  test('Export-Csv of PowerShell 5, with the type above the heading', () => {
    const type = '#TYPE Microsoft.ActiveDirectory.Management.ADUser'
    expect(partOf(`${type}\r\n${AD}`)).toBe('ad directory')
    expect(rowsOf(`${type}\r\n${AD.replaceAll('","', '";"')}`)).toEqual(rowsOf(AD))
  })
  test('Get-ADUser, in English and in French', () => {
    expect(partOf(AD)).toBe('ad directory')
    const english = accountsOf(rowsOf(AD))
    expect(english).toMatchObject([
      {
        login: 'aroy',
        enabled: true,
        passwordSet: '2026-08-21T09:00:00.000Z',
        lastInteractive: '2026-08-22T13:30:00.000Z',
      },
      { login: 'old', enabled: false },
    ])
    expect(english[0]?.['flags']).toContain('never_expires')
    const french = AD.replaceAll('"True"', '"Vrai"')
      .replaceAll('"False"', '"Faux"')
      .replaceAll('","', '";"')
      .replace('8/21/2026 9:00:00 AM', '21/08/2026 09:00:00')
      .replace('8/22/2026 1:30:00 PM', '22/08/2026 13:30:00')
      .replace('1/2/2025 9:00:00 AM', '02/01/2025 09:00:00')
    expect(accountsOf(rowsOf(french))).toEqual(english)
  })
})

const WAYS: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['in UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['with line ends of Windows', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
]
const LISTS = Object.entries({ ENTRA_USERS, REGISTRATIONS, GOOGLE, GAM, OKTA, DUO, AD })

describe.each(LISTS)('%s', (_, text) => {
  test.each(WAYS)('%s', (_way, made) => {
    expect(rowsOf(made(text))).toEqual(rowsOf(text))
  })
})

describe('one object a line', () => {
  const users = [
    { id: '00u1', status: 'ACTIVE', profile: { login: 'roy@town.example' } },
    { id: '00u2', status: 'ACTIVE', profile: { login: 'lee@town.example' } },
  ]
  test('is the same as a list', () => {
    const lines = users.map((one) => JSON.stringify(one)).join('\r\n')
    expect(rowsOf(lines)).toEqual(rowsOf(JSON.stringify(users)))
  })
  test('a line that is cut is named', () => {
    const made = readExport(
      Buffer.from(`${JSON.stringify(users[0])}\n${JSON.stringify(users[1])}\n{"id":\n`),
    )
    expect(made).toMatchObject({
      ok: false,
      problem: { problem: 'not_json', place: expect.stringMatching(/^line 3/) },
    })
  })
})

test.each([
  ['2026-08-21', '2026-08-21T00:00:00.000Z'],
  ['21/08/2026', '2026-08-21T00:00:00.000Z'],
  ['08/21/2026 3:04 PM', '2026-08-21T15:04:00.000Z'],
  ['21.08.2026 15:04', '2026-08-21T15:04:00.000Z'],
  ['21-08-2026', '2026-08-21T00:00:00.000Z'],
])('a list of VPN users says %s', (date, iso) => {
  const rows = rowsOf(`user,enabled,last_login\nroy,yes,${date}\nlee,no,\n`, 'vpn')
  expect(accountsOf(rows)[0]).toMatchObject({ lastInteractive: iso })
})

test.each([
  ['one way or the other', 'user,last_login\nroy,05/06/2026\nlee,07/08/2026\n'],
  ['both ways', 'user,last_login\nroy,21/06/2026\nlee,07/28/2026\n'],
])('dates that read %s are refused, and none is guessed', (_, text) => {
  expect(readExport(Buffer.from(text), 'vpn')).toMatchObject({
    ok: false,
    problem: { problem: 'bad_date' },
  })
})
