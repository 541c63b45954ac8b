// Roles, merging and taking back, reports by rule and for one recipient: in the records as they are.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { casesOf } from '../../app/cases/cases.ts'
import { readSettings } from '../../core/index.ts'
import { StatedReportSchema } from '../../model/index.ts'
import type { CaseService } from '../../server/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-together-'))
let nowMs = Date.UTC(2026, 10, 30)
let records: Records
let cases: CaseService
const noted = new Map<string, string>()

beforeAll(async () => {
  records = await openTemporaryRecords()
  cases = casesOf({
    settings: readSettings({ data: folder }, {}),
    clock: { nowMs: () => (nowMs += 1000) },
    evidence: { note: async (id) => void noted.set(id, ''), noted: async () => new Map() },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- cases need the records and a bell alone
    core: { store: { records }, live: { alertsChanged: () => undefined } } as never,
  })
})
afterAll(async () => {
  await records.destroy()
  rmSync(folder, { recursive: true, force: true })
})

const seer = (name: string) => ({ name, isMachine: false })
const MACHINE = { name: 'cli', isMachine: true }
const open = async (title: string) =>
  (
    await cases.open(
      {
        title,
        severity: 'high',
        marking: 'amber',
        lead: '',
        summary: 'Something happened.',
        alerts: [],
      },
      'ann',
    )
  ).number
const role = (
  number: number,
  person: string,
  named: 'lead' | 'decide' | 'see',
  by = 'ann',
  isGiven = true,
) => cases.changeRole(number, { person, role: named, isGiven }, seer(by))
const listed = async (name: string) =>
  (await cases.list({ seer: seer(name) })).cases.map(({ number }) => number)
const note = (number: number, text: string, who = 'ann') =>
  cases.note(number, { kind: 'note', text }, who)
const texts = async (number: number) => (await cases.get(number)).entries.map(({ text }) => text)

