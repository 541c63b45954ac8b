// What people did on devices, as the devices' own logs tell it, and how it is joined to what changed in their configurations.

import { z } from 'zod'

const Instant = z.iso.datetime()

/** `commit`: a configuration was ended or made valid; which commands it held is not said. */
export const ACT_KINDS = ['login', 'command', 'commit'] as const
export const DeviceActSchema = z.object({
  at: Instant,
  kind: z.enum(ACT_KINDS),
  /** Account, as the device writes it; '' where it says none. */
  who: z.string(),
  /** Address; '' for a console, or where the device says none. */
  from: z.string(),
  /** Command, its secrets replaced; '' of a login. */
  text: z.string(),
  /** Where the line stands. */
  batch: z.string(),
  line: z.number().int(),
})
export type DeviceAct = z.infer<typeof DeviceActSchema>

/** One account from one address. */
export const ActorSchema = z.object({
  who: z.string(),
  from: z.string(),
  logins: z.number().int(),
  /** With ends of configuration. */
  commands: z.number().int(),
  first: Instant,
  last: Instant,
})
export type Actor = z.infer<typeof ActorSchema>

/**
 * `pending`: not looked yet. `found`: acts stand in the time of the change. `none`: the logs came all the time, and hold no act.
 * The rest is not assessable. `silent`: no line of the device came in that time; `gap`: its lines stopped for longer than they
 * do; `untold`: its lines come and never tell of logins or commands.
 */
export const TRACE_STATES = ['pending', 'found', 'none', 'silent', 'gap', 'untold'] as const
export type TraceState = (typeof TRACE_STATES)[number]

export const ChangeTraceSchema = z.object({
  state: z.enum(TRACE_STATES),
  looked: Instant.nullable(),
  /** Of `gap`: when no line came. */
  gap: z.object({ from: Instant, to: Instant }).nullable(),
  actors: z.array(ActorSchema),
  /** The first 300 in their order. */
  acts: z.array(DeviceActSchema),
  actCount: z.number().int(),
})
export type ChangeTrace = z.infer<typeof ChangeTraceSchema>

export const ActsAskSchema = z.strictObject({
  days: z.coerce.number().int().min(1).max(90).default(7),
})
export const DeviceActsSchema = z.object({
  asOf: Instant,
  actors: z.array(ActorSchema),
  acts: z.array(DeviceActSchema),
  actCount: z.number().int(),
})
export type DeviceActs = z.infer<typeof DeviceActsSchema>
