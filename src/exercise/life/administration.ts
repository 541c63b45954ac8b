// Those who run the place: sessions on servers, people who come and go, changes on the firewall, nights on call, the
// provider's visits. Much of it looks like an intruder.

import { MINUTE_MS, SECOND_MS } from '../../core/index.ts'
import { atHour } from '../country/calendar.ts'
import type { Day } from '../country/calendar.ts'
import { estateOf, serverOf } from '../country/estate.ts'
import { organisationOf } from '../country/organisation.ts'
import { worksOn } from '../country/people.ts'
import type { Person } from '../country/people.ts'
import type { World } from '../country/world.ts'
import { randomOf } from '../random.ts'
import type { Random } from '../random.ts'
import { adminLogin, configChange, vpnDown, vpnUp } from '../wire/fortigate.ts'
import { routerCommand, routerLogin } from '../wire/network.ts'
import type { LogLine } from '../wire/record.ts'
import { accountChanged, logon, started } from '../wire/windows.ts'
import { ADMIN_PROGRAMS, ODD_ADMIN_PROGRAMS } from './habits.ts'

export function administrationDay(world: World, day: Day): LogLine[] {
  const random = randomOf(world.seed, world.organisation.kind, 'administration', day.number)
  const administrators = world.people.filter(({ adminLogin: name }) => name !== null)
  return [
    ...(day.isWorkday
      ? administrators.flatMap((person) => sessionOf(world, person, day, random))
      : []),
    ...comersAndGoers(world, day, administrators),
    ...(day.isWorkday && random.chance(0.15 + 0.1 * world.noise)
      ? changesOf(world, day, random)
      : []),
    ...(random.chance(0.06 + 0.04 * world.noise) ? nightOnCall(world, day, random) : []),
    ...(day.isWorkday && random.chance(0.3) ? providerVisit(world, day, random) : []),
  ]
}

function sessionOf(world: World, person: Person, day: Day, random: Random): LogLine[] {
  const { estate, noise } = world
  const user = person.adminLogin ?? person.login
  const server = random.chance(0.2)
    ? serverOf(estate, 'directory')
    : (random.one(estate.servers) ?? serverOf(estate, 'files'))
  const begins = atHour(day, 9 + random.next() * 6)
  const programs = Array.from({ length: random.between(2, 5) }, (_, n) => {
    const isOdd = random.chance(0.01 + 0.02 * noise)
    const [program, command, parent] = random.pick(isOdd ? ODD_ADMIN_PROGRAMS : ADMIN_PROGRAMS)
    const at = begins + (2 + n * 4) * MINUTE_MS + random.int(MINUTE_MS)
    return started(estate, server, at, { user, program, command, parent })
  })
  return [
    logon(estate, server, begins, {
      user,
      from: person.address,
      fromName: person.workstation,
      type: 10,
      isRight: true,
    }),
    ...programs,
  ]
}

function comersAndGoers(world: World, day: Day, administrators: readonly Person[]): LogLine[] {
  const { estate, people } = world
  const by = administrators[0]?.adminLogin ?? 'administrator'
  const controller = serverOf(estate, 'directory')
  return people.flatMap(({ login, employed: [from, to] }) => {
    const at = atHour(day, 8.2)
    if (from === day.number && from > 0)
      return [accountChanged(estate, controller, at, { id: 4720, by, who: login })]
    if (to === day.number)
      return [accountChanged(estate, controller, at, { id: 4725, by, who: login })]
    return []
  })
}

type Change = readonly [action: 'Add' | 'Edit', path: string, object: string, attributes: string]
const ORDINARY_CHANGES: readonly [Change, ...Change[]] = [
  ['Edit', 'firewall.policy', '14', 'comments[->ticket]'],
  ['Add', 'firewall.address', 'printer-2', 'subnet[10.20.30.9 255.255.255.255]'],
  ['Edit', 'webfilter.profile', 'staff', 'comment[->weekly review]'],
  ['Edit', 'user.group', 'staff-vpn', 'member[+ one]'],
]

function changesOf(world: World, day: Day, random: Random): LogLine[] {
  const { estate } = world
  const from = world.people[0]?.address ?? '10.20.10.10'
  const begins = atHour(day, 10 + random.next() * 5)
  const [action, path, object, attributes] = random.pick(ORDINARY_CHANGES)
  return [
    adminLogin(estate, begins, { user: 'admin', from, isRight: true }),
    configChange(estate, begins + 4 * MINUTE_MS, {
      user: 'admin',
      from,
      action,
      path,
      object,
      attributes,
    }),
    routerLogin(estate, begins + 20 * MINUTE_MS, { user: 'netadmin', from, isRight: true }),
    routerCommand(estate, begins + 21 * MINUTE_MS, {
      user: 'netadmin',
      command: random.pick([
        'interface Gi0/2',
        'description branch',
        'no shutdown',
        'ntp server 10.20.1.10',
      ]),
    }),
  ]
}

/** Somebody is woken, signs in from home and looks at a server. */
function nightOnCall(world: World, day: Day, random: Random): LogLine[] {
  const { estate, organisation, people } = world
  const person = people[random.int(organisation.administrators)]
  if (person === undefined || !worksOn(person, day.number)) return []
  const begins = atHour(day, 20 + random.next() * 3)
  const vpn = {
    user: person.login,
    remote: person.homeAddress,
    given: `10.${organisation.net}.200.${random.between(10, 250)}`,
    session: random.between(100, 90_000),
  }
  const server = random.one(estate.servers) ?? serverOf(estate, 'files')
  const [program, command, parent] = random.pick(ADMIN_PROGRAMS)
  const user = person.adminLogin ?? person.login
  return [
    vpnUp(estate, begins, vpn),
    logon(estate, server, begins + 2 * MINUTE_MS, {
      user,
      from: vpn.given,
      fromName: person.workstation,
      type: 10,
      isRight: true,
    }),
    started(estate, server, begins + 5 * MINUTE_MS, { user, program, command, parent }),
    vpnDown(estate, begins + 35 * MINUTE_MS, {
      ...vpn,
      seconds: 2100,
      sent: 5_000_000,
      received: 40_000_000,
    }),
  ]
}

/** The provider's technicians come by VPN from their own office, and visit the same few servers. */
function providerVisit(world: World, day: Day, random: Random): LogLine[] {
  const { estate, organisation, providerLogin, seed } = world
  if (providerLogin === null) return []
  const begins = atHour(day, 9 + random.next() * 7)
  const vpn = {
    user: providerLogin,
    remote: providerAddress(seed),
    given: `10.${organisation.net}.200.9`,
    session: random.between(100, 90_000),
  }
  return [
    vpnUp(estate, begins, vpn),
    ...[serverOf(estate, 'files'), serverOf(estate, 'backup')].map((server, n) =>
      logon(estate, server, begins + (2 + n * 6) * MINUTE_MS, {
        user: providerLogin,
        from: vpn.given,
        fromName: 'MSP-TOOLS',
        type: 10,
        isRight: true,
      }),
    ),
    vpnDown(estate, begins + 40 * MINUTE_MS + random.int(SECOND_MS), {
      ...vpn,
      seconds: 2400,
      sent: 9_000_000,
      received: 30_000_000,
    }),
  ]
}

/** Where the provider's technicians come from, in every client's logs: its own firewall. */
export function providerAddress(seed: number): string {
  return estateOf(organisationOf('msp'), randomOf(seed, 'msp', 'estate')).firewall.outside
}
