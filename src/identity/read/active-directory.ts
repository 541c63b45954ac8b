// Entries of Active Directory, from LDIF or CSV, to rows. Attribute names are compared without case.

import { fileTime, generalizedTime } from './field.ts'
import { ExportRefused, row, shown } from './row.ts'
import type { Row } from './row.ts'

/** Attributes of one entry, names in lower case. `sids` are already text (`S-1-…`). */
export type Entry = {
  readonly place: string
  readonly attributes: ReadonlyMap<string, readonly string[]>
}

/** userAccountControl (MS-ADTS 2.2.16). */
const UAC: readonly (readonly [number, string])[] = [
  [0x20, 'password_not_required'],
  [0x80, 'reversible'],
  [0x10000, 'never_expires'],
  [0x40000, 'smartcard_required'],
  [0x80000, 'unconstrained'],
  [0x100000, 'sensitive'],
  [0x200000, 'des'],
  [0x400000, 'no_preauth'],
  [0x1000000, 'protocol_transition'],
]
const DISABLED = 0x2
const COMPUTER = 0x1000
const SERVER = 0x2000
const READ_ONLY_DC = 0x4000000

/** Groups that control the domain, by relative id (MS-DTYP 2.4.2.4). The names differ with the language of the server. */
export const PRIVILEGED_RIDS: Readonly<Record<string, string>> = {
  '512': 'Domain Admins',
  '516': 'Domain Controllers',
  '518': 'Schema Admins',
  '519': 'Enterprise Admins',
  '520': 'Group Policy Creator Owners',
  '526': 'Key Admins',
  '527': 'Enterprise Key Admins',
  '544': 'Administrators',
  '548': 'Account Operators',
  '549': 'Server Operators',
  '550': 'Print Operators',
  '551': 'Backup Operators',
}
const PRIVILEGED_NAMES = new Map(
  [...Object.values(PRIVILEGED_RIDS), 'DnsAdmins', 'Protected Users'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
)
const FRENCH_NAMES: readonly (readonly [string, string])[] = [
  ['admins du domaine', 'Domain Admins'],
  ['administrateurs de l’entreprise', 'Enterprise Admins'],
  ["administrateurs de l'entreprise", 'Enterprise Admins'],
  ['administrateurs du schéma', 'Schema Admins'],
  ['administrateurs', 'Administrators'],
  ['opérateurs de compte', 'Account Operators'],
  ['opérateurs de sauvegarde', 'Backup Operators'],
  ['utilisateurs protégés', 'Protected Users'],
]
const NAMES = new Map([...PRIVILEGED_NAMES, ...FRENCH_NAMES])

/** What a group is called everywhere, from its SID or its name; undefined for ordinary groups. */
export function wellKnownGroup(sid: string | undefined, name: string): string | undefined {
  const rid = sid?.split('-').at(-1) ?? ''
  const isBuiltIn =
    sid !== undefined && /^S-1-5-(?:32|21-\d+-\d+-\d+)-\d+$/u.test(sid.replace(/^.*?(S-1-)/u, '$1'))
  if (isBuiltIn && rid === '525') return 'Protected Users'
  return (isBuiltIn ? PRIVILEGED_RIDS[rid] : undefined) ?? NAMES.get(name.toLowerCase())
}

/** Rows of all entries: accounts, groups with members, computers; groups that control the domain become roles. */
export function directoryRows(entries: readonly Entry[]): readonly Row[] {
  return entries.flatMap((entry) => {
    const classes = (entry.attributes.get('objectclass') ?? []).map((one) => one.toLowerCase())
    const uac = uacOf(entry)
    if (classes.includes('group')) return groupRows(entry)
    if (classes.includes('computer') || (uac & (COMPUTER | SERVER)) !== 0)
      return [computerRow(entry, uac)]
    const isAccount =
      classes.length === 0 ||
      classes.includes('user') ||
      classes.some((one) => one.includes('managedserviceaccount'))
    return isAccount && entry.attributes.has('samaccountname')
      ? accountRows(entry, uac, classes)
      : []
  })
}

const first = ({ attributes }: Entry, name: string): string | undefined => attributes.get(name)?.[0]

function uacOf(entry: Entry): number {
  const said = first(entry, 'useraccountcontrol')
  if (said === undefined || said === '') return 0
  const value = Number(said)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new ExportRefused(entry.place, 'bad_value', `userAccountControl = ${shown(said)}`)
  return value
}

function idOf(entry: Entry): string {
  const id =
    first(entry, 'distinguishedname') ?? first(entry, 'dn') ?? first(entry, 'samaccountname')
  if (id === undefined) throw new ExportRefused(entry.place, 'missing_field', 'dn / sAMAccountName')
  return id.toLowerCase()
}

function accountRows(entry: Entry, uac: number, classes: readonly string[]): readonly Row[] {
  const { place, attributes } = entry
  const id = idOf(entry)
  const isManaged = classes.some((one) => one.includes('managedserviceaccount'))
  const account = row('account', id, {
    login: first(entry, 'samaccountname'),
    name: first(entry, 'displayname') ?? first(entry, 'cn'),
    mail: first(entry, 'mail') ?? upnOf(entry),
    mailbox: attributes.has('msexchmailboxguid') || attributes.has('homemdb') ? true : undefined,
    kind: isManaged ? 'service' : undefined,
    enabled: attributes.has('useraccountcontrol') ? (uac & DISABLED) === 0 : undefined,
    created: generalizedTime(first(entry, 'whencreated'), place),
    passwordSet: fileTime(first(entry, 'pwdlastset'), place),
    lastInteractive: fileTime(
      first(entry, 'lastlogontimestamp') ?? first(entry, 'lastlogon'),
      place,
    ),
    expires: fileTime(first(entry, 'accountexpires'), place),
    employee: first(entry, 'employeeid') ?? first(entry, 'employeenumber'),
    manager: first(entry, 'manager'),
    sid: first(entry, 'objectsid'),
    description: first(entry, 'description'),
    flags: flagsOf(entry, uac),
    spns: [...(attributes.get('serviceprincipalname') ?? [])],
    delegatesTo: [...(attributes.get('msds-allowedtodelegateto') ?? [])],
    sidHistory: [...(attributes.get('sidhistory') ?? [])],
    keyCredentials: attributes.get('msds-keycredentiallink')?.length ?? 0,
    managed: isManaged || undefined,
  })
  return [account, ...membershipRows(entry, id), ...primaryGroup(entry, id)]
}

function upnOf(entry: Entry): string | undefined {
  const upn = first(entry, 'userprincipalname')
  return upn?.includes('@') === true ? upn : undefined
}

function flagsOf(entry: Entry, uac: number): readonly string[] {
  const flags = UAC.filter(([bit]) => (uac & bit) !== 0).map(([, name]) => name)
  return first(entry, 'admincount') === '1' ? [...flags, 'admin_count'] : flags
}

/** memberOf says the same as the group's member list; either may be in the export. */
function membershipRows(entry: Entry, member: string): readonly Row[] {
  return (entry.attributes.get('memberof') ?? []).flatMap((name) => {
    const group = name.toLowerCase()
    return [
      row('member', `${group} > ${member}`, { group, member }),
      ...roleOfGroup(group, undefined, nameOf(name)),
    ]
  })
}

/** The primary group stands in no member list. */
function primaryGroup(entry: Entry, member: string): readonly Row[] {
  const role = PRIVILEGED_RIDS[first(entry, 'primarygroupid') ?? '']
  return role === undefined
    ? []
    : [row('role', `${member}/${role}`, { principal: member, role, scope: '/' })]
}

function nameOf(dn: string): string {
  return /^(?:CN|OU)=((?:\\.|[^,\\])+)/iu.exec(dn)?.[1] ?? dn
}

export function roleOfGroup(group: string, sid: string | undefined, name: string): readonly Row[] {
  const role = wellKnownGroup(sid, name)
  return role === undefined
    ? []
    : [row('role', `${group}/${role}`, { principal: group, role, scope: '/', group: true })]
}

function groupRows(entry: Entry): readonly Row[] {
  const id = idOf(entry)
  const name = first(entry, 'samaccountname') ?? first(entry, 'cn') ?? nameOf(id)
  const members = (entry.attributes.get('member') ?? []).map((one) => one.toLowerCase())
  return [
    row('group', id, { name, sid: first(entry, 'objectsid') }),
    ...members.map((member) => row('member', `${id} > ${member}`, { group: id, member })),
    ...membershipRows(entry, id),
    ...roleOfGroup(id, first(entry, 'objectsid'), name),
  ]
}

function computerRow(entry: Entry, uac: number): Row {
  const { attributes, place } = entry
  return row('computer', idOf(entry), {
    name: first(entry, 'dnshostname') ?? first(entry, 'samaccountname'),
    enabled: attributes.has('useraccountcontrol') ? (uac & DISABLED) === 0 : undefined,
    controller: (uac & (SERVER | READ_ONLY_DC)) !== 0,
    unconstrained: (uac & 0x80000) !== 0,
    laps:
      attributes.has('ms-mcs-admpwdexpirationtime') ||
      attributes.has('mslaps-passwordexpirationtime'),
    delegatesTo: [...(attributes.get('msds-allowedtodelegateto') ?? [])],
    passwordSet: fileTime(first(entry, 'pwdlastset'), place),
    lastUse: fileTime(first(entry, 'lastlogontimestamp'), place),
    system: first(entry, 'operatingsystem'),
  })
}

/** What a directory export answers for where the attribute was asked for at all. */
export function directoryCovers(attributes: ReadonlySet<string>): readonly string[] {
  const asked: readonly (readonly [string, string])[] = [
    ['useraccountcontrol', 'account.flags'],
    ['useraccountcontrol', 'account.enabled'],
    ['serviceprincipalname', 'account.spns'],
    ['msds-allowedtodelegateto', 'account.delegatesTo'],
    ['sidhistory', 'account.sidHistory'],
    ['msds-keycredentiallink', 'account.keyCredentials'],
    ['memberof', 'role'],
    ['member', 'role'],
    ['admincount', 'account.adminCount'],
    ['pwdlastset', 'account.passwordSet'],
  ]
  const met = asked.filter(([attribute]) => attributes.has(attribute)).map(([, field]) => field)
  // An attribute that no object holds is not written: absence in a full export is an answer.
  const isFull =
    attributes.has('useraccountcontrol') &&
    attributes.has('samaccountname') &&
    attributes.has('objectclass')
  const full = [
    'account.spns',
    'account.delegatesTo',
    'account.sidHistory',
    'account.keyCredentials',
    'account.adminCount',
  ]
  return ['account', 'ad', ...met, ...(isFull ? full : [])]
}
