// What machines do without anybody: services, backups, updates, patch nights, and the control network's steady talk.

import { HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import { atHour } from '../country/calendar.ts'
import type { Day } from '../country/calendar.ts'
import { serverOf } from '../country/estate.ts'
import type { World } from '../country/world.ts'
import { randomOf } from '../random.ts'
import { traffic } from '../wire/fortigate.ts'
import { zeekConn, zeekModbus } from '../wire/network.ts'
import type { LogLine } from '../wire/record.ts'
import { logon, serviceInstalled, started } from '../wire/windows.ts'
import { MACHINE_PROGRAMS } from './habits.ts'
import { outsideAddress } from './outside-names.ts'

export function machinesDay(world: World, day: Day): LogLine[] {
  return [
    ...servicesOf(world, day),
    ...backupOf(world, day),
    ...updatesOf(world, day),
    ...(day.isPatchNight ? patchNight(world, day) : []),
    ...controlNetwork(world, day),
  ]
}

function servicesOf({ seed, estate, organisation }: World, day: Day): LogLine[] {
  const random = randomOf(seed, organisation.kind, 'services', day.number)
  return estate.servers.flatMap((server) =>
    [1, 5, 9, 13, 17, 21].map((hour) => {
      const [program, command, parent] = random.pick(MACHINE_PROGRAMS)
      return started(estate, server, atHour(day, hour + random.next()), {
        user: `${server.name.split('.')[0]}$`,
        program,
        command,
        parent,
      })
    }),
  )
}

/** Every night, from server to server and then to the same place outside. */
function backupOf({ seed, estate, organisation }: World, day: Day): LogLine[] {
  const random = randomOf(seed, organisation.kind, 'backup', day.number)
  const backup = serverOf(estate, 'backup')
  return [
    ...estate.servers.map((server, at) =>
      logon(estate, server, atHour(day, 1) + at * 4 * MINUTE_MS, {
        user: 'svc-backup',
        from: backup.address,
        fromName: backup.name,
        type: 3,
        isRight: true,
      }),
    ),
    traffic(estate, atHour(day, 2.5 + random.next()), {
      from: backup.address,
      to: outsideAddress('vault.backup.example'),
      port: 443,
      fromInterface: 'vlan10-servers',
      toInterface: 'wan1',
      action: 'close',
      seconds: 4000,
      sent: random.between(2000, 3000) * 1_000_000,
      received: 40_000_000,
    }),
  ]
}

/** Servers ask for updates at even intervals: what a beacon looks like, and everybody has it. */
function updatesOf({ seed, estate, organisation }: World, day: Day): LogLine[] {
  const random = randomOf(seed, organisation.kind, 'updates', day.number)
  return estate.servers.flatMap((server) =>
    Array.from({ length: 8 }, (_, n) =>
      traffic(estate, atHour(day, n * 3 + 0.2) + random.int(90_000), {
        from: server.address,
        to: outsideAddress('updates.vendor.example'),
        port: 443,
        fromInterface: 'vlan10-servers',
        toInterface: 'wan1',
        action: 'close',
        seconds: random.between(1, 20),
        sent: random.between(3000, 5000),
        received: random.between(9000, 900_000),
      }),
    ),
  )
}

function patchNight({ estate }: World, day: Day): LogLine[] {
  return estate.servers.flatMap((server, at) => {
    const begins = atHour(day, 22) + at * 9 * MINUTE_MS
    return [
      started(estate, server, begins, {
        user: 'svc-patch',
        program: 'C:\\Windows\\System32\\wusa.exe',
        command: 'wusa.exe C:\\Patches\\update.msu /quiet /norestart',
        parent: 'C:\\Windows\\System32\\cmd.exe',
      }),
      serviceInstalled(server, begins + 3 * MINUTE_MS, {
        name: 'Update Orchestrator Helper',
        path: 'C:\\Windows\\System32\\svchost.exe -k netsvcs -p',
      }),
    ]
  })
}

/** Operators' stations read the controllers all day; twice a day somebody sets a value. */
function controlNetwork({ seed, estate, organisation }: World, day: Day): LogLine[] {
  const random = randomOf(seed, organisation.kind, 'control', day.number)
  const [operator] = estate.control
  if (operator === undefined) return []
  const controllers = estate.control.filter(({ role }) => role === 'controller')
  return controllers.flatMap((controller) => [
    ...Array.from({ length: 24 }, (_, hour) => {
      const at = atHour(day, hour) + random.int(HOUR_MS)
      const ends = { from: operator.address, to: controller.address }
      return [
        zeekModbus(estate, at, { ...ends, func: 'READ_HOLDING_REGISTERS' }),
        zeekConn(estate, at, {
          ...ends,
          port: 502,
          service: 'modbus',
          seconds: 1,
          sent: 240,
          received: 600,
          isAnswered: true,
        }),
      ]
    }).flat(),
    ...[8.5, 16.2].map((hour) =>
      zeekModbus(estate, atHour(day, hour + random.next()), {
        from: operator.address,
        to: controller.address,
        func: 'WRITE_SINGLE_REGISTER',
      }),
    ),
  ])
}
