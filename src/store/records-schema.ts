// The tables of the records database, typed for Kysely.

import type { ColumnType, Generated, Kysely, Transaction } from 'kysely'
import type { BlindTables } from './blind-records.ts'
import type { CacaoTables } from './cacao-records.ts'
import type { CampaignTables } from './campaigns-records.ts'
import type { CaseTogetherTables } from './case-together-records.ts'
import type { CaseTables } from './cases-records.ts'
import type {
  CorrelationFeedsTable,
  CorrelationPendingTable,
  CorrelationStatesTable,
} from './correlations-records.ts'
import type { CollectionTables } from './device-records.ts'
import type {
  EvidenceCheckpointsTable,
  EvidenceEntriesTable,
  EvidenceLogTable,
  EvidenceTilesTable,
} from './evidence-records.ts'
import type { ExposureTables } from './exposure-records.ts'
import type { ExposureTriageTables } from './exposure-triage-records.ts'
import type { ExposureUndecidedTables } from './exposure-undecided-records.ts'
import type {
  CriticalClocksTable,
  CriticalItemsTable,
  IdentityAccountsTable,
  IdentityImportsTable,
  IdentityLinksTable,
  IdentityPartsTable,
  IdentityResultHistoryTable,
  IdentityResultsTable,
} from './identity-records.ts'
import type {
  IndicatorHitsTable,
  IndicatorListsTable,
  IndicatorSearchesTable,
} from './indicators-records.ts'
import type { NetworkTables } from './networks-records.ts'
import type { NoticeTables } from './notices-records.ts'
import type { PostureTables } from './posture-records.ts'
import type {
  ReadinessAttestationsTable,
  ReadinessCatalogueTable,
  ReadinessGoalsTable,
  ReadinessPlansTable,
  ReadinessScoresTable,
} from './readiness-records.ts'
import type {
  AuditDevicesTable,
  AuditDiffsTable,
  AuditVersionsTable,
  ChangeRecordsTable,
  ConfigFilesTable,
  FirmwareHashesTable,
  GoldenGroupsTable,
} from './records-audit.ts'
import type { SensorSightingsTable, SensorsTable } from './records-sensors.ts'
import type { ReportSendingTables } from './report-sending-records.ts'
import type { ReportUpTables } from './report-up-records.ts'
import type { AnalyticRunsTable, RiskHoursTable } from './risk-records.ts'
import type { RollUpTables } from './roll-up-records.ts'
import type { SegmentTables } from './segment-records.ts'
import type { ShareContentTables } from './share-content-records.ts'
import type { ShareTables } from './share-records.ts'
import type {
  TaxiiCollectionsTable,
  TaxiiObjectsTable,
  TaxiiRootsTable,
  TaxiiStatusesTable,
} from './taxii-records.ts'
import type { ThresholdTables } from './threshold-records.ts'
import type { ToolTables } from './tools-records.ts'
import type { WitnessTables } from './witness-records.ts'

type Instant = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>
type Count = ColumnType<string | number, number | bigint, number | bigint>

export type BatchesTable = {
  id: string
  received: Instant
  lines: number
  bytes: Count
  /** SHA-256 of the segment file, which is gone once its rows are stored. What `evidence` logs can be made again from the rows. */
  sha256: string
  /** Lines by parser. */
  parsers: Json
  findings: number
  stored: Instant
}

export type SourcesTable = {
  name: string
  kind: string
  first_seen: Instant
  last_seen: Instant
  lines: Count
  bytes: Count
  unknown: Count
  partial: Count
  parsers: Json
  /** Parser forced by an operator. */
  parser: string | null
}

/** Lines of a source in an hour, for its sparkline and for what silence means. */
export type SourceHoursTable = {
  source: string
  hour: Instant
  lines: Count
}

export type AlertsTable = {
  id: string
  rule: string
  title_en: string
  title_fr: string
  severity: string
  entity_kind: string
  entity: string
  count: Count
  first_seen: Instant
  last_seen: Instant
  why_en: string
  why_fr: string
  reasons: Json
  attack: Json
  author: string
  reference: string
  state: string
  assessment: string | null
  reason: string | null
  assignee: string | null
  reopened: Generated<number>
  updated: Instant
}

