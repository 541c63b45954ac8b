// Checks as content: what they need, when they find something, what to do. Read once, checked whole.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { VigieError, yamlValue } from '../../core/index.ts'
import { readContent } from '../accounts/knowledge.ts'

const Both = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) })

export const CheckSchema = z.strictObject({
  id: z.string().regex(/^[A-Z0-9][A-Za-z0-9.-]{1,40}$/),
  title: Both,
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  group: z.enum(['mfa', 'separation', 'hygiene', 'services', 'tenant']),
  /** `source`: each directory by itself; `all`: every directory together. */
  scope: z.enum(['source', 'all']).default('source'),
  /** Kinds and fields, `a|b` where either will do. */
  needs: z.array(z.string()).min(1),
  /** SELECT giving `source`, `subject` and what is shown of each; `:now` is the time of the run. */
  sql: z.string().optional(),
  /** Subjects of which the answer is not known although their directory gives it for others; while there are any, nothing passes. */
  unknown: z.strictObject({ field: z.string(), sql: z.string() }).optional(),
  /** Policies of published baselines that ask the same. */
  policies: z.array(z.string()).default([]),
  /** Keys of readiness goals that the verdict is evidence for. */
  goals: z.array(z.string()).default([]),
  why: Both,
  fix: Both,
})
export type Check = z.infer<typeof CheckSchema>

const FieldsSchema = z.record(z.string(), Both)

export type CheckBook = {
  readonly checks: readonly Check[]
  /** What a field is called, in both languages. */
  readonly fields: Readonly<Record<string, { readonly en: string; readonly fr: string }>>
}

/** Folders under `content/identity` that hold checks. */
export const CHECK_FOLDERS = ['checks', 'tenant'] as const
const GOLDEN = /\.(?:hit|miss)\.yml$/u

/** Throws CONTENT_INVALID. */
export function readCheckBook(folder: string): CheckBook {
  const fields = readContent(join(folder, 'fields.yml'), FieldsSchema)
  const checks = CHECK_FOLDERS.flatMap((place) =>
    checkFiles(join(folder, place)).map((file) => {
      const check = readContent(file, CheckSchema)
      const strange = [
        ...check.needs,
        ...(check.unknown === undefined ? [] : [check.unknown.field]),
      ]
        .flatMap((need) => need.split('|'))
        .find((need) => fields[need] === undefined)
      if (strange !== undefined)
        throw new VigieError('CONTENT_INVALID', {
          file,
          reason: `needs ${strange}, which fields.yml does not name`,
        })
      return check
    }),
  )
  return { checks: checks.toSorted((a, b) => (a.id < b.id ? -1 : 1)), fields }
}

export function checkFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml') && !GOLDEN.test(name))
    .toSorted()
    .map((name) => join(folder, name))
}

const GoldenSchema = z.strictObject({
  rows: z.array(
    z.looseObject({
      kind: z.string(),
      id: z.string(),
      source: z.string().optional(),
      system: z.string().optional(),
    }),
  ),
  /** Kinds and fields that the export answers for without a row. */
  covers: z.array(z.string()).default([]),
  /** Subjects found; none in a miss. */
  finds: z.array(z.string()).default([]),
})

export function readGolden(file: string): z.infer<typeof GoldenSchema> {
  return GoldenSchema.parse(yamlValue(readFileSync(file, 'utf8')))
}
