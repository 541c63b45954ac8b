// Days of a form and the instants of the station, in UTC as the station's own days are.

/** `2026-11-23` → the end of that day; undefined where nothing was chosen. */
export function endOfDay(day: string): string | undefined {
  return day === '' ? undefined : `${day}T23:59:59.000Z`
}

/** The day of an instant, for a date box or a narrow column. */
export function dayOf(instant: string | null): string {
  return instant === null ? '' : instant.slice(0, 10)
}
