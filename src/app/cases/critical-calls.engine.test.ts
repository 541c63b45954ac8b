// Alerts on what is watched first: they jump the queue, and the steps of the ladder really go out.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { searchAlerts } from '../../detect/index.ts'
import { decide } from '../../identity/critical/decide.ts'
import { watchCritical } from '../../identity/index.ts'
import { openMailer, postSigned } from '../../share/index.ts'
import { openStationKey } from '../../share/peer/station-key.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import type { Tell } from '../sharing/notices.ts'
import { criticalService } from './critical-view.ts'
import { sendCalls } from './critical.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-calls-'))
const START = Date.parse('2026-11-30T14:00:00Z')
let nowMs = START
const clock = { nowMs: () => nowMs }
const mails: string[] = []
const posts: { headers: Record<string, unknown>; body: Record<string, unknown> }[] = []
let isDown = false
let records: Records
let tell: Tell

const smtp = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  authOptional: true,
  onData: (stream, _session, done) => {
    void buffer(stream).then((bytes) => {
      if (isDown) return done(Object.assign(new Error('try later'), { responseCode: 451 }))
      mails.push(bytes.toString('utf8'))
      return done()
    })
  },
})
const http = createServer((request, answer) => {
  void buffer(request).then((bytes) => {
    posts.push({ headers: request.headers, body: JSON.parse(bytes.toString('utf8')) })
    answer.end()
  })
})
const portOf = (server: { address: () => unknown }) => (server.address() as AddressInfo).port

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const key = await openStationKey(folder, clock)
  const server = `smtp://127.0.0.1:${portOf(smtp.server)}`
  const mailer = openMailer(
    { server, from: 'vigie@town.example', password: undefined },
    async () => ({ hub: '', answerAddress: null }),
    clock,
  )
  tell = {
    mail: mailer.plain,
    webhook: (post) => postSigned({ key, mayBePrivate: true }, clock, post),
  }
})
afterAll(async () => {
  await new Promise<void>((resolve) => smtp.close(resolve))
  http.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  nowMs = START
  isDown = false
  mails.length = 0
  posts.length = 0
  records = await openTemporaryRecords()
  return () => records.destroy()
})

const ITEM = 'c1'
const by = () => ({ who: 'roy', nowMs })

async function watched(people: { who: string; how: string }[], name = 'adm-roy@town.example') {
  await sql`INSERT INTO critical_items (id, kind, key, name, band, score, reasons, state, proposed, ladder, sources)
    VALUES (${ITEM}, 'identity', 'entra/1', ${name}, 'C1', 90, '[]', 'proposed', now(), '[]', '[]')`.execute(
    records,
  )
  await decide(records, { id: ITEM, state: 'confirmed', people }, by())
}

async function alert(id: string, entity: string, severity = 'low') {
  await sql`INSERT INTO alerts (id, rule, title_en, title_fr, severity, entity_kind, entity, count, first_seen, last_seen, why_en, why_fr, reasons, attack, author, reference, state, updated)
    VALUES (${id}, ${`rule-${id}`}, 'Sign-in by a device code', 'Connexion par code', ${severity}, 'account', ${entity}, 1, ${new Date(nowMs)}, ${new Date(nowMs)}, '', '', '[]', '[]', '', '', 'new', ${new Date(nowMs)})`.execute(
    records,
  )
}

async function round(language: 'en' | 'fr' = 'en') {
  const notes: string[] = []
  await watchCritical(records, nowMs)
  await sendCalls({
    core: { store: { records } },
    clock,
    language,
    tell,
    onNote: (note) => notes.push(note),
  })
  return notes
}
const view = () => criticalService(records, clock).critical()
const minutes = (count: number) => (nowMs = START + count * 60_000)

test('the queue: an alert on C1 goes before a critical one on somebody else, until it is taken', async () => {
  await watched([])
  await alert('worse', 'somebody', 'critical')
  await alert('ours', 'TOWN\\adm-roy', 'low')
  await round()
  const page = await searchAlerts(records, {})
  expect(page.alerts.map(({ id }) => id)).toEqual(['ours', 'worse'])
  expect(page.alerts[0]?.critical).toEqual({
    band: 'C1',
    name: 'adm-roy@town.example',
    acknowledgeBy: '2026-11-30T14:15:00Z',
    acknowledged: false,
  })
  expect(page.groups.map(({ rule }) => rule)).toEqual(['rule-ours', 'rule-worse'])
  minutes(4)
  await sql`UPDATE alerts SET state = 'acknowledged', assignee = 'roy', updated = ${new Date(nowMs)} WHERE id = 'ours'`.execute(
    records,
  )
  await round()
  expect((await searchAlerts(records, {})).alerts.map(({ id }) => id)).toEqual(['worse', 'ours'])
  expect((await view()).measured.find(({ band }) => band === 'C1')).toMatchObject({
    count: 1,
    p50Ms: 240_000,
    withinShare: 1,
  })
})

