// What the server asks of a station. `app.ts` fills it with the rooms; tests with real ones and small ones.

import type { z } from 'zod'
import type { Hunting } from '../hunt/index.ts'
import type {
  AnalyticList,
  AlertChange,
  AlertChangedSchema,
  AlertDetailSchema,
  AlertFilter,
  AlertListSchema,
  Coverage,
  DraftAsk,
  EntityAsk,
  EntityDetail,
  EvidenceBundle,
  EvidenceReport,
  EvidenceState,
  ExerciseAsk,
  ExerciseState,
  ExportAsk,
  HistoryAsk,
  HistoryRun,
  HistoryRunListSchema,
  ImportAsk,
  AddressNetwork,
  Imported,
  IndicatorListsSchema,
  IndicatorSearchesSchema,
  IndicatorsSchema,
  LiveSchema,
  NetworkLoadAsk,
  NetworkState,
  OverviewSchema,
  LogStop,
  QuorumAsk,
  WitnessConfirm,
  WitnessRemove,
  RuleCheck,
  RuleDetailSchema,
  RuleFile,
  RuleListSchema,
  RuleTrial,
  SegmentFlows,
  SegmentPair,
  Segmentation,
  SensorInvitedSchema,
  SensorListSchema,
  SourceListSchema,
  ToolAllowAsk,
  ToolLoadAsk,
  ToolState,
  TrialAsk,
  WitnessSwitch,
  ZonesFile,
  ZonesKeep,
} from '../model/index.ts'
import type { Language } from '../words/index.ts'
import type { CampaignService } from './campaign-service.ts'
import type { CaseService } from './case-service.ts'
import type { DeviceService } from './device-service.ts'
import type { ExposureService } from './exposure-service.ts'
import type { NoticeService } from './notice-service.ts'
import type { IdentityService, ReadinessService } from './posture.ts'
import type { ShareService } from './share-service.ts'

export type Live = z.infer<typeof LiveSchema>

/** Who asks: a person with a session, or a client with a token. */
export type Identity = { readonly name: string; readonly kind: 'session' | 'client' }

export type Station = {
  readonly name: string
  readonly version: string
  readonly language: Language
  readonly auth: Auth
  /** What is known of one; all of it empty for what was never met. */
  readonly entity: (ask: EntityAsk) => Promise<EntityDetail>
  /** A page of ours as PDF. Throws NOT_PRINTED. */
  readonly print: (html: string) => Promise<Uint8Array>
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
  readonly analytics: () => Promise<AnalyticList>
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
  readonly evidence: {
    readonly state: () => Promise<EvidenceState>
    /** Signs what is stored now. Throws EVIDENCE_REWRITTEN. */
    readonly checkpoint: () => Promise<string>
    /** Empty where there is none. */
    readonly tile: (level: number | 'entries', n: number) => Promise<Uint8Array>
    /** Starts a verification, or gives the one that runs. */
    readonly verify: (checkpoints: readonly string[]) => EvidenceReport
    readonly report: () => EvidenceReport | null
    /** Throws NOT_FOUND, BAD_REQUEST. */
    readonly export: (ask: ExportAsk) => Promise<EvidenceBundle>
    /** By a named person: asks a hub and its members for signatures and gives its own, or no more. Throws BAD_REQUEST. */
    readonly switchWitnessing: (ask: WitnessSwitch, who: string) => Promise<void>
    /** Throws BAD_REQUEST with what is wrong in the policy. */
    readonly setQuorum: (ask: QuorumAsk, who: string) => Promise<void>
    /** The name of the key. Throws BAD_REQUEST where no witness has the fingerprint. */
    readonly confirmWitness: (ask: WitnessConfirm, who: string) => Promise<string>
    /** Throws NOT_FOUND; BAD_REQUEST while the quorum names it. */
    readonly removeWitness: (ask: WitnessRemove, who: string) => Promise<void>
    /** Throws NOT_FOUND. */
    readonly stopSigning: (ask: LogStop, who: string) => Promise<void>
  }
  /** Invented campaigns, played beside the station. */
  readonly exercise: {
    readonly state: () => ExerciseState
    /** Throws EXERCISE_BUSY. */
    readonly start: (ask: ExerciseAsk, who: string) => ExerciseState
    readonly stop: () => ExerciseState
  }
  readonly identity: IdentityService
  readonly readiness: ReadinessService
  /** What happened, what is done about it, and what is reported. */
  readonly cases: CaseService
  /** Configurations of devices, and what changed in them. */
  readonly devices: DeviceService
  /** Zones and what passes between them. */
  readonly segmentation: {
    readonly view: () => Promise<Segmentation>
    /** Throws NOT_FOUND. */
    readonly pair: (from: string, to: string) => Promise<SegmentPair>
    readonly flows: () => Promise<SegmentFlows>
    /** The newest where none is named. Throws NOT_FOUND. */
    readonly zones: (version?: number) => Promise<ZonesFile>
    readonly proposal: (language: Language) => Promise<ZonesFile>
    /** Throws ZONES_REFUSED, ZONES_MOVED, BAD_REQUEST. */
    readonly keep: (ask: ZonesKeep, who: string) => Promise<ZonesFile>
  }
  /** What is exposed, and by when to fix it. */
  readonly exposure: ExposureService
  /** What addresses belong to. */
  readonly networks: {
    readonly state: () => Promise<NetworkState>
    /** Undefined for what is no address. */
    readonly find: (address: string) => Promise<AddressNetwork | undefined>
    /** Throws NETWORKS_REFUSED. */
    readonly load: (
      bytes: AsyncIterable<Uint8Array>,
      ask: NetworkLoadAsk,
      who: string,
    ) => Promise<NetworkState>
  }
  /** Tools that intruders use as they are. */
  readonly tools: {
    readonly state: () => Promise<ToolState>
    /** Throws TOOLS_REFUSED. */
    readonly load: (
      bytes: AsyncIterable<Uint8Array>,
      ask: ToolLoadAsk,
      who: string,
    ) => Promise<ToolState>
    readonly allow: (ask: ToolAllowAsk, who: string) => Promise<ToolState>
    /** Throws NOT_FOUND. */
    readonly disallow: (tool: string) => Promise<ToolState>
  }
  /** Peers, and what comes from them and goes to them. */
  readonly share: ShareService
  readonly notices: NoticeService
  readonly campaigns: CampaignService
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
