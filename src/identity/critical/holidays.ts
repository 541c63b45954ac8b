// Days on which nobody is at the office, by province: rules from content, worked out for the years around a moment. Pure.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { VigieError, reasonOf, yamlValue } from '../../core/index.ts'
import { REGIONS } from '../../model/index.ts'
import type { Region } from '../../model/index.ts'

const Day = z.string().regex(/^\d\d-\d\d$/)
const HolidaySchema = z
  .strictObject({
    key: z.string(),
    date: Day.optional(),
    'monday-before': Day.optional(),
    /** Which Monday of which month. */
    nth: z.tuple([z.number().int().min(1).max(5), z.number().int().min(1).max(12)]).optional(),
    easter: z.number().int().optional(),
    in: z.array(z.enum(REGIONS)).min(1),
  })
  .refine(
    (one) =>
      [one.date, one['monday-before'], one.nth, one.easter].filter((rule) => rule !== undefined)
        .length === 1,
    'exactly one rule is expected',
  )
export type Holiday = z.infer<typeof HolidaySchema>

/** Throws CONTENT_INVALID. */
export function readHolidays(file: string): readonly Holiday[] {
  try {
    return z.array(HolidaySchema).parse(yamlValue(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}

const DAY_MS = 86_400_000

/** Days as `2026-12-25`, of the year of a moment and the next. */
export function closedDays(
  holidays: readonly Holiday[],
  region: Region,
  nowMs: number,
): readonly string[] {
  const year = new Date(nowMs).getUTCFullYear()
  const own = holidays.filter((holiday) => holiday.in.includes(region))
  return [year - 1, year, year + 1].flatMap((one) => own.map((holiday) => dayOf(holiday, one)))
}

function dayOf({ date, 'monday-before': before, nth, easter }: Holiday, year: number): string {
  if (date !== undefined) return `${year}-${date}`
  if (before !== undefined) {
    const last = Date.parse(`${year}-${before}T00:00:00Z`) - DAY_MS
    return dayText(last - ((new Date(last).getUTCDay() + 6) % 7) * DAY_MS)
  }
  if (nth !== undefined) {
    const first = Date.UTC(year, nth[1] - 1, 1)
    return dayText(first + (((8 - new Date(first).getUTCDay()) % 7) + (nth[0] - 1) * 7) * DAY_MS)
  }
  return dayText(easterOf(year) + (easter ?? 0) * DAY_MS)
}

/** Easter Sunday of the Gregorian calendar, by the method that Meeus names after an anonymous correspondent of Nature, 1876. */
function easterOf(year: number): number {
  const a = year % 19
  const century = Math.floor(year / 100)
  const rest = year % 100
  const g = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const h = (19 * a + century - Math.floor(century / 4) - g + 15) % 30
  const l = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - h - (rest % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  return Date.UTC(year, month - 1, ((h + l - 7 * m + 114) % 31) + 1)
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
