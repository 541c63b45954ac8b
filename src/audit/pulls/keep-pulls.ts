// Devices whose configurations are fetched, in the records: which, how they go, when next.

import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { MINUTE_MS, VigieError } from '../../core/index.ts'
import type { PullProblem } from '../../core/index.ts'
import type { DevicePull, PullAsk } from '../../model/index.ts'
import type { DevicePullsTable, Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import type { Act } from '../records/change-records.ts'
import type { Login } from './ssh-pull.ts'

/** Seals what is kept of a login, and opens it again; `about` binds it to its device. */
export type Seal = {
  readonly seal: (text: string, about: string) => string
  /** Throws where it was sealed by another key, or for another device. */
  readonly open: (sealed: string, about: string) => string
}

export type Pull = Selectable<DevicePullsTable>
const DAY_MINUTES = 1440

export async function setPull(
  records: Records,
  ask: PullAsk,
  { act: { who, nowMs }, seal }: { readonly act: Act; readonly seal: Seal },
): Promise<void> {
  const { device, host, port, account, platform, every, hostKey, ...login } = ask
  const known = await records
    .selectFrom('device_pulls')
    .select(['host', 'port', 'host_key', 'host_key_by'])
    .where('device', '=', device)
    .executeTakeFirst()
  // A key is of a place: at another one it has to be confirmed again.
  const isSamePlace = known?.host === host && known.port === port
  const key = hostKey ?? (isSamePlace ? known.host_key : null)
  const values = {
    host,
    port,
    account,
    platform,
    every,
    secret: seal.seal(JSON.stringify(login), device),
    given: JSON.stringify(Object.keys(login)),
    host_key: key,
    host_key_by: hostKey === undefined && isSamePlace ? known.host_key_by : key === null ? '' : who,
    host_key_met: null,
    next: new Date(nowMs),
    failures: 0,
    problem: 'null',
  }
  await records
    .insertInto('device_pulls')
    .values({ device, ...values, added: new Date(nowMs), added_by: who, tried: null, taken: null })
    .onConflict((conflict) => conflict.column('device').doUpdateSet(values))
    .execute()
}

export function loginOf({ secret, device }: Pull, { open }: Seal): Login {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by setPull alone
  return JSON.parse(open(secret, device)) as Login
}

/** Throws NOT_FOUND where the device did not show this key. */
export async function confirmKey(
  records: Records,
  { device, key }: { readonly device: string; readonly key: string },
  { who, nowMs }: Act,
): Promise<void> {
  const { numUpdatedRows } = await records
    .updateTable('device_pulls')
    .set({
      host_key: key,
      host_key_by: who,
      host_key_met: null,
      next: new Date(nowMs),
      failures: 0,
      problem: 'null',
    })
    .where('device', '=', device)
    .where('host_key_met', '=', key)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new VigieError('NOT_FOUND', { what: `${device} ${key}` })
}

/** Throws NOT_FOUND. */
export async function removePull(records: Records, device: string): Promise<void> {
  const { numDeletedRows } = await records
    .deleteFrom('device_pulls')
    .where('device', '=', device)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new VigieError('NOT_FOUND', { what: device })
}

/** Asked at once. Throws NOT_FOUND. */
export async function pullNow(records: Records, device: string, nowMs: number): Promise<void> {
  const { numUpdatedRows } = await records
    .updateTable('device_pulls')
    .set({ next: new Date(nowMs) })
    .where('device', '=', device)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new VigieError('NOT_FOUND', { what: device })
}

export async function duePulls(records: Records, nowMs: number): Promise<readonly Pull[]> {
  return records
    .selectFrom('device_pulls')
    .selectAll()
    .where('next', '<=', new Date(nowMs))
    .orderBy('next')
    .limit(100)
    .execute()
}

/** Those that answer and wait for their time; where a person has to mend something, asking sooner mends nothing. */
export async function pullsInOrder(records: Records): Promise<readonly Pull[]> {
  return records
    .selectFrom('device_pulls')
    .selectAll()
    .where('failures', '=', 0)
    .where('taken', 'is not', null)
    .orderBy('device')
    .execute()
}

export type PullEnd =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: PullProblem; readonly met: string }

