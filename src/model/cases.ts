// Cases as people and the API see them: what happened, what is done about it, what is kept as proof, what is reported.

import { z } from 'zod'
import { AlertSchema, AssessmentSchema, SeveritySchema } from './records.ts'

const Instant = z.iso.datetime()
const Line = (most: number) => z.string().trim().min(1).max(most)
const Words = (most: number) => z.string().trim().max(most)

/** `contained`: it cannot spread or go on, and is not over. */
export const CASE_STATES = ['open', 'contained', 'closed'] as const
export const CaseStateSchema = z.enum(CASE_STATES)
export type CaseState = z.infer<typeof CaseStateSchema>

/** TLP 2.0: who may see it. */
export const CASE_MARKINGS = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const
export const CaseMarkingSchema = z.enum(CASE_MARKINGS)
export type CaseMarking = z.infer<typeof CaseMarkingSchema>

export const CaseSchema = z.object({
  /** Counts up from 1 in each station. */
  number: z.number().int(),
  title: z.string(),
  severity: SeveritySchema,
  state: CaseStateSchema,
  marking: CaseMarkingSchema,
  /** Who leads it; '' while nobody does. */
  lead: z.string(),
  summary: z.string(),
  /** When it began, as far as known. */
  occurred: Instant.nullable(),
  /** When it was found: the first alert of it, or what people say. */
  detected: Instant.nullable(),
  opened: Instant,
  openedBy: z.string(),
  contained: Instant.nullable(),
  closed: Instant.nullable(),
  assessment: AssessmentSchema.nullable(),
  /** What it turned out to be, in words; '' until it is closed. */
  conclusion: z.string(),
  /** The case that it became part of; null for one of its own. */
  mergedInto: z.number().int().nullable(),
  alerts: z.number().int(),
  openTasks: z.number().int(),
  /** Of the open ones: past their time. */
  lateTasks: z.number().int(),
})
export type Case = z.infer<typeof CaseSchema>
export const CasesSchema = z.object({ asOf: Instant, cases: z.array(CaseSchema) })
export type Cases = z.infer<typeof CasesSchema>

export const CaseAskSchema = z.strictObject({
  title: Line(200),
  severity: SeveritySchema.default('medium'),
  marking: CaseMarkingSchema.default('amber'),
  lead: Words(200).default(''),
  summary: Words(10_000).default(''),
  /** Alerts that belong to it. */
  alerts: z.array(z.string().max(200)).max(200).default([]),
})
export type CaseAsk = z.infer<typeof CaseAskSchema>

/** What is absent stays as it is. To close takes an assessment and a conclusion. */
export const CaseChangeSchema = z.strictObject({
  title: Line(200).optional(),
  severity: SeveritySchema.optional(),
  marking: CaseMarkingSchema.optional(),
  lead: Words(200).optional(),
  summary: Words(10_000).optional(),
  occurred: Instant.nullable().optional(),
  detected: Instant.nullable().optional(),
  state: CaseStateSchema.optional(),
  assessment: AssessmentSchema.optional(),
  conclusion: Line(10_000).optional(),
})
export type CaseChange = z.infer<typeof CaseChangeSchema>

/** `seen`: of the intruder. `done`, `decided`, `told`: by those who respond. */
export const ENTRY_KINDS = ['seen', 'done', 'decided', 'told', 'note'] as const
export const EntryKindSchema = z.enum(ENTRY_KINDS)
export type EntryKind = z.infer<typeof EntryKindSchema>

/** Written once: what was wrong is set right by another entry. */
export const CaseEntrySchema = z.object({
  id: z.string(),
  kind: EntryKindSchema,
  /** When it happened. */
  at: Instant,
  text: z.string(),
  /** When it was written down. */
  recorded: Instant,
  by: z.string(),
})
export type CaseEntry = z.infer<typeof CaseEntrySchema>

export const CaseEntryAskSchema = z.strictObject({
  kind: EntryKindSchema.default('note'),
  /** Absent: now. */
  at: Instant.optional(),
  text: Line(10_000),
})
export type CaseEntryAsk = z.infer<typeof CaseEntryAskSchema>

export const CaseTaskSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** How it is done; '' where the title says it. */
  how: z.string(),
  /** The playbook it comes from; null for a person's own. */
  playbook: z.string().nullable(),
  owner: z.string(),
  due: Instant.nullable(),
  isLate: z.boolean(),
  done: Instant.nullable(),
  doneBy: z.string(),
  result: z.string(),
})
export type CaseTask = z.infer<typeof CaseTaskSchema>

export const CaseTaskAskSchema = z.strictObject({
  title: Line(300),
  how: Words(4000).default(''),
  owner: Words(200).default(''),
  due: Instant.nullable().default(null),
})
export type CaseTaskAsk = z.infer<typeof CaseTaskAskSchema>

