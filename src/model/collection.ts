// How configurations come in by themselves: repositories that are followed, devices that are asked over SSH.

import { z } from 'zod'

const Instant = z.iso.datetime()
const Both = z.object({ en: z.string(), fr: z.string() })

export const RepositoryAskSchema = z.strictObject({
  /** A folder of the station's machine, or an address over HTTPS or SSH. */
  place: z.string().trim().min(1).max(1000),
  /** Empty: the one that the repository names. */
  branch: z
    .string()
    .regex(/^(?!-)[A-Za-z0-9._/-]{0,200}$/)
    .default(''),
})
export type RepositoryAsk = z.infer<typeof RepositoryAskSchema>
export const RepositoryNamedSchema = z.strictObject({ place: z.string().min(1).max(1000) })

export const ConfigRepositorySchema = z.object({
  place: z.string(),
  branch: z.string(),
  /** Last commit that was taken in. */
  head: z.string().nullable(),
  looked: Instant.nullable(),
  /** That were taken in, and the versions they brought. */
  commits: z.number().int(),
  versions: z.number().int(),
  /** The newest files that were not. */
  refused: z.array(z.object({ file: z.string(), commit: z.string(), problem: z.string() })),
  problem: Both.nullable(),
  /** When its history was found to be another one than before. */
  rewritten: Instant.nullable(),
  /** The commit that was known and is not in it any more. */
  lost: z.string().nullable(),
})
export type ConfigRepository = z.infer<typeof ConfigRepositorySchema>
export const ConfigRepositoriesSchema = z.object({
  asOf: Instant,
  repositories: z.array(ConfigRepositorySchema),
})
export type ConfigRepositories = z.infer<typeof ConfigRepositoriesSchema>
