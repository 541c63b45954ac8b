// What an audit says of a device: what it is, how much of it was understood, what changed, what was found. No secret is
// in it: texts were redacted before they came here.

import { z } from 'zod'
import { SeveritySchema } from './records.ts'

const Both = z.object({ en: z.string(), fr: z.string() })

/** Lines of one of the two versions. */
export const AuditPlaceSchema = z.object({
  side: z.enum(['before', 'after']),
  first: z.number().int(),
  last: z.number().int(),
  /** The blocks it stands in, outermost first. */
  stanza: z.array(z.string()),
  /** The statement with everything it stands in. */
  path: z.string(),
  /** Whom or what it is about: an account, an address. */
  what: z.string(),
})
export type AuditPlace = z.infer<typeof AuditPlaceSchema>

export const CHECK_KINDS = ['change', 'state', 'evidence'] as const
export const AuditFindingSchema = z.object({
  check: z.string(),
  kind: z.enum(CHECK_KINDS),
  severity: SeveritySchema,
  /** The intruder's step it would be; null where it is none of those that make an incident. */
  step: z.string().nullable(),
  title: Both,
  why: Both,
  do: z.object({ en: z.array(z.string()), fr: z.array(z.string()) }),
  falsePositives: Both,
  attack: z.array(z.string()),
  references: z.array(z.string()),
  places: z.array(AuditPlaceSchema),
  /** All of them: `places` holds the first. */
  count: z.number().int(),
})
export type AuditFinding = z.infer<typeof AuditFindingSchema>

const PieceSchema = z.object({ text: z.string(), first: z.number().int(), last: z.number().int() })

export const AuditChangeSchema = z.object({
  kind: z.enum(['added', 'removed', 'changed', 'moved', 'renumbered']),
  stanza: z.array(z.string()),
  before: PieceSchema.nullable(),
  after: PieceSchema.nullable(),
})
export type AuditChange = z.infer<typeof AuditChangeSchema>

/**
 * `half`: blocks that the text never ends. `shrunk`: more than a tenth is gone. `cut`: the closing line is gone.
 * `other_make`: not the make it was.
 */
export const AUDIT_SIGNS = ['half', 'joined', 'shrunk', 'cut', 'strange', 'other_make'] as const

/** Of a digest against the maker's list: `unlisted` where the list says nothing of this file. */
export const HASH_VERDICTS = ['known', 'wrong', 'unlisted'] as const
export const FirmwareFactSchema = z.object({
  fact: z.enum(['image', 'boot', 'register', 'loader', 'release', 'hash']),
  /** Of a digest: `file digest`. */
  what: z.string(),
  line: z.number().int(),
  /** Null for what is no digest. */
  verdict: z.enum(HASH_VERDICTS).nullable(),
})
export type FirmwareFact = z.infer<typeof FirmwareFactSchema>

export const DeviceAuditSchema = z.object({
  /** What it was read from. */
  source: z.string(),
  hostname: z.string().nullable(),
  dialect: z.string(),
  /** Make and system in words; '' where unknown. */
  title: z.string(),
  vendor: z.string(),
  /** False: nothing speaks for another make than the one that many imitate. */
  isSure: z.boolean(),
  because: z.array(z.object({ line: z.number().int(), text: z.string() })),
  version: z.string().nullable(),
  model: z.string().nullable(),
  lines: z.number().int(),
  coverage: z.object({
    significant: z.number().int(),
    understood: z.number().int(),
    unparsed: z.array(z.number().int()),
  }),
  /** Secrets that were replaced, by kind. */
  secrets: z.record(z.string(), z.number().int()),
  /** How many lines hold a secret whose change cannot be told. */
  notAttestable: z.number().int(),
  /** What the device says of itself: who changed it, when. */
  facts: z.array(
    z.object({ fact: z.string(), line: z.number().int(), says: z.record(z.string(), z.string()) }),
  ),
  /** What it starts and runs, as far as its text says. */
  firmware: z.array(FirmwareFactSchema),
  signs: z.array(z.enum(AUDIT_SIGNS)),
  /** Null where there was nothing to compare with. */
  changes: z.array(AuditChangeSchema).nullable(),
  changeCount: z.number().int(),
  findings: z.array(AuditFindingSchema),
  /** Steps that together make an incident; empty where they do not. */
  incident: z.array(z.string()),
})
export type DeviceAudit = z.infer<typeof DeviceAuditSchema>

export type AuditReport = {
  readonly madeMs: number
  readonly version: string
  readonly devices: readonly DeviceAudit[]
  readonly problems: readonly { readonly file: string; readonly sentence: string }[]
}