export async function keepPull(
  records: Records,
  pull: Pull,
  { end, nowMs }: { readonly end: PullEnd; readonly nowMs: number },
): Promise<void> {
  const tried = new Date(nowMs)
  const next = new Date(nextMs(pull, end, nowMs))
  const isKey = !end.ok && (end.problem === 'key_unknown' || end.problem === 'key_changed')
  await records
    .updateTable('device_pulls')
    .set(
      end.ok
        ? { tried, taken: tried, next, failures: 0, problem: 'null', host_key_met: null }
        : {
            tried,
            next,
            failures: pull.failures + 1,
            problem: JSON.stringify({ problem: end.problem, met: end.met }),
            ...(isKey ? { host_key_met: end.met } : {}),
          },
    )
    // Meanwhile somebody may have set it anew.
    .where('device', '=', pull.device)
    .where('secret', '=', pull.secret)
    .execute()
}

const SOONEST_AGAIN_MINUTES = 15

/** What only a person mends. A login that is tried again and again would lock its account on the device. */
const FOR_A_PERSON: ReadonlySet<PullProblem> = new Set<PullProblem>([
  'bad_login',
  'refused',
  'needs_enable',
  'key_unknown',
  'key_changed',
])

/** After a failure that may pass sooner, each time later; no more often than it is asked anyway. */
export function nextMs(
  { device, every, failures }: Pick<Pull, 'device' | 'every' | 'failures'>,
  end: PullEnd,
  nowMs: number,
): number {
  const regular = every === DAY_MINUTES ? nightAfter(nowMs, device) : nowMs + every * MINUTE_MS
  if (end.ok || FOR_A_PERSON.has(end.problem)) return regular
  const again = SOONEST_AGAIN_MINUTES * 2 ** Math.min(failures, 6)
  return Math.min(regular, nowMs + again * MINUTE_MS)
}

const NIGHT_STARTS_HOUR = 1
const NIGHT_MINUTES = 180

/** Between one and four at night by the station's clock, each device at its own minute. */
function nightAfter(nowMs: number, device: string): number {
  const own = createHash('sha256').update(device).digest().readUInt16BE(0) % NIGHT_MINUTES
  const night = new Date(nowMs)
  night.setHours(NIGHT_STARTS_HOUR, own, 0, 0)
  if (night.getTime() <= nowMs) night.setDate(night.getDate() + 1)
  return night.getTime()
}

export async function listPulls(records: Records): Promise<readonly DevicePull[]> {
  const rows = await records.selectFrom('device_pulls').selectAll().orderBy('device').execute()
  return rows.map(shown)
}

/** Without the login. */
function shown(row: Pull): DevicePull {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by keepPull alone
  const problem = row.problem as { problem: PullProblem; met: string } | null
  const say = (language: Language) =>
    problem === null ? '' : wordsOf(language).collection.pull({ device: row.device, ...problem })
  return {
    device: row.device,
    host: row.host,
    port: row.port,
    account: row.account,
    platform: row.platform,
    every: row.every,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by setPull alone
    given: row.given as string[],
    hostKey: row.host_key,
    hostKeyBy: row.host_key_by,
    hostKeyMet: row.host_key_met,
    state: stateOf(row, problem?.problem),
    problem: problem === null ? null : { en: say('en'), fr: say('fr') },
    tried: row.tried?.toISOString() ?? null,
    taken: row.taken?.toISOString() ?? null,
    next: row.next.toISOString(),
  }
}

function stateOf({ taken }: Pull, problem: PullProblem | undefined): DevicePull['state'] {
  if (problem === 'key_unknown' || problem === 'key_changed') return problem
  if (problem !== undefined) return 'failing'
  return taken === null ? 'new' : 'ok'
}
