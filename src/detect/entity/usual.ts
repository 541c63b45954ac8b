// What an entity is usually seen with, from the small tables that are kept two years, and what of it is there today.

import { UsualSchema } from '../../model/index.ts'
import type { EntityAsk, EntityKind, Usual, UsualAspect } from '../../model/index.ts'
import { sql, trusted, typed } from '../../store/index.ts'
import type { EngineLane, Sql } from '../../store/index.ts'

/** One question: which values of what, in which rows of which table. */
type Question = {
  readonly aspect: UsualAspect
  readonly table: string
  readonly when: 'hour' | 'day'
  readonly value: string
  /** Which rows are the entity's, by its names in lower case. */
  readonly isOf: (names: readonly string[]) => Sql
}

/** The network as people write it. */
const NETWORK = `if(startsWith(toString(network), '::ffff:'), concat(substring(toString(network), 8), '/24'), concat(toString(network), '/48'))`

const ofAccount = (names: readonly string[]) => sql`account IN ${names}`
const atDevice = (names: readonly string[]) => sql`target IN ${names}`
const fromAddress = ([name = '']: readonly string[]) => sql`address = toIPv6OrDefault(${name})`

const QUESTIONS: Readonly<Record<EntityKind, readonly Question[]>> = {
  account: [
    signIns('network', NETWORK, ofAccount),
    signIns('machine', 'device', ofAccount),
    signIns('program', 'client', ofAccount),
    signIns('target', 'target', ofAccount),
  ],
  device: [
    signIns('account', 'account', atDevice),
    signIns('network', NETWORK, atDevice),
    {
      aspect: 'started',
      table: 'program_days',
      when: 'day',
      value: `concat(parent, ' → ', child)`,
      isOf: (names) => sql`device IN ${names}`,
    },
    {
      aspect: 'event',
      table: 'event_kinds',
      when: 'hour',
      value: `concat(log_name, ' ', event_code)`,
      isOf: (names) => sql`lowerUTF8(device_name) IN ${names}`,
    },
  ],
  address: [
    signIns('account', 'account', fromAddress),
    {
      aspect: 'place',
      table: 'flow_days',
      when: 'day',
      value: 'place',
      isOf: ([name = '']) => sql`src_ip = toIPv6OrDefault(${name})`,
    },
  ],
  source: [],
}

function signIns(aspect: UsualAspect, value: string, isOf: Question['isOf']): Question {
  return { aspect, table: 'login_hours', when: 'hour', value, isOf }
}

/** Values of each aspect that are shown: those new today, then the most usual. */
const SHOWN = 12

export async function usualOf(
  lane: EngineLane,
  { kind, names }: Pick<EntityAsk, 'kind'> & { readonly names: readonly string[] },
  nowMs: number,
): Promise<readonly Usual[]> {
  const found: Usual[] = []
  const lower = names.map((name) => name.toLowerCase())
  for (const question of QUESTIONS[kind]) {
    const { rows } = await lane.query<Row>(statement(question, lower, nowMs), {
      settings: { max_execution_time: 15, max_memory_usage: 500_000_000 },
    })
    for (const { value, days, first, last, today } of rows)
      found.push(
        UsualSchema.parse({
          aspect: question.aspect,
          value,
          days: Number(days),
          first,
          last,
          today: Number(today) === 1,
        }),
      )
  }
  return found
}

type Row = Readonly<Record<'value' | 'days' | 'first' | 'last' | 'today', string>>

function statement(
  { table, when, value, isOf }: Question,
  names: readonly string[],
  nowMs: number,
): Sql {
  const day = typed('Date', new Date(nowMs).toISOString().slice(0, 10))
  const iso = (time: string) => trusted(`formatDateTime(${time}, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC')`)
  return sql`SELECT value, uniqExactIf(day, day < ${day}) AS days, ${iso('min(first_at)')} AS first, ${iso('max(last_at)')} AS last,
  max(day = ${day}) AS today
FROM (SELECT toString(${trusted(value)}) AS value, toDate(${trusted(when)}, 'UTC') AS day, first_at, last_at FROM ${trusted(table)}
  WHERE ${isOf(names)})
WHERE value != '' GROUP BY value ORDER BY today = 1 AND days = 0 DESC, days DESC, value LIMIT ${SHOWN}`
}
