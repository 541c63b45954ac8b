// The goals as data: read from content, with what an operator corrected from the official toolkit on top.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { VigieError, reasonOf, yamlValue } from '../core/index.ts'
import { GoalSchema } from '../model/index.ts'
import type { Goal, GoalCorrection } from '../model/index.ts'

/** Throws CONTENT_INVALID. */
export function readGoals(folder: string): readonly Goal[] {
  const goals = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => readFile(join(folder, name), GoalSchema))
  return goals.toSorted((a, b) => a.order - b.order)
}

const PrioritySchema = z.array(
  z.strictObject({
    key: z.string(),
    order: z.number().int(),
    tier: z.enum(['T0', 'T1', 'T2', 'T3']),
    keep_days: z.number().int().positive(),
    en: z.string(),
    fr: z.string(),
    fields: z.array(z.string().regex(/^[a-z_]+$/)),
    parsers: z.array(z.string()),
  }),
)
export type PrioritySource = z.infer<typeof PrioritySchema>[number]

/** Throws CONTENT_INVALID. */
export function readPriority(folder: string): readonly PrioritySource[] {
  const file = join(folder, 'log-priority/sources.yml')
  return readFile(file, PrioritySchema).toSorted((a, b) => a.order - b.order)
}

function readFile<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(yamlValue(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}

/** What an operator says goes before what came with Vigie; what they do not say stays. */
export function corrected(
  goals: readonly Goal[],
  corrections: ReadonlyMap<string, GoalCorrection>,
): readonly Goal[] {
  return goals.map((goal) => {
    const said = corrections.get(goal.key)
    if (said === undefined) return goal
    return {
      ...goal,
      ...(said.id === undefined ? {} : { id: said.id }),
      ...(said.csf2 === undefined ? {} : { csf2: said.csf2, csf2_basis: 'toolkit' as const }),
      title: {
        en: said.title?.en ?? goal.title.en,
        en_official: said.title?.en === undefined ? goal.title.en_official : true,
        fr: said.title?.fr ?? goal.title.fr,
        fr_official: said.title?.fr === undefined ? goal.title.fr_official : true,
      },
    }
  })
}
