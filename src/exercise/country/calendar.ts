// Days of the exercise: it begins on a Monday, and has weekends, holidays, paydays and patch nights.

import { DAY_MS, HOUR_MS } from '../../core/index.ts'

/** A Monday. Everything happens from here on. */
export const START_MS = Date.UTC(2026, 2, 2)
/** The country keeps one time all year. */
export const ZONE_HOURS = -6

/** Days on which offices are closed, counted from the start. */
const HOLIDAYS: ReadonlySet<number> = new Set([32, 35, 77, 121])

export type Day = {
  readonly number: number
  /** Midnight there, in UTC milliseconds. */
  readonly startMs: number
  readonly isWorkday: boolean
  /** Every second Thursday. */
  readonly isPayday: boolean
  /** The night after the second Tuesday of four weeks. */
  readonly isPatchNight: boolean
}

export function dayOf(number: number): Day {
  const weekday = number % 7
  return {
    number,
    startMs: START_MS + number * DAY_MS - ZONE_HOURS * HOUR_MS,
    isWorkday: weekday < 5 && !HOLIDAYS.has(number),
    isPayday: number % 14 === 10,
    isPatchNight: number % 28 === 8,
  }
}

/** The first workday at or after a day. */
export function workdayFrom(number: number): Day {
  const day = dayOf(number)
  return day.isWorkday ? day : workdayFrom(number + 1)
}

/** A moment of the day there, hours with fractions. */
export function atHour({ startMs }: Day, hour: number): number {
  return Math.round(startMs + hour * HOUR_MS)
}
