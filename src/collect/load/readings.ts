// Which statements read a batch: one for each parser that has lines in it, without shortcuts that do not pay.

import type { Parser } from '../parsers/parser-content.ts'

/** Lines that one parser, by its place from 1, was found for. */
export type RouteLines = {
  readonly route: number
  readonly lines: number
  readonly low: number
  readonly high: number
}

/** Lines that one statement reads: by the parser of `route`, and found for any of `routes`. */
export type Reading = RouteLines & { readonly routes: readonly number[] }

/** FortiGate's saves 3 microseconds a line, and one more statement takes 70 milliseconds to plan (docs/decisions/0031). */
export const SHORTCUT_LINES = 20_000

/** A shortcut leaves its lines, where they are few, to the form it stands for if that is asked in any case. */
export function readingsOf(
  parsers: readonly Pick<Parser, 'name' | 'form' | 'shortcutOf'>[],
  routes: readonly RouteLines[],
): readonly Reading[] {
  const met = new Set(routes.map(({ route }) => route))
  const readBy = ({ route, lines }: RouteLines): number => {
    const parser = parsers[route - 1]
    if (parser?.shortcutOf === undefined || lines >= SHORTCUT_LINES) return route
    const { name, shortcutOf } = parser
    const whole = parsers.findIndex((other) => other.name === name && other.form === shortcutOf) + 1
    return met.has(whole) ? whole : route
  }
  return [...Map.groupBy(routes, readBy)].map(([route, some]) => ({
    route,
    routes: some.map((one) => one.route),
    lines: some.reduce((sum, { lines }) => sum + lines, 0),
    low: Math.min(...some.map(({ low }) => low)),
    high: Math.max(...some.map(({ high }) => high)),
  }))
}
