// What the server asks of a station. `app.ts` fills it with the rooms; tests with real ones and small ones.

import type { z } from 'zod'
import type { Hunting } from '../hunt/index.ts'
import type {
  AdvisoriesSchema,
  AdvisoryFilterSchema,
  AlertChange,
  AlertChangedSchema,
  AlertDetailSchema,
  AlertFilter,
  AlertListSchema,
  Asset,
  AssetChange,
  AssetDetailSchema,
  AssetFilterSchema,
  AssetsSchema,
  Coverage,
  DraftAsk,
  ExceptionAsk,
  ExposureException,
  ExposureFilter,
  ExposuresSchema,
  FeedsSchema,
  HistoryAsk,
  HistoryRun,
  HistoryRunListSchema,
  ImportAsk,
  Imported,
  IndicatorListsSchema,
  IndicatorSearchesSchema,
  IndicatorsSchema,
  KnowledgeListSchema,
  LiveSchema,
  OverviewSchema,
  RuleCheck,
  RuleDetailSchema,
  RuleFile,
  RuleListSchema,
  RuleTrial,
  ScanAsk,
  ScanImported,
  SensorInvitedSchema,
  SensorListSchema,
  SourceListSchema,
  TrialAsk,
} from '../model/index.ts'
import type { Language } from '../words/index.ts'

export type Live = z.infer<typeof LiveSchema>

/** Who asks: a person with a session, or a client with a token. */
export type Identity = { readonly name: string; readonly kind: 'session' | 'client' }

