// Branded ids. A time-ordered id sorts by the moment it was made, so listings and partitions stay in order.

import { randomBytes } from 'node:crypto'

declare const brand: unique symbol
export type Id<Kind extends string> = string & { readonly [brand]: Kind }

export type BatchId = Id<'batch'>
export type AlertId = Id<'alert'>

/** `20261123T061208123-9f2c41ab`: UTC milliseconds, then 32 random bits. Safe in file names and SQL tokens. */
export function timeOrderedId<Kind extends string>(nowMs: number): Id<Kind> {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:.Z]/g, '')
  return `${stamp}-${randomBytes(4).toString('hex')}` as Id<Kind>
}

/** The moment in a time-ordered id; 1970 for what is none. */
export function timeOfId(id: string): Date {
  const [, date, hour, minute, second, ms] = /^(\d{8})T(\d\d)(\d\d)(\d\d)(\d{3})/.exec(id) ?? []
  if (date === undefined) return new Date(0)
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
  return new Date(`${day}T${hour}:${minute}:${second}.${ms}Z`)
}
