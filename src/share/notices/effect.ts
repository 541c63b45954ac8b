// Whether telling works: how many were told, answered, mended, and how fast; and by which way the answers came.

import { sql } from 'kysely'
import { NOTICE_CLASSES, NoticeEffectSchema } from '../../model/index.ts'
import type { NoticeEffect } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { ANSWER_MS } from './steps.ts'

export async function noticeEffect(records: Records, nowMs: number): Promise<NoticeEffect> {
  const clocks = NOTICE_CLASSES.flatMap((one) => {
    const clock = ANSWER_MS[one]
    return clock === null ? [] : [sql`WHEN ${one} THEN ${clock / 1000}::float8`]
  })
  const { rows } = await sql<
    Record<string, unknown>
  >`SELECT class, count(*)::int AS made, count(told)::int AS told,
      count(acknowledged)::int AS acknowledged, count(fixed)::int AS fixed,
      (count(*) FILTER (WHERE is_unanswered AND state = 'told'))::int AS unanswered,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM acknowledged - told) / 60) FILTER (WHERE acknowledged >= told) AS "minutesToAnswer",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM fixed - told) / 60) FILTER (WHERE fixed >= told) AS "minutesToFix",
      (count(*) FILTER (WHERE extract(epoch FROM acknowledged - told) <= CASE class ${sql.join(clocks, sql` `)} END))::int AS "inTime"
    FROM notices GROUP BY class`.execute(records)
  const { rows: channels } = await sql<
    Record<string, unknown>
  >`SELECT d.channel, count(DISTINCT d.notice)::int AS told,
      (count(DISTINCT d.notice) FILTER (WHERE n.answered_by_channel = d.channel))::int AS answered
    FROM notice_deliveries AS d JOIN notices AS n ON n.id = d.notice WHERE d.state IN ('sent', 'called') GROUP BY d.channel ORDER BY 2 DESC`.execute(
    records,
  )
  const order = (of: unknown) => NOTICE_CLASSES.findIndex((one) => one === of)
  return NoticeEffectSchema.parse({
    asOf: new Date(nowMs).toISOString(),
    classes: rows
      .map((row) => ({
        ...row,
        minutesToAnswer: numberOr(row['minutesToAnswer']),
        minutesToFix: numberOr(row['minutesToFix']),
      }))
      .toSorted(
        (one, other) =>
          order('class' in one ? one.class : '') - order('class' in other ? other.class : ''),
      ),
    channels,
  })
}

function numberOr(value: unknown): number | null {
  return value === null || value === undefined ? null : Math.round(Number(value) * 10) / 10
}
