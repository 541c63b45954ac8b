// What a field is likely to name, by its name: products agree on little else.

import type { EntityKind } from '../../model/index.ts'

/** In the order in which they are asked: `ClientIP` is an address, `user_agent` is nobody. */
const KINDS: readonly (readonly [EntityKind | undefined, RegExp])[] = [
  [undefined, words('(?:user)?agent|port|type|role|group|domain|count|time|size|bytes')],
  [
    'address',
    words('(?:src|dst|rem|c|s)?ip(?:v4|v6|addr|address|s)?|addr|address|src|dst|orig_h|resp_h'),
  ],
  ['account', /user|account|login|logon|principal|upn|mailbox|email|actor|identity|member/],
  ['device', /host|computer|device|devname|workstation|machine|server|dvc/],
]

function words(any: string): RegExp {
  return new RegExp(`(?:^|_)(?:${any})(?:_|$)`)
}

/** `undefined` where the name says nothing of a person, an address or a machine. */
export function entityKindOf(field: string): EntityKind | undefined {
  const name = field
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
  return KINDS.find(([, pattern]) => pattern.test(name))?.[0]
}
