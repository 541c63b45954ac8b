// What changed in configurations, and by whose word.

import { sql } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type {
  AuditChange,
  AuditFinding,
  ChangeFilter,
  ChangeRecord,
  DeviceAudit,
  DeviceChange,
  DeviceChangeDetail,
} from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { actorsIn, suspicionsIn } from '../traces/keep-traces.ts'
import { traceFinding } from '../traces/trace-findings.ts'
import type { ToldChange } from '../traces/trace-findings.ts'
import { zoneNames } from '../zones/keep-zones.ts'
import { openedFindingOf } from '../zones/segment-alerts.ts'
import { factsIn, findingsIn, openingsIn } from './audit-json.ts'
import { isAllowed, recordsAround, shownRecord, unallowedOf } from './change-records.ts'
import type { Changed } from './change-records.ts'
import type { RecordSigner } from './sign-records.ts'
import { getVersion } from './versions.ts'

type Severity = AuditFinding['severity']

/** Most severe first. */
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational']

/** What was found about changes, of one path through the findings. */
const changeSeverities = sql<
  Severity[]
>`jsonb_path_query_array(diffs.findings, '$[*] ? (@.kind == "change").severity')`

/** A version that only says more of itself, such as the image it runs, is no change of anybody's. */
export const IS_CHANGE = sql<boolean>`(version_before IS NOT NULL AND (change_count > 0 OR jsonb_path_exists(findings, '$[*] ? (@.kind == "change")')))`

function changesOf(records: Records) {
  return records
    .selectFrom('audit_diffs as diffs')
    .innerJoin('audit_devices as devices', 'devices.id', 'diffs.device')
    .leftJoin('audit_traces as traces', 'traces.diff', 'diffs.id')
    .leftJoin('segment_openings as segments', 'segments.diff', 'diffs.id')
    .select([
      'traces.suspicions',
      'traces.actors',
      'segments.openings',
      'diffs.id',
      'diffs.device',
      'devices.name',
      'diffs.happened_after',
      'diffs.made',
      'diffs.change_count',
      'diffs.incident',
      'diffs.record',
      'diffs.version_after',
      changeSeverities.as('severities'),
    ])
    .where(IS_CHANGE)
}

type ChangeRow = Awaited<ReturnType<ReturnType<typeof changesOf>['execute']>>[number]

/** Those nobody expected first, of these the incidents and those that open OT; the newest on top. */
export async function listChanges(
  records: Records,
  { device, limit }: ChangeFilter,
  signer: RecordSigner,
): Promise<readonly DeviceChange[]> {
  const rows = await changesOf(records)
    .$if(device !== undefined, (query) => query.where('diffs.device', '=', device ?? ''))
    .orderBy(sql`(diffs.record IS NULL)`, 'desc')
    .orderBy(
      sql`(diffs.record IS NULL AND (jsonb_array_length(diffs.incident) > 0 OR coalesce(jsonb_path_exists(segments.openings, '$[*] ? (@.severity == "critical")'), false)))`,
      'desc',
    )
    .orderBy('diffs.made', 'desc')
    .limit(limit)
    .execute()
  const covering = await recordsNamed(
    records,
    rows.flatMap(({ record }) => record ?? []),
    signer,
  )
  return rows.map((row) => shownChange(row, covering))
}

async function recordsNamed(
  records: Records,
  ids: readonly string[],
  signer: RecordSigner,
): Promise<ReadonlyMap<string, ChangeRecord>> {
  if (ids.length === 0) return new Map()
  const rows = await records
    .selectFrom('change_records')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, shownRecord(row, signer)]))
}

function shownChange(row: ChangeRow, covering: ReadonlyMap<string, ChangeRecord>): DeviceChange {
  const named = row.record === null ? undefined : covering.get(row.record)
  // What is not signed, or not as it stands, covers nothing.
  const record = named?.isSigned === true ? named : null
  const { made } = row
  const suspicions = suspicionsIn(row.suspicions, record !== null)
  const opened = openingsIn(row.openings)
  const severities = [
    ...row.severities,
    ...suspicions.map(({ severity }) => severity),
    ...opened.map(({ severity }) => severity),
  ]
  const who = actorsIn(row.actors).map((actor) => actor.who)
  return {
    id: row.id,
    device: row.device,
    deviceName: row.name,
    after: (row.happened_after ?? made).toISOString(),
    before: made.toISOString(),
    changeCount: row.change_count,
    state: record === null ? 'unauthorised' : stateBy(record, made),
    record,
    severity: SEVERITIES.find((one) => severities.includes(one)) ?? null,
    findings: row.severities.length + suspicions.length + Number(opened.length > 0),
    opened: opened.map(({ from, to }) => ({ from, to })),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
    incident: row.incident as string[],
    who: [...new Set(who)].filter((one) => one !== '').slice(0, WHO_SHOWN),
  }
}

const WHO_SHOWN = 10

function stateBy({ recorded }: ChangeRecord, made: Date): DeviceChange['state'] {
  return Date.parse(recorded) < made.getTime() ? 'expected' : 'explained'
}

/** Throws NOT_FOUND. */
export async function getChange(
  records: Records,
  id: string,
  signer: RecordSigner,
): Promise<Omit<DeviceChangeDetail, 'trace' | 'traffic'>> {
  const row = await changesOf(records)
    .select(['diffs.changes', 'diffs.findings', 'diffs.signs'])
    .where('diffs.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: id })
  const covering = await recordsNamed(records, row.record === null ? [] : [row.record], signer)
  const change = shownChange(row, covering)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
  const changes = row.changes as AuditChange[]
  const changed: Changed = {
    id,
    deviceName: row.name,
    after: row.happened_after ?? row.made,
    before: row.made,
    changes,
    changeCount: row.change_count,
  }
  const partly = change.record === null ? await bestOf(records, changed, signer) : null
  const by = change.record ?? partly
  const opened = openedFindingOf(
    { ...toldOf(row), madeMs: row.made.getTime(), openings: openingsIn(row.openings) },
    await zoneNames(records),
  )
  const { row: version } = await getVersion(records, row.version_after)
  return {
    change,
    partly,
    changes: changes.map((one) => ({ ...one, allowed: by !== null && isAllowed(one, by) })),
    findings: gravestFirst([
      ...findingsIn(row.findings).filter(({ kind }) => kind === 'change'),
      ...suspicionsIn(row.suspicions, change.record !== null).map((one) =>
        traceFinding(one, toldOf(row)),
      ),
      ...(opened === null ? [] : [opened]),
    ]),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
    signs: row.signs as DeviceAudit['signs'],
    facts: factsIn(version.facts),
  }
}

function gravestFirst(findings: readonly AuditFinding[]): AuditFinding[] {
  return findings.toSorted(
    (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
  )
}

function toldOf(row: ChangeRow): ToldChange {
  const beforeMs = row.made.getTime()
  const afterMs = row.happened_after?.getTime() ?? beforeMs
  return { device: row.name, version: row.version_after, afterMs, beforeMs }
}

/** Of the records of its time, the one that allows most of it, and something. */
async function bestOf(
  records: Records,
  changed: Changed,
  signer: RecordSigner,
): Promise<ChangeRecord | null> {
  const around = (await recordsAround(records, changed, signer)).map((record) => ({
    record,
    unallowed: unallowedOf(changed, record),
  }))
  const [best] = around.toSorted((a, b) => a.unallowed - b.unallowed)
  return best !== undefined && best.unallowed < Math.max(changed.changeCount, 1)
    ? best.record
    : null
}
