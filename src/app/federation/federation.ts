// Plays a federation on this machine: a hub of hubs, hubs below it, stations below them, each a real process. An indicator goes down,
// sightings come up, a campaign is seen, whoever is hit is told and answers; one station is cut off and catches up; the key of one is
// in other hands.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import {
  BlindStateSchema,
  CampaignListSchema,
  NoticeListSchema,
  OverviewSchema,
  PublishedSchema,
  ReceivedListSchema,
  RegisteredListSchema,
  ShareStateSchema,
} from '../../model/index.ts'
import { VERSION } from '../version.ts'
import { all, countsOf, given, hasAnswered, joinSite, registrationOf, toldTo } from './acts.ts'
import type { Member } from './acts.ts'
import type { FederationCard, FederationOptions, FederationStep } from './card.ts'
import { openCuttableLink } from './link.ts'
import type { CuttableLink } from './link.ts'
import { openSite, untilSo } from './site.ts'
import type { Site } from './site.ts'
import { takeKey } from './taken-key.ts'

export const LEAST_STATIONS = 4
export const MOST_STATIONS = 64
const COHORT_FLOOR = 2
/** What the way from the indicator to the last answer may take. */
const CHAIN_S = 60
const CATCH_UP_S = 120
/** Processes that begin at once: each uses a processor for some seconds. */
const STARTS_AT_ONCE = 2

