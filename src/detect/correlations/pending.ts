// What a sweep found goes into both engines once, whatever crashes when: written down with the sweep's own transaction,
// stored beside the events, then made alerts in the transaction that strikes it off.

import { z } from 'zod'
import { FindingSchema, SeveritySchema } from '../../model/index.ts'
import type { Finding } from '../../model/index.ts'
import { FOUND_MEMBER, sql, trusted } from '../../store/index.ts'
import type { EngineLane, Records, RecordsTransaction } from '../../store/index.ts'
import { raiseAlerts } from '../alerts/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import { insertFindings } from '../findings-table.ts'
import { recordFeed } from './feed.ts'
import { GROUP_NUMBER, HIT_COLUMNS, VALUE } from './feeding.ts'

/** A row of `correlation_events` that no line brought: what a correlation of correlations is made of, or a group found. */
const HitSchema = z.object({
  correlation: z.string(),
  member: z.number().int(),
  /** The group's number where it is known; else that of `groups`. */
  grp: z.string(),
  groups: z.array(z.string()),
  time: z.number().int(),
  parts: z.array(z.string()),
  entities: z.array(z.string()),
  batch: z.string(),
  line: z.number().int(),
})
export type NewHit = z.infer<typeof HitSchema>

const Text = z.object({ en: z.string(), fr: z.string() })
const PendingSchema = z.object({
  nowMs: z.number().int(),
  findings: z.array(FindingSchema),
  rules: z.array(
    z.object({
      id: z.string(),
      title: Text,
      severity: SeveritySchema,
      attack: z.array(z.string()),
      author: z.string(),
      reference: z.string(),
    }),
  ),
  hits: z.array(HitSchema),
})
export type Pending = z.infer<typeof PendingSchema>

export type NewPending = {
  readonly id: string
  readonly nowMs: number
  readonly findings: readonly Finding[]
  readonly facts: ReadonlyMap<string, RuleFacts>
  readonly hits: readonly NewHit[]
}

export async function writePending(
  transaction: RecordsTransaction,
  { id, nowMs, findings, facts, hits }: NewPending,
): Promise<void> {
  const rules = [...new Set(findings.map(({ rule }) => rule))].flatMap((rule) => {
    const known = facts.get(rule)
    return known === undefined ? [] : [{ ...known, attack: [...known.attack] }]
  })
  const content: Pending = { nowMs, findings: [...findings], rules, hits: [...hits] }
  await transaction
    .insertInto('correlation_pending')
    .values({ id, content: JSON.stringify(content) })
    .execute()
}

type Stores = { readonly lane: EngineLane; readonly records: Records }

/** Ends what is pending, in the order it was written down. `again`: an earlier try may have got anywhere. Gives the number of findings. */
export async function finishPending(stores: Stores, again: boolean): Promise<number> {
  let findings = 0
  for (;;) {
    const row = await stores.records
      .selectFrom('correlation_pending')
      .selectAll()
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) return findings
    const pending = PendingSchema.parse(row.content)
    await finish(stores, { id: row.id, pending, again })
    findings += pending.findings.length
  }
}

type Finishing = { readonly id: string; readonly pending: Pending; readonly again: boolean }

async function finish({ lane, records }: Stores, { id, pending, again }: Finishing): Promise<void> {
  const { nowMs, findings, rules, hits } = pending
  await insertFindings(lane, findings, { token: `${id}:correlations`, nowMs, again })
  await insertHits(lane, hits, { feed: id, nowMs })
  await records.transaction().execute(async (transaction) => {
    await raiseAlerts(transaction, findings, {
      rules: new Map(rules.map((rule) => [rule.id, rule])),
      nowMs,
    })
    if (hits.some(({ member }) => member !== FOUND_MEMBER))
      await recordFeed(transaction, { id, nowMs })
    await transaction.deleteFrom('correlation_pending').where('id', '=', id).execute()
  })
}

const SHAPE =
  'Array(Tuple(correlation String, member UInt16, grp String, groups Array(String), parts Array(String), time Int64, entities Array(String), batch String, line UInt32))'

/** Read once however often they stand there. */
async function insertHits(
  lane: EngineLane,
  hits: readonly NewHit[],
  { feed, nowMs }: { readonly feed: string; readonly nowMs: number },
): Promise<void> {
  if (hits.length === 0) return
  await lane.command(
    sql`INSERT INTO correlation_events (${trusted(HIT_COLUMNS)})
SELECT correlation, member, if(known = 0, ${trusted(GROUP_NUMBER)}, known), groups, fromUnixTimestamp64Milli(ms, 'UTC'), ${trusted(VALUE)}, entities, batch, line,
  ${feed}, fromUnixTimestamp64Milli(${nowMs}, 'UTC') FROM (
SELECT h.correlation AS correlation, h.member AS member, toUInt64(h.grp) AS known, h.groups AS groups, h.parts AS parts, h.time AS ms, h.entities AS entities, h.batch AS batch, h.line AS line
FROM (SELECT arrayJoin(JSONExtract(${JSON.stringify(hits)}, ${SHAPE})) AS h))`,
    { settings: { insert_deduplicate: 0, max_threads: 1 } },
  )
}
