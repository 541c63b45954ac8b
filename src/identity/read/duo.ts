// Duo: users of the Admin API (`/admin/v1/users`). A group with status bypass takes its members past the second factor.

import type { Source } from './entra.ts'
import { flag, idOf, text, unixSeconds } from './field.ts'
import { recordsOf } from './read-json.ts'
import { plain, row } from './row.ts'
import type { Export, Json, Row } from './row.ts'

export function readDuo(users: readonly Source[]): Export {
  const rows = users.flatMap((one, at) => userRows(one, `response[${at}]`))
  return {
    system: 'duo',
    part: 'users',
    rows,
    covers: ['account', 'factor', 'account.mfa', 'account.bypass'],
  }
}

function userRows(source: Source, place: string): readonly Row[] {
  const id = idOf(source, ['user_id', 'username'], place)
  const status = text(source, 'status', place)
  const bypassGroup = recordsOf(source['groups']).find((one) =>
    /bypass/iu.test(plain(one['status'])),
  )
  const isBypass = status === 'bypass' || bypassGroup !== undefined
  const account = row('account', id, {
    login: idOf(source, ['username'], place),
    name: text(source, 'realname', place),
    mail: text(source, 'email', place),
    enabled: status === undefined ? undefined : status !== 'disabled',
    created: unixSeconds(source['created'], place),
    lastInteractive: unixSeconds(source['last_login'], place),
    mfa: flag(source, 'is_enrolled', place),
    bypass: isBypass
      ? bypassGroup === undefined
        ? 'user'
        : `group ${plain(bypassGroup['name'])}`
      : undefined,
  })
  const types = [
    ...new Set([...phones(source), ...devices(source), ...(isBypass ? ['bypass'] : [])]),
  ]
  return [
    account,
    ...types.map((type) => row('factor', `${id}/${type}`, { account: id, vendor: 'duo', type })),
  ]
}

/** What a phone can do: a push can be relayed, a call and a text message can be taken over too. */
function phones(source: Source): readonly string[] {
  return recordsOf(source['phones']).flatMap((phone) => {
    const can = listed(phone['capabilities'])
    return can.length > 0 ? can.filter((one) => one !== 'auto') : ['phone']
  })
}

function listed(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

const DEVICES: readonly (readonly [string, string])[] = [
  ['tokens', 'token'],
  ['u2ftokens', 'u2f'],
  ['webauthncredentials', 'webauthn'],
  ['desktop_authenticators', 'desktop'],
]

function devices(source: Source): readonly string[] {
  return DEVICES.filter(([key]) => recordsOf(source[key]).length > 0).map(([, type]) => type)
}
