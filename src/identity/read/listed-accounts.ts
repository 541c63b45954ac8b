// Accounts that a person lists in CSV or JSON: local accounts of devices, VPN users, staff and leavers, access paths.
// Column names in English and French, because the list is often written by hand.

import type { CsvRow } from './csv.ts'
import { flag, idOf, instant, text } from './field.ts'
import { directory } from './listed-directory.ts'
import { ExportRefused, row, shown } from './row.ts'
import type { Export, Row } from './row.ts'

type Cells = { readonly [key: string]: string | undefined }

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  login: [
    'login',
    'account',
    'username',
    'user',
    'userprincipalname',
    'compte',
    'utilisateur',
    'identifiant',
    'user principal name',
    'user name',
    "nom d'utilisateur",
    "nom d'utilisateur principal",
    'nom principal',
  ],
  name: [
    'name',
    'displayname',
    'display name',
    'fullname',
    'nom',
    'nom complet',
    "nom d'affichage",
  ],
  mail: ['mail', 'email', 'e-mail', 'courriel'],
  kind: ['kind', 'type', 'sorte', 'genre'],
  enabled: [
    'enabled',
    'active',
    'accountenabled',
    'account enabled',
    'actif',
    'activé',
    'compte activé',
  ],
  role: ['role', 'roles', 'privilege', 'rôle', 'rôles'],
  factors: ['factors', 'factor', 'mfa', 'second_factor', 'facteur', 'facteurs'],
  device: ['device', 'host', 'appareil', 'équipement'],
  created: ['created', 'createddatetime', 'créé', 'créé le', 'date de création'],
  passwordset: ['passwordset', 'password_set', 'lastpasswordchange', 'mot_de_passe_changé'],
  lastuse: [
    'lastuse',
    'last_use',
    'lastlogin',
    'last_login',
    'dernier_usage',
    'dernière_connexion',
  ],
  expires: ['expires', 'expiry', 'expire', 'expiration', 'échéance'],
  owner: ['owner', 'sponsor', 'responsable', 'parrain'],
  person: ['person', 'employee', 'employeeid', 'employé', 'matricule'],
  org: ['org', 'organization', 'vendor', 'organisation', 'fournisseur'],
  left: ['left', 'leaves', 'departed', 'end_date', 'départ', 'date_départ'],
  path: ['path', 'access', 'accès'],
}

/** The column that is met under any of its names. */
function cellsOf({ cells }: CsvRow): Cells {
  const found: Record<string, string> = {}
  for (const [key, names] of Object.entries(ALIASES)) {
    const name = names.find((one) => cells.has(one))
    if (name !== undefined) found[key] = cells.get(name) ?? ''
  }
  return found
}

/** What happened names accounts as well: it is a log, and no list of them. */
const EVENTS = [
  'request id',
  'correlation id',
  'ip address',
  'event time',
  'id de demande',
  'id de la demande',
  'id de requête',
  'id de corrélation',
  'adresse ip',
]

/** AD's own attribute names make it a directory export; a date of leaving makes it a list of staff. */
export function readListed(rows: readonly CsvRow[], form: string | undefined): Export {
  const [head] = rows
  const has = (name: string) => head?.cells.has(name) === true
  if (has('samaccountname')) return directory(rows)
  if (form === 'staff' || (form === undefined && ALIASES['left']?.some(has) === true))
    return staff(rows)
  if (form === 'access-paths' || (form === undefined && ALIASES['path']?.some(has) === true))
    return paths(rows)
  const event = EVENTS.find(has)
  if (form === undefined && event !== undefined)
    throw new ExportRefused(
      'line 1',
      'unknown_form',
      shown([...(head?.cells.keys() ?? [])].join(', ')),
    )
  if (head !== undefined && cellsOf(head)['login'] === undefined)
    throw new ExportRefused('line 1', 'no_columns', shown([...head.cells.keys()].join(', ')))
  return accounts(rows, form)
}

