// Playbooks: what is done when, as content. Adding one touches no TypeScript.

import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { VigieError, reasonOf, yamlValue } from '../core/index.ts'
import type { Playbook } from '../model/index.ts'

const Both = z.strictObject({ en: z.string().min(1).max(2000), fr: z.string().min(1).max(2000) })
const FileSchema = z.strictObject({
  title: Both,
  when: Both,
  author: z.string().min(1),
  references: z.array(z.string()).default([]),
  steps: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,60}$/),
        title: Both,
        how: Both,
        /** Hours from the start. */
        within: z.number().int().min(0).max(10_000),
      }),
    )
    .min(1)
    .max(100),
})

/** Every playbook of a folder, by name. Throws CONTENT_INVALID. */
export function readPlaybooks(folder: string): readonly Playbook[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .toSorted()
    .map((file) => {
      try {
        const { title, when, steps } = FileSchema.parse(
          yamlValue(readFileSync(join(folder, file), 'utf8')),
        )
        return { id: basename(file, '.yml'), source: 'content', title, when, steps }
      } catch (cause) {
        throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
      }
    })
}
