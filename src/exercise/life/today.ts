// One person's day before anything is written: when they come, where they are, how they are seen from outside.

import { addressIn, networksOf } from '../country/address-plan.ts'
import { atHour } from '../country/calendar.ts'
import type { Day } from '../country/calendar.ts'
import { isAway } from '../country/people.ts'
import type { Person } from '../country/people.ts'
import type { World } from '../country/world.ts'
import { randomOf } from '../random.ts'
import type { Random } from '../random.ts'

export type Today = {
  readonly world: World
  readonly person: Person
  readonly random: Random
  readonly comesMs: number
  readonly leavesMs: number
  readonly isHome: boolean
  /** Where they are seen from outside: the firewall's own address in the office. */
  readonly seenFrom: string
}

export function todayOf(world: World, person: Person, day: Day, random: Random): Today {
  const away = isAway(person, day.number)
  const isHome = away || person.homeDays.includes(day.number % 7)
  const place = away ? awayAddress(world, person) : person.homeAddress
  return {
    world,
    person,
    random,
    comesMs: atHour(day, person.comes + (random.next() - 0.5) * 0.6),
    leavesMs: atHour(day, person.leaves + (random.next() - 0.5) * 0.8),
    isHome,
    seenFrom: isHome ? place : world.estate.firewall.outside,
  }
}

/** A hotel's network for the length of a journey. */
function awayAddress({ seed }: World, person: Person): string {
  const random = randomOf(seed, 'journey', person.login)
  const networks = [...networksOf('business'), ...networksOf('mobile')]
  const network = random.one(networks)
  return network === undefined ? person.homeAddress : addressIn(network, random)
}

/** A moment between coming and leaving. */
export function between({ random, comesMs, leavesMs }: Today): number {
  return Math.round(comesMs + random.next() * (leavesMs - comesMs))
}

export function stationOf({ estate }: World, { workstation }: Person) {
  return { name: `${workstation}.${estate.domain}`, skewMs: 0, isWorkstation: true }
}
