// One entity: what was found on it day by day, which hours were rare, what the directories and inventories say of it.

import { DAY_MS, HOUR_MS } from '../../core/index.ts'
import { SeveritySchema } from '../../model/index.ts'
import type { EntityAsk, EntityDetail, EntityKind } from '../../model/index.ts'
import { sql, typed } from '../../store/index.ts'
import type { EngineLane, Store } from '../../store/index.ts'
import { alertsOn } from '../alerts/index.ts'
import { namesOf } from './known-names.ts'
import { usualOf } from './usual.ts'

const SHOWN_DAYS = 30
const MOST_RULES = 50
const MOST_ALERTS = 50
const MOST_HOURS = 50

export type EntityView = Omit<EntityDetail, 'asOf' | 'network'>

export async function entityView(
  { events, records }: Pick<Store, 'events' | 'records'>,
  ask: EntityAsk,
  nowMs: number,
): Promise<EntityView> {
  const lane = events.ask
  const names = await namesOf(lane, ask, nowMs)
  const [days, rules, usual, known, rare, alerts] = await Promise.all([
    daysOf(lane, { ...ask, names, nowMs }),
    rulesOf(lane, ask.kind, names),
    usualOf(lane, { kind: ask.kind, names }, nowMs),
    knownOf(lane, ask.kind, names),
    records
      .selectFrom('risk_hours')
      .select(['hour', 'score'])
      .where('entity_kind', '=', ask.kind)
      .where('entity', 'in', names)
      .orderBy('hour', 'desc')
      .limit(MOST_HOURS)
      .execute(),
    alertsOn(records, names, MOST_ALERTS),
  ])
  return {
    ...ask,
    alsoNamed: names.slice(1),
    ...known,
    days,
    rules,
    usual: [...usual],
    rare: rare.map(({ hour, score }) => ({ hour: new Date(hour).toISOString(), score })),
    alerts: alerts.filter(({ entityKind }) => entityKind === ask.kind),
  }
}

async function daysOf(
  lane: EngineLane,
  { kind, names, nowMs }: Pick<EntityAsk, 'kind'> & { names: readonly string[]; nowMs: number },
): Promise<EntityDetail['days']> {
  const today = Math.floor(nowMs / DAY_MS)
  const from = new Date((today - SHOWN_DAYS + 1) * DAY_MS).toISOString().slice(0, 23)
  const { rows } = await lane.query<Readonly<Record<'day' | 'findings' | 'rules', string>>>(
    sql`SELECT toString(toDate(time, 'UTC')) AS day, count() AS findings, uniqExact(rule) AS rules FROM findings
WHERE entity IN ${[...names]} AND toString(entity_kind) = ${kind} AND time >= ${typed("DateTime64(3, 'UTC')", from)}
  AND time < ${typed("DateTime64(3, 'UTC')", new Date(nowMs + HOUR_MS).toISOString().slice(0, 23))} GROUP BY day`,
  )
  const byDay = new Map(rows.map((row) => [row.day, row]))
  return Array.from({ length: SHOWN_DAYS }, (_, at) => {
    const day = new Date((today - SHOWN_DAYS + 1 + at) * DAY_MS).toISOString().slice(0, 10)
    const { findings = 0, rules = 0 } = byDay.get(day) ?? {}
    return { day, findings: Number(findings), rules: Number(rules) }
  })
}

type RuleRow = Readonly<Record<'id' | 'title' | 'severity' | 'findings' | 'first' | 'last', string>>

async function rulesOf(
  lane: EngineLane,
  kind: EntityKind,
  names: readonly string[],
): Promise<EntityDetail['rules']> {
  const { rows } = await lane.query<RuleRow>(
    sql`SELECT toString(rule) AS id, argMax(title, time) AS title, toString(argMax(severity, time)) AS severity, count() AS findings,
  formatDateTime(min(time), '%Y-%m-%dT%H:%i:%S.%fZ') AS first, formatDateTime(max(time), '%Y-%m-%dT%H:%i:%S.%fZ') AS last
FROM findings WHERE entity IN ${[...names]} AND toString(entity_kind) = ${kind} GROUP BY id ORDER BY last DESC, id LIMIT ${MOST_RULES}`,
  )
  return rows.map(({ id, title, severity, findings, first, last }) => ({
    rule: id,
    title,
    severity: SeveritySchema.parse(severity),
    findings: Number(findings),
    first,
    last,
  }))
}

type Known = Pick<EntityDetail, 'account' | 'asset'>
type AccountRow = Readonly<Record<'kind' | 'tier' | 'assurance' | 'critical', string>>
type AssetRow = Readonly<Record<'criticality' | 'zone' | 'owner' | 'facing', string>>

async function knownOf(
  lane: EngineLane,
  kind: EntityKind,
  names: readonly string[],
): Promise<Known> {
  return kind === 'account'
    ? { account: await accountNamed(lane, names), asset: null }
    : { account: null, asset: await assetNamed(lane, names) }
}

async function accountNamed(lane: EngineLane, names: readonly string[]): Promise<Known['account']> {
  const { rows } = await lane.query<AccountRow>(
    sql`SELECT toString(kind) AS kind, tier, toString(assurance) AS assurance, critical FROM known_accounts WHERE account IN ${lower(names)} ORDER BY critical DESC, account LIMIT 1`,
  )
  const [found] = rows
  return found === undefined
    ? null
    : { ...found, tier: Number(found.tier), critical: Number(found.critical) === 1 }
}

async function assetNamed(lane: EngineLane, names: readonly string[]): Promise<Known['asset']> {
  const { rows } = await lane.query<AssetRow>(
    sql`SELECT toString(criticality) AS criticality, toString(zone) AS zone, owner, toString(facing) AS facing FROM known_assets WHERE asset IN ${lower(names)} ORDER BY asset LIMIT 1`,
  )
  return rows[0] ?? null
}

/** As these tables hold names. */
const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase())
