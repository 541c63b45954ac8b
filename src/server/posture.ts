// What the server asks of a station about identities and readiness.

import type { z } from 'zod'
import type {
  AccountsSchema,
  AttestAsk,
  CriticalCalledSchema,
  CriticalDecisionSchema,
  CriticalSchema,
  GoalAsk,
  GoalCorrection,
  IdentityImportAskSchema,
  IdentityImported,
  IdentityView,
  LinkAskSchema,
  OfficeHours,
  Plan,
  PlanKind,
  PlansSchema,
  Readiness,
  StatementAskSchema,
} from '../model/index.ts'
import type { Language } from '../words/index.ts'

export type AccountFilter = {
  readonly text: string
  readonly tier?: number | undefined
  readonly kind?: string | undefined
  readonly limit: number
  readonly offset: number
}

export type IdentityService = {
  readonly view: () => Promise<IdentityView>
  readonly check: () => Promise<IdentityView>
  readonly accounts: (filter: AccountFilter) => Promise<z.infer<typeof AccountsSchema>>
  /** Throws IDENTITY_FILE_REFUSED; nothing is then changed. */
  readonly importFile: (
    bytes: Uint8Array,
    ask: z.infer<typeof IdentityImportAskSchema>,
    who: string,
  ) => Promise<IdentityImported>
  readonly state: (
    key: string,
    said: z.infer<typeof StatementAskSchema>,
    who: string,
  ) => Promise<void>
  readonly link: (link: z.infer<typeof LinkAskSchema>, who: string) => Promise<void>
  readonly critical: () => Promise<z.infer<typeof CriticalSchema>>
  /** Throws NOT_FOUND, BAD_REQUEST. */
  readonly decide: (
    id: string,
    decision: z.infer<typeof CriticalDecisionSchema>,
    who: string,
  ) => Promise<void>
  /** Throws NOT_FOUND. */
  readonly acknowledge: (id: string, who: string) => Promise<void>
  /** Somebody called whom the ladder names. Throws NOT_FOUND. */
  readonly called: (
    id: string,
    said: z.infer<typeof CriticalCalledSchema>,
    who: string,
  ) => Promise<void>
  /** Throws BAD_REQUEST. */
  readonly setHours: (hours: OfficeHours, who: string) => Promise<void>
}

export type ReadinessService = {
  readonly view: () => Promise<Readiness>
  readonly report: (language: Language) => Promise<string>
  readonly oscal: () => Promise<unknown>
  /** Throws NOT_FOUND, BAD_REQUEST. */
  readonly attest: (goal: string, ask: AttestAsk, who: string) => Promise<void>
  readonly note: (goal: string, ask: GoalAsk, who: string) => Promise<void>
  readonly correct: (goal: string, correction: GoalCorrection, who: string) => Promise<void>
  readonly plans: () => Promise<z.infer<typeof PlansSchema>>
  readonly planTemplate: (kind: PlanKind, language: Language) => Plan
  readonly savePlan: (kind: PlanKind, plan: Plan, who: string) => Promise<void>
  readonly contactSheet: (language: Language) => Promise<string>
}