test('while nobody is named everybody sees it; then those named, and the machine', async () => {
  const number = await open('roles')
  expect(await cases.maySee(number, seer('bob'))).toBe(true)
  await role(number, 'ann', 'lead')
  await role(number, 'carl', 'see')
  expect(await cases.maySee(number, seer('bob'))).toBe(false)
  expect(await cases.maySee(number, seer('carl'))).toBe(true)
  expect(await cases.maySee(number, MACHINE)).toBe(true)
  expect(await listed('bob')).not.toContain(number)
  expect(await listed('carl')).toContain(number)
  // Who does not lead gives no role, not even to themselves.
  await expect(role(number, 'carl', 'lead', 'carl')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await expect(role(number, 'zoe', 'see', 'ann', false)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const { acts, people } = await cases.get(number)
  expect(people.map(({ person, role: is }) => `${person} ${is}`)).toEqual(['ann lead', 'carl see'])
  expect(acts.map(({ act }) => act)).toEqual(['opened', 'role_given', 'role_given'])
})

test('a case becomes part of another, and taken back both are as they were, with what came meanwhile', async () => {
  const [one, other] = [await open('one'), await open('other')]
  await note(one, 'first of one')
  await note(other, 'first of other')
  const file = await cases.takeFile(
    one,
    bytesOf('disk'),
    { name: 'disk.img', origin: '', collectedBy: '' },
    'ann',
  )
  const task = await cases.addTask(one, { title: 'call', how: '', owner: '', due: null }, 'ann')
  const before = await cases.get(one)
  const merge = await cases.merge(one, { into: other }, seer('ann'))
  expect(await texts(other)).toEqual(['first of one', 'first of other'])
  expect(await listed('ann')).not.toContain(one)
  expect((await cases.get(one)).case.mergedInto).toBe(other)
  await expect(note(one, 'too late')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await expect(cases.merge(one, { into: other }, seer('ann'))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await expect(cases.merge(other, { into: other }, seer('ann'))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await expect(
    cases.merge(other, { into: await open('third') }, seer('ann')),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  // What is part of it is worked on there: its task, its file.
  await cases.changeTask(other, task.id, { isDone: true }, 'ann')
  const { bytes } = await cases.readFile(other, file.id, 'ann')
  expect(Buffer.concat(await bytes.toArray()).toString()).toBe('disk')
  await note(other, 'meanwhile')
  expect(await cases.prove(other)).toMatchObject({ files: 1, flaws: [] })
  await cases.undoMerge(merge, seer('ann'))
  const after = await cases.get(one)
  expect(after.entries).toEqual(before.entries)
  expect(after.files).toEqual(before.files)
  expect(after.tasks[0]?.done).not.toBeNull()
  expect(await texts(other)).toEqual(['first of other', 'meanwhile'])
  await expect(cases.undoMerge(merge, seer('ann'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  for (const number of [one, other]) {
    expect((await cases.prove(number)).flaws).toEqual([])
    expect(noted.has(`case/${number}/${(await cases.get(number)).acts.length}`)).toBe(true)
  }
})

test('what is narrow stays narrow: a case with a hidden part is hidden, and nobody merges into what they may not see', async () => {
  const [wide, narrow] = [await open('wide'), await open('narrow')]
  await role(narrow, 'ann', 'lead')
  await expect(cases.merge(wide, { into: narrow }, seer('bob'))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const merge = await cases.merge(narrow, { into: wide }, seer('ann'))
  expect(await cases.maySee(wide, seer('bob'))).toBe(false)
  await expect(cases.undoMerge(merge, seer('bob'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await cases.maySee(wide, seer('ann'))).toBe(true)
  await cases.undoMerge(merge, seer('ann'))
  expect(await cases.maySee(wide, seer('bob'))).toBe(true)
})

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

const STATED = StatedReportSchema.parse({
  reporter: { name: 'Ann', phone: '555' },
  organization: { name: 'Town' },
  consent: { sharing: 'amber' },
  impact: { services: 'mail' },
  vector: { entry: 'gateway' },
  found: 'by an alert',
})

async function reported(title: string, change: object = {}): Promise<number> {
  const number = await open(title)
  await cases.change(number, { detected: '2026-11-29T00:00:00.000Z' }, 'ann')
  await cases.stateReport(number, { ...STATED, ...change }, 'ann')
  return number
}
const approve = async (number: number, rule?: string, who = 'ann') =>
  cases.approveReport(
    number,
    { digest: (await cases.report(number, 'en')).digest, language: 'en', rule },
    who,
  )
const seal = (number: number, recipient = 'centre') =>
  cases.sealReport(number, { recipient, format: 'json', language: 'en' }, 'ann')

async function keyPair(change: object = {}) {
  const { generateKey } = await import('openpgp')
  return generateKey({
    userIDs: [{ name: 'Centre', email: 'centre@example.test' }],
    format: 'armored',
    date: new Date(nowMs - 10_000_000),
    ...change,
  })
}

test('an approved report is encrypted for whom it is meant, and only they read it', async () => {
  const { publicKey, privateKey } = await keyPair()
  await expect(
    cases.setRecipient({ name: 'centre', key: privateKey }, 'ann'),
  ).rejects.toMatchObject({ message: expect.stringContaining('private key') as string })
  await expect(cases.setRecipient({ name: 'centre', key: 'hello' }, 'ann')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  const { publicKey: old } = await keyPair({ keyExpirationTime: 60 })
  await expect(cases.setRecipient({ name: 'centre', key: old }, 'ann')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await cases.setRecipient({ name: 'centre', key: publicKey }, 'ann')
  const { recipients } = await cases.sending()
  expect(recipients).toMatchObject([
    { name: 'centre', users: ['Centre <centre@example.test>'], setBy: 'ann' },
  ])
  const number = await reported('sealed')
  await expect(seal(number)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await approve(number)
  await expect(seal(number, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const { message, fingerprint, name } = await seal(number)
  expect(name).toBe(`report-${number}.json.asc`)
  expect(fingerprint).toBe(recipients[0]?.fingerprint)
  expect(message).not.toContain('Town')
  const { decrypt, readMessage, readPrivateKey } = await import('openpgp')
  const { data } = await decrypt({
    message: await readMessage({ armoredMessage: message }),
    decryptionKeys: await readPrivateKey({ armoredKey: privateKey }),
    date: new Date(nowMs),
  })
  expect(JSON.parse(String(data))).toMatchObject({
    report: { organization: { name: 'Town' } },
    approval: { by: 'ann', rule: null },
  })
  const { acts } = await cases.get(number)
  expect(acts.at(-1)).toMatchObject({
    act: 'report_sealed',
    what: { recipient: 'centre', format: 'json' },
  })
})

test('a rule approves what it names, for whom it names, until it ends; everything else needs a person', async () => {
  const until = new Date(nowMs + 86_400_000).toISOString()
  const ask = {
    by: 'The mayor',
    recipient: 'centre',
    categories: ['unauthorized_access' as const],
    mostMarking: 'amber' as const,
    until,
  }
  await expect(cases.addRule({ ...ask, recipient: 'nobody' }, 'ann')).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await expect(
    cases.addRule({ ...ask, until: '2020-01-01T00:00:00Z' }, 'ann'),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  const rule = await cases.addRule(ask, 'ann')
  const number = await reported('by rule')
  await approve(number, rule, 'night shift')
  expect((await cases.report(number, 'en')).approval).toMatchObject({
    by: 'The mayor',
    rule: { id: rule, recipient: 'centre' },
  })
  expect((await cases.get(number)).acts.at(-1)).toMatchObject({
    who: 'night shift',
    what: { rule, by: 'The mayor' },
  })
  // To its recipient, and nowhere else.
  expect((await seal(number)).message).toContain('BEGIN PGP MESSAGE')
  await expect(cases.reportAs(number, 'json', 'en')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await cases.setRecipient({ name: 'other', key: (await keyPair()).publicKey }, 'ann')
  await expect(seal(number, 'other')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  // A changed text is approved anew.
  await cases.stateReport(number, { ...STATED, found: 'by chance' }, 'ann')
  await expect(seal(number)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  for (const change of [
    { category: 'malicious_code' },
    { consent: { ...STATED.consent, sharing: 'red' } },
    { consent: { ...STATED.consent, onBehalfOf: 'A village' } },
    { consent: { ...STATED.consent, terms: 'The council decides' } },
    { found: '' },
    { found: 'SIN 046 454 286' },
  ]) {
    const other = await reported('not covered', change)
    await expect(approve(other, rule)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  }
  const decided = await reported('decided by people')
  await role(decided, 'chief', 'decide')
  await expect(approve(decided, rule)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await expect(approve(decided)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await approve(decided, undefined, 'chief')
  const late = await reported('too late')
  expect(await cases.revokeRule(rule)).toBe(true)
  await expect(approve(late, rule)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await expect(approve(late, 'no such rule')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const short = await cases.addRule(
    { ...ask, until: new Date(nowMs + 10_000).toISOString() },
    'ann',
  )
  nowMs += 20_000
  await expect(approve(late, short)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
