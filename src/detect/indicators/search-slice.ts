// A stretch of stored events searched for indicators that arrived: which of them it holds, then the rows, then what was
// not found before.

import { columnDefinition, STORED_COLUMNS } from '../../model/index.ts'
import type { Finding } from '../../model/index.ts'
import { sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Records, Sql } from '../../store/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import { settledOnly, unknownOnly } from '../history/judge-slice.ts'
import { indicated, ruleOf } from './findings.ts'
import { KEY_COLUMNS } from './key-sql.ts'
import { knownIn, metIn } from './match.ts'
import type { Known, Present } from './match.ts'
import { MOST_FEW, mayHold } from './may-hold.ts'

export type SliceSearch = {
  readonly lane: EngineLane
  readonly records: Records
  readonly present: Present
  readonly nowMs: number
  readonly settings: EngineSettings
  readonly isLeftOut: (rule: string) => boolean
}

export type Searched = {
  readonly findings: readonly Finding[]
  readonly facts: ReadonlyMap<string, RuleFacts>
  readonly known: number
  /** More rows than are taken at once have one of the values. */
  readonly isFlooded: boolean
}

const ROWS_TABLE = 'indicator_rows'
const MOST_ROWS = 100_000
/** What a finding is told from, beside what is compared. */
const TOLD = 'time batch line user_name actor_user src_ip device_name device_ip source'.split(' ')
const COLUMNS = [...new Set([...KEY_COLUMNS, ...TOLD])]

export async function createRows(lane: EngineLane): Promise<void> {
  await dropRows(lane)
  const columns = STORED_COLUMNS.filter(({ name }) => COLUMNS.includes(name)).map((column) =>
    columnDefinition(column, { codecs: false }),
  )
  await lane.command(trusted(`CREATE TABLE ${ROWS_TABLE} (${columns.join(', ')}) ENGINE = Memory`))
}

export async function dropRows(lane: EngineLane): Promise<void> {
  await lane.command(trusted(`DROP TABLE IF EXISTS ${ROWS_TABLE}`))
}

/** Of many indicators of one list: those that the events hold. */
export async function searchMany(
  search: SliceSearch,
  where: Sql,
  only: { readonly list: string; readonly version: number },
): Promise<Searched> {
  const known = await knownIn({ ...search, from: sql`FROM events WHERE ${where} AND`, only })
  return searchFew(search, where, known)
}

/** Of known ones: the rows that hold them. */
export async function searchFew(
  search: SliceSearch,
  where: Sql,
  all: readonly Known[],
): Promise<Searched> {
  const known = all.filter((one) => !search.isLeftOut(ruleOf(one)))
  let isFlooded = false
  const found: Searched[] = []
  for (let at = 0; at < known.length; at += MOST_FEW) {
    const some = known.slice(at, at + MOST_FEW)
    isFlooded = (await loadRows(search, where, some)) || isFlooded
    const met = await metIn({ ...search, from: trusted(`FROM ${ROWS_TABLE} WHERE`) }, some)
    found.push(await notKnown(search, indicated(met, some)))
  }
  return {
    findings: found.flatMap(({ findings }) => findings),
    facts: new Map(found.flatMap(({ facts }) => [...facts])),
    known: found.reduce((sum, one) => sum + one.known, 0),
    isFlooded,
  }
}

/** Whether there were more than are taken. */
async function loadRows(
  { lane, settings }: SliceSearch,
  where: Sql,
  known: readonly Known[],
): Promise<boolean> {
  await lane.command(trusted(`TRUNCATE TABLE ${ROWS_TABLE}`))
  const columns = trusted(COLUMNS.join(', '))
  for (const condition of mayHold(known)) {
    await lane.command(
      sql`INSERT INTO ${trusted(ROWS_TABLE)} (${columns}) SELECT ${columns} FROM events WHERE ${where} AND ${condition} LIMIT ${MOST_ROWS}`,
      { settings },
    )
  }
  const { rows } = await lane.query<{ n: number }>(
    trusted(`SELECT toUInt32(count()) AS n FROM ${ROWS_TABLE}`),
  )
  return (rows[0]?.n ?? 0) >= MOST_ROWS
}

async function notKnown(
  { lane, records }: SliceSearch,
  { findings: all, facts }: ReturnType<typeof indicated>,
): Promise<Searched> {
  if (all.length === 0) return { findings: [], facts, known: 0, isFlooded: false }
  const settled = await settledOnly(records, all)
  const times = settled.map(({ time }) => Date.parse(time))
  const fromMs = times.reduce((a, b) => Math.min(a, b), Number.MAX_SAFE_INTEGER)
  const toMs = times.reduce((a, b) => Math.max(a, b), 0) + 1
  const findings = settled.length === 0 ? [] : await unknownOnly(lane, settled, { fromMs, toMs })
  return { findings, facts, known: settled.length - findings.length, isFlooded: false }
}
