// A signed message over a real SMTP server: what was signed is verified as a receiver does, by the record that stands in DNS.

import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { domainOf, openDkimKey } from './dkim.ts'
import { openMailer } from './mail.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-dkim-'))
const mails: string[] = []
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onData: (stream, _session, done) => {
    const pieces: Buffer[] = []
    stream.on('data', (piece: Buffer) => pieces.push(piece))
    stream.on('end', () => {
      mails.push(Buffer.concat(pieces).toString('utf8'))
      done()
    })
  },
})
beforeAll(() => new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve)))
afterAll(async () => {
  await new Promise<void>((resolve) => smtp.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const FROM = 'Regional centre <alerts@hub.example>'
const key = () => openDkimKey(folder, { selector: 'vigie', from: FROM })

test.each([
  ['alerts@hub.example', 'hub.example'],
  [FROM, 'hub.example'],
  ['alerts@Hub.Example ', 'hub.example'],
  ['alerts', undefined],
  ['a@b@', undefined],
  ['a@hub..example', undefined],
])('the domain of %s is %s', (from, domain) => {
  expect(domainOf(from)).toBe(domain)
})

test('the key is made once, for this account alone; what is none is refused', () => {
  const first = key()
  expect(key()).toEqual(first)
  expect(statSync(join(folder, 'mail-dkim-key.pem')).mode & 0o077).toBe(0)
  expect(first.record.name).toBe('vigie._domainkey.hub.example')
  const other = mkdtempSync(join(folder, 'other-'))
  writeFileSync(join(other, 'mail-dkim-key.pem'), 'not a key')
  expect(() => openDkimKey(other, { selector: 'vigie', from: FROM })).toThrow('not a private key')
  expect(() => openDkimKey(folder, { selector: 'vigie', from: 'nobody' })).toThrow('domain')
})

const MESSAGE = {
  id: 'm1',
  channel: 'email',
  target: 'it@town.example',
  code: 'ABCD-EFGH',
  contact: {
    name: 'Ann',
    role: '',
    language: 'fr',
    email: 'it@town.example',
    phone: '',
    webhook: '',
  },
  notice: {
    id: '00000000-0000-4000-8000-000000000001',
    class: 'compromise',
    made: '2026-11-30T00:00:00.000Z',
    state: 'told',
    answerBy: '2026-11-30T01:00:00.000Z',
    more: 0,
    observations: [
      {
        what: 'backdoor',
        about: '192.0.2.1',
        detail: '',
        count: 1,
        first: '2026-11-30T00:00:00.000Z',
        last: '2026-11-30T00:00:00.000Z',
      },
    ],
  },
}

async function send(dkim: ReturnType<typeof key> | undefined): Promise<string> {
  const server = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`
  const mailer = openMailer(
    { server, password: undefined, from: FROM, dkim },
    async () => ({ hub: 'Regional centre', answerAddress: null }),
    { nowMs: () => Date.UTC(2026, 10, 30) },
  )
  await mailer.send(MESSAGE as never)
  mailer.close()
  return mails.at(-1) ?? ''
}

/** RFC 6376 section 3.4: how a receiver spells headers and body before it verifies. */
function verified(mail: string, record: string): boolean {
  const [head = '', ...rest] = mail.split('\r\n\r\n')
  const fields = head.split(/\r\n(?![ \t])/)
  const relaxed = (field: string) => {
    const at = field.indexOf(':')
    const value = field
      .slice(at + 1)
      .replaceAll(/\r\n/g, '')
      .replaceAll(/[ \t]+/g, ' ')
      .trim()
    return `${field.slice(0, at).trim().toLowerCase()}:${value}`
  }
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? ''
  const tags = new Map(
    relaxed(signature)
      .slice('dkim-signature:'.length)
      .split(';')
      .map((tag) => {
        const at = tag.indexOf('=')
        return [tag.slice(0, at).trim(), tag.slice(at + 1).replaceAll(/\s/g, '')] as const
      }),
  )
  const body = rest
    .join('\r\n\r\n')
    .split('\r\n')
    .map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(?:\r\n)*$/, '\r\n')
  if (createHash('sha256').update(body).digest('base64') !== tags.get('bh')) return false
  const signed = (tags.get('h') ?? '').split(':').flatMap((name) => {
    const field = fields.findLast((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    return field === undefined ? [] : [relaxed(field)]
  })
  const own = relaxed(signature).replace(/(b=)[^;]*$/, '$1')
  const publicKey = createPublicKey({
    key: Buffer.from(/p=(.+)$/.exec(record)?.[1] ?? '', 'base64'),
    type: 'spki',
    format: 'der',
  })
  const text = Buffer.from([...signed, own].join('\r\n'))
  return verify('sha256', text, publicKey, Buffer.from(tags.get('b') ?? '', 'base64'))
}

test('a signed message is verified by its record, with its subject and sender; a changed one is not', async () => {
  const dkim = key()
  const mail = await send(dkim)
  const { value } = dkim.record
  expect(mail).toMatch(/^DKIM-Signature:/im)
  expect(mail).toMatch(/d=hub\.example;/)
  expect(/;\s*h=([^;]+);/.exec(mail.replaceAll(/\r\n[ \t]+/g, ' '))?.[1]?.toLowerCase()).toMatch(
    /from.*subject|subject.*from/,
  )
  expect(verified(mail, value)).toBe(true)
  expect(verified(mail.replace('ABCD-EFGH', 'ABCD-EFGX'), value)).toBe(false)
  expect(verified(mail.replace(/^Subject: ./im, 'Subject: X'), value)).toBe(false)
  expect(
    verified(
      mail,
      openDkimKey(mkdtempSync(join(folder, 'stranger-')), { selector: 'vigie', from: FROM }).record
        .value,
    ),
  ).toBe(false)
})

test('without a key nothing is signed', async () => {
  expect(await send(undefined)).not.toContain('DKIM-Signature')
  expect(readFileSync(join(folder, 'mail-dkim-key.pem'), 'utf8')).toContain('PRIVATE KEY')
})
