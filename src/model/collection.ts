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

/** The folder whose files are taken in. */
export const ConfigFolderSchema = z.object({
  asOf: Instant,
  folder: z.string(),
  /** Files that stand in it and were not taken: the newest first. */
  refused: z.array(z.object({ file: z.string(), looked: Instant, problem: Both })),
})
export type ConfigFolder = z.infer<typeof ConfigFolderSchema>

const Secret = z.string().min(1).max(20_000)
/** A device whose configuration is fetched over SSH. What is set anew replaces the login as a whole. */
export const PullAskSchema = z
  .strictObject({
    device: z.string().trim().min(1).max(200),
    host: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9.:_-]{1,253}$/),
    port: z.number().int().min(1).max(65_535).default(22),
    account: z
      .string()
      .trim()
      .regex(/^[^\s\0]{1,100}$/),
    platform: z.string().regex(/^[a-z0-9-]{1,40}$/),
    /** Minutes between two; 1440 is every night. */
    every: z.number().int().min(15).max(10_080).default(1440),
    password: Secret.optional(),
    key: Secret.optional(),
    passphrase: Secret.optional(),
    /** Only where it is given is `enable` used. */
    enable: Secret.optional(),
    /** Where it is known beforehand: nothing has to be confirmed. */
    hostKey: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/)
      .optional(),
  })
  .refine(({ password, key }) => password !== undefined || key !== undefined, {
    message: 'password | key',
  })
export type PullAsk = z.infer<typeof PullAskSchema>
export const PullKeyAskSchema = z.strictObject({ key: z.string().min(1).max(100) })

export const DevicePullSchema = z.object({
  device: z.string(),
  host: z.string(),
  port: z.number().int(),
  account: z.string(),
  platform: z.string(),
  every: z.number().int(),
  /** Names of what was given to log in with. */
  given: z.array(z.string()),
  /** Confirmed, and by whom. */
  hostKey: z.string().nullable(),
  hostKeyBy: z.string(),
  /** Shown by the device and not confirmed. */
  hostKeyMet: z.string().nullable(),
  state: z.enum(['new', 'ok', 'failing', 'key_unknown', 'key_changed']),
  problem: Both.nullable(),
  tried: Instant.nullable(),
  taken: Instant.nullable(),
  next: Instant,
})
export type DevicePull = z.infer<typeof DevicePullSchema>
export const DevicePullsSchema = z.object({
  asOf: Instant,
  pulls: z.array(DevicePullSchema),
  platforms: z.array(z.object({ name: z.string(), title: z.string() })),
})
export type DevicePulls = z.infer<typeof DevicePullsSchema>
