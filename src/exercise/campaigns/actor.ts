// The intruder as the logs see them: an address, a program, hours and a pace, each more like the victim's own with stealth.

import { HOUR_MS } from '../../core/index.ts'
import {
  addressIn,
  homeNetwork,
  neighbourOf,
  networkOfAddress,
  networksOf,
} from '../country/address-plan.ts'
import { atHour, dayOf, workdayFrom } from '../country/calendar.ts'
import { worksOn } from '../country/people.ts'
import type { Person } from '../country/people.ts'
import { signIn } from '../wire/cloud.ts'
import { vpnDown, vpnUp } from '../wire/fortigate.ts'
import { account, address, byStealth, moves } from './campaign.ts'
import type { Move, Scene, StepName } from './campaign.ts'

export type Actor = {
  readonly victim: Person
  readonly address: string
  readonly client: string
  readonly browser: string
  /** Day of the nth visit. */
  readonly dayOfVisit: (visit: number) => number
  /** A moment of a visit; `hours` from when the intruder begins. */
  readonly at: (visit: number, hours: number) => number
}

/** Takes over one person's account, of a team, who stays all the time. */
export function actorOf(scene: Scene, teams: readonly Person['team'][]): Actor {
  const { world, random, stealth, startDay } = scene
  const isThere = (person: Person) => worksOn(person, 0) && worksOn(person, world.days - 1)
  const there = world.people.filter(isThere)
  const victim = random.one(there.filter(({ team }) => teams.includes(team))) ?? there[0]
  if (victim === undefined) throw new TypeError('an organisation without people')
  const pace = byStealth(stealth, [1, 2, 4, 6])
  const dayOfVisit = (visit: number) => {
    const day = startDay + visit * pace
    return stealth < 2 ? day : workdayFrom(day).number
  }
  const begins = beginsOf(scene, victim)
  return {
    victim,
    address: relayOf(scene, victim),
    client: byStealth(stealth, [
      'openconnect 9.12',
      'FortiClient 7.0.9 Linux',
      victim.vpnClient,
      victim.vpnClient,
    ]),
    browser: byStealth(stealth, [
      'python-requests/2.32.3',
      'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
      victim.browser,
      victim.browser,
    ]),
    dayOfVisit,
    at: (visit, hours) =>
      atHour(dayOf(dayOfVisit(visit)), begins) + Math.round(hours * HOUR_MS) + random.int(90_000),
  }
}

/** A rented server, a home router of the region, one of the same provider, one in the same street. */
function relayOf({ world, random, stealth }: Scene, victim: Person): string {
  const { region } = world.organisation
  const hosting = networksOf('hosting')[0] ?? homeNetwork(region, random)
  const same = networkOfAddress(victim.homeAddress) ?? homeNetwork(region, random)
  return byStealth(stealth, [
    addressIn(hosting, random),
    addressIn(homeNetwork(region, random), random),
    addressIn(same, random),
    neighbourOf(victim.homeAddress, random),
  ])
}

/** Deep night, evening, the day, the victim's own hours. */
function beginsOf({ random, stealth }: Scene, victim: Person): number {
  return byStealth(stealth, [
    1 + random.next() * 2,
    19 + random.next() * 2,
    9 + random.next() * 3,
    victim.comes + 0.5 + random.next(),
  ])
}

export type Session = {
  readonly visit: number
  /** Inside address that the VPN gave. */
  readonly given: string
  readonly moves: readonly Move[]
}

/** The victim's account comes in by VPN for some hours. */
export function vpnSession(
  { world, random }: Scene,
  actor: Actor,
  {
    step,
    visit,
    user = actor.victim.login,
  }: { readonly step: StepName; readonly visit: number; readonly user?: string },
): Session {
  const { estate, organisation } = world
  const given = `10.${organisation.net}.200.${random.between(10, 250)}`
  const vpn = { user, remote: actor.address, given, session: random.between(100, 90_000) }
  const hours = 2 + random.next()
  const begins = actor.at(visit, 0)
  const byDirectory = signIn(estate, begins - 4000, {
    user,
    from: actor.address,
    application: 'Remote access gateway',
    agent: actor.client,
    isRight: true,
    hasSecondFactor: true,
  })
  const lines = [
    vpnUp(estate, begins, vpn),
    vpnDown(estate, begins + Math.round(hours * HOUR_MS), {
      ...vpn,
      seconds: Math.round(hours * 3600),
      sent: random.between(8, 60) * 1_000_000,
      received: random.between(60, 500) * 1_000_000,
    }),
  ]
  const who = account(user)
  return {
    visit,
    given,
    moves: [
      ...moves(step, [who, address(actor.address)], lines),
      ...(organisation.hasVpnByDirectory
        ? moves(
            step,
            [account(`${user}@${estate.domain}`), who, address(actor.address)],
            [byDirectory],
          )
        : []),
    ],
  }
}
