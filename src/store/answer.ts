// The engine's JSON answer, read once and checked for its shape.

import { z } from 'zod'
import type { QueryAnswer } from './event-engine.ts'

const AnswerSchema = z.object({
  meta: z.array(z.object({ name: z.string(), type: z.string() })),
  data: z.array(z.unknown()),
  statistics: z
    .object({ elapsed: z.number(), rows_read: z.coerce.number(), bytes_read: z.coerce.number() })
    .optional(),
})

export function readAnswer<Row>(body: string): QueryAnswer<Row> {
  const { meta, data, statistics } = AnswerSchema.parse(JSON.parse(body))
  return {
    columns: meta,
    rows: data as Row[], // the schema edge: the caller names the row that its own SELECT gives
    cost: {
      rowsRead: statistics?.rows_read ?? 0,
      bytesRead: statistics?.bytes_read ?? 0,
      engineMs: (statistics?.elapsed ?? 0) * 1000,
    },
  }
}
