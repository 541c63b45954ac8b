// Notices: what a hub tells whoever is hit or in danger, by which ways, and what they answer.

import { z } from 'zod'
import { RegistrationSchema } from './registrations.ts'

const Instant = z.iso.datetime()
const Line = z.string().trim().max(200)

export const NOTICE_CLASSES = ['compromise', 'targeted', 'vulnerable', 'information'] as const
export type NoticeClass = (typeof NOTICE_CLASSES)[number]
export const NOTICE_STATES = ['gathering', 'told', 'acknowledged', 'fixed', 'closed'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]
export const NOTICE_CHANNELS = ['console', 'email', 'webhook', 'phone', 'hub'] as const
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number]
/** What the one who was told says. */
export const NOTICE_ANSWERS = [
  'acknowledged',
  'confirmed',
  'fixed',
  'not ours',
  'false positive',
] as const
export type NoticeAnswer = (typeof NOTICE_ANSWERS)[number]

/** One thing seen in one place, however often. */
export const ObservationSchema = z.object({
  /** What it is, in the words of whoever saw it: a kind of report, a kind of program. */
  what: z.string().max(120),
  about: z.string().max(300),
  /** Port and protocol, or what else helps to find it. */
  detail: z.string().max(200),
  count: z.number().int().min(0),
  first: Instant,
  last: Instant,
  source: z.string().max(120),
})
export type Observation = z.infer<typeof ObservationSchema>

/** As a hub tells it to whom it is about: only what is theirs. */
export const NoticeSchema = z.object({
  id: z.string().max(60),
  class: z.enum(NOTICE_CLASSES),
  state: z.enum(NOTICE_STATES),
  made: Instant,
  /** When an answer is expected; null where none is. */
  answerBy: Instant.nullable(),
  observations: z.array(ObservationSchema).max(100),
  /** Beyond those that stand here. */
  more: z.number().int().min(0),
})
export type Notice = z.infer<typeof NoticeSchema>

export const NoticeDeliverySchema = z.object({
  id: z.string(),
  step: z.number().int(),
  channel: z.enum(NOTICE_CHANNELS),
  contact: z.string(),
  target: z.string(),
  state: z.enum(['waiting', 'sending', 'sent', 'failed', 'to call', 'called']),
  attempts: z.number().int(),
  made: Instant,
  sent: Instant.nullable(),
  problem: z.string().nullable(),
})
export type NoticeDelivery = z.infer<typeof NoticeDeliverySchema>

/** As the hub's operator sees it. */
export const HubNoticeSchema = NoticeSchema.extend({
  organisation: z.string(),
  organisationName: z.string(),
  step: z.number().int(),
  /** When the next step is taken; null when there is none. */
  next: Instant.nullable(),
  told: Instant.nullable(),
  acknowledged: Instant.nullable(),
  fixed: Instant.nullable(),
  /** Nobody left to tell, and no answer. */
  unanswered: z.boolean(),
  deliveries: z.array(NoticeDeliverySchema),
  log: z.array(z.object({ at: Instant, who: z.string(), act: z.string(), detail: z.string() })),
})
export type HubNotice = z.infer<typeof HubNoticeSchema>

export const UNPLACED_REASONS = [
  'nobody',
  'disputed',
  'unconfirmed',
  'expired',
  'no contact',
  'marking',
  'not theirs',
] as const
export type UnplacedReason = (typeof UNPLACED_REASONS)[number]
export const UnplacedSchema = ObservationSchema.extend({
  id: z.string(),
  class: z.enum(NOTICE_CLASSES),
  reason: z.enum(UNPLACED_REASONS),
  /** Who it might be about. */
  organisations: z.array(z.string()),
})
export type Unplaced = z.infer<typeof UnplacedSchema>

