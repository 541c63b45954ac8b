// SharpHound's JSON (versions 4 to 6): users, groups, computers, domains; one file each, `{ data: […], meta: { type } }`.

import { roleOfGroup } from './active-directory.ts'
import type { Source } from './entra.ts'
import { flag, idOf, text, unixSeconds } from './field.ts'
import { recordOf, recordsOf, textsOf } from './read-json.ts'
import { ExportRefused, plain, row, shown } from './row.ts'
import type { Export, Json, Row } from './row.ts'

const FLAGS: readonly (readonly [string, string])[] = [
  ['passwordnotreqd', 'password_not_required'],
  ['pwdneverexpires', 'never_expires'],
  ['dontreqpreauth', 'no_preauth'],
  ['unconstraineddelegation', 'unconstrained'],
  ['trustedtoauth', 'protocol_transition'],
  ['sensitive', 'sensitive'],
  ['admincount', 'admin_count'],
  ['encryptedtextpwdallowed', 'reversible'],
  ['usedeskeyonly', 'des'],
  ['smartcardrequired', 'smartcard_required'],
]

const READERS: Readonly<
  Record<
    string,
    { read: (one: Source, place: string) => readonly Row[]; covers: readonly string[] }
  >
> = {
  users: {
    read: userRows,
    covers: [
      'account',
      'ad',
      'account.flags',
      'account.spns',
      'account.sidHistory',
      'account.delegatesTo',
      'account.adminCount',
    ],
  },
  groups: { read: groupRows, covers: ['group', 'member', 'role', 'ad'] },
  computers: { read: computerRows, covers: ['computer', 'computer.laps', 'session', 'ad'] },
}

export function readSharpHound(source: Source): Export {
  const meta = recordOf(source['meta'])
  const type = text(meta, 'type', 'meta')?.toLowerCase() ?? ''
  const reader = READERS[type]
  if (reader === undefined)
    throw new ExportRefused(
      'meta.type',
      'unknown_form',
      shown(type === '' ? 'SharpHound' : `SharpHound ${type}`),
    )
  const data = recordsOf(source['data'])
  const count = meta['count']
  if (typeof count === 'number' && data.length < count)
    throw new ExportRefused('meta.count', 'cut', `${data.length} / ${count}`)
  const rows = data.flatMap((one, at) => reader.read(one, `data[${at}]`))
  return { system: 'ad', part: `sharphound-${type}`, rows, covers: reader.covers }
}

function userRows(source: Source, place: string): readonly Row[] {
  const facts = recordOf(source['properties'])
  const id = idOf(source, ['objectIdentifier'], place)
  const login =
    text(facts, 'samaccountname', place) ?? text(facts, 'name', place)?.split('@')[0] ?? id
  const account = row('account', id, {
    login,
    name: text(facts, 'displayname', place),
    mail: text(facts, 'email', place),
    enabled: flag(facts, 'enabled', place),
    created: unixSeconds(facts['whencreated'], place),
    passwordSet: unixSeconds(facts['pwdlastset'], place),
    lastInteractive: latest(
      unixSeconds(facts['lastlogontimestamp'], place),
      unixSeconds(facts['lastlogon'], place),
    ),
    description: text(facts, 'description', place),
    sid: id,
    kind:
      /^(?:g?msa|managed)/iu.test(plain(facts['type'])) || facts['gmsa'] === true
        ? 'service'
        : undefined,
    managed: facts['gmsa'] === true || undefined,
    flags: FLAGS.filter(([property]) => facts[property] === true).map(([, name]) => name),
    spns: textsOf(facts['serviceprincipalnames']),
    delegatesTo: textsOf(facts['allowedtodelegate']),
    sidHistory: textsOf(facts['sidhistory']),
  })
  const primary = text(source, 'primaryGroupSID', place)
  return [
    account,
    ...(primary === undefined ? [] : memberRows(primary, id, plain(facts['domain']))),
  ]
}

function latest(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one > other ? one : other
}

/** The primary group stands in no member list; ordinary users' Domain Users says nothing. */
function memberRows(group: string, member: string, name: string): readonly Row[] {
  if (/-(?:513|514|515)$/u.test(group)) return []
  return [
    row('member', `${group}/${member}`, { group, member }),
    ...roleOfGroup(group, group, name),
  ]
}

function groupRows(source: Source, place: string): readonly Row[] {
  const facts = recordOf(source['properties'])
  const id = idOf(source, ['objectIdentifier'], place)
  const name =
    text(facts, 'samaccountname', place) ?? text(facts, 'name', place)?.split('@')[0] ?? id
  const members = recordsOf(source['members']).map((one, at) => {
    const member = idOf(one, ['objectIdentifier', 'memberId'], `${place}.members[${at}]`)
    return row('member', `${id}/${member}`, { group: id, member })
  })
  return [row('group', id, { name, sid: id }), ...members, ...roleOfGroup(id, id, name)]
}

function computerRows(source: Source, place: string): readonly Row[] {
  const facts = recordOf(source['properties'])
  const id = idOf(source, ['objectIdentifier'], place)
  const primary = text(source, 'primaryGroupSID', place) ?? ''
  const isController =
    /-(?:516|521)$/u.test(primary) || source['isDC'] === true || facts['isdc'] === true
  const computer = row('computer', id, {
    name: text(facts, 'name', place),
    enabled: flag(facts, 'enabled', place),
    controller: isController,
    unconstrained: facts['unconstraineddelegation'] === true,
    laps: typeof facts['haslaps'] === 'boolean' ? facts['haslaps'] : undefined,
    delegatesTo: textsOf(facts['allowedtodelegate']),
    system: text(facts, 'operatingsystem', place),
    lastUse: unixSeconds(facts['lastlogontimestamp'], place),
    passwordSet: unixSeconds(facts['pwdlastset'], place),
  })
  const seen = ['sessions', 'privilegedSessions', 'registrySessions']
    .flatMap((key) => sessionsOf(source[key]))
    .map((account) =>
      row('session', `${id}/${account}`, { computer: id, account, controller: isController }),
    )
  return [computer, ...new Map(seen.map((one) => [one.id, one])).values()]
}

function sessionsOf(value: Json | undefined): readonly string[] {
  const holder = recordOf(value)
  const results = recordsOf('results' in holder ? holder['results'] : value)
  return results.flatMap((one) => (typeof one['userSID'] === 'string' ? [one['userSID']] : []))
}
