// A day of an organisation in which nothing happens: all the lines of people, machines and the world outside.

import type { Day } from '../country/calendar.ts'
import { worksOn } from '../country/people.ts'
import type { World } from '../country/world.ts'
import type { LogLine } from '../wire/record.ts'
import { administrationDay } from './administration.ts'
import { machinesDay } from './machines.ts'
import { outsideDay } from './outside.ts'
import { personDay } from './person-day.ts'

/** In no order. Lines of logs that are not collected are among them. */
export function ordinaryDay(world: World, day: Day): readonly LogLine[] {
  return [
    ...world.people
      .filter((person) => worksOn(person, day.number))
      .flatMap((person) => personDay(world, person, day)),
    ...administrationDay(world, day),
    ...machinesDay(world, day),
    ...outsideDay(world, day),
  ]
}
