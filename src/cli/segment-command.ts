// `vigie segment`: what can reach what, proven from device configurations; and questions to single filters.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { systemClock } from '../core/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable } from './output.ts'
import { linesCommand, searchCommand, diffCommand } from './segment-filter-commands.ts'
import {
  FLOW_FLAGS,
  JSON_FLAG,
  LANGUAGE,
  PATHS,
  optionsFrom,
  writeProblems,
} from './segment-flags.ts'
import type { SharedFlags } from './segment-flags.ts'
import { answerLines, reportLines } from './segment-lines.ts'
import { flowsCommand, keepCommand, showCommand, zonesCommand } from './segment-station-commands.ts'

export function segmentCommand(words: Words) {
  return buildRouteMap({
    routes: {
      check: checkCommand(words),
      propose: proposeCommand(words),
      trace: traceCommand(words),
      lines: linesCommand(words),
      search: searchCommand(words),
      diff: diffCommand(words),
      show: showCommand(words),
      zones: zonesCommand(words),
      keep: keepCommand(words),
      flows: flowsCommand(words),
    },
    docs: { brief: words.segment.brief },
  })
}

type CheckFlags = SharedFlags & { readonly zones?: string; readonly before?: string }

function checkCommand(words: Words) {
  return buildCommand<CheckFlags, string[], Context>({
    docs: { brief: words.segment.check },
    parameters: {
      positional: PATHS,
      flags: {
        language: LANGUAGE,
        zones: {
          kind: 'parsed',
          parse: String,
          brief: 'The zones file',
          placeholder: 'file',
          optional: true,
        },
        before: {
          kind: 'parsed',
          parse: String,
          brief: 'The configurations before: what the change opened is told',
          placeholder: 'path',
          optional: true,
        },
        json: JSON_FLAG,
      },
    },
    async func(flags, ...paths) {
      Object.assign(this.process, { exitCode: await check(this, flags, paths) })
    },
  })
}

async function check(
  context: Context,
  flags: CheckFlags,
  paths: readonly string[],
): Promise<number> {
  const { process, words } = context
  const options = optionsFrom(context, flags, paths)
  if (options === null) return EXIT.usage
  if (flags.zones === undefined) {
    process.stderr.write(`${words.segment.noZones}\n`)
    return EXIT.usage
  }
  const { checkZones } = await import('../app/devices/segment.ts')
  const report = await checkZones({
    ...options,
    zones: flags.zones,
    clock: systemClock,
    ...(flags.before === undefined ? {} : { before: flags.before }),
  })
  if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`)
  else process.stdout.write(`${reportLines(report, context).map(printable).join('\n')}\n`)
  writeProblems(context, report.problems)
  if (report.problems.length > 0) return EXIT.partial
  return report.findings.length > 0 ? EXIT.findings : EXIT.done
}

function proposeCommand(words: Words) {
  return buildCommand<{ readonly language?: string }, string[], Context>({
    docs: { brief: words.segment.propose },
    parameters: { positional: PATHS, flags: { language: LANGUAGE } },
    async func(flags, ...paths) {
      const options = optionsFrom(this, flags, paths)
      if (options === null) {
        Object.assign(this.process, { exitCode: EXIT.usage })
        return
      }
      const { proposeFrom } = await import('../app/devices/segment.ts')
      const { text, problems } = await proposeFrom(options)
      this.process.stdout.write(text.split('\n').map(printable).join('\n'))
      writeProblems(this, problems)
      Object.assign(this.process, { exitCode: problems.length > 0 ? EXIT.partial : EXIT.done })
    },
  })
}

type TraceFlags = SharedFlags & {
  readonly from: string
  readonly to: string
  readonly service?: string
}

function traceCommand(words: Words) {
  return buildCommand<TraceFlags, string[], Context>({
    docs: { brief: words.segment.trace },
    parameters: {
      positional: PATHS,
      flags: { language: LANGUAGE, ...FLOW_FLAGS, json: JSON_FLAG },
    },
    async func(flags, ...paths) {
      Object.assign(this.process, { exitCode: await trace(this, flags, paths) })
    },
  })
}

async function trace(
  context: Context,
  flags: TraceFlags,
  paths: readonly string[],
): Promise<number> {
  const options = optionsFrom(context, flags, paths)
  if (options === null) return EXIT.usage
  const { traceFlow } = await import('../app/devices/segment.ts')
  const { from, to, service } = flags
  const { answer, problems } = await traceFlow({
    ...options,
    from,
    to,
    ...(service === undefined ? {} : { service }),
  })
  const { process, words } = context
  if (flags.json) process.stdout.write(`${JSON.stringify(answer)}\n`)
  else {
    const lines = [
      words.segment.verdicts[answer.verdict],
      ...answerLines(answer, context),
      words.segment.limits,
    ]
    process.stdout.write(`${lines.map(printable).join('\n')}\n`)
  }
  writeProblems(context, problems)
  return problems.length > 0 ? EXIT.partial : EXIT.done
}
