// Two hubs and three stations as real processes: lines of logins come in by syslog, and the hub learns the one address that two
// unrelated stations met. The other hub keeps the key.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { joinSite } from '../src/app/federation/acts.ts'
import { openSite, untilSo } from '../src/app/federation/site.ts'
import type { Site, SiteKind } from '../src/app/federation/site.ts'
import {
  AlertListSchema,
  OverviewSchema,
  PublishedSchema,
  ReceivedListSchema,
  ThresholdShownSchema,
  ThresholdStateSchema,
} from '../src/model/index.ts'
import { run } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-threshold-'))
const stop = new AbortController()
const sites = new Map<string, Site>()
const site = (name: string): Site => {
  const found = sites.get(name)
  if (found === undefined) throw new Error(name)
  return found
}

async function open(name: string, kind: SiteKind): Promise<void> {
  const { signal } = stop
  const options = { name, kind, folder, engineMemoryMib: 400, cohortFloor: 2, signal }
  sites.set(name, await openSite(options))
}

beforeAll(async () => {
  await Promise.all([open('centre', 'hub'), open('trust', 'hub')])
  await Promise.all([open('north', 'up'), open('south', 'up'), open('east', 'up')])
  const to = (hub: string, member: string) =>
    joinSite(site(hub), site(member), { address: site(hub).hubAddress, onward: false })
  await to('trust', 'centre')
  for (const name of ['north', 'south', 'east']) {
    await to('centre', name)
    await to('trust', name)
  }
}, 240_000)
afterAll(async () => {
  await Promise.all([...sites.values()].map(({ kill }) => kill()))
  stop.abort()
  rmSync(folder, { recursive: true, force: true })
})

const state = (name: string) => site(name).get('/api/share/threshold', ThresholdStateSchema)
const SHARED = '45.9.148.77'

test('the address that two unrelated members met is learned, and no other', async () => {
  const centre = site('centre')
  await centre.post('/api/share/threshold/offers', { holder: 'trust', least: 2 }, z.unknown())
  await Promise.all([
    site('north').logIn(SHARED),
    site('north').logIn('45.9.149.1'),
    site('south').logIn(SHARED),
    site('east').logIn('45.9.149.3'),
  ])
  for (const name of ['north', 'south', 'east']) {
    const one = site(name)
    const isStored = async () => (await one.get('/api/overview', OverviewSchema)).events.total >= 1
    await untilSo(isStored, 30_000, stop.signal)
    const path = '/api/share/threshold'
    const { digest } = await one.post(`${path}/terms`, { peer: 'centre' }, ThresholdShownSchema)
    const body = { peer: 'centre', isOn: true, accept: digest.slice(0, 12), by: 'Ann Clerk' }
    await one.post(`${path}/hubs`, body, z.unknown())
  }
  const isOpen = async () => ((await state('centre')).hub?.opened.length ?? 0) > 0
  const tookMs = await untilSo(isOpen, 120_000, stop.signal)
  expect(tookMs).toBeLessThan(60_000)
  const { hub } = await state('centre')
  expect(hub?.opened).toMatchObject([{ address: SHARED, members: ['north', 'south'], wrong: [] }])
  const { alerts } = await centre.post('/api/alerts/search', {}, AlertListSchema)
  expect(alerts.map(({ rule }) => rule)).toContain('vigie:login-of-several-members')
  // All three reported, one address each but north.
  const reported = async () => {
    const members = (await state('centre')).hub?.members ?? []
    return members.reduce((sum, { reports }) => sum + reports, 0) === 4
  }
  expect(await untilSo(reported, 90_000, stop.signal)).toBeDefined()
  expect((await state('centre')).hub?.closed).toEqual([{ members: 1, addresses: 2 }])
  expect(JSON.stringify((await state('centre')).hub)).not.toContain('45.9.149')
  const asked = (await state('trust')).hub?.key?.asked ?? []
  expect(asked.map(({ peer }) => peer)).toEqual(['east', 'north', 'south'])
  expect(JSON.stringify(await state('trust'))).not.toContain(SHARED)
}, 240_000)

test('an opened address becomes an indicator by one action of a person, and no other does', async () => {
  const centre = site('centre')
  const give = (address: string, more: object) =>
    centre.post(
      '/api/share/threshold/indicators',
      { address, marking: 'amber', priority: 'urgent', ...more },
      PublishedSchema,
    )
  await expect(give('45.9.149.1', {})).rejects.toThrow()
  expect(await give(SHARED, { audience: 'east' })).toMatchObject({ added: 1, refused: [] })
  expect(await give(SHARED, { audience: 'east' })).toMatchObject({ added: 0, known: 1 })
  const received = async (name: string) =>
    (await site(name).get('/api/share/received', ReceivedListSchema)).received
  const isThere = async () => (await received('east')).some(({ name }) => name === SHARED)
  expect(await untilSo(isThere, 30_000, stop.signal)).toBeDefined()
  // Whoever it is not for does not have it, though it met the address.
  expect((await received('north')).map(({ name }) => name)).not.toContain(SHARED)
}, 60_000)

test('the command shows it', async () => {
  const { stdout } = await run([
    'share',
    'threshold',
    '--url',
    site('centre').url,
    '--data',
    site('centre').data,
  ])
  expect(stdout).toContain('This hub learns an address from 2 unrelated members on')
  expect(stdout).toMatch(/45\.9\.148\.77 .*north, south/)
})
