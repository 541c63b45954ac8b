// Which sensors a station knows: invited, enrolled, revoked, and what they last said of themselves.

import { createHash, randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { HOUR_MS, MINUTE_MS, VigieError } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { SensorSchema } from '../../model/index.ts'
import type { Sensor, SensorReport, Sighting } from '../../model/index.ts'
import type { Records, SensorsTable } from '../../store/index.ts'
import type { SensorSubject } from './authority.ts'
import { readSightings, sighted } from './sighting-records.ts'
import type { SightingSummary } from './sighting-records.ts'

/** Sensors greet several times a minute. */
const SILENT_MS = 5 * MINUTE_MS
/** How long a code is good. */
export const CODE_MS = HOUR_MS

export type SensorRegistry = {
  /** A new code's secret. Throws BAD_REQUEST while the name is enrolled. */
  readonly invite: (name: string) => Promise<{ readonly secret: string; readonly untilMs: number }>
  /** Uses a code up; again only for the same key. Undefined when it is unknown, used, revoked or too old. */
  readonly enrol: (secret: string, publicKey: string) => Promise<SensorSubject | undefined>
  readonly isEnrolled: (subject: SensorSubject) => Promise<boolean>
  readonly seen: (
    subject: SensorSubject,
    report: SensorReport,
    certificateExpires: Date,
  ) => Promise<void>
  /** Values of lists that a sensor met. */
  readonly sighted: (subject: SensorSubject, sightings: readonly Sighting[]) => Promise<void>
  /** False when there is no such sensor. */
  readonly revoke: (name: string) => Promise<boolean>
  readonly list: () => Promise<readonly Sensor[]>
  readonly isEmpty: () => Promise<boolean>
}

/** `current`: the version of the content that the station has to give; 0 for none. */
export function sensorRegistry(
  records: Records,
  clock: Clock,
  current?: () => number,
): SensorRegistry {
  return {
    invite: (name) => invite(records, name, clock.nowMs()),
    enrol: (secret, publicKey) => enrol(records, { secret, publicKey, nowMs: clock.nowMs() }),
    isEnrolled: ({ name, enrolment }) => isEnrolled(records, name, enrolment),
    seen: (subject, report, certificateExpires) =>
      seen(records, subject, { report, certificateExpires, now: new Date(clock.nowMs()) }),
    sighted: ({ name }, sightings) => sighted(records, { name, sightings, nowMs: clock.nowMs() }),
    revoke: async (name) => {
      const { numUpdatedRows } = await records
        .updateTable('sensors')
        .set({ state: 'revoked' })
        .where('name', '=', name)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    list: async () => {
      const rows = await records.selectFrom('sensors').selectAll().orderBy('name').execute()
      const met = await readSightings(records)
      const place = { nowMs: clock.nowMs(), current: current?.() ?? 0 }
      return rows.map((row) => toSensor(row, met.get(row.name), place))
    },
    isEmpty: async () =>
      (await records.selectFrom('sensors').select('name').limit(1).executeTakeFirst()) ===
      undefined,
  }
}

async function invite(records: Records, name: string, nowMs: number) {
  const secret = randomBytes(18).toString('base64url')
  const untilMs = nowMs + CODE_MS
  const values = {
    state: 'invited',
    enrolment: randomBytes(8).toString('hex'),
    code_hash: digest(secret),
    code_expires: new Date(untilMs),
    public_key: null,
    enrolled: null,
  }
  const { numInsertedOrUpdatedRows } = await records
    .insertInto('sensors')
    .values({ name, version: '', waiting_bytes: 0, limit_bytes: 0, dropped: 0, ...values })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet(values).where('sensors.state', '!=', 'enrolled'),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n)
    throw new VigieError('BAD_REQUEST', {
      met: `the sensor ${name}, which is enrolled`,
      expected: `another name, or “vigie sensors revoke ${name}” before`,
    })
  return { secret, untilMs }
}

async function enrol(
  records: Records,
  { secret, publicKey, nowMs }: { secret: string; publicKey: string; nowMs: number },
): Promise<SensorSubject | undefined> {
  return records
    .updateTable('sensors')
    .set({ state: 'enrolled', public_key: publicKey, enrolled: new Date(nowMs) })
    .where('code_hash', '=', digest(secret))
    .where('code_expires', '>', new Date(nowMs))
    .where('state', '!=', 'revoked')
    .where((by) => by.or([by('public_key', 'is', null), by('public_key', '=', publicKey)]))
    .returning(['name', 'enrolment'])
    .executeTakeFirst()
}

async function isEnrolled(records: Records, name: string, enrolment: string): Promise<boolean> {
  const row = await records
    .selectFrom('sensors')
    .select('name')
    .where('name', '=', name)
    .where('enrolment', '=', enrolment)
    .where('state', '=', 'enrolled')
    .executeTakeFirst()
  return row !== undefined
}

async function seen(
  records: Records,
  { name, enrolment }: SensorSubject,
  {
    report,
    certificateExpires,
    now,
  }: { report: SensorReport; certificateExpires: Date; now: Date },
): Promise<void> {
  await records
    .updateTable('sensors')
    .set({
      last_seen: now,
      certificate_expires: certificateExpires,
      version: report.version,
      oldest: report.oldestMs === null ? null : new Date(Math.min(report.oldestMs, 8.64e15)),
      waiting_bytes: report.waitingBytes,
      limit_bytes: report.limitBytes,
      dropped: report.dropped,
      skew_ms: report.skewMs,
      content: report.content === undefined ? null : new Date(Math.min(report.content, 8.64e15)),
      silence_told: null,
    })
    .where('name', '=', name)
    .where('enrolment', '=', enrolment)
    .execute()
}

type Place = { readonly nowMs: number; readonly current: number }

function toSensor(
  row: Selectable<SensorsTable>,
  met: SightingSummary | undefined,
  { nowMs, current }: Place,
): Sensor {
  const oldestMs = row.oldest?.getTime() ?? null
  const heardMs = (row.last_seen ?? row.enrolled)?.getTime() ?? nowMs
  return SensorSchema.parse({
    name: row.name,
    state: row.state,
    invitedUntil: row.state === 'invited' ? row.code_expires.toISOString() : null,
    enrolled: row.enrolled?.toISOString() ?? null,
    lastSeen: row.last_seen?.toISOString() ?? null,
    silent: row.state === 'enrolled' && nowMs - heardMs > SILENT_MS,
    certificateExpires: row.certificate_expires?.toISOString() ?? null,
    version: row.version,
    content: row.content?.toISOString() ?? null,
    isContentCurrent: row.content !== null && row.content.getTime() >= current,
    sightings: met?.count ?? 0,
    lastSighting: met?.last ?? null,
    lagMs: oldestMs === null ? null : Math.max(0, nowMs - oldestMs + Number(row.skew_ms ?? 0)),
    waitingBytes: Number(row.waiting_bytes),
    limitBytes: Number(row.limit_bytes),
    dropped: Number(row.dropped),
    skewMs: row.skew_ms === null ? null : Number(row.skew_ms),
  })
}

/** Looked up by digest, so comparing takes the same time whatever was sent. */
function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
