// What is known of vulnerabilities, as far as a deadline rests on it.

import { sql } from 'kysely'
import { z } from 'zod'
import type { Ssvc } from '../deadlines/estimate.ts'
import { inBulk } from '../rows.ts'
import type { Work } from '../rows.ts'

export type KnownVulnerability = {
  readonly kev:
    | { readonly added: string; readonly due?: string | undefined; readonly ransomware: boolean }
    | undefined
  readonly otherLists: readonly string[]
  readonly ssvc: Ssvc
  readonly vector: string | undefined
  readonly score: number | null
}
const KevSchema = z.object({
  added: z.string(),
  due: z.string().optional(),
  ransomware: z.boolean(),
})
const SsvcSchema = z.object({
  exploitation: z.enum(['none', 'public poc', 'active']).optional(),
  automatable: z.boolean().optional(),
  impact: z.enum(['partial', 'total']).optional(),
})

export async function knownOf(
  work: Work,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownVulnerability>> {
  type Row = {
    id: string
    kev: unknown
    other_lists: unknown
    ssvc: unknown
    vector: string
    score: number | null
  }
  const rows = await inBulk<Row>(
    work,
    { rows: ids.map((id) => ({ id })), columns: 'id text' },
    (r) => sql<Row>`
    SELECT v.id, v.kev, v.other_lists, v.ssvc, v.vector, v.score FROM exposure_vulnerabilities v JOIN ${r} ON v.id = r.id`,
  )
  return new Map(
    rows.map(({ id, kev, other_lists, ssvc, vector, score }) => [
      id,
      {
        kev: KevSchema.safeParse(kev).data,
        otherLists: z.array(z.string()).catch([]).parse(other_lists),
        ssvc: SsvcSchema.catch({}).parse(ssvc ?? {}),
        vector: vector === '' ? undefined : vector,
        score,
      },
    ]),
  )
}
