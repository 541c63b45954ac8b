// Witnesses as people, the API and peers see them: who signs a log beside its station, under which quorum, and what a witness saw.

import { z } from 'zod'
import { PeerNameSchema } from './sharing.ts'

const Instant = z.iso.datetime()
const Done = z.object({ by: z.string(), at: Instant }).nullable()
const Size = z.number().int().nonnegative()
/** A verifier key as C2SP signed-note writes it. */
export const NoteKeySchema = z.string().min(10).max(400)

/** Logs of one peer that a witness keeps in mind, and witnesses that a log keeps in mind. */
export const MOST_WITNESSED = 200
export const MOST_WITNESSES = 32
/** C2SP tlog-witness: an old size, at most 63 hashes, a checkpoint. */
export const MOST_ADD_CHECKPOINT = 64 * 1024

/** What a witness says against a log. */
export const LOG_FLAWS = ['smaller', 'different'] as const
export type LogFlaw = (typeof LOG_FLAWS)[number]

/** Why a witness does not sign. The sentence is made in `words`. */
export const WITNESS_PROBLEMS = ['larger', 'different', 'refused', 'bad signature'] as const
export type WitnessProblem = (typeof WITNESS_PROBLEMS)[number]

export const WitnessSchema = z.object({
  /** In the policy and in notes: the name of its key. */
  name: z.string(),
  key: z.string(),
  organisation: z.string(),
  /** Whom it is reached by; null for one that nobody named any more. */
  peer: z.string().nullable(),
  isHub: z.boolean(),
  isInQuorum: z.boolean(),
  /** Entries of the newest checkpoint that it signed, and when. */
  size: Size,
  signed: Instant.nullable(),
  asked: Instant.nullable(),
  problem: z
    .object({ code: z.enum(WITNESS_PROBLEMS), about: z.string(), since: Instant })
    .nullable(),
  /** Once it was compared with what its own people say; before, it does not count. */
  fingerprint: z.string().nullable(),
  confirmed: Done,
  removed: Done,
})
export type Witness = z.infer<typeof WitnessSchema>

export const WitnessedLogSchema = z.object({
  origin: z.string(),
  key: z.string(),
  organisation: z.string(),
  peer: z.string(),
  size: Size,
  signed: Instant.nullable(),
  flaw: z.object({ kind: z.enum(LOG_FLAWS), at: Instant, about: z.string() }).nullable(),
  /** This station signs it no more. */
  stopped: Done,
})
export type WitnessedLog = z.infer<typeof WitnessedLogSchema>

/** Whether enough witnesses signed, by the policy that is set or given; `none` without one. */
export const QUORUM_STATES = ['none', 'met', 'not met'] as const
export const QuorumSchema = z.object({
  /** C2SP tlog-policy; null while none is set. */
  policy: z.string().nullable(),
  setBy: z.string().nullable(),
  made: Instant.nullable(),
  state: z.enum(QUORUM_STATES),
  /** Since when the log has grown without it. */
  since: Instant.nullable(),
  /** Entries of the newest checkpoint that met it, and when the last signature that it needed was made. */
  size: Size.nullable(),
  met: Instant.nullable(),
})

export const WitnessingSchema = z.object({
  /** This station's own key as a witness. */
  key: z.string(),
  /** Of that key: what is read out to those whose logs are signed. */
  fingerprint: z.string(),
  /** Hubs with which it asks for signatures and gives its own. */
  hubs: z.array(z.object({ peer: z.string(), isOn: z.boolean(), by: z.string().nullable() })),
  quorum: QuorumSchema,
  witnesses: z.array(WitnessSchema),
  logs: z.array(WitnessedLogSchema),
})
export type Witnessing = z.infer<typeof WitnessingSchema>

export const WitnessSwitchSchema = z.object({
  peer: PeerNameSchema,
  isOn: z.boolean(),
  by: z.string().trim().min(1).max(200).optional(),
})
export type WitnessSwitch = z.infer<typeof WitnessSwitchSchema>

const By = z.string().trim().min(1).max(200).optional()
/** What a person heard from whoever holds the key: 32 hexadecimal digits, spaces as they come. */
export const WitnessConfirmSchema = z.object({
  fingerprint: z
    .string()
    .max(100)
    .regex(/^\s*(?:[0-9A-Fa-f][\s:-]*){32}$/),
  by: By,
})
export type WitnessConfirm = z.infer<typeof WitnessConfirmSchema>
export const WitnessRemoveSchema = z.object({ key: NoteKeySchema, by: By })
export type WitnessRemove = z.infer<typeof WitnessRemoveSchema>
export const LogStopSchema = z.object({
  origin: z.string().min(1).max(400),
  isStopped: z.boolean(),
  by: By,
})
export type LogStop = z.infer<typeof LogStopSchema>

export const MOST_POLICY = 64 * 1024
export const QuorumAskSchema = z.object({
  /** A whole tlog-policy, or else how many of the witnesses known now must sign. */
  policy: z.string().min(1).max(MOST_POLICY).optional(),
  least: z.number().int().min(1).max(MOST_WITNESSES).optional(),
  by: z.string().trim().min(1).max(200).optional(),
})
export type QuorumAsk = z.infer<typeof QuorumAskSchema>

/** An answer as tlog-witness gives it. */
export const WitnessAnswerSchema = z.object({
  status: z.number().int().min(100).max(599),
  body: z.string().max(MOST_ADD_CHECKPOINT),
})
export type WitnessAnswer = z.infer<typeof WitnessAnswerSchema>

/** What a member says to its hub about witnesses, and hears. */
export const WitnessExchangeSchema = z.object({
  log: NoteKeySchema,
  witness: NoteKeySchema,
  requests: z
    .array(z.object({ to: NoteKeySchema, body: z.string().max(MOST_ADD_CHECKPOINT) }))
    .max(MOST_WITNESSES),
  answers: z.array(WitnessAnswerSchema.extend({ log: NoteKeySchema })).max(MOST_WITNESSED),
})
export type WitnessExchange = z.infer<typeof WitnessExchangeSchema>
export const WitnessExchangedSchema = z.object({
  witnesses: z
    .array(
      z.object({
        key: NoteKeySchema,
        organisation: z.string().max(200),
        isHub: z.boolean(),
      }),
    )
    .max(MOST_WITNESSED),
  requests: z
    .array(
      z.object({
        log: NoteKeySchema,
        organisation: z.string().max(200),
        body: z.string().max(MOST_ADD_CHECKPOINT),
      }),
    )
    .max(MOST_WITNESSED),
  answers: z.array(WitnessAnswerSchema.extend({ witness: NoteKeySchema })).max(MOST_WITNESSES),
})
export type WitnessExchanged = z.infer<typeof WitnessExchangedSchema>
