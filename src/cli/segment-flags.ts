// Flags and paths that every part of `vigie segment` shares.

import { readSettings } from '../core/index.ts'
import type { SegmentReport } from '../model/index.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { SETTING_FLAGS } from './setting-flags.ts'

export const PATHS = {
  kind: 'array',
  parameter: { brief: 'file, folder or glob', parse: String, placeholder: 'path' },
} as const

export const JSON_FLAG = { kind: 'boolean', brief: 'Print as JSON', default: false } as const

export const LANGUAGE = SETTING_FLAGS.language

export type SharedFlags = { readonly language?: string; readonly json: boolean }

export const FLOW_FLAGS = {
  from: {
    kind: 'parsed',
    parse: String,
    brief: 'Address or prefix it starts from',
    placeholder: 'address',
  },
  to: {
    kind: 'parsed',
    parse: String,
    brief: 'Address or prefix it is sent to',
    placeholder: 'address',
  },
  service: {
    kind: 'parsed',
    parse: String,
    brief: 'tcp/502, udp/161-162, icmp, any',
    placeholder: 'service',
    optional: true,
  },
} as const

/** What every part needs, or the exit code where nothing was named. */
export function optionsFrom(
  context: Context,
  flags: { readonly language?: string },
  paths: readonly string[],
) {
  if (paths.length === 0) {
    context.process.stderr.write(`${context.words.segment.noPaths}\n`)
    return null
  }
  const language = flags.language ?? context.language
  return { paths, settings: readSettings({ language }, context.process.env) }
}

export function writeProblems({ process }: Context, problems: SegmentReport['problems']): void {
  for (const { file, sentence } of problems)
    process.stderr.write(`${printable(`${file}: ${sentence}`)}\n`)
}
