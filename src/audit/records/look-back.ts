// One check run over configurations that are stored already, a few versions at a time, the oldest first: on which devices it was
// met, and what of it holds still and is therefore news.

import type { RecordsTransaction } from '../../store/index.ts'
import { auditDevice } from '../audit-device.ts'
import type { Check } from '../checks/check.ts'
import { alertsOf } from './alerts.ts'
import type { AuditAlerts } from './alerts.ts'
import { readAgain } from './read-again.ts'
import type { AuditTools } from './store-version.ts'

export type MetDevice = {
  readonly device: string
  /** UTC milliseconds: from when to when versions that met it were the device's. */
  readonly firstMs: number
  readonly lastMs: number
}

export type LookingBack = {
  readonly transaction: RecordsTransaction
  readonly tools: AuditTools
  readonly check: Check
  /** Id of the version that was looked at last; '' = none. */
  readonly after: string
  readonly nowMs: number
}

export type LookedBackStep = {
  /** In this step. */
  readonly met: readonly MetDevice[]
  readonly upto: string
  readonly isMore: boolean
  /** Of newest versions that meet the check: it is new, so this is. */
  readonly alerts: readonly AuditAlerts[]
}

/** Reading one takes some milliseconds of processor time. */
const PER_STEP = 10

export async function lookBackWith(looking: LookingBack): Promise<LookedBackStep> {
  const { transaction, after } = looking
  const rows = await transaction
    .selectFrom('audit_versions as version')
    .innerJoin('audit_devices as device', 'device.id', 'version.device')
    .select([
      'version.id',
      'version.config',
      'version.dialect',
      'version.received',
      'version.last_seen',
      'version.device as device_id',
      'device.name',
      'device.version as newest',
    ])
    .where('version.id', '>', after)
    .orderBy('version.id')
    .limit(PER_STEP)
    .execute()
  const met: MetDevice[] = []
  const alerts: AuditAlerts[] = []
  for (const row of rows) {
    const findings = await findingsIn(looking, row)
    if (findings === undefined || findings.findings.length === 0) continue
    met.push({
      device: row.name,
      firstMs: row.received.getTime(),
      lastMs: row.last_seen.getTime(),
    })
    if (row.newest !== row.id) continue
    // A state that the newest change brought is said twice.
    const news = findings.findings.slice(0, 1).map((one) => ({ ...one, kind: 'change' as const }))
    const told = { device: row.name, version: row.id, nowMs: looking.nowMs }
    alerts.push(alertsOf({ ...findings, findings: news, incident: [] }, told))
  }
  return { met, alerts, upto: rows.at(-1)?.id ?? after, isMore: rows.length === PER_STEP }
}

type Row = {
  readonly id: string
  readonly config: string
  readonly dialect: string
  readonly device_id: string
  readonly name: string
}

async function findingsIn({ transaction, tools, check }: LookingBack, row: Row) {
  const now = readAgain(row, tools)
  if (now === undefined) return undefined
  const earlier = await transaction
    .selectFrom('audit_versions')
    .select(['config', 'dialect'])
    .where('device', '=', row.device_id)
    .where('id', '<', row.id)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  const before = earlier && readAgain(earlier, tools)
  return auditDevice({ source: row.name, now, before }, [check])
}
