// A time as a form has it.

/** `2026-11-23T14:05` in the zone that times are shown in; what is none goes as it is, and the station says so. */
export function localInstant(text: string, clock: 'local' | 'utc'): string {
  const at = new Date(clock === 'utc' ? `${text}Z` : text)
  return Number.isNaN(at.getTime()) ? text : at.toISOString()
}
