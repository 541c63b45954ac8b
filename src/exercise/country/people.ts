// Who works there: hours, home, devices, and the days on which somebody comes, leaves, travels or is on call.

import type { Random } from '../random.ts'
import { addressIn, homeNetwork, networksOf } from './address-plan.ts'
import type { Organisation } from './organisation.ts'

export type Person = {
  readonly login: string
  /** Account for administration; null for those who have none. */
  readonly adminLogin: string | null
  readonly team: Team
  readonly workstation: string
  readonly address: string
  readonly homeAddress: string
  /** Hours there, with fractions. */
  readonly comes: number
  readonly leaves: number
  /** Weekdays (0 Monday) worked from home, through the VPN. */
  readonly homeDays: readonly number[]
  readonly browser: string
  readonly phone: string
  readonly vpnClient: string
  /** Days of the exercise on which the person works there: from, to. */
  readonly employed: readonly [number, number]
  /** Days away, on another network: from, to; null for those who stay. */
  readonly travels: readonly [number, number] | null
}

export const TEAMS = ['counter', 'finance', 'records', 'works', 'direction', 'technology'] as const
export type Team = (typeof TEAMS)[number]

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0',
] as const
const PHONES = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
] as const

export function peopleOf(
  organisation: Organisation,
  random: Random,
  days: number,
): readonly Person[] {
  return Array.from({ length: organisation.people }, (_, at) =>
    personOf(organisation, random, { at, days }),
  )
}

function personOf(
  { region, administrators, net, short }: Organisation,
  random: Random,
  { at, days }: { readonly at: number; readonly days: number },
): Person {
  const isAdministrator = at < administrators
  const team: Team = isAdministrator
    ? 'technology'
    : random.pick(['counter', 'counter', 'finance', 'records', 'works', 'direction'])
  const number = String(at + 1).padStart(3, '0')
  const login = `${team}.${number}`
  const comes = 7.5 + random.next() * 1.8
  const homeDays = [0, 1, 2, 3, 4].filter(() => random.chance(isAdministrator ? 0.4 : 0.15))
  const satellite = networksOf('satellite', region)[0]
  const home =
    satellite !== undefined && random.chance(0.15) ? satellite : homeNetwork(region, random)
  return {
    login,
    adminLogin: isAdministrator ? `adm-${number}` : null,
    team,
    workstation: `${short.toUpperCase()}-WS${number}`,
    address: `10.${net}.${10 + Math.floor(at / 200)}.${10 + (at % 200)}`,
    homeAddress: addressIn(home, random),
    comes,
    leaves: comes + 7.5 + random.next(),
    homeDays,
    browser: random.pick(BROWSERS),
    phone: random.pick(PHONES),
    vpnClient: random.chance(0.8) ? 'FortiClient 7.4.1' : 'FortiClient 7.2.8',
    employed: employment(random, days, isAdministrator),
    travels: random.chance(0.08) ? travel(random, days) : null,
  }
}

/** One in twenty comes in the time, one in twenty leaves in it. */
function employment(random: Random, days: number, isAdministrator: boolean): [number, number] {
  const fate = random.next()
  if (isAdministrator || fate < 0.9) return [0, days]
  return fate < 0.95
    ? [random.between(3, days - 1), days]
    : [0, random.between(Math.floor(days / 3), days)]
}

function travel(random: Random, days: number): [number, number] {
  const from = random.int(days)
  return [from, from + random.between(2, 9)]
}

export function worksOn({ employed: [from, to] }: Person, day: number): boolean {
  return day >= from && day < to
}

export function isAway({ travels }: Person, day: number): boolean {
  return travels !== null && day >= travels[0] && day <= travels[1]
}
