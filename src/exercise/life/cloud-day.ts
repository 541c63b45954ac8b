// What one person's day leaves in the cloud's logs.

import { MINUTE_MS } from '../../core/index.ts'
import { addressIn, networksOf } from '../country/address-plan.ts'
import { atHour } from '../country/calendar.ts'
import type { Day } from '../country/calendar.ts'
import type { Person } from '../country/people.ts'
import type { World } from '../country/world.ts'
import type { Random } from '../random.ts'
import { audited, signIn } from '../wire/cloud.ts'
import type { LogLine } from '../wire/record.ts'
import { between } from './today.ts'
import type { Today } from './today.ts'

export function cloudOf(today: Today): LogLine[] {
  const { world, person, random, comesMs, seenFrom } = today
  const isForgotten = random.chance(0.04)
  const shared = { user: person.login, from: seenFrom, agent: person.browser }
  return [
    ...(isForgotten
      ? [
          signIn(world.estate, comesMs + MINUTE_MS, {
            ...shared,
            application: 'Office 365 Exchange Online',
            isRight: false,
            hasSecondFactor: false,
          }),
        ]
      : []),
    signIn(world.estate, comesMs + 2 * MINUTE_MS, {
      ...shared,
      application: 'Office 365 Exchange Online',
      isRight: true,
      hasSecondFactor: !random.chance(0.2),
    }),
    ...Array.from({ length: random.between(1, 5) }, () =>
      audited(world.estate, between(today), {
        user: person.login,
        from: seenFrom,
        operation: random.pick([
          'FileAccessed',
          'FileAccessed',
          'MailItemsAccessed',
          'FileDownloaded',
        ]),
        object: `${person.team}-${random.int(300)}.docx`,
      }),
    ),
  ]
}

export function mailByPhone(world: World, person: Person, day: Day, random: Random): LogLine {
  const [mobile] = networksOf('mobile', world.organisation.region)
  const from =
    random.chance(0.5) || mobile === undefined ? person.homeAddress : addressIn(mobile, random)
  return signIn(world.estate, atHour(day, 18 + random.next() * 4), {
    user: person.login,
    from,
    application: 'Outlook Mobile',
    agent: person.phone,
    isRight: true,
    hasSecondFactor: true,
  })
}
