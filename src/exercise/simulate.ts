// The whole of one organisation's exercise, hour by hour: ordinary life with campaigns in it. The same options give the same
// lines, byte by byte.

import { HOUR_MS } from '../core/index.ts'
import type { CampaignName, Entity, Move, StepName, Stealth } from './campaigns/campaign.ts'
import { STEPS } from './campaigns/campaign.ts'
import { CAMPAIGNS } from './campaigns/index.ts'
import { START_MS, dayOf } from './country/calendar.ts'
import type { OrganisationKind } from './country/organisation.ts'
import { worldOf } from './country/world.ts'
import type { Noise, World } from './country/world.ts'
import { ordinaryDay } from './life/ordinary-day.ts'
import { randomOf } from './random.ts'
import type { LogLine } from './wire/record.ts'

export type SimulationOptions = {
  readonly seed: number
  readonly kind: OrganisationKind
  readonly days: number
  readonly noise: Noise
  readonly stealth: Stealth
  /** Campaigns asked for, wherever they can be played; absent: those that belong here. */
  readonly campaigns?: readonly CampaignName[]
}

/** A line of a campaign: what it is, whom it is about, and whether the station is ever sent it. */
export type Label = {
  readonly organisation: OrganisationKind
  readonly campaign: CampaignName
  readonly step: StepName
  /** Technique of ATT&CK. */
  readonly attack: string
  readonly timeMs: number
  readonly entities: readonly Entity[]
  readonly source: string
  readonly isCollected: boolean
  readonly line: string
}

export type Hour = {
  /** The lines are of the hour before this moment. */
  readonly endMs: number
  /** Those that are collected, by time. */
  readonly lines: readonly LogLine[]
}

export type Simulation = {
  readonly labels: readonly Label[]
  /** Every hour once, from the first to the last. */
  readonly hours: () => Generator<Hour>
}

export function simulate(options: SimulationOptions): Simulation {
  const world = worldOf(options)
  const played = movesOf(world, options)
  const collects = new Set<string>(world.organisation.collects)
  // Each line of a firewall names it, and some rules gather on it.
  const firewall: Entity = { kind: 'device', name: world.estate.firewall.name }
  const labels = played.map(({ campaign, move: { step, line, entities } }): Label => ({
    organisation: options.kind,
    campaign,
    step,
    attack: STEPS[step],
    timeMs: line.timeMs,
    entities: line.log === 'firewall' ? [...entities, firewall] : entities,
    source: line.source,
    isCollected: collects.has(line.log),
    line: line.text,
  }))
  const own = played.map(({ move }) => move.line)
  return { labels, hours: () => hoursOf(world, own) }
}

type Played = { readonly campaign: CampaignName; readonly move: Move }

function movesOf(world: World, { campaigns, stealth, kind }: SimulationOptions): readonly Played[] {
  const endMs = START_MS + world.days * 24 * HOUR_MS
  return CAMPAIGNS.filter(({ name, targets, isPossible }) =>
    campaigns === undefined
      ? targets.includes(kind)
      : campaigns.includes(name) && isPossible(world),
  )
    .flatMap(({ name, play }) => {
      const random = randomOf(world.seed, kind, 'campaign', name, stealth)
      const startDay = startOf(world, name)
      return play({ world, random, stealth, startDay }).map((move) => ({ campaign: name, move }))
    })
    .filter(({ move }) => move.line.timeMs < endMs)
    .toSorted((a, b) => a.move.line.timeMs - b.move.line.timeMs)
}

/** The same day at every organisation: after a quarter of the time, so that what is usual is known, and before a third. */
function startOf({ seed, days }: World, campaign: CampaignName): number {
  const random = randomOf(seed, 'start', campaign)
  return random.between(Math.floor(days / 4), Math.floor(days / 3))
}

function* hoursOf(world: World, campaignLines: readonly LogLine[]): Generator<Hour> {
  const collects = new Set<string>(world.organisation.collects)
  const byHour = new Map<number, LogLine[]>()
  const put = (line: LogLine) => {
    if (!collects.has(line.log)) return
    const hour = Math.floor(line.timeMs / HOUR_MS)
    const there = byHour.get(hour)
    if (there === undefined) byHour.set(hour, [line])
    else there.push(line)
  }
  campaignLines.forEach(put)
  // A day there begins and ends some hours beside UTC, so that a day of UTC is whole once the day there after it is made.
  for (let day = -1; day <= world.days; day += 1) {
    ordinaryDay(world, dayOf(day)).forEach(put)
    if (day < 1) continue
    yield* dayOfHours(byHour, START_MS + (day - 1) * 24 * HOUR_MS)
  }
}

function* dayOfHours(byHour: Map<number, LogLine[]>, fromMs: number): Generator<Hour> {
  for (let at = 0; at < 24; at += 1) {
    const hour = Math.floor(fromMs / HOUR_MS) + at
    const lines = (byHour.get(hour) ?? []).toSorted((a, b) => a.timeMs - b.timeMs)
    byHour.delete(hour)
    yield { endMs: (hour + 1) * HOUR_MS, lines }
  }
}
