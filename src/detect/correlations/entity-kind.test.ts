import { expect, test } from 'vitest'
import { entityKindOf } from './entity-kind.ts'

test.each([
  ['TargetUserName', 'account'],
  ['userIdentity.arn', 'account'],
  ['UserPrincipalName', 'account'],
  ['AccountName', 'account'],
  ['cs-username', 'account'],
  ['sourceIPAddress', 'address'],
  ['ClientIP', 'address'],
  ['IpAddress', 'address'],
  ['c-ip', 'address'],
  ['srcip', 'address'],
  ['src_ip', 'address'],
  ['id.orig_h', 'address'],
  ['Computer', 'device'],
  ['devname', 'device'],
  ['WorkstationName', 'device'],
  ['cs-user-agent', undefined],
  ['userAgent', undefined],
  ['LogonType', undefined],
  ['description', undefined],
  ['recipient_count', undefined],
])('%s names %s', (field, kind) => {
  expect(entityKindOf(field)).toBe(kind)
})
