// Which lines of appliances are alarms: content, read from content/priority.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { VigieError, reasonOf, yamlValue } from '../../core/index.ts'

const Text = z.string().min(1).max(4000)
const PrioritySchema = z.strictObject({
  title: z.strictObject({ en: Text, fr: Text }),
  references: z.array(z.url()).min(1),
  /** A line that holds one of these, as it is written, goes first. */
  lines: z.array(z.string().min(4).max(200)).min(1),
})

export type Priority = z.infer<typeof PrioritySchema> & { readonly name: string }

/** A file that cannot be used is told to `onTrouble` (CONTENT_INVALID) and does not keep the others. */
export function readPriorities(
  folder: string,
  onTrouble: (cause: unknown) => void,
): readonly Priority[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yml'))
  return files.toSorted().flatMap((file) => {
    try {
      const text = readFileSync(join(folder, file), 'utf8')
      return [{ ...PrioritySchema.parse(yamlValue(text)), name: file.replace(/\.yml$/, '') }]
    } catch (cause) {
      const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : reasonOf(cause)
      onTrouble(
        new VigieError(
          'CONTENT_INVALID',
          { file: join(folder, file), reason: reason.replaceAll(/\s+/g, ' ') },
          { cause },
        ),
      )
      return []
    }
  })
}
