// Branded ids. A time-ordered id sorts by the moment it was made, so listings and partitions stay in order.

import { createHash, randomBytes } from 'node:crypto'

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

/** A UUID of version 5 (RFC 9562 section 5.5): the same name in the same space, itself a UUID, has the same id everywhere. */
export function nameBasedUuid(space: string, name: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(space.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
}
