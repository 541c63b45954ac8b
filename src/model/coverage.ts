// What could be found with the logs that really arrive, by ATT&CK technique and by log source.

import { z } from 'zod'

/** Rules by what stands between them and a hit. */
export const RuleReachSchema = z.object({
  /** It runs, and events of its log source arrive. */
  live: z.number().int(),
  /** It runs, but no event of its log source arrived. */
  idle: z.number().int(),
  /** It cannot be used, or no parser gives its log source. */
  unusable: z.number().int(),
})
export type RuleReach = z.infer<typeof RuleReachSchema>

export const CoverageSchema = z.object({
  asOf: z.iso.datetime(),
  /** Events from here on were looked at. */
  since: z.iso.datetime(),
  events: z.number().int(),
  rules: RuleReachSchema,
  /** Rules that name no technique. */
  untagged: z.number().int(),
  techniques: z.array(
    z.object({
      /** `T1078`; rules for its sub-techniques are counted with it. */
      id: z.string(),
      /** As Sigma writes them: `initial-access`. */
      tactics: z.array(z.string()),
      reach: RuleReachSchema,
      subtechniques: z.array(z.object({ id: z.string(), reach: RuleReachSchema })),
    }),
  ),
  logsources: z.array(
    z.object({
      /** `windows/process_creation`. */
      name: z.string(),
      rules: z.number().int(),
      arrives: z.boolean(),
    }),
  ),
})
export type Coverage = z.infer<typeof CoverageSchema>
