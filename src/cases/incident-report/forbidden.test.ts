import { describe, expect, test } from 'vitest'
import { findForbidden } from './forbidden.ts'

const kinds = (text: string) => findForbidden({ narrative: text }).map(({ kind }) => kind)

describe('what must never be submitted is found', () => {
  test.each([
    ['social_insurance_number', 'Her number 046 454 286 stood in the file.'],
    ['social_insurance_number', 'NAS : 123456789'],
    ['birth_date', 'The user, born 1984-03-07, was called.'],
    ['birth_date', 'né le 7 mars 1984'],
    ['birth_date', 'Date of birth: 07/03/84'],
    ['payment_card', 'paid with 4111 1111 1111 1111'],
    ['payment_card', '5500-0000-0000-0004'],
    ['bank_account', 'Account 12345-003-1234567 was read'],
    ['bank_account', 'IBAN GB33BUKB20201555555555'],
    ['health_number', 'health card 1234-567-897-AB'],
    ['health_number', 'RAMQ TREM 8403 0712'],
    ['password', 'password: Winter2026!'],
    ['password', 'le mot de passe est Hiver2026'],
    ['password', 'net user backup Secret99 /add'],
    ['password', 'sqlcmd -U sa -P hunter2'],
  ])('%s in “%s”', (kind, text) => {
    expect(kinds(text)).toContain(kind)
  })
})

describe('what is none is left alone', () => {
  test.each([
    '203.0.113.7 asked 046 454 287 times',
    'event 046454286 of the firewall',
    'serial 4111111111111112',
    'From 2026-11-23 to 2026-11-30 the firewall was read.',
    'The account was used from two places.',
    'The password was renewed, and the health of the disk is good.',
    'SHA-256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'net user was run',
    'port 8443 -p tcp',
  ])('“%s”', (text) => {
    expect(kinds(text)).toEqual([])
  })
})

test('its place is told, and it is not shown again', () => {
  const report = { timeline: [{ what: 'seen' }, { what: 'typed password=Winter2026 at noon' }] }
  const [found] = findForbidden(report)
  expect(found).toMatchObject({ place: 'timeline.1.what', kind: 'password' })
  expect(found?.excerpt).not.toContain('Winter')
  expect(found?.excerpt).toContain('typed password=')
})
