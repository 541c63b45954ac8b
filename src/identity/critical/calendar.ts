// The station's office hours: what a person set, else those of the zone it runs in.

import { sql } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { OfficeHours } from '../../model/index.ts'
import { OfficeHoursSchema } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { OFFICE_HOURS } from './clocks.ts'
import type { Calendar } from './clocks.ts'
import { closedDays } from './holidays.ts'
import type { Holiday } from './holidays.ts'

const DEFAULT: OfficeHours = {
  zone: OFFICE_HOURS.zone,
  region: 'ON',
  from: '08:00',
  to: '16:00',
  days: [...OFFICE_HOURS.days],
  closed: [],
}

export async function readOfficeHours(records: Records): Promise<OfficeHours> {
  const { rows } = await sql<{
    content: unknown
  }>`SELECT content FROM office_hours ORDER BY id DESC LIMIT 1`.execute(records)
  return OfficeHoursSchema.catch(DEFAULT).parse(rows[0]?.content ?? DEFAULT)
}

/** Every version is kept. Clocks that run keep what they were started with. Throws BAD_REQUEST for a zone that is none, or no hours. */
export async function saveOfficeHours(
  records: Records,
  hours: OfficeHours,
  by: { readonly who: string; readonly nowMs: number },
): Promise<void> {
  if (!isZone(hours.zone))
    throw new VigieError('BAD_REQUEST', {
      met: hours.zone,
      expected: 'a time zone such as America/Toronto',
    })
  if (minutes(hours.from) >= minutes(hours.to))
    throw new VigieError('BAD_REQUEST', {
      met: `${hours.from} – ${hours.to}`,
      expected: 'an opening before the closing of the same day',
    })
  await sql`INSERT INTO office_hours (content, made, made_by) VALUES (${JSON.stringify(hours)}::jsonb, ${new Date(by.nowMs)}, ${by.who})`.execute(
    records,
  )
}

export function calendarOf(
  { zone, region, from, to, days, closed }: OfficeHours,
  holidays: readonly Holiday[],
  nowMs: number,
): Calendar {
  return {
    zone,
    from: minutes(from),
    to: minutes(to),
    days,
    closed: [...closed, ...closedDays(holidays, region, nowMs)],
  }
}

function minutes(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':')
  return Number(hour) * 60 + Number(minute)
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format(0)
    return true
  } catch {
    return false
  }
}
