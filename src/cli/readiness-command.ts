// `vigie readiness`: the goals of a running station, what closes most risk next, the report.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { ReadinessSchema } from '../model/index.ts'
import type { Readiness } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { planCommands } from './readiness-plan-commands.ts'
import { membersCommand, tellCommands } from './roll-up-command.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'
import { PAGE_FLAGS, writePage, writeReport } from './write-report.ts'
import type { PageFlags } from './write-report.ts'

type Flags = ClientFlags & { readonly json: boolean }
type ReportFlags = ClientFlags &
  PageFlags & {
    readonly oscal: boolean
    readonly contacts: boolean
    readonly language?: 'en' | 'fr'
  }

export function readinessCommand(words: Words) {
  return buildRouteMap({
    routes: {
      show: showCommand(words),
      report: reportCommand(words),
      plan: planCommands(words),
      members: membersCommand(words),
      tell: tellCommands(words),
    },
    defaultCommand: 'show',
    docs: { brief: words.cli.readiness.brief },
  })
}

function showCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.cli.readiness.show },
    parameters: {
      flags: { ...CLIENT_FLAGS, json: { kind: 'boolean', brief: 'Print as JSON', default: false } },
    },
    async func(flags) {
      const made = await stationClient(this.process, flags, this.language).get(
        '/api/readiness',
        ReadinessSchema,
      )
      this.process.stdout.write(`${flags.json ? JSON.stringify(made) : shown(this, made)}\n`)
    },
  })
}

const NEXT_SHOWN = 10

function shown(
  { words: { readiness: say }, language }: Context,
  { score, goals, gaps }: Readiness,
): string {
  const { columns } = say
  const rows = goals.map(({ goal, state, next }) => [
    goal.id ?? '-',
    say.states[state],
    goal.title[language],
    next === null ? '' : next[language],
  ])
  const count = (state: string) => goals.filter((goal) => goal.state === state).length
  const next = gaps
    .slice(0, NEXT_SHOWN)
    .map((gap, at) => `  ${at + 1}. ${printable(gap.title[language])}`)
  return [
    table([['', columns.state, columns.goal, columns.next], ...rows]),
    say.summary(score, count('met'), count('partly'), count('not_met'), count('not_assessable')),
    `${say.report.gaps}:`,
    ...next,
  ].join('\n')
}

function reportCommand(words: Words) {
  return buildCommand<ReportFlags, [], Context>({
    docs: { brief: words.cli.readiness.report },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        ...PAGE_FLAGS,
        oscal: { kind: 'boolean', brief: 'OSCAL assessment results as JSON', default: false },
        contacts: { kind: 'boolean', brief: 'The sheet of contacts to print', default: false },
        language: { kind: 'enum', values: ['en', 'fr'], brief: 'en or fr', optional: true },
      },
    },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const language = flags.language ?? this.language
      const path = flags.contacts ? 'contact-sheet' : 'report'
      if (!flags.oscal)
        return writePage(this, client, `/api/readiness/${path}?language=${language}`, flags)
      const results = await client.get('/api/readiness/oscal', z.unknown())
      writeReport(this, JSON.stringify(results, null, 2), flags.out)
    },
  })
}
