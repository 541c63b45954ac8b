// Active Directory as a list: CSV of csvde, and of Export-Csv with what Get-ADUser calls otherwise than the directory does.

import type { Entry } from './active-directory.ts'
import { directoryCovers, directoryRows } from './active-directory.ts'
import type { CsvRow } from './csv.ts'
import type { Export } from './row.ts'

export function directory(rows: readonly CsvRow[]): Export {
  const names = namesOf(new Set(rows[0]?.cells.keys()))
  const entries = rows.map(({ line, cells }): Entry => ({
    place: `line ${line}`,
    attributes: attributesOf(cells),
  }))
  return {
    system: 'ad',
    part: 'directory',
    rows: directoryRows(entries),
    covers: directoryCovers(names),
  }
}

const MULTIPLE: ReadonlySet<string> = new Set([
  'memberof',
  'member',
  'serviceprincipalname',
  'sidhistory',
  'objectclass',
  'msds-allowedtodelegateto',
])

/** csvde and Export-Csv join several values by semicolons. */
function attributesOf(cells: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, readonly string[]>()
  for (const [name, value] of cells) {
    if (value === '') continue
    out.set(
      name,
      MULTIPLE.has(name)
        ? value
            .split(/;|\|/u)
            .map((one) => one.trim())
            .filter((one) => one !== '')
        : [value],
    )
  }
  return withPropertiesOfPowerShell(out)
}

/** What Get-ADUser calls otherwise than the directory does. */
const SAME: readonly (readonly [string, string])[] = [
  ['passwordlastset', 'pwdlastset'],
  ['lastlogondate', 'lastlogontimestamp'],
  ['created', 'whencreated'],
  ['accountexpirationdate', 'accountexpires'],
  ['emailaddress', 'mail'],
  ['serviceprincipalnames', 'serviceprincipalname'],
  ['sid', 'objectsid'],
]
/** Its booleans, with the bits of userAccountControl (MS-ADTS 2.2.16) that they are taken from. */
const BITS: readonly (readonly [string, number])[] = [
  ['passwordnotrequired', 0x20],
  ['allowreversiblepasswordencryption', 0x80],
  ['passwordneverexpires', 0x1_0000],
  ['smartcardlogonrequired', 0x4_0000],
  ['trustedfordelegation', 0x8_0000],
  ['accountnotdelegated', 0x10_0000],
  ['usedeskeyonly', 0x20_0000],
  ['doesnotrequirepreauth', 0x40_0000],
  ['trustedtoauthfordelegation', 0x100_0000],
]
const TRUE = /^(?:true|vrai)$/iu

function withPropertiesOfPowerShell(
  attributes: Map<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  for (const [name, own] of SAME) {
    const value = attributes.get(name)
    if (value !== undefined && !attributes.has(own)) attributes.set(own, value)
  }
  const [enabled] = attributes.get('enabled') ?? []
  if (enabled === undefined || attributes.has('useraccountcontrol')) return attributes
  const bits = BITS.filter(([name]) => TRUE.test(attributes.get(name)?.[0] ?? ''))
  const disabled = TRUE.test(enabled) ? 0 : 0x2
  const sum = bits.reduce((all, [, bit]) => all + bit, disabled + 0x200)
  return attributes.set('useraccountcontrol', [String(sum)])
}

/** Without those booleans, what userAccountControl says of them is not known. */
function namesOf(names: ReadonlySet<string>): ReadonlySet<string> {
  const own = SAME.filter(([name]) => names.has(name)).map(([, name]) => name)
  const hasAll = ['enabled', ...BITS.slice(0, 5).map(([name]) => name)].every((name) =>
    names.has(name),
  )
  return new Set([...names, ...own, ...(hasAll ? ['useraccountcontrol'] : [])])
}
