// Tokens in a real records database.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Records } from '../store/index.ts'
import { openTemporaryRecords } from '../store/temporary-records.test-helper.ts'
import { createSessions } from './sessions.ts'

const HOUR = 3_600_000
let records: Records
let nowMs = Date.parse('2026-11-23T00:00:00Z')
const clock = { nowMs: () => nowMs }
beforeAll(async () => {
  records = await openTemporaryRecords()
}, 60_000)
afterAll(() => records.destroy())

test('a sign-in token works once', async () => {
  const sessions = createSessions(records, clock)
  const token = await sessions.createSignIn('admin')
  const secret = await sessions.signIn(token)
  expect(await sessions.signIn(token)).toBeUndefined()
  expect(await sessions.identify('session', secret ?? '')).toEqual({
    name: 'admin',
    kind: 'session',
  })
})

test('two at the same moment give one session', async () => {
  const sessions = createSessions(records, clock)
  const token = await sessions.createSignIn('admin')
  const both = await Promise.all([sessions.signIn(token), sessions.signIn(token)])
  expect(both.filter((secret) => secret !== undefined)).toHaveLength(1)
})

test('a sign-in token and a session end with time', async () => {
  const sessions = createSessions(records, clock)
  const [late, inTime] = [
    await sessions.createSignIn('admin'),
    await sessions.createSignIn('admin'),
  ]
  const secret = (await sessions.signIn(inTime)) ?? ''
  nowMs += HOUR
  expect(await sessions.signIn(late)).toBeUndefined()
  expect(await sessions.identify('session', secret)).toBeDefined()
  nowMs += 12 * HOUR
  expect(await sessions.identify('session', secret)).toBeUndefined()
})

test('signing out ends the session at once, also where it was remembered', async () => {
  const sessions = createSessions(records, clock)
  const secret = (await sessions.signIn(await sessions.createSignIn('admin'))) ?? ''
  expect(await sessions.identify('session', secret)).toBeDefined()
  await sessions.signOut(secret)
  expect(await sessions.identify('session', secret)).toBeUndefined()
})

test('one kind of token is never another', async () => {
  const sessions = createSessions(records, clock)
  const [signIn, client] = [await sessions.createSignIn('a'), await sessions.createClient('cli')]
  expect(await sessions.identify('session', signIn)).toBeUndefined()
  expect(await sessions.identify('client', signIn)).toBeUndefined()
  expect(await sessions.identify('session', client)).toBeUndefined()
  expect(await sessions.signIn(client)).toBeUndefined()
  expect(await sessions.identify('client', client)).toEqual({ name: 'cli', kind: 'client' })
})

test('a new client token replaces the one before', async () => {
  const sessions = createSessions(records, clock)
  const before = await sessions.createClient('cli')
  const after = await sessions.createClient('cli')
  expect(await sessions.identify('client', before)).toBeUndefined()
  expect(await sessions.identify('client', after)).toBeDefined()
})

test('the records hold digests only', async () => {
  const sessions = createSessions(records, clock)
  const token = await sessions.createSignIn('admin')
  const rows = await records.selectFrom('tokens').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token)
  expect(rows.every(({ hash }) => /^[0-9a-f]{64}$/u.test(hash))).toBe(true)
})
