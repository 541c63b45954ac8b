// What may be sent to a device of each platform, as content: commands that read, and how an answer begins and ends.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { VigieError, reasonOf } from '../../core/index.ts'

const Pattern = z.string().transform((text, context) => {
  const [, flags = '', source = ''] = /^(?:\(\?(i)\))?([\s\S]*)$/.exec(text) ?? []
  try {
    return new RegExp(source, flags)
  } catch (cause) {
    context.addIssue({ code: 'custom', message: reasonOf(cause) })
    return z.NEVER
  }
})
const Command = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\r\n]*$/)

const PlatformSchema = z.strictObject({
  title: z.string(),
  references: z.array(z.url()).min(1),
  /** `shell`: commands are typed at a prompt. `command`: each is started by itself, and ends. */
  way: z.enum(['shell', 'command']).default('shell'),
  /** Stands behind the account at login. */
  account_suffix: z.string().default(''),
  /** The last line, when the device waits. */
  prompt: Pattern.optional(),
  /** They set the session alone; their answers are not looked at. */
  before: z.array(Command).default([]),
  /** Their answers, one after another, are the configuration. */
  show: z.array(Command).min(1),
  /** The last line of a whole answer. Without it, the prompt that comes back is its end. */
  end: Pattern.optional(),
  /** A line near the beginning of an answer that is none. */
  refused: Pattern,
  /** The last line, when the device waits with a page. */
  more: Pattern.default(/-{1,3} ?\(?more(?: \d+%)?\)? ?-{0,3}[^\n]{0,20}$/i),
  after: Command.optional(),
  enable: z
    .strictObject({ sees_part: Pattern, command: Command, asks: Pattern, prompt: Pattern })
    .optional(),
})
export type Platform = z.infer<typeof PlatformSchema> & { readonly name: string }

export function readPlatforms(folder: string): ReadonlyMap<string, Platform> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yml'))
  return new Map(
    files.toSorted().map((file) => {
      const name = file.replace(/\.yml$/, '')
      return [name, readPlatform(name, join(folder, file))]
    }),
  )
}

function readPlatform(name: string, file: string): Platform {
  try {
    return { name, ...PlatformSchema.parse(parse(readFileSync(file, 'utf8'))) }
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}