test('steps go out by mail, signed post and as a call to make; once somebody has it, no more', async () => {
  await watched([
    { who: 'Ann', how: 'ann@town.example' },
    { who: 'Bob', how: `http://127.0.0.1:${portOf(http)}/hook, 613-555-0100` },
    { who: 'Manager', how: '613-555-0199' },
  ])
  await alert('ours', 'adm-roy')
  await round('fr')
  expect(mails).toHaveLength(1)
  expect(mails[0]).toContain('To: ann@town.example')
  expect(mails[0]).toContain('Content-Language: fr')
  minutes(5)
  await round()
  expect(posts[0]?.body).toMatchObject({
    band: 'C1',
    item: 'adm-roy@town.example',
    alert: 'ours',
    who: 'Bob',
  })
  expect(posts[0]?.headers['vigie-signature']).toBeDefined()
  const { calls } = await view()
  expect(calls.filter(({ state }) => state === 'open')).toMatchObject([
    { who: 'Bob', channel: 'call', target: '613-555-0100' },
  ])
  await criticalService(records, clock).called(calls[0]?.id ?? '', { note: 'on the way' }, 'roy')
  await round()
  expect([mails.length, posts.length]).toEqual([1, 1])
  minutes(11)
  await round()
  await criticalService(records, clock).acknowledge((await view()).clocks[0]?.id ?? '', 'roy')
  minutes(16)
  await round()
  const states = (await view()).calls.map(({ who, channel, state }) => `${who} ${channel} ${state}`)
  expect(states.toSorted()).toEqual([
    'Ann mail sent',
    'Bob call done',
    'Bob webhook sent',
    'Manager call needless',
  ])
})

test('what cannot be sent is tried again, then is a call that somebody has to make', async () => {
  await watched([{ who: 'Ann', how: 'ann@town.example' }])
  await alert('ours', 'adm-roy')
  isDown = true
  const notes: string[] = []
  for (let at = 0; at < 12; at += 1) {
    minutes(at)
    notes.push(...(await round()))
  }
  expect((await view()).calls).toMatchObject([{ who: 'Ann', state: 'failed' }])
  expect(notes.filter((note) => note.includes('could not be told'))).toHaveLength(1)
  isDown = false
  await criticalService(records, clock).called(
    (await view()).calls[0]?.id ?? '',
    { note: '' },
    'roy',
  )
  await expect(
    criticalService(records, clock).called((await view()).calls[0]?.id ?? '', { note: '' }, 'roy'),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('without a mail server the step is a call at once, and says why', async () => {
  await watched([{ who: 'Ann', how: 'ann@town.example' }])
  await alert('ours', 'adm-roy')
  await watchCritical(records, nowMs)
  await sendCalls({
    core: { store: { records } },
    clock,
    language: 'en',
    tell: { ...tell, mail: undefined },
    onNote: () => {},
  })
  expect((await view()).calls).toMatchObject([
    { state: 'failed', problem: 'no mail server is set (--mail-server)' },
  ])
})

test('an alert that opens again starts another clock', async () => {
  await watched([])
  await alert('ours', 'adm-roy')
  await round()
  minutes(2)
  await sql`UPDATE alerts SET state = 'closed', updated = ${new Date(nowMs)}`.execute(records)
  await round()
  minutes(60)
  await sql`UPDATE alerts SET state = 'new', reopened = 1, updated = ${new Date(nowMs)}`.execute(
    records,
  )
  await round()
  const { clocks } = await view()
  expect(clocks.map(({ received, acknowledged }) => [received, acknowledged !== null])).toEqual([
    ['2026-11-30T15:00:00.000Z', false],
    ['2026-11-30T14:00:00.000Z', true],
  ])
})

test('an alert on an address of a system that exposure knows by that name starts its clock', async () => {
  await watched([], 'gate.town.example')
  await sql`UPDATE critical_items SET kind = 'resource'`.execute(records)
  await sql`INSERT INTO exposure_aliases (kind, value, asset, first_asset, source, first_seen, last_seen)
    VALUES ('name', 'gate.town.example', 'a', 'a', 'csv', now(), now()), ('address', '192.0.2.1', 'a', 'a', 'csv', now(), now())`.execute(
    records,
  )
  await alert('ours', '192.0.2.1')
  await round()
  expect((await view()).clocks).toHaveLength(1)
})

test('office hours that are none are refused; what is set is kept', async () => {
  const service = criticalService(records, clock)
  const hours = {
    zone: 'America/Edmonton',
    region: 'AB' as const,
    from: '07:30',
    to: '16:00',
    days: [1, 2, 3, 4],
    closed: [],
  }
  await expect(service.setHours({ ...hours, zone: 'Moon/Base' }, 'roy')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await expect(service.setHours({ ...hours, to: '07:00' }, 'roy')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await service.setHours(hours, 'roy')
  expect((await view()).hours).toEqual(hours)
})
