// The Internet's background: scans, guesses at passwords, visitors of the web site. It never stops and means nothing.

import { anyAddress } from '../country/address-plan.ts'
import { atHour } from '../country/calendar.ts'
import type { Day } from '../country/calendar.ts'
import type { World } from '../country/world.ts'
import { randomOf } from '../random.ts'
import type { Random } from '../random.ts'
import { adminLogin, traffic, vpnFail } from '../wire/fortigate.ts'
import { routerLogin, visited } from '../wire/network.ts'
import type { LogLine } from '../wire/record.ts'

export function outsideDay(world: World, day: Day): LogLine[] {
  const random = randomOf(world.seed, world.organisation.kind, 'outside', day.number)
  return [
    ...scans(world, day, random),
    ...guesses(world, day, random),
    ...visitors(world, day, random),
  ]
}

function scans({ estate, noise }: World, day: Day, random: Random): LogLine[] {
  return Array.from({ length: 60 + 60 * noise }, () =>
    traffic(estate, atHour(day, random.next() * 24), {
      from: anyAddress(random),
      to: estate.firewall.outside,
      port: random.pick([22, 23, 80, 443, 445, 3389, 8080, 8443, 5060, 6379]),
      fromInterface: 'wan1',
      toInterface: 'root',
      action: 'deny',
      seconds: 0,
      sent: 0,
      received: 0,
    }),
  )
}

/** Names that are guessed everywhere, from addresses that change. */
const GUESSED = ['admin', 'test', 'vpn', 'info', 'user', 'backup', 'scanner', 'support'] as const

function guesses({ estate, noise }: World, day: Day, random: Random): LogLine[] {
  const lines: LogLine[] = []
  for (let n = 0; n < 4 + 6 * noise; n += 1) {
    const from = anyAddress(random)
    const begins = atHour(day, random.next() * 23)
    for (let m = 0; m < random.between(1, 5); m += 1)
      lines.push(
        vpnFail(estate, begins + m * random.between(20, 400) * 1000, {
          user: random.pick(GUESSED),
          remote: from,
        }),
      )
  }
  for (let n = 0; n < 1 + noise; n += 1) {
    const from = anyAddress(random)
    lines.push(
      adminLogin(estate, atHour(day, random.next() * 24), { user: 'admin', from, isRight: false }),
      routerLogin(estate, atHour(day, random.next() * 24), { user: 'root', from, isRight: false }),
    )
  }
  return lines
}

const PAGES = ['/', '/permits', '/taxes', '/contact', '/news', '/jobs', '/style.css'] as const
const PROBES = ['/wp-login.php', '/.env', '/.git/config', '/admin', '/owa/'] as const
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (compatible; IndexBot/2.1; +https://index.example/bot)',
] as const

function visitors({ estate, noise }: World, day: Day, random: Random): LogLine[] {
  return Array.from({ length: 70 + 30 * noise }, () => {
    const isProbe = random.chance(0.1 + 0.05 * noise)
    return visited(estate, atHour(day, random.next() * 24), {
      from: anyAddress(random),
      method: 'GET',
      path: isProbe ? random.pick(PROBES) : random.pick(PAGES),
      status: isProbe ? 404 : 200,
      bytes: isProbe ? 196 : random.between(900, 90_000),
      agent: random.pick(AGENTS),
    })
  })
}
