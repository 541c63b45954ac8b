import { describe, expect, test } from 'vitest'
import { findForbidden } from './forbidden.ts'

const kinds = (text: string) => findForbidden({ narrative: text }).map(({ kind }) => kind)

describe('what must never be submitted is found', () => {
  test.each([
    ['social_insurance_number', 'Her number 046 454 286 stood in the file.'],
    ['social_insurance_number', 'NAS : 123456789'],
    ['social_insurance_number', 'SIN: 123-456-789'],
    ['social_insurance_number', 'S.I.N. 046.454.286'],
    ['social_insurance_number', 'Numéro d’assurance sociale (NAS) : 123\u202f456\u202f789'],
    ['social_insurance_number', 'no. 046\u00a0454\u00a0286 stood in the file'],
    ['social_insurance_number', 'row read: {"sin":"123456789"}'],
    ['social_insurance_number', 'social_insurance_number=123456789'],
    ['social_insurance_number', 'Her number is 046 454 286.'],
    ['payment_card', 'The card was 4111 1111 1111 1111.'],
    ['birth_date', 'The user, born 1984-03-07, was called.'],
    ['birth_date', 'né le 7 mars 1984'],
    ['birth_date', 'Date of birth: 07/03/84'],
    ['birth_date', 'born on March 7, 1984'],
    ['birth_date', 'née le 1er mars 1984'],
    ['birth_date', 'né(e) le 07.03.1984'],
    ['birth_date', 'birthdate=1984-03-07'],
    ['birth_date', '"dateOfBirth": "1984/03/07"'],
    ['birth_date', 'D.O.B. 19840307'],
    ['birth_date', 'date_naissance : 7 mars 1984'],
    ['payment_card', '378282246310005'],
    ['payment_card', '4111\u00a01111\u00a01111\u00a01111'],
    ['payment_card', '4111.1111.1111.1111'],
    ['payment_card', 'paid with 4111 1111 1111 1111'],
    ['payment_card', '5500-0000-0000-0004'],
    ['bank_account', 'Account 12345-003-1234567 was read'],
    ['bank_account', 'IBAN GB33BUKB20201555555555'],
    ['bank_account', 'her bank account 1234567 was read'],
    ['bank_account', 'numéro de compte bancaire : 123-456-7'],
    ['bank_account', 'direct deposit to 003 12345 1234567'],
    ['bank_account', 'IBAN FR14 2004 1010 0505 0001 3M02 606'],
    ['health_number', 'PHN 9123 456 789'],
    ['health_number', 'the list held TREM 8453 0712 and others'],
    ['health_number', 'n\u00b0 d’assurance maladie : TREM84530712'],
    ['health_number', 'personal health number 9123456789'],
    ['health_number', 'health card 1234-567-897-AB'],
    ['health_number', 'RAMQ TREM 8403 0712'],
    ['password', 'password: Winter2026!'],
    ['password', 'le mot de passe est Hiver2026'],
    ['password', 'net user backup Secret99 /add'],
    ['password', 'the password was Winter2026!'],
    ['password', 'password "Winter2026!" was typed'],
    ['password', '{"password":"Winter2026!"}'],
    ['password', 'Mot de passe\u202f: Hiver2026'],
    ['password', 'le mot de passe était « Hiver2026 »'],
    ['password', 'PIN 4821'],
    ['password', 'son NIP est 4821'],
    ['password', 'https://admin:Winter2026!@gate.town.example/'],
    ['password', 'curl -u admin:Winter2026! https://gate.town.example/'],
    ['password', 'mysql -pWinter2026'],
    ['password', 'export PGPASSWORD=Winter2026'],
    ['password', 'net use Z: \\\\files1\\share Winter2026 /user:TOWN\\ann'],
    ['password', 'ConvertTo-SecureString "Winter2026!" -AsPlainText -Force'],
    ['password', 'Authorization: Basic YWRtaW46V2ludGVyMjAyNiE='],
    ['password', 'Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
    ['password', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['password', 'enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0'],
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
    'ann : TTY=pts/0 ; PWD=/home/ann ; USER=root ; COMMAND=/bin/ls',
    'ssh -p 2222 gate.town.example',
    'reconnaissance 2026-03-14',
    'net user was run',
    'Passwords are stored as hashes; no password was typed.',
    'The password policy is weak and the password expired.',
    'password spraying: 400 failed sign-ins',
    'mot de passe oublié',
    'pin the certificate of 2026',
    'a sin of omission, 123456789 bytes long',
    'version 100.200.300 of the firmware',
    'AWS account 123456789012 was used',
    'account 1234567 events',
    'case TREM-2026 of ABCD 2026',
    'Born in 2019, the team has 12 members.',
    'https://gate.town.example:8443/remote/login?user=ann',
    'curl -u ann https://gate.town.example/',
    'mysql -P 3306 -h db1',
    'Bearer of bad news',
    'net use Z: \\\\files1\\share /user:TOWN\\ann',
    '12:30:45 2026-03-14 09:26:53.123',
    '550e8400-e29b-41d4-a716-446655440000',
    '+1 204 555 0143',
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