/** Throws EXERCISE_FAILED when a process does not start or answer. What takes too long stands in the card. */
export async function playFederation(options: FederationOptions): Promise<FederationCard> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-federation-'))
  const played = new Federation(options, folder)
  try {
    return await played.play()
  } finally {
    await played.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const Anything = z.looseObject({})
const BAD = '45.9.148.77'
const SENSITIVE = '45.9.148.80'

class Federation {
  readonly #options: FederationOptions
  readonly #folder: string
  readonly #startedMs = performance.now()
  readonly #steps: FederationCard['steps'][number][] = []
  readonly #sites: Site[] = []
  #link: CuttableLink | undefined

  constructor(options: FederationOptions, folder: string) {
    this.#options = options
    this.#folder = folder
  }

  async play(): Promise<FederationCard> {
    const { stations, hubs: count } = this.#options
    const startMs = performance.now()
    const names = Array.from({ length: stations }, (_, at) => `station-${at + 1}`)
    const hubNames = Array.from({ length: count }, (_, at) => `hub-${at + 1}`)
    const [first, ...hubs] = await this.#openAll(['centre', ...hubNames], 'hub')
    const sites = await this.#openAll(names, 'up')
    const top = given(first)
    this.#note('started', performance.now() - startMs, 600)
    const members = await this.#joinAll(top, hubs, sites)
    const memoryMib = this.#memory()
    const cutOff = given(members.at(-2))
    const indicator = await this.#chain(top, hubs, members)
    await this.#catchUp(cutOff, indicator)
    await this.#matchBlindly(given(members[0]))
    const misdeeds = await takeKey({ hubs, members, indicator, signal: this.#options.signal })
    const isInTime = this.#steps.every(({ isSo }) => isSo)
    return {
      version: VERSION,
      stations,
      hubs: count,
      seconds: Math.round((performance.now() - this.#startedMs) / 1000),
      memoryMib,
      steps: this.#steps,
      misdeeds,
      isSo: isInTime && misdeeds.every(({ isHarmless }) => isHarmless),
    }
  }

  async close(): Promise<void> {
    this.#link?.close()
    await Promise.all(this.#sites.map((site) => site.kill()))
  }

  #note(step: FederationStep, ms: number | undefined, mostSeconds: number): void {
    const seconds = ms === undefined ? null : Math.round(ms / 100) / 10
    const isSo = seconds !== null && seconds <= mostSeconds
    this.#steps.push({ step, seconds, mostSeconds, isSo })
    this.#options.onStep(step)
  }

  async #within(step: FederationStep, mostSeconds: number, isSo: () => Promise<boolean>) {
    this.#note(step, await untilSo(isSo, mostSeconds * 1000, this.#options.signal), mostSeconds)
  }

  async #openAll(names: readonly string[], kind: 'hub' | 'up'): Promise<readonly Site[]> {
    const { engineMemoryMib, signal } = this.#options
    const common = {
      kind,
      folder: this.#folder,
      engineMemoryMib,
      cohortFloor: COHORT_FLOOR,
      signal,
    }
    const opened: Site[] = []
    for (let at = 0; at < names.length; at += STARTS_AT_ONCE) {
      const some = names.slice(at, at + STARTS_AT_ONCE).map(async (name) => {
        const site = await openSite({ ...common, name })
        this.#sites.push(site)
        return site
      })
      opened.push(...(await Promise.all(some)))
    }
    return opened
  }

  /** Each hub joins the one above, each station a hub in turn, the last but one over a link that can be cut; all register. */
  async #joinAll(top: Site, hubs: readonly Site[], sites: readonly Site[]) {
    const startMs = performance.now()
    for (const hub of hubs) await joinSite(top, hub, { address: top.hubAddress, onward: true })
    const members: Member[] = []
    for (const [at, site] of sites.entries()) {
      const hub = given(hubs[at % hubs.length])
      let address = hub.hubAddress
      if (at === sites.length - 2) {
        this.#link = await openCuttableLink(hub.hubAddress)
        address = this.#link.address
      }
      const code = await joinSite(hub, site, { address, onward: false })
      const { identity } = (await site.get('/api/share', ShareStateSchema)).self
      const range = `198.51.100.${at * 4}/30`
      const isHit = at !== 2 || sites.length < 6
      members.push({ site, hub, peer: site.name, code, identity, range, isHit })
      await site.post('/api/registration', registrationOf(site.name, range), Anything)
      await site.log(isHit ? BAD : '192.0.2.9')
    }
    for (const hub of hubs)
      await this.#confirm(hub, members.filter((one) => one.hub === hub).length)
    this.#note('joined', performance.now() - startMs, 300)
    return members
  }

  async #confirm(hub: Site, count: number): Promise<void> {
    const registered = () => hub.get('/api/organisations', RegisteredListSchema)
    const isThere = async () => (await registered()).organisations.length >= count
    await untilSo(isThere, 120_000, this.#options.signal)
    for (const { id } of (await registered()).organisations)
      await hub.post('/api/organisations/confirmations', { organisation: id }, Anything)
  }

  #memory(): FederationCard['memoryMib'] {
    const each = this.#sites.map((site) => site.memoryMib())
    const known = each.filter((one) => one !== undefined)
    if (known.length < each.length) return null
    return { all: known.reduce((sum, one) => sum + one, 0), most: Math.max(...known) }
  }

  /** From the indicator to the last answer. The id of the indicator. */
  async #chain(top: Site, hubs: readonly Site[], members: readonly Member[]): Promise<string> {
    const cutOff = given(members.at(-2))
    this.#link?.cut()
    const startMs = performance.now()
    const there = members.filter((one) => one !== cutOff)
    const hit = there.filter(({ isHit }) => isHit)
    await top.send(
      '/api/share/publications?marking=amber&priority=urgent',
      `${BAD}\n`,
      PublishedSchema,
    )
    await this.#within('received', CHAIN_S, () => all(there, ({ site }) => hasAnswered(site, BAD)))
    const received = await given(there[0]).site.get('/api/share/received', ReceivedListSchema)
    const indicator = received.received.find(({ name }) => name === BAD)?.id ?? ''
    await this.#within('sighted', CHAIN_S, () =>
      all(hubs, async (hub) => {
        const own = there.filter((one) => one.hub === hub)
        const { met, looked } = await countsOf(hub, indicator)
        return met === own.filter(({ isHit }) => isHit).length && met + looked === own.length
      }),
    )
    const isEnough = (hub: Site) => hit.filter((one) => one.hub === hub).length >= COHORT_FLOOR
    await this.#within('above', CHAIN_S, async () => {
      if (!hubs.some(isEnough)) return true
      return (await countsOf(top, indicator)).met > 0
    })
    await this.#within('campaign', CHAIN_S, () =>
      all(hubs.filter(isEnough), async (hub) => {
        const { campaigns } = await hub.get('/api/campaigns', CampaignListSchema)
        return campaigns.some(({ organisations }) => organisations >= COHORT_FLOOR)
      }),
    )
    await this.#within('told', CHAIN_S, () =>
      all(hit, async ({ site }) => (await toldTo(site)).length > 0),
    )
    await this.#answer(hubs, hit)
    this.#note('chain', performance.now() - startMs, CHAIN_S)
    return indicator
  }

  /** Whoever was told says that it has it. */
  async #answer(hubs: readonly Site[], hit: readonly Member[]): Promise<void> {
    for (const { site } of hit)
      for (const { id } of await toldTo(site))
        await site.post(
          `/api/notices/told/${id}/answers`,
          { answer: 'acknowledged', by: 'Ann' },
          Anything,
        )
    await this.#within('acknowledged', CHAIN_S, () =>
      all(hubs, async (hub) => {
        const { notices } = await hub.get('/api/notices', NoticeListSchema)
        const answered = notices.filter(({ state }) => state === 'acknowledged').length
        return answered >= hit.filter((one) => one.hub === hub).length
      }),
    )
  }

  async #catchUp({ site, hub }: Member, indicator: string): Promise<void> {
    const { received } = await site.get('/api/share/received', ReceivedListSchema)
    const isCutOff = received.every(({ name }) => name !== BAD)
    this.#note('cut off', isCutOff ? 0 : undefined, 0)
    const before = await countsOf(hub, indicator)
    this.#link?.mend()
    await this.#within('caught up', CATCH_UP_S, async () => {
      const { met, looked } = await countsOf(hub, indicator)
      return met + looked === before.met + before.looked + 1
    })
  }

  /** A sensitive value of the hub, met at a station: the hub learns it once a person there says so. */
  async #matchBlindly({ site, hub, peer }: Member): Promise<void> {
    await hub.send('/api/share/blind/values?marking=amber', `${SENSITIVE}\n`, Anything)
    await site.log(SENSITIVE)
    const { peers } = await site.get('/api/share', ShareStateSchema)
    const name = peers.find(({ role }) => role === 'hub')?.name ?? peer
    const isStored = async () => (await site.get('/api/overview', OverviewSchema)).events.total >= 2
    await untilSo(isStored, CHAIN_S * 1000, this.#options.signal)
    const on = { peer: name, isOn: true, tell: 'each', by: 'Ann' }
    await site.post('/api/share/blind/hubs', on, Anything)
    await this.#within('matched blindly', CHAIN_S, async () => {
      const [hit] = (await site.get('/api/share/blind', BlindStateSchema)).hits
      if (hit?.state === 'new')
        await site.post('/api/share/blind/decisions', { hits: [hit.id], tell: true }, Anything)
      const { hub: held } = await hub.get('/api/share/blind', BlindStateSchema)
      const [value] = held?.sensitive ?? []
      return value?.members === 1
    })
  }
}
