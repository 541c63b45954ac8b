// Platforms of the benchmark as files: an ordinary configuration, what an intruder changes in it, what people change every
// day. A kind is one such change; its values (addresses, names, secrets) are drawn anew for every seed.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { yamlValue } from '../../src/core/index.ts'

const Pair = z.tuple([z.string(), z.string()])

/** Done in this order. Patterns are regular expressions over the whole text, `^` and `$` at each line. */
const EditSchema = z.strictObject({
  /** Every match becomes the text; the first alone. */
  swapAll: Pair.optional(),
  swap: Pair.optional(),
  /** Lines that match; everything that matches; a line and what is indented below it. */
  drop: z.string().optional(),
  dropAll: z.string().optional(),
  dropBlock: z.string().optional(),
  /** Lines, or a block, that match the first go before the first line that matches the second. */
  moveLines: Pair.optional(),
  moveBlock: Pair.optional(),
  /** `lines` come below the first line that matches `under`; `add` at the end. */
  under: z.string().optional(),
  lines: z.string().optional(),
  add: z.string().optional(),
})
export type Edit = z.infer<typeof EditSchema>

const PlatformSchema = z.strictObject({
  dialect: z.string(),
  base: z.array(
    z.union([z.string(), z.strictObject({ times: z.number().int(), text: z.string() })]),
  ),
  /** `id`: number of the catalogue of signs. */
  malicious: z.array(EditSchema.extend({ id: z.string() })),
  benign: z.array(EditSchema.extend({ what: z.string() })),
})
export type Platform = z.infer<typeof PlatformSchema>

export function readPlatforms(): readonly Platform[] {
  const folder = import.meta.dirname
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .toSorted()
    .map((name) => PlatformSchema.parse(yamlValue(readFileSync(join(folder, name), 'utf8'))))
}
