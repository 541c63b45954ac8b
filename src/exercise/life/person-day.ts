// What one person's day leaves in the logs. It is thinned: a real workstation writes far more of the same.

import { MINUTE_MS, SECOND_MS } from '../../core/index.ts'
import type { Day } from '../country/calendar.ts'
import { serverOf } from '../country/estate.ts'
import type { Person } from '../country/people.ts'
import type { World } from '../country/world.ts'
import { randomOf } from '../random.ts'
import { signIn } from '../wire/cloud.ts'
import { traffic, vpnDown, vpnFail, vpnUp } from '../wire/fortigate.ts'
import { zeekDns } from '../wire/network.ts'
import type { LogLine } from '../wire/record.ts'
import { logon, shareRead, started } from '../wire/windows.ts'
import { cloudOf, mailByPhone } from './cloud-day.ts'
import { OFFICE_PROGRAMS } from './habits.ts'
import { OUTSIDE_NAMES, outsideAddress } from './outside-names.ts'
import { between, stationOf, todayOf } from './today.ts'
import type { Today } from './today.ts'

/** Lines of a workday; of other days a look at mail by phone, now and then. */
export function personDay(world: World, person: Person, day: Day): LogLine[] {
  const random = randomOf(world.seed, world.organisation.kind, person.login, day.number)
  if (!day.isWorkday) return random.chance(0.25) ? [mailByPhone(world, person, day, random)] : []
  const today = todayOf(world, person, day, random)
  return [
    ...(today.isHome ? vpnOf(today) : logonOf(today)),
    ...cloudOf(today),
    ...programsOf(today),
    ...filesOf(today, day.isPayday && person.team === 'finance' ? 25 : 4),
    ...browsingOf(today),
    ...(random.chance(0.3) ? [mailByPhone(world, person, day, random)] : []),
  ]
}

function logonOf(today: Today): LogLine[] {
  const { world, person, random, comesMs } = today
  const { estate } = world
  const at = stationOf(world, person)
  const controller = serverOf(estate, 'directory')
  const mistypes = random.chance(0.06 * (1 + world.noise)) ? random.between(1, 3) : 0
  const user = person.login
  const from = { from: person.address, fromName: person.workstation }
  return [
    ...Array.from({ length: mistypes }, (_, n) =>
      logon(estate, controller, comesMs + n * 8 * SECOND_MS, {
        user,
        ...from,
        type: 3,
        isRight: false,
      }),
    ),
    logon(estate, at, comesMs + 40 * SECOND_MS, { user, ...from, type: 2, isRight: true }),
    ...[0, 1, 2].map((n) =>
      logon(
        estate,
        n === 0 ? controller : serverOf(estate, 'files'),
        comesMs + 45 * SECOND_MS + n * 100 * MINUTE_MS,
        { user, ...from, type: 3, isRight: true },
      ),
    ),
  ]
}

function vpnOf(today: Today): LogLine[] {
  const { world, person, random, comesMs, leavesMs, seenFrom } = today
  const { estate, organisation } = world
  const session = random.between(100, 90_000)
  const given = `10.${organisation.net}.200.${random.between(10, 250)}`
  const vpn = { user: person.login, remote: seenFrom, given, session }
  const seconds = Math.round((leavesMs - comesMs) / SECOND_MS)
  const mistypes = random.chance(0.05 * (1 + world.noise)) ? random.between(1, 3) : 0
  return [
    ...Array.from({ length: mistypes }, (_, n) =>
      vpnFail(estate, comesMs - (mistypes - n) * 25 * SECOND_MS, vpn),
    ),
    ...(organisation.hasVpnByDirectory
      ? [
          signIn(estate, comesMs - 5 * SECOND_MS, {
            user: person.login,
            from: seenFrom,
            application: 'Remote access gateway',
            agent: person.vpnClient,
            isRight: true,
            hasSecondFactor: true,
          }),
        ]
      : []),
    vpnUp(estate, comesMs, vpn),
    vpnDown(estate, leavesMs, {
      ...vpn,
      seconds,
      sent: random.between(8, 60) * 1_000_000,
      received: random.between(60, 600) * 1_000_000,
    }),
    ...[0, 1].map((n) =>
      logon(estate, serverOf(estate, 'files'), comesMs + (3 + n * 90) * MINUTE_MS, {
        user: person.login,
        from: given,
        fromName: person.workstation,
        type: 3,
        isRight: true,
      }),
    ),
  ]
}

function programsOf(today: Today): LogLine[] {
  const { world, person, random } = today
  return Array.from({ length: random.between(3, 7) }, () => {
    const [program, command, parent] = random.pick(OFFICE_PROGRAMS)
    return started(world.estate, stationOf(world, person), between(today), {
      user: person.login,
      program,
      command,
      parent,
    })
  })
}

function filesOf(today: Today, most: number): LogLine[] {
  const { world, person, random } = today
  const at = serverOf(world.estate, person.team === 'records' ? 'records' : 'files')
  return Array.from({ length: random.between(1, most) }, () =>
    shareRead(world.estate, at, between(today), {
      user: person.login,
      from: person.address,
      share: person.team === 'records' ? 'registry' : person.team,
      file: `${person.team}\\file-${random.int(900)}.pdf`,
    }),
  )
}

function browsingOf(today: Today): LogLine[] {
  const { world, person, random, isHome } = today
  if (isHome) return []
  return Array.from({ length: random.between(4, 9) }, () => {
    const at = between(today)
    const name = random.pick(OUTSIDE_NAMES)
    return [
      zeekDns(world.estate, at - 30, { from: person.address, name }),
      traffic(world.estate, at, {
        from: person.address,
        to: outsideAddress(name),
        port: 443,
        fromInterface: 'vlan20-office',
        toInterface: 'wan1',
        action: 'close',
        seconds: random.between(1, 300),
        sent: random.between(900, 90_000),
        received: random.between(4000, 3_000_000),
      }),
    ]
  }).flat()
}