function accounts(rows: readonly CsvRow[], form: string | undefined): Export {
  const isVpn = form === 'vpn'
  const made = rows.flatMap((one) => accountRows(cellsOf(one), `line ${one.line}`, isVpn))
  const has = (key: string) => rows[0] !== undefined && cellsOf(rows[0])[key] !== undefined
  return {
    system: isVpn ? 'vpn' : 'local',
    part: form ?? 'accounts',
    rows: made,
    covers: [
      'account',
      ...(has('factors') ? ['factor', 'account.mfa'] : []),
      ...(has('role') ? ['role'] : []),
      ...(has('owner') ? ['account.owner'] : []),
      ...(has('expires') ? ['account.expires'] : []),
      ...(has('kind') ? ['account.kind'] : []),
      ...(has('lastuse') ? ['account.lastInteractive'] : []),
    ],
  }
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:service|svc|de service)$/iu, 'service'],
  [/^(?:vendor|msp|provider|fournisseur|contractor)$/iu, 'vendor'],
  [/^(?:break.?glass|emergency|de secours|secours|urgence)$/iu, 'break_glass'],
  [/^(?:shared|generic|partagé|générique)$/iu, 'shared'],
  [/^(?:admin|privileged|privilégié)$/iu, 'privileged'],
  [/^(?:guest|invité)$/iu, 'guest'],
  [/^(?:daily|user|personal|courant|human)$/iu, 'daily'],
]

/** A password is the first factor, whoever lists it among them. */
const NO_SECOND =
  /^(?:none|no|non|false|faux|aucune?|0|password(?: only)?|pwd|passphrase|mot de passe(?: seul(?:ement)?)?|mdp)$/iu

function accountRows(cells: Cells, place: string, isVpn: boolean): readonly Row[] {
  const login = idOf(cells, ['login'], place)
  const device = text(cells, 'device', place)
  const id = (device === undefined ? login : `${device}/${login}`).toLowerCase()
  const said = text(cells, 'kind', place)
  const factors = many(cells['factors']).filter((one) => !NO_SECOND.test(one))
  const account = row('account', id, {
    login,
    device,
    name: text(cells, 'name', place),
    mail: text(cells, 'mail', place),
    kind: said === undefined ? undefined : KINDS.find(([pattern]) => pattern.test(said))?.[1],
    enabled: flag(cells, 'enabled', place),
    created: instant(cells, 'created', place),
    passwordSet: instant(cells, 'passwordset', place),
    lastInteractive: instant(cells, 'lastuse', place),
    expires: instant(cells, 'expires', place),
    owner: text(cells, 'owner', place),
    employee: text(cells, 'person', place),
    homeOrg: text(cells, 'org', place),
    mfa: cells['factors'] === undefined ? undefined : factors.length > 0,
    remote: isVpn || undefined,
  })
  return [
    account,
    ...factors.map((type) =>
      row('factor', `${id}/${type}`, { account: id, vendor: 'listed', type: type.toLowerCase() }),
    ),
    ...many(cells['role']).map((role) =>
      row('role', `${id}/${role}`, { principal: id, role, scope: device ?? '/' }),
    ),
  ]
}

function many(value: string | undefined): readonly string[] {
  return [
    ...new Set(
      (value ?? '')
        .split(/[;|,]/u)
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    ),
  ]
}

/** Who works here, and who left when. */
function staff(rows: readonly CsvRow[]): Export {
  const made = rows.map((one) => {
    const place = `line ${one.line}`
    const cells = cellsOf(one)
    const key = idOf(cells, ['person', 'mail', 'login'], place)
    return row('person', key.toLowerCase(), {
      employee: text(cells, 'person', place),
      name: text(cells, 'name', place),
      mail: text(cells, 'mail', place),
      login: text(cells, 'login', place),
      left: instant(cells, 'left', place),
    })
  })
  return { system: 'staff', part: 'staff', rows: made, covers: ['person', 'person.left'] }
}

/** Ways in from outside: VPN, remote management, vendors' portals. */
function paths(rows: readonly CsvRow[]): Export {
  const made = rows.map((one) => {
    const place = `line ${one.line}`
    const cells = { ...cellsOf(one), mfa: one.cells.get('mfa'), kind: one.cells.get('kind') }
    return row('path', idOf(cells, ['path'], place), {
      name: text(cells, 'path', place),
      kind: text(cells, 'kind', place),
      mfa: flag(cells, 'mfa', place),
    })
  })
  return { system: 'paths', part: 'access-paths', rows: made, covers: ['path', 'path.mfa'] }
}