export type Station = {
  readonly name: string
  readonly version: string
  readonly language: Language
  readonly auth: Auth
  readonly overview: () => Promise<z.infer<typeof OverviewSchema>>
  readonly alerts: {
    readonly search: (filter: AlertFilter) => Promise<z.infer<typeof AlertListSchema>>
    readonly get: (id: string) => Promise<z.infer<typeof AlertDetailSchema> | undefined>
    /** Throws BAD_REQUEST when a closing lacks its assessment or reason. */
    readonly change: (
      change: AlertChange,
      who: string,
    ) => Promise<z.infer<typeof AlertChangedSchema>>
    /** How many alerts are back as they were; undefined when there is no such change to take back. */
    readonly undo: (undo: string, who: string) => Promise<number | undefined>
  }
  readonly hunt: Hunting
  readonly sources: {
    readonly list: () => Promise<z.infer<typeof SourceListSchema>>
    /** False when the source or the parser is unknown. `null` gives recognition back. */
    readonly setParser: (source: string, parser: string | null, who: string) => Promise<boolean>
  }
  readonly sensors: {
    readonly list: () => Promise<z.infer<typeof SensorListSchema>>
    /** Opens the door for sensors where it is not open yet. Throws BAD_REQUEST while the name is enrolled. */
    readonly invite: (
      name: string,
      address: string | undefined,
    ) => Promise<z.infer<typeof SensorInvitedSchema>>
    /** False when there is no such sensor. */
    readonly revoke: (name: string) => Promise<boolean>
  }
  readonly rules: {
    readonly list: () => Promise<z.infer<typeof RuleListSchema>>
    readonly get: (id: string) => Promise<z.infer<typeof RuleDetailSchema> | undefined>
    /** What could be found with the logs that arrive. */
    readonly coverage: () => Promise<Coverage>
    /** Runs over stored events, newest first. */
    readonly runs: () => Promise<z.infer<typeof HistoryRunListSchema>>
    /** Throws HISTORY_RUN_BUSY while another is under way, NOT_FOUND, BAD_REQUEST. */
    readonly run: (ask: HistoryAsk, who: string) => Promise<HistoryRun>
    readonly stopRun: (id: string) => Promise<HistoryRun>
    readonly resumeRun: (id: string) => Promise<HistoryRun>
  }
  /** Rules and exceptions being written. */
  readonly workbench: {
    readonly check: (text: string) => RuleCheck
    /** Throws RULE_UNUSABLE, TRIAL_BUSY, BAD_REQUEST. */
    readonly startTrial: (ask: TrialAsk, who: string) => Promise<RuleTrial>
    /** Throws NOT_FOUND. */
    readonly trial: (id: string) => RuleTrial
    readonly stopTrial: (id: string) => Promise<RuleTrial>
    /** Sigma text. Throws NOT_FOUND. */
    readonly draft: (ask: DraftAsk, who: string) => Promise<string>
    /** Throws RULE_UNUSABLE. */
    readonly save: (text: string) => Promise<RuleFile>
    /** Throws NOT_FOUND. */
    readonly read: (name: string) => Promise<string>
    /** Throws NOT_FOUND. */
    readonly remove: (name: string) => Promise<void>
  }
  readonly indicators: {
    readonly lists: () => Promise<z.infer<typeof IndicatorListsSchema>>
    /** Searches of stored events, newest first. */
    readonly searches: () => Promise<z.infer<typeof IndicatorSearchesSchema>>
    readonly search: (search: IndicatorAsk) => Promise<z.infer<typeof IndicatorsSchema>>
    readonly find: (value: string) => Promise<z.infer<typeof IndicatorsSchema>>
    /** Throws BAD_REQUEST. */
    readonly importList: (
      bytes: AsyncIterable<Uint8Array>,
      ask: ImportAsk,
      who: string,
    ) => Promise<Imported>
    /** Throws NOT_FOUND. */
    readonly remove: (list: string) => Promise<void>
  }
  /** What is exposed, and by when to fix it. All throw NOT_FOUND for what is not here. */
  readonly exposure: {
    readonly advisories: (
      filter: z.infer<typeof AdvisoryFilterSchema>,
    ) => Promise<z.infer<typeof AdvisoriesSchema>>
    readonly exposures: (filter: ExposureFilter) => Promise<z.infer<typeof ExposuresSchema>>
    readonly assets: (
      filter: z.infer<typeof AssetFilterSchema>,
    ) => Promise<z.infer<typeof AssetsSchema>>
    readonly asset: (id: string) => Promise<z.infer<typeof AssetDetailSchema>>
    readonly changeAsset: (id: string, change: AssetChange, who: string) => Promise<Asset>
    /** Throws BAD_REQUEST for an asset that is merged already. */
    readonly merge: (id: string, into: string, who: string) => Promise<Asset>
    readonly unmerge: (id: string, who: string) => Promise<Asset>
    /** Throws EXCEPTION_TOO_LONG. */
    readonly except: (ask: ExceptionAsk, who: string) => Promise<ExposureException>
    readonly revoke: (id: string, who: string) => Promise<void>
    readonly feeds: () => Promise<z.infer<typeof FeedsSchema>>
    /** Throws CONTENT_INVALID, and nothing of the file was taken. */
    readonly importScan: (
      bytes: AsyncIterable<Uint8Array>,
      ask: ScanAsk,
      who: string,
    ) => Promise<ScanImported>
    /** Throws CONTENT_INVALID, FEED_GOES_BACK. */
    readonly loadKnowledge: (
      bytes: AsyncIterable<Uint8Array>,
      file: string,
      who: string,
    ) => Promise<z.infer<typeof KnowledgeListSchema>>
  }
  readonly live: {
    readonly now: () => Live
    /** Calls back on every change; the answer ends it. */
    readonly subscribe: (listener: (live: Live) => void) => () => void
  }
  /** Unexpected trouble of a request, for the station's own log. */
  readonly onTrouble: (trouble: {
    readonly id: string
    readonly path: string
    readonly cause: unknown
  }) => void
}

export type IndicatorAsk = {
  readonly text: string
  readonly list?: string
  readonly limit: number
  readonly offset: number
}

export type Auth = {
  /** Exchanges a one-time token for a session's secret; undefined when it is unknown, used or too old. */
  readonly signIn: (token: string) => Promise<string | undefined>
  readonly identify: (kind: Identity['kind'], secret: string) => Promise<Identity | undefined>
  readonly signOut: (secret: string) => Promise<void>
}