export const NoticeListSchema = z.object({
  asOf: Instant,
  isHub: z.boolean(),
  /** Ways out that are set up. */
  channels: z.object({
    email: z.boolean(),
    answerAddress: z.string().nullable(),
    /** What has to stand in DNS for signed mail; null where mail is not signed. */
    dkim: z.object({ name: z.string(), value: z.string() }).nullable(),
  }),
  notices: z.array(HubNoticeSchema),
  unplaced: z.array(UnplacedSchema),
  /** All of them, also those that are not listed. */
  unplacedTotal: z.number().int(),
})
export type NoticeList = z.infer<typeof NoticeListSchema>

export const NoticeAnswerAskSchema = z.object({
  answer: z.enum(NOTICE_ANSWERS),
  by: Line.optional(),
  comment: z.string().trim().max(1000).default(''),
})
export type NoticeAnswerAsk = z.infer<typeof NoticeAnswerAskSchema>
export const NoticeCallSchema = z.object({
  reached: z.boolean(),
  comment: z.string().trim().max(1000).default(''),
})

export const ToldNoticeSchema = NoticeSchema.extend({
  peer: z.string(),
  received: Instant,
  answers: z.array(
    z.object({
      answer: z.enum(NOTICE_ANSWERS),
      by: z.string(),
      at: Instant,
      comment: z.string(),
      sent: Instant.nullable(),
    }),
  ),
})
export type ToldNotice = z.infer<typeof ToldNoticeSchema>
export const ToldListSchema = z.object({ asOf: Instant, told: z.array(ToldNoticeSchema) })

export const ReportAskSchema = z.object({
  /** What kind of report it is: its file's name, or what people call it. */
  name: z.string().trim().min(1).max(120),
  /** For every line; absent = by the report's kind and severity. */
  class: z.enum(NOTICE_CLASSES).optional(),
})
export type ReportAsk = z.infer<typeof ReportAskSchema>
export const ReportTakenSchema = z.object({
  lines: z.number().int(),
  placed: z.number().int(),
  unplaced: z.number().int(),
  organisations: z.number().int(),
  /** The same file came before: nothing was counted again. */
  known: z.boolean(),
  refused: z.array(z.object({ line: z.number().int(), reason: z.string() })),
  refusedTotal: z.number().int(),
})
export type ReportTaken = z.infer<typeof ReportTakenSchema>

export const NoticeEffectSchema = z.object({
  asOf: Instant,
  classes: z.array(
    z.object({
      class: z.enum(NOTICE_CLASSES),
      made: z.number().int(),
      told: z.number().int(),
      acknowledged: z.number().int(),
      fixed: z.number().int(),
      unanswered: z.number().int(),
      /** Medians; null while there is none. */
      minutesToAnswer: z.number().nullable(),
      minutesToFix: z.number().nullable(),
      /** Answers before the clock of the first step ran out. */
      inTime: z.number().int(),
    }),
  ),
  /** By the way that was used last before the answer. */
  channels: z.array(
    z.object({
      channel: z.enum(NOTICE_CHANNELS),
      told: z.number().int(),
      answered: z.number().int(),
    }),
  ),
})
export type NoticeEffect = z.infer<typeof NoticeEffectSchema>

/** What a member says to its hub, and hears, in one question. */
export const NoticeExchangeSchema = z.object({
  /** Digest of what was heard last. */
  known: z.string().max(100),
  answers: z
    .array(
      z.object({
        seq: z.number().int().min(1),
        notice: z.string().max(60),
        answer: z.enum(NOTICE_ANSWERS),
        by: z.string().max(200),
        at: Instant,
        comment: z.string().max(1000),
      }),
    )
    .max(200),
})
export const NoticeExchangedSchema = z.object({
  digest: z.string().max(100),
  /** Absent when nothing changed since `known`. */
  notices: z.array(NoticeSchema).max(500).optional(),
  taken: z.array(z.number().int()).max(200),
  refused: z.array(z.object({ seq: z.number().int(), reason: z.string().max(300) })).max(200),
})
/** A notice that a hub passes on to its own hub, because nobody answers. */
export const NoticeUpSchema = z.object({
  notice: NoticeSchema,
  organisation: RegistrationSchema.pick({ name: true, sector: true, region: true, contacts: true }),
})
