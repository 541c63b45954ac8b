// In: lists of indicators, batches of rows, stored events. Out: findings, sightings counted by indicator, alerts.
// Values are normalised once; the engine compares them with what rows show.
// Never: judges a row in JavaScript, or drops an entry of a list without a reason.

export { openIndicators } from './indicators.ts'
export type { IndicatorOptions, Indicators } from './indicators.ts'
export { openSearches } from './searches.ts'
export type { Searches } from './searches.ts'
export { outsideLogins } from './outside-logins.ts'
export { valueSeen, valuesSince } from './values-since.ts'
export { valuesOfIndicator } from './by-reference.ts'
export type { ValueState } from './by-reference.ts'
export { patternOfValue } from './stix-of-value.ts'
export { readValues } from './read-values.ts'
export type { ReadValues } from './read-values.ts'
