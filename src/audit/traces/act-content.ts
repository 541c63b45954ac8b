// How lines of logs tell what people did on devices, as content: for each parser, which of its events are logins, commands of
// configuration, ends of one.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { VigieError, reasonOf } from '../../core/index.ts'

const Sql = z.string().trim().min(1)
const ActContentSchema = z.strictObject({
  parser: z.string().regex(/^[a-z0-9-]+$/),
  references: z.array(z.url()).default([]),
  /** Conditions over the columns of an event. */
  login: Sql,
  command: Sql,
  commit: Sql,
  /** The command, of a command and an end. Over several lines: a block, and what is set in it. */
  text: Sql,
})
export type ActContent = z.infer<typeof ActContentSchema>

export function readActContent(folder: string): readonly ActContent[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml') && !name.endsWith('.golden.yml'))
    .toSorted()
    .map((name) => {
      const file = join(folder, name)
      try {
        return ActContentSchema.parse(parse(readFileSync(file, 'utf8')))
      } catch (cause) {
        throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
      }
    })
}
