import { describe, expect, test } from 'vitest'
import { decodeInvitation, encodeInvitation } from './invitation.ts'

const INVITATION = {
  address: 'vigie.example.org:8322',
  fingerprint: 'a1'.repeat(32),
  secret: 'AbC_-0123456789012345678',
}

describe('a code', () => {
  test.each(['vigie.example.org:8322', '192.0.2.1:1', '[2001:db8::1]:65535'])(
    'brings %s, the fingerprint and the secret',
    (address) => {
      const code = encodeInvitation({ ...INVITATION, address })
      expect(code).toMatch(/^vigie1\.[\w-]+$/)
      expect(decodeInvitation(`  ${code}\n`)).toEqual({ ...INVITATION, address })
    },
  )

  test.each([
    ['nothing', ''],
    ['something else', 'hello'],
    ['half of one', encodeInvitation(INVITATION).slice(0, 60)],
    ['no address', encodeInvitation({ ...INVITATION, address: 'http://x/y:1' })],
    ['two addresses', encodeInvitation({ ...INVITATION, address: 'a:b:1' })],
    ['no fingerprint', encodeInvitation({ ...INVITATION, fingerprint: '' })],
  ])('that is %s is none', (_name, code) => {
    expect(decodeInvitation(code)).toBeUndefined()
  })
})