export const CaseTaskChangeSchema = z.strictObject({
  owner: Words(200).optional(),
  due: Instant.nullable().optional(),
  isDone: z.boolean().optional(),
  result: Words(4000).optional(),
})
export type CaseTaskChange = z.infer<typeof CaseTaskChangeSchema>

export const CaseFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  /** Where it comes from, and how it was taken. */
  origin: z.string(),
  collected: Instant.nullable(),
  collectedBy: z.string(),
  taken: Instant,
  takenBy: z.string(),
})
export type CaseFile = z.infer<typeof CaseFileSchema>

export const CaseFileAskSchema = z.strictObject({
  name: Line(200),
  origin: Words(2000).default(''),
  collected: Instant.optional(),
  collectedBy: Words(200).default(''),
})
export type CaseFileAsk = z.infer<typeof CaseFileAskSchema>

export const CASE_ACTS = [
  'opened',
  'changed',
  'alert_added',
  'entry_written',
  'task_added',
  'task_changed',
  'playbook_started',
  'file_taken',
  'file_read',
  'report_stated',
  'report_approved',
  'report_sent',
  'report_sealed',
  'role_given',
  'role_taken',
  'merged',
  'unmerged',
] as const
export const CaseActKindSchema = z.enum(CASE_ACTS)
export type CaseActKind = z.infer<typeof CaseActKindSchema>

/** Who did what, and when. Each act carries the digest of all before it: none can be taken out or changed unseen. */
export const CaseActSchema = z.object({
  number: z.number().int(),
  at: Instant,
  who: z.string(),
  act: CaseActKindSchema,
  what: z.record(z.string(), z.string()),
  /** SHA-256 over the digest of the act before and this act as canonical JSON. */
  digest: z.string(),
})
export type CaseAct = z.infer<typeof CaseActSchema>

/** `lead`: gives roles. `decide`: approves reports. All three see the case. */
export const CASE_ROLES = ['lead', 'decide', 'see'] as const
export const CaseRoleAskSchema = z.strictObject({
  /** An account's name. */
  person: Line(200),
  role: z.enum(CASE_ROLES),
  isGiven: z.boolean().default(true),
})
export type CaseRoleAsk = z.infer<typeof CaseRoleAskSchema>
export const CasePersonSchema = z.object({
  person: z.string(),
  role: z.enum(CASE_ROLES),
  made: Instant,
  by: z.string(),
})
export type CasePerson = z.infer<typeof CasePersonSchema>

export const CaseMergeSchema = z.object({
  id: z.string(),
  merged: z.number().int(),
  into: z.number().int(),
  title: z.string(),
  made: Instant,
  by: z.string(),
})
export type CaseMerge = z.infer<typeof CaseMergeSchema>
export const CaseMergeAskSchema = z.strictObject({ into: z.number().int().min(1) })

export const CaseDetailSchema = z.object({
  asOf: Instant,
  case: CaseSchema,
  alerts: z.array(AlertSchema),
  entries: z.array(CaseEntrySchema),
  tasks: z.array(CaseTaskSchema),
  files: z.array(CaseFileSchema),
  acts: z.array(CaseActSchema),
  /** Who has which role; while nobody is named, everybody who is signed in sees it. */
  people: z.array(CasePersonSchema),
  /** Cases that became part of it, or the one that it became part of. */
  merges: z.array(CaseMergeSchema),
})
export type CaseDetail = z.infer<typeof CaseDetailSchema>

export const CASE_FLAWS = [
  'act_changed',
  'act_missing',
  'entry_changed',
  'entry_missing',
  'file_changed',
  'file_missing',
] as const
export const CaseProofSchema = z.object({
  asOf: Instant,
  acts: z.number().int(),
  /** Acts whose digest stands in the log of evidence too. */
  witnessed: z.number().int(),
  files: z.number().int(),
  bytes: z.number().int(),
  /** Digest of the last act: who writes it down can prove later, without the log, that nothing before it was changed. */
  head: z.string(),
  flaws: z.array(z.object({ kind: z.enum(CASE_FLAWS), what: z.string() })),
})
export type CaseProof = z.infer<typeof CaseProofSchema>

const BilingualSchema = z.object({ en: z.string(), fr: z.string() })
export const PlaybookSchema = z.object({
  id: z.string(),
  /** `cacao`: taken in from others. */
  source: z.enum(['content', 'cacao']),
  title: BilingualSchema,
  when: BilingualSchema,
  steps: z.array(
    z.object({
      id: z.string(),
      title: BilingualSchema,
      how: BilingualSchema,
      /** Hours from the start of the playbook; null where it sets no time. */
      within: z.number().int().nullable(),
    }),
  ),
})
export type Playbook = z.infer<typeof PlaybookSchema>
export const PlaybooksSchema = z.object({ playbooks: z.array(PlaybookSchema) })
export const PlaybookAskSchema = z.strictObject({
  playbook: Line(100),
  language: z.enum(['en', 'fr']).optional(),
})
export type PlaybookAsk = z.infer<typeof PlaybookAskSchema>
