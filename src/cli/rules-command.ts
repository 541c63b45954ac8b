// `vigie rules`: what a running station looks for. `lint` looks at rule files, `test` says what they would have done;
// `run`, `stop` and `resume` are about rules over stored events.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { RuleListSchema } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { rulesLintCommand } from './rules-lint-command.ts'
import { rulesResumeCommand, rulesRunCommand, rulesStopCommand } from './rules-run-command.ts'
import { rulesTestCommand } from './rules-test-command.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Flags = ClientFlags & { readonly json: boolean }

export function rulesCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: listCommand(words),
      lint: rulesLintCommand(words),
      test: rulesTestCommand(words),
      run: rulesRunCommand(words),
      stop: rulesStopCommand(words),
      resume: rulesResumeCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.cli.rules.brief },
  })
}

function listCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.cli.rules.list },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        json: { kind: 'boolean', brief: 'One JSON object a line', default: false },
      },
    },
    async func(flags) {
      await list(this, flags)
    },
  })
}

async function list({ process, words, language }: Context, flags: Flags): Promise<void> {
  const { rules } = await stationClient(process, flags, language).get('/api/rules', RuleListSchema)
  if (flags.json) {
    for (const rule of rules) process.stdout.write(`${JSON.stringify(rule)}\n`)
    return
  }
  const { columns } = words.cli.rules
  const rows = rules
    .toSorted((a, b) => b.hits24h - a.hits24h || b.hits - a.hits)
    .map((rule) => [
      words.cli.severity[rule.severity],
      words.console.rules.states[rule.state],
      String(rule.hits24h),
      String(rule.hits),
      rule.cost === null ? '-' : rule.cost.toFixed(1),
      rule.id,
      printable(rule.problem ?? rule.title[language]),
    ])
  const heading = [
    columns.severity,
    columns.state,
    columns.hits24h,
    columns.hits,
    columns.cost,
    columns.id,
    columns.title,
  ]
  process.stdout.write(`${table([heading, ...rows])}\n`)
}
