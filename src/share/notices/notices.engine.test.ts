// Telling, against a records database, a real SMTP server and a real HTTP server; the clock is moved by hand.

import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import { NoticeExchangedSchema, RegistrationSchema, ReportAskSchema } from '../../model/index.ts'
import type { Registration } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { draftAgreement } from '../peer/agreement.ts'
import { findPeer, join as joinPeer } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { openSelf } from '../peer/self.ts'
import type { Self } from '../peer/self.ts'
import { openStationKey } from '../peer/station-key.ts'
import type { StationKey } from '../peer/station-key.ts'
import { answerByCode, noteCall } from './answers.ts'
import { callSheet } from './call-sheet.ts'
import { noticeEffect } from './effect.ts'
import { answerNoticeAtHub } from './exchange.ts'
import { importReport } from './import-report.ts'
import { openMailer } from './mail.ts'
import { listNotices } from './notice-records.ts'
import {
  confirmHoldings,
  enterOrganisation,
  listOrganisations,
  removeOrganisation,
} from './organisations.ts'
import { sendWaiting } from './send.ts'
import type { Senders } from './send.ts'
import { takeSteps } from './take-steps.ts'
import { listUnplaced, placeAgain } from './unplaced.ts'
import { webhookSender } from './webhook.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-notices-'))
let nowMs = Date.parse('2026-11-20T08:00:00Z')
const clock = { nowMs: () => nowMs }
let records: Records
let self: Self
let key: StationKey
let senders: Senders
let refusesMail = false
const mails: string[] = []
const posts: { readonly headers: Record<string, unknown>; readonly body: string }[] = []
const closers: (() => void)[] = []

