// The API's bodies as types. Types only: the schemas themselves (and zod) stay on the server.

import type * as model from '../../src/model/index.ts'

type Body<S extends { _output: unknown }> = S['_output']

export type Overview = Body<typeof model.OverviewSchema>
export type AlertDetail = Body<typeof model.AlertDetailSchema>
export type AlertList = Body<typeof model.AlertListSchema>
export type AlertGroup = Body<typeof model.AlertGroupSchema>
export type AlertChanged = Body<typeof model.AlertChangedSchema>
export type EntityDetail = Body<typeof model.EntityDetailSchema>
export type Session = Body<typeof model.SessionSchema>
export type HuntSearch = Body<typeof model.HuntSearchSchema>
export type HuntRows = Body<typeof model.HuntRowsSchema>
export type HuntHistogram = Body<typeof model.HuntHistogramSchema>
export type HuntTopRequest = Body<typeof model.HuntTopRequestSchema>
export type HuntTop = Body<typeof model.HuntTopSchema>
export type HuntField = Body<typeof model.HuntFieldSchema>
export type QueryCost = Body<typeof model.QueryCostSchema>
export type EventDetail = Body<typeof model.EventDetailSchema>
export type SourceList = Body<typeof model.SourceListSchema>
export type RuleList = Body<typeof model.RuleListSchema>
export type RuleDetail = Body<typeof model.RuleDetailSchema>
export type HistoryRunList = Body<typeof model.HistoryRunListSchema>
export type AnalyticList = Body<typeof model.AnalyticListSchema>
export type ExerciseAsk = Body<typeof model.ExerciseAskSchema>
export type ExerciseState = Body<typeof model.ExerciseStateSchema>
export type ExerciseResult = Body<typeof model.ExerciseResultSchema>
export type ExerciseMoment = Body<typeof model.ExerciseMomentSchema>
export type IndicatorLists = Body<typeof model.IndicatorListsSchema>
export type IndicatorSearches = Body<typeof model.IndicatorSearchesSchema>
export type Indicators = Body<typeof model.IndicatorsSchema>
export type SensorList = Body<typeof model.SensorListSchema>
export type SensorInvited = Body<typeof model.SensorInvitedSchema>
export type Live = Body<typeof model.LiveSchema>
export type ProblemBody = Body<typeof model.ProblemBodySchema>
export type {
  Alert,
  AlertChange,
  AlertFilter,
  AlertHistory,
  AlertState,
  Coverage,
  RuleReach,
  Assessment,
  EventRow,
  HistoryAsk,
  HistoryRun,
  Hunt,
  Imported,
  Indicator,
  IndicatorList,
  IndicatorSearch,
  Marking,
  Sensor,
  Reason,
  Rule,
  RuleCheck,
  RuleFile,
  RuleTrial,
  Severity,
  Source,
  TrialAsk,
  DraftAsk,
} from '../../src/model/index.ts'
export type Plans = Body<typeof model.PlansSchema>
export type {
  AttestAsk,
  CriterionState,
  Goal,
  GoalAssessment,
  GoalAsk,
  GoalState,
  Plan,
  PlanKind,
  PlanState,
  ProofState,
  Readiness,
} from '../../src/model/index.ts'
export type {
  ChangeRecord,
  ChangeRecordAsk,
  ChangeRecordsImported,
  ChangeState,
  Compared,
  ConfigTaken,
  Device,
  DeviceChange,
  Actor,
  ConfigFolder,
  ConfigRepositories,
  ConfigRepository,
  DevicePull,
  DevicePulls,
  PullAsk,
  ChangeTrace,
  DeviceAct,
  ConduitEntry,
  PairState,
  SegmentFlows,
  SegmentPair,
  Segmentation,
  ZoneEntry,
  ZonesFile,
  ZonesKeep,
  DeviceActs,
  DeviceChangeDetail,
  DeviceChanges,
  DeviceDetail,
  Devices,
} from '../../src/model/index.ts'
export type { AuditChange, AuditFinding, DeviceAudit } from '../../src/model/index.ts'
export type ChangeRecords = Body<typeof model.ChangeRecordsSchema>
export type BlindState = Body<typeof model.BlindStateSchema>
export type ReportsReceived = Body<typeof model.ReportsReceivedSchema>
export type ThresholdState = Body<typeof model.ThresholdStateSchema>
export type SharedContent = Body<typeof model.SharedContentSchema>
export type ShareState = Body<typeof model.ShareStateSchema>
export type Outbox = Body<typeof model.OutboxSchema>
export type ReceivedList = Body<typeof model.ReceivedListSchema>
export type NoticeList = Body<typeof model.NoticeListSchema>
export type ToldList = Body<typeof model.ToldListSchema>
export type OwnRegistration = Body<typeof model.OwnRegistrationSchema>
export type RegisteredList = Body<typeof model.RegisteredListSchema>
export type CampaignList = Body<typeof model.CampaignListSchema>
export type {
  Campaign,
  CampaignDetail,
  IncidentTaken,
  HubNotice,
  Notice,
  Registered,
  ReportTaken,
  Scope,
  ToldNotice,
} from '../../src/model/index.ts'
export type PeerInvited = Body<typeof model.PeerInvitedSchema>
export type {
  JoinAnswer,
  Outgoing,
  PassedOn,
  MispFeed,
  MispPreview,
  Preview,
  Published,
  Received,
  AskedHub,
  BlindHit,
  Seen,
  SensitiveAdded,
  SharePeer,
  ThresholdHub,
  ThresholdShown,
} from '../../src/model/index.ts'
export type Advisories = Body<typeof model.AdvisoriesSchema>
export type Facets = Body<typeof model.FacetsSchema>
export type Patches = Body<typeof model.PatchesSchema>
export type Exposures = Body<typeof model.ExposuresSchema>
export type Assets = Body<typeof model.AssetsSchema>
export type AssetDetail = Body<typeof model.AssetDetailSchema>
export type RollUpState = Body<typeof model.RollUpStateSchema>
export type RollUps = Body<typeof model.RollUpsSchema>
export type NetworkState = Body<typeof model.NetworkStateSchema>
export type ToolState = Body<typeof model.ToolStateSchema>
export type Feeds = Body<typeof model.FeedsSchema>
export type KnowledgeList = Body<typeof model.KnowledgeListSchema>
export type { AddressNetwork, RollUpSwitch, ToolAllowAsk } from '../../src/model/index.ts'
export type {
  Advisory,
  Asset,
  AssetChange,
  ExceptionAsk,
  Exposure,
  FacetCount,
  Patch,
  Facing,
  Feed,
  ScanImported,
} from '../../src/model/index.ts'
export type IdentityAccounts = Body<typeof model.AccountsSchema>
export type Account = IdentityAccounts['accounts'][number]
export type Critical = Body<typeof model.CriticalSchema>
export type CriticalItem = Critical['items'][number]
export type CriticalCall = Critical['calls'][number]
export type OfficeHours = Critical['hours']
export type CriticalClock = Critical['clocks'][number]
export type { IdentityCheck, IdentityImported, IdentityView } from '../../src/model/index.ts'
export type EvidenceReports = Body<typeof model.EvidenceReportsSchema>
export type { EvidenceReport, EvidenceState } from '../../src/model/index.ts'
export type Cases = Body<typeof model.CasesSchema>
export type Playbooks = Body<typeof model.PlaybooksSchema>
export type {
  Case,
  CaseAsk,
  CaseChange,
  CaseDetail,
  CaseEntryAsk,
  CaseFile,
  CaseProof,
  CaseTask,
  CaseTaskAsk,
  CaseTaskChange,
  CacaoTaken,
  ReportSending,
  ReportView,
  SealedReport,
  StatedReport,
} from '../../src/model/index.ts'