export type AlertHistoryTable = {
  id: Generated<number>
  alert: string
  at: Instant
  who: string
  action: string
  from_state: string | null
  to_state: string | null
  comment: string | null
  /** What the row held before, so that the change can be undone. */
  before: Json | null
  /** Groups the changes that one undo takes back. */
  undo: string | null
}

export type PositionsTable = {
  path: string
  inode: string
  fingerprint: string
  position: Count
  lines: Count
  done: boolean
  seq: Count
  cursor: string | null
  updated: Instant
}

export type TokensTable = {
  /** SHA-256 of the token; the token itself is never kept. */
  hash: string
  kind: string
  name: string
  created: Instant
  expires: Instant | null
}

export type RuleHitsTable = {
  rule: string
  hits: Count
  last_hit: Instant
}

/** Runs of rules over stored events, asked for by people. */
export type HistoryRunsTable = {
  id: string
  asked: Instant
  asked_by: string
  /** Rule ids; null = all. */
  rules: Json
  span_from: Instant
  span_to: Instant
  /** Everything from here to the span's end is judged. */
  reached: Instant
  state: string
  /** Events of the span, as counted. */
  events: Count
  judged: Count
  /** Events that no statement could read. */
  unread: Count
  findings: Count
  known: Count
  raised: number
  reopened: number
  /** Rules left out because they flood. */
  left_out: Json
  /** A sentence in both languages, or null. */
  problem: Json
  worked_ms: Count
  ended: Instant | null
  /** Findings that are being stored, so that a crash in between neither loses nor doubles them. */
  pending: Json | null
}

type TablesOfRooms = BlindTables &
  PostureTables &
  CacaoTables &
  CaseTogetherTables &
  ReportSendingTables &
  RollUpTables &
  ReportUpTables &
  ThresholdTables &
  ShareContentTables &
  WitnessTables &
  CaseTables &
  CampaignTables &
  NoticeTables &
  CollectionTables &
  ExposureTables &
  ExposureTriageTables &
  ExposureUndecidedTables &
  NetworkTables &
  ToolTables &
  SegmentTables &
  ShareTables

export type RecordsTables = TablesOfRooms & {
  batches: BatchesTable
  sources: SourcesTable
  source_hours: SourceHoursTable
  alerts: AlertsTable
  alert_history: AlertHistoryTable
  positions: PositionsTable
  tokens: TokensTable
  rule_hits: RuleHitsTable
  history_runs: HistoryRunsTable
  sensors: SensorsTable
  sensor_sightings: SensorSightingsTable
  indicator_lists: IndicatorListsTable
  indicator_hits: IndicatorHitsTable
  indicator_searches: IndicatorSearchesTable
  correlation_feeds: CorrelationFeedsTable
  correlation_states: CorrelationStatesTable
  correlation_pending: CorrelationPendingTable
  risk_hours: RiskHoursTable
  analytic_runs: AnalyticRunsTable
  audit_devices: AuditDevicesTable
  audit_versions: AuditVersionsTable
  audit_diffs: AuditDiffsTable
  change_records: ChangeRecordsTable
  config_files: ConfigFilesTable
  golden_groups: GoldenGroupsTable
  firmware_hashes: FirmwareHashesTable
  identity_parts: IdentityPartsTable
  identity_imports: IdentityImportsTable
  identity_accounts: IdentityAccountsTable
  identity_links: IdentityLinksTable
  identity_results: IdentityResultsTable
  identity_result_history: IdentityResultHistoryTable
  critical_items: CriticalItemsTable
  critical_clocks: CriticalClocksTable
  readiness_goals: ReadinessGoalsTable
  readiness_attestations: ReadinessAttestationsTable
  readiness_plans: ReadinessPlansTable
  readiness_scores: ReadinessScoresTable
  readiness_catalogue: ReadinessCatalogueTable
  evidence_entries: EvidenceEntriesTable
  evidence_tiles: EvidenceTilesTable
  evidence_log: EvidenceLogTable
  evidence_checkpoints: EvidenceCheckpointsTable
  taxii_roots: TaxiiRootsTable
  taxii_collections: TaxiiCollectionsTable
  taxii_objects: TaxiiObjectsTable
  taxii_statuses: TaxiiStatusesTable
}

export type Records = Kysely<RecordsTables>
export type RecordsTransaction = Transaction<RecordsTables>
