// `vigie segment lines`, `search` and `diff`: questions to single filters.

import { buildCommand } from '@stricli/core'
import { readSettings } from '../core/index.ts'
import type { ShownDifference } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable } from './output.ts'
import {
  FLOW_FLAGS,
  JSON_FLAG,
  LANGUAGE,
  PATHS,
  optionsFrom,
  writeProblems,
} from './segment-flags.ts'
import type { SharedFlags } from './segment-flags.ts'
import { packetText, ruleText, trafficLines } from './segment-lines.ts'

function print({ process }: Context, lines: readonly string[]): void {
  process.stdout.write(`${lines.map(printable).join('\n')}\n`)
}

export function linesCommand(words: Words) {
  return buildCommand<SharedFlags, string[], Context>({
    docs: { brief: words.segment.lines },
    parameters: {
      positional: PATHS,
      flags: { language: LANGUAGE, json: JSON_FLAG },
    },
    async func(flags, ...paths) {
      Object.assign(this.process, { exitCode: await deadRules(this, flags, paths) })
    },
  })
}

async function deadRules(
  context: Context,
  flags: SharedFlags,
  paths: readonly string[],
): Promise<number> {
  const options = optionsFrom(context, flags, paths)
  if (options === null) return EXIT.usage
  const { deadLines } = await import('../app/devices/segment.ts')
  const { dead, problems } = await deadLines(options)
  const { segment: say } = context.words
  const shown = dead.flatMap(({ device, rule, covers, isContrary }) => [
    `${device}: ${rule.filter}: ${say.deadLine(rule.rule ?? '', rule.first)}: ${rule.text}`,
    `  ${say.deadBy(covers.map((one) => ruleText(one, context)).join('; '))}${isContrary ? `, ${say.contrary}` : ''}`,
  ])
  if (flags.json) context.process.stdout.write(`${JSON.stringify(dead)}\n`)
  else print(context, shown.length === 0 ? [say.noDead] : shown)
  writeProblems(context, problems)
  if (problems.length > 0) return EXIT.partial
  return dead.length > 0 ? EXIT.findings : EXIT.done
}

type SearchFlags = SharedFlags & {
  readonly list: string
  readonly from: string
  readonly to: string
  readonly service?: string
  readonly action: 'permit' | 'deny'
}

export function searchCommand(words: Words) {
  return buildCommand<SearchFlags, string[], Context>({
    docs: { brief: words.segment.search },
    parameters: {
      positional: PATHS,
      flags: {
        language: LANGUAGE,
        list: {
          kind: 'parsed',
          parse: String,
          brief: 'Name of the access list',
          placeholder: 'name',
        },
        from: { ...FLOW_FLAGS.from, default: 'any' },
        to: { ...FLOW_FLAGS.to, default: 'any' },
        service: FLOW_FLAGS.service,
        action: {
          kind: 'enum',
          values: ['permit', 'deny'],
          brief: 'What becomes of it',
          default: 'permit',
        },
        json: JSON_FLAG,
      },
    },
    async func(flags, ...paths) {
      Object.assign(this.process, { exitCode: await search(this, flags, paths) })
    },
  })
}

async function search(
  context: Context,
  flags: SearchFlags,
  paths: readonly string[],
): Promise<number> {
  const options = optionsFrom(context, flags, paths)
  if (options === null) return EXIT.usage
  const { searchList } = await import('../app/devices/segment.ts')
  const { list, from, to, service, action } = flags
  const { found, problems } = await searchList({
    ...options,
    list,
    from,
    to,
    action,
    ...(service === undefined ? {} : { service }),
  })
  const shown = found.map(
    (one) => `${one.device}: ${packetText(one.packet)}: ${ruleText(one.rule, context)}`,
  )
  if (flags.json) context.process.stdout.write(`${JSON.stringify(found)}\n`)
  else print(context, shown.length === 0 ? [context.words.segment.noneFound] : shown)
  writeProblems(context, problems)
  return problems.length > 0 ? EXIT.partial : EXIT.done
}

export function diffCommand(words: Words) {
  return buildCommand<SharedFlags, [string, string], Context>({
    docs: { brief: words.segment.diff },
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          { brief: 'the version before', parse: String, placeholder: 'before' },
          { brief: 'the version now', parse: String, placeholder: 'now' },
        ],
      },
      flags: { language: LANGUAGE, json: JSON_FLAG },
    },
    async func(flags, before, now) {
      const language = flags.language ?? this.language
      const { compareLists } = await import('../app/devices/segment.ts')
      const settings = readSettings({ language }, this.process.env)
      const { differences, problems } = await compareLists(before, now, settings)
      if (flags.json) this.process.stdout.write(`${JSON.stringify(differences)}\n`)
      else print(this, differenceLines(differences, this))
      writeProblems(this, problems)
      const isWider = differences.some(
        ({ widened, isTooLarge }) => widened.length > 0 || isTooLarge,
      )
      const code = problems.length > 0 ? EXIT.partial : isWider ? EXIT.findings : EXIT.done
      Object.assign(this.process, { exitCode: code })
    },
  })
}

function differenceLines(
  differences: readonly ShownDifference[],
  context: Context,
): readonly string[] {
  return differences.length === 0
    ? [context.words.segment.noDifference]
    : trafficLines(differences, context)
}
