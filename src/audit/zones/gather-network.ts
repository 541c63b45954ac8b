// What a round judges: the newest configuration of every device, and changes whose openings nobody worked out.

import { createHash } from 'node:crypto'
import { DAY_MS } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import { IS_CHANGE } from '../records/device-changes.ts'

export type GivenDevice = {
  readonly id: string
  readonly name: string
  readonly dialect: string
  /** Redacted. */
  readonly config: string
  /** When this version came, and when it was met last: UTC milliseconds. */
  readonly receivedMs: number
  readonly seenMs: number
}

export type GivenChange = {
  readonly diff: string
  readonly device: string
  readonly version: string
  readonly dialect: string
  /** Of the version before. */
  readonly config: string
  readonly madeMs: number
  /** A record covers all of it. */
  readonly isExpected: boolean
}

export type Given = {
  readonly devices: readonly GivenDevice[]
  /** Names of devices beyond what is judged at once. */
  readonly left: readonly string[]
  readonly changes: readonly GivenChange[]
}

/** Of one round. What is beyond is named, and nothing is called blocked beside it. */
const MOST_DEVICES = 2000
const MOST_CHARACTERS = 200_000_000
const MOST_CHANGES = 20
/** An older change rings no more, and its way is among the verdicts. */
const NEWS_MS = 7 * DAY_MS

type Version = { readonly id: string; readonly name: string; readonly version: string }

/** Changes with everything that is judged. */
export async function inputsOf(
  records: Records,
  zones: number,
): Promise<{ readonly inputs: string; readonly versions: readonly Version[] }> {
  const rows = await records
    .selectFrom('audit_devices')
    .select(['id', 'name', 'version'])
    .where('version', 'is not', null)
    .orderBy('name')
    .execute()
  const versions = rows.flatMap(({ id, name, version }) =>
    version === null ? [] : [{ id, name, version }],
  )
  const all = JSON.stringify([zones, versions.map(({ version }) => version)])
  return { inputs: createHash('sha256').update(all).digest('hex'), versions }
}

export async function gather(
  records: Records,
  versions: readonly Version[],
  nowMs: number,
): Promise<Given> {
  const devices: GivenDevice[] = []
  const left: string[] = []
  let characters = 0
  for (const { id, name, version } of versions) {
    if (devices.length >= MOST_DEVICES || characters > MOST_CHARACTERS) {
      left.push(name)
      continue
    }
    const row = await records
      .selectFrom('audit_versions')
      .select(['config', 'dialect', 'received', 'last_seen'])
      .where('id', '=', version)
      .executeTakeFirst()
    if (row === undefined) continue
    characters += row.config.length
    const times = { receivedMs: row.received.getTime(), seenMs: row.last_seen.getTime() }
    devices.push({ id, name, dialect: row.dialect, config: row.config, ...times })
  }
  return { devices, left, changes: await dueChanges(records, nowMs) }
}

/** The oldest first, so that each is told of what it did itself. */
async function dueChanges(records: Records, nowMs: number): Promise<readonly GivenChange[]> {
  const rows = await records
    .selectFrom('audit_diffs')
    .innerJoin('audit_devices as devices', 'devices.id', 'audit_diffs.device')
    .innerJoin('audit_versions as before', 'before.id', 'audit_diffs.version_before')
    .leftJoin('segment_openings as known', 'known.diff', 'audit_diffs.id')
    .select([
      'audit_diffs.id',
      'audit_diffs.made',
      'audit_diffs.record',
      'audit_diffs.version_after',
      'devices.name',
      'before.config',
      'before.dialect',
    ])
    .where(IS_CHANGE)
    .where('known.diff', 'is', null)
    .whereRef('devices.version', '=', 'audit_diffs.version_after')
    .where('audit_diffs.made', '>=', new Date(nowMs - NEWS_MS))
    .orderBy('audit_diffs.made')
    .limit(MOST_CHANGES)
    .execute()
  return rows.map(({ id, made, record, name, config, dialect, version_after }) => ({
    diff: id,
    device: name,
    version: version_after,
    dialect,
    config,
    madeMs: made.getTime(),
    isExpected: record !== null,
  }))
}
