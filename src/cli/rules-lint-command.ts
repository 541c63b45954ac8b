// `vigie rules lint PATH…`: what is wrong with rule files, by place, before a station reads them.

import { relative } from 'node:path'
import { buildCommand } from '@stricli/core'
import { systemClock } from '../core/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable } from './output.ts'

type Flags = { readonly rules?: readonly string[]; readonly json: boolean }

export function rulesLintCommand(words: Words) {
  return buildCommand<Flags, string[], Context>({
    docs: { brief: words.cli.rules.lint },
    parameters: {
      positional: {
        kind: 'array',
        minimum: 1,
        parameter: { brief: 'rule files and folders', parse: String, placeholder: 'path' },
      },
      flags: {
        rules: {
          kind: 'parsed',
          parse: String,
          brief: 'A further folder of rules that filters may name',
          placeholder: 'folder',
          variadic: true,
          optional: true,
        },
        json: { kind: 'boolean', brief: 'One JSON object a line', default: false },
      },
    },
    async func(flags, ...paths) {
      await lint(this, flags, paths)
    },
  })
}

async function lint({ process, words }: Context, flags: Flags, paths: readonly string[]) {
  // Loaded here, so that other commands do not load the engines behind it.
  const { lintPaths } = await import('../app/detection/lint.ts')
  const { lints, ...counts } = lintPaths({ paths, rules: flags.rules ?? [], clock: systemClock })
  const errors = lints.filter(({ severity }) => severity === 'error').length
  const say = words.cli.rules
  for (const one of lints) {
    const place = [shortest(one.file ?? ''), one.line, one.column]
      .filter((part) => part !== undefined && part !== '')
      .join(':')
    const text = flags.json
      ? JSON.stringify(one)
      : printable(`${place}: ${say.severities[one.severity]}: ${one.sentence}`)
    process.stdout.write(`${text}\n`)
  }
  if (!flags.json) process.stdout.write(`${say.linted(counts, errors, lints.length - errors)}\n`)
  Object.assign(process, { exitCode: errors === 0 ? EXIT.done : EXIT.failed })
}

/** From where the person stands, unless that leads up and down again. */
function shortest(file: string): string {
  const path = relative('', file)
  return path.startsWith('..') ? file : path
}
