// How members of a hub stand to the goals, told by consent and shown as sums: no member by name, no figure over too few.

import { z } from 'zod'
import { GOAL_STATES } from './readiness.ts'
import type { GoalState } from './readiness.ts'
import { PeerNameSchema } from './sharing.ts'

const MOST_GOALS = 100

/** How many members are in each state; null where they are too few to be shown, or would give away those that are. */
export type StateCounts = Readonly<Record<GoalState, number | null>>
const StateCountsSchema = z.record(z.enum(GOAL_STATES), z.number().int().nonnegative().nullable())

const GoalKey = z.string().regex(/^[a-z0-9-]{1,60}$/)
/** What a hub tells its own hub of its members: the sums that it shows, with what it hides left out. */
export const PassedSumsSchema = z.strictObject({
  members: z.number().int().positive().max(1_000_000),
  goals: z
    .array(z.strictObject({ key: GoalKey, counts: StateCountsSchema }))
    .max(MOST_GOALS)
    .refine((goals) => new Set(goals.map(({ key }) => key)).size === goals.length, {
      error: 'a goal stands twice',
    }),
})
export type PassedSums = z.infer<typeof PassedSumsSchema>

/**
 * What a member tells: the state of each goal, and no proof, name, owner or date. A member that is a hub adds the sums over its own
 * members. No goal at all takes all of it back.
 */
export const RollUpSchema = z.strictObject({
  goals: z
    .array(
      z.strictObject({
        key: GoalKey,
        state: z.enum(GOAL_STATES),
      }),
    )
    .max(MOST_GOALS)
    .refine((goals) => new Set(goals.map(({ key }) => key)).size === goals.length, {
      error: 'a goal stands twice',
    }),
  sums: PassedSumsSchema.optional(),
})
export type RollUp = z.infer<typeof RollUpSchema>

export const RollUpsSchema = z.object({
  /** Fewer are not shown. */
  floor: z.number().int(),
  /** Members that tell; null below the floor. */
  members: z.number().int().nullable(),
  goals: z.array(
    z.object({
      key: z.string(),
      title: z.object({ en: z.string(), fr: z.string() }),
      counts: StateCountsSchema,
    }),
  ),
})
export type RollUps = z.infer<typeof RollUpsSchema>

export const RollUpStateSchema = z.object({
  asOf: z.iso.datetime(),
  /** Hubs that this station may tell. */
  hubs: z.array(
    z.object({
      peer: z.string(),
      isOn: z.boolean(),
      by: z.string().nullable(),
      /** When it was told last; null where the hub holds nothing. */
      told: z.iso.datetime().nullable(),
    }),
  ),
  /** What members told this hub; null for a station that is none. */
  members: RollUpsSchema.nullable(),
})
export type RollUpState = z.infer<typeof RollUpStateSchema>

export const RollUpSwitchSchema = z.strictObject({
  peer: PeerNameSchema,
  isOn: z.boolean(),
  /** The person who decided; whoever is signed in where nobody is named. */
  by: z.string().trim().min(1).max(200).optional(),
})
export type RollUpSwitch = z.infer<typeof RollUpSwitchSchema>