beforeAll(async () => {
  records = await openTemporaryRecords()
  self = await openSelf(records, 'Regional centre', nowMs)
  key = await openStationKey(folder, clock)
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        if (refusesMail)
          return done(Object.assign(new Error('no such user'), { responseCode: 550 }))
        mails.push(Buffer.concat(pieces).toString('utf8'))
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const web = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => (body += String(piece)))
    request.on('end', () => {
      posts.push({ headers: request.headers, body })
      response.end('ok')
    })
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  webPort = (web.address() as AddressInfo).port
  const from = async () => ({
    hub: 'Regional centre',
    answerAddress: 'https://answers.example/answer',
  })
  const server = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`
  const mailer = openMailer(
    { server, from: 'Vigie <hub@centre.example>', password: undefined },
    from,
    clock,
  )
  closers.push(
    mailer.close,
    () => smtp.close(),
    () => web.close(),
  )
  senders = {
    email: mailer.send,
    webhook: webhookSender({ key, mayBePrivate: true }, from, clock),
    hub: async () => Promise.reject(new Error('no hub above')),
  }
})
let webPort = 0
afterAll(async () => {
  for (const close of closers) close()
  await records.destroy()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  for (const table of [
    'notice_log',
    'notice_deliveries',
    'notice_observations',
    'notices',
    'notice_unplaced',
    'notice_arrivals',
  ] as const)
    await records.deleteFrom(table).execute()
  for (const { id } of await listOrganisations(records)) await removeOrganisation(records, id)
  mails.length = 0
  posts.length = 0
  refusesMail = false
})

const registration = (name: string, range: string, change: Partial<Registration> = {}) =>
  RegistrationSchema.parse({
    name,
    region: 'NT',
    holdings: [{ kind: 'range', value: range }],
    contacts: [{ name: `Ann of ${name}`, email: `ann@${name}.example` }],
    ...change,
  })
const idAt = (at: number) => `organisation--00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
const enter = (at: number, registered: Registration) =>
  enterOrganisation(records, {
    id: idAt(at),
    registration: registered,
    source: 'operator',
    who: 'Coordinator',
    nowMs,
  })
const report = (name: string, rows: readonly string[]) =>
  importReport(
    records,
    `timestamp,ip,port,tag\n${rows.map((row) => `2026-11-19 00:00:00,${row}\n`).join('')}`,
    {
      ask: ReportAskSchema.parse({ name }),
      nowMs,
    },
  )
const stepping = () => ({ records, secret: 'secret', hasUpper: false, nowMs })
const round = async () => {
  await takeSteps(stepping())
  return sendWaiting({ records, secret: 'secret', senders, nowMs: clock.nowMs })
}
const notices = () => listNotices(records, { limit: 100 })
/** Headers unfolded (RFC 5322 section 2.2.3), the text as it is read (RFC 2045 sections 6.7 and 6.8). */
const decoded = (mail: string) => {
  const [head = '', ...rest] = mail.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const text = /base64/i.test(head)
    ? Buffer.from(body, 'base64').toString('utf8')
    : body.replaceAll(/=\r\n/g, '')
  return `${head.replaceAll(/\r\n[ \t]/g, ' ')}\r\n\r\n${text}`
}
const messageId = (mail: string) => /^Message-ID:\s+(<\S+>)/m.exec(decoded(mail))?.[1]
const codeIn = (mail: string) =>
  /[A-Z2-8]{4}-[A-Z2-8]{4}-[A-Z2-8]{4}/.exec(decoded(mail))?.[0] ?? ''

test('a line becomes a message to whoever holds the address, and its code is the answer', async () => {
  await enter(1, registration('north', '192.0.2.0/24'))
  await enter(2, registration('south', '198.51.100.0/24'))
  const taken = await report('compromised_website.csv', [
    '192.0.2.7,443,webshell',
    '198.51.100.9,80,miner',
  ])
  expect(taken).toMatchObject({ lines: 2, placed: 2, unplaced: 0, organisations: 2, known: false })
  expect(await round()).toBe(2)
  const north = mails.find((mail) => mail.includes('ann@north.example')) ?? ''
  expect(messageId(north)).toMatch(/^<notice-[0-9a-f]{40}@centre\.example>$/)
  expect(
    await answerByCode(records, {
      code: codeIn(north).toLowerCase(),
      answer: 'confirmed',
      comment: 'yes',
      nowMs,
    }),
  ).toBe('open')
  expect(
    await answerByCode(records, {
      code: codeIn(north),
      answer: 'false positive',
      comment: '',
      nowMs,
    }),
  ).toBe('answered')
  expect(
    await answerByCode(records, { code: 'AAAA-AAAA-AAAA', answer: 'fixed', comment: '', nowMs }),
  ).toBe('unknown')
  expect((await notices()).map(({ organisationName, state }) => [organisationName, state])).toEqual(
    [
      ['south', 'told'],
      ['north', 'acknowledged'],
    ],
  )
})

test('nothing about one leaves to another: every message and sheet holds its own addresses alone', async () => {
  const towns = Array.from({ length: 12 }, (_, at) =>
    registration(`town${at}`, `203.0.${at}.0/24`, { contacts: [] }),
  )
  for (const [at, town] of towns.entries())
    await enter(at, {
      ...town,
      contacts: [
        {
          name: `Contact ${town.name}`,
          role: '',
          language: at % 2 === 0 ? 'en' : 'fr',
          email: `c@${town.name}.example`,
          phone: '',
          always: false,
          webhook: at % 3 === 0 ? `http://127.0.0.1:${webPort}/${town.name}` : '',
        },
      ],
    })
  await report(
    'mixed.csv',
    towns.flatMap((_, at) => [`203.0.${at}.7,22,ssh-${at}x`, `203.0.${(at + 5) % 12}.9,23,telnet`]),
  )
  nowMs += 2 * HOUR_MS
  await round()
  expect(mails).toHaveLength(12)
  expect(posts).toHaveLength(4)
  const texts = [...mails.map(decoded), ...posts.map(({ body }) => body)]
  for (const text of texts) {
    const ranges = new Set([...text.matchAll(/203\.0\.(\d+)\.\d+/g)].map(([, part]) => part))
    const names = new Set([...text.matchAll(/town\d+/g)].map(([name]) => name))
    expect(ranges.size).toBe(1)
    expect([...names].every((name) => [...ranges].every((range) => name === `town${range}`))).toBe(
      true,
    )
  }
  for (const notice of await notices()) {
    const sheet = callSheet({ notice, contacts: [], hub: 'Centre', language: 'fr' })
    expect(new Set([...sheet.matchAll(/203\.0\.(\d+)\.\d+/g)].map(([, part]) => part)).size).toBe(1)
  }
})

test('a webhook is signed with the hub’s key', async () => {
  await enter(
    1,
    registration('north', '192.0.2.0/24', {
      contacts: [
        {
          name: 'Ann',
          role: '',
          language: 'en',
          email: '',
          phone: '',
          always: false,
          webhook: `http://127.0.0.1:${webPort}/in`,
        },
      ],
    }),
  )
  await report('compromised_iot.csv', ['192.0.2.7,22,botnet'])
  await round()
  const [post] = posts
  const signed = `${String(post?.headers['vigie-time'])}.${post?.body ?? ''}`
  const signature = Buffer.from(String(post?.headers['vigie-signature']), 'base64')
  expect(verify('sha256', Buffer.from(signed), createPublicKey(key.certificate), signature)).toBe(
    true,
  )
  expect(
    verify('sha256', Buffer.from(`${signed} `), createPublicKey(key.certificate), signature),
  ).toBe(false)
})
test.each([
  'https://127.0.0.1:1/',
  'https://[::1]:1/',
  'https://169.254.169.254/',
  'http://hook.example/',
  'https://localhost:1/',
])('a webhook to %s is refused for good', async (target) => {
  const send = webhookSender(
    { key, mayBePrivate: false },
    async () => ({ hub: 'x', answerAddress: null }),
    clock,
  )
  const notice = {
    id: 'n',
    class: 'targeted',
    state: 'told',
    made: '2026-11-20T00:00:00Z',
    answerBy: null,
    observations: [],
    more: 0,
  } as const
  const contact = {
    name: 'x',
    role: '',
    language: 'en',
    email: '',
    phone: '',
    always: false,
    webhook: target,
  } as const
  await expect(
    send({ id: 'x', contact, target, code: '', notice: { ...notice, observations: [] } }),
  ).rejects.toThrow(/public|https/)
})

test('nobody answers: the next contact, then a call, then people are shown it; an answer after a call ends it', async () => {
  const contacts = [
    { name: 'Ann', email: 'ann@north.example' },
    { name: 'Bo', email: 'bo@north.example', language: 'fr' },
    { name: 'Night desk', phone: '+1 867 555 0199', always: true },
  ]
  await enter(1, RegistrationSchema.parse({ ...registration('north', '192.0.2.0/24'), contacts }))
  await report('compromised_iot.csv', ['192.0.2.7,22,botnet'])
  await round()
  nowMs += HOUR_MS - 1
  await round()
  expect(mails).toHaveLength(1)
  nowMs += 1
  await round()
  expect(mails.map((mail) => /^To: (.*)$/m.exec(mail)?.[1]?.trim())).toEqual([
    'ann@north.example',
    'bo@north.example',
  ])
  expect(mails[1]).toContain('Content-Language: fr')
  nowMs += HOUR_MS
  await round()
  const [calling] = await notices()
  expect(calling?.deliveries.at(-1)).toMatchObject({
    channel: 'phone',
    state: 'to call',
    target: '+1 867 555 0199',
  })
  nowMs += HOUR_MS
  await round()
  expect((await notices())[0]).toMatchObject({ unanswered: true, next: null })
  const id = calling?.id ?? ''
  expect(
    await noteCall(records, { notice: id, reached: true, comment: '', who: 'Coordinator', nowMs }),
  ).toBe(true)
  expect(
    await answerByCode(records, {
      code: codeIn(mails[0] ?? ''),
      answer: 'fixed',
      comment: '',
      nowMs,
    }),
  ).toBe('open')
  const effect = await noticeEffect(records, nowMs)
  expect(effect.classes).toMatchObject([
    {
      class: 'compromise',
      made: 1,
      told: 1,
      acknowledged: 1,
      fixed: 1,
      unanswered: 0,
      minutesToAnswer: 180,
      inTime: 0,
    },
  ])
})

test('killed between sending and saying so, it is sent again under the same id; a mailbox that is refused is not waited for', async () => {
  await enter(1, registration('north', '192.0.2.0/24'))
  await report('compromised_iot.csv', ['192.0.2.7,22,botnet'])
  await takeSteps(stepping())
  const stuck = {
    ...senders,
    email: async (message: Parameters<Senders['email']>[0]) => {
      await senders.email(message)
      // What a kill leaves: the message is out, and nothing more is written.
      return new Promise<void>(() => {})
    },
  }
  void sendWaiting({ records, secret: 'secret', senders: stuck, nowMs: clock.nowMs })
  await expect.poll(() => mails.length).toBe(1)
  expect(await round()).toBe(0)
  nowMs += 3 * MINUTE_MS
  expect(await round()).toBe(1)
  const ids = mails.map(messageId)
  expect(ids).toHaveLength(2)
  expect(ids[0]).toBeDefined()
  expect(new Set(ids).size).toBe(1)
  expect(new Set(mails.map(codeIn)).size).toBe(1)
  refusesMail = true
  await enter(2, registration('south', '198.51.100.0/24'))
  await report('compromised_iot.csv', ['198.51.100.7,22,botnet'])
  await round()
  await round()
  expect(
    (await notices()).find(({ organisationName }) => organisationName === 'south'),
  ).toMatchObject({ unanswered: true })
})

test('what nobody holds is shown, and told once somebody who holds it is confirmed', async () => {
  await report('compromised_iot.csv', ['192.0.2.7,22,botnet', '192.0.2.7,22,botnet'])
  expect(await listUnplaced(records)).toMatchObject({
    total: 1,
    unplaced: [{ reason: 'nobody', about: '192.0.2.7', count: 2 }],
  })
  await enterOrganisation(records, {
    id: idAt(1),
    registration: registration('north', '192.0.2.0/24'),
    source: 'member',
    who: 'north',
    nowMs,
  })
  await placeAgain(records, nowMs)
  expect((await notices()).length).toBe(0)
  expect(
    await confirmHoldings(
      records,
      { organisation: idAt(1), confirmed: true },
      { who: 'Coordinator', nowMs },
    ),
  ).toBe(1)
  expect(await placeAgain(records, nowMs)).toBe(1)
  expect((await listUnplaced(records)).total).toBe(0)
  expect((await notices())[0]).toMatchObject({
    organisationName: 'north',
    observations: [{ count: 2 }],
  })
})

test('the same file counts nothing again; a flood of lines is one notice', async () => {
  await enter(1, registration('north', '192.0.2.0/24'))
  const rows = Array.from(
    { length: 7000 },
    (_, at) => `192.0.2.${at % 250},${1000 + (at % 20)},open`,
  )
  const startedMs = performance.now()
  expect(await report('scan_rdp.csv', rows)).toMatchObject({ placed: 7000 })
  expect(performance.now() - startedMs).toBeLessThan(20_000)
  expect(await report('scan_rdp.csv', rows)).toMatchObject({ placed: 0, known: true })
  nowMs += 2 * HOUR_MS
  await round()
  expect(mails).toHaveLength(1)
  const [notice] = await notices()
  expect((notice?.observations.length ?? 0) + (notice?.more ?? 0)).toBe(500)
  expect(
    await answerByCode(records, {
      code: codeIn(mails[0] ?? ''),
      answer: 'fixed',
      comment: '',
      nowMs,
    }),
  ).toBe('open')
  nowMs += DAY_MS
  await report('scan_rdp-2.csv', rows)
  await round()
  // Before its week is over nothing more is told, and nothing is lost.
  expect(mails).toHaveLength(1)
})

async function member(at: number): Promise<PeerRow> {
  const agreement = draftAgreement({
    hub: self,
    terms: { relation: 'client', approval: 'automatic', onward: false, days: 30 },
    cohortFloor: 3,
    nowMs,
  })
  const identity = `identity--00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
  await joinPeer(records, {
    name: `member-${at}`,
    role: 'member',
    organisation: `Member ${at}`,
    identity,
    pin: String(at).repeat(64).slice(0, 64),
    address: null,
    agreement,
    acceptedBy: 'Ann',
    nowMs,
  })
  const row = await findPeer(records, `member-${at}`)
  if (row === undefined) throw new Error('not joined')
  return row
}
const exchange = async (row: PeerRow, answers: readonly object[] = []) => {
  const said = await answerNoticeAtHub({ records, row, nowMs }, '/vigie/notices', {
    known: '',
    answers,
  })
  return NoticeExchangedSchema.parse(said?.body)
}

test('over its link a member hears its own, answers once however often it says so, and cannot touch another’s', async () => {
  const [one, other] = [await member(1), await member(2)]
  for (const [row, range] of [
    [one, '192.0.2.0/24'],
    [other, '198.51.100.0/24'],
  ] as const) {
    const body = registration(row.name, range)
    expect(
      await answerNoticeAtHub({ records, row, nowMs }, '/vigie/registration', body),
    ).toMatchObject({ status: 200 })
    await confirmHoldings(
      records,
      { organisation: row.identity ?? '', confirmed: true },
      { who: 'Coordinator', nowMs },
    )
  }
  await report('compromised_iot.csv', ['192.0.2.7,22,botnet', '198.51.100.9,22,botnet'])
  await takeSteps(stepping())
  const [heard, others] = [await exchange(one), await exchange(other)]
  expect(heard.notices?.map(({ observations }) => observations.map(({ about }) => about))).toEqual([
    ['192.0.2.7'],
  ])
  expect(JSON.stringify(heard)).not.toContain('198.51.100')
  const theirs = others.notices?.[0]?.id ?? ''
  const answer = {
    seq: 1,
    answer: 'acknowledged',
    by: 'Ann',
    at: '2026-11-20T08:00:00Z',
    comment: '',
  }
  expect(await exchange(one, [{ ...answer, notice: theirs }])).toMatchObject({
    taken: [],
    refused: [{ seq: 1 }],
  })
  const mine = heard.notices?.[0]?.id ?? ''
  for (let again = 0; again < 2; again += 1)
    expect(await exchange(one, [{ ...answer, notice: mine }])).toMatchObject({ taken: [1] })
  const all = await notices()
  expect(all.find(({ id }) => id === mine)).toMatchObject({
    state: 'acknowledged',
    log: [{ who: 'Ann' }],
  })
  expect(all.find(({ id }) => id === theirs)).toMatchObject({ state: 'told', log: [] })
})

test('who is no hub cannot have others called', async () => {
  const row = await member(3)
  const notice = {
    id: 'n',
    class: 'targeted',
    state: 'told',
    made: '2026-11-20T00:00:00Z',
    answerBy: null,
    observations: [],
    more: 0,
  }
  const body = { notice, organisation: { name: 'x', sector: 'other', region: 'ON', contacts: [] } }
  expect(await answerNoticeAtHub({ records, row, nowMs }, '/vigie/notices/up', body)).toMatchObject(
    { status: 403 },
  )
})
