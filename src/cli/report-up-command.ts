// `vigie cases to-hub`: an approved report goes to a hub. `vigie share reports`: what a hub has of its members.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { ReportViewSchema, ReportsReceivedSchema } from '../model/index.ts'
import type { ReportHub, ReportsReceived } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { CASE_FLAGS, casePath, numberedWith } from './case-flags.ts'
import type { CaseFlags } from './case-flags.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { one } from './share-station-command.ts'
import { stateCommand } from './state-commands.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

export function toHubCommand(words: Words) {
  return buildCommand<CaseFlags, [number, string], Context>({
    docs: { brief: words.reportUp.send },
    parameters: { flags: CASE_FLAGS, positional: numberedWith('hub') },
    async func(flags, number, peer) {
      const client = stationClient(this.process, flags, this.language)
      const { language } = this
      const path = `${casePath(number)}/report`
      // What goes is what was approved: the station refuses where it changed since.
      const { digest } = await client.get(`${path}?language=${language}`, ReportViewSchema)
      await client.post(`${path}/hub`, { peer, digest, language }, z.object({}))
      this.process.stdout.write(`${words.reportUp.sent(printable(peer))}\n`)
    },
  })
}

/** A line for each hub that a report went to, or may go to. */
export function hubLines(hubs: readonly ReportHub[], { reportUp: say }: Words): readonly string[] {
  return hubs.map(({ peer, state, reference, at, acknowledgedBy, reason, isEarlier }) => {
    const line = {
      none: () => say.hub.none(peer),
      ready: () => say.hub.ready(peer),
      taken: () => say.hub.taken(peer, reference, (at ?? '').slice(0, 16).replace('T', ' ')),
      acknowledged: () => say.hub.acknowledged(peer, reference, acknowledgedBy ?? ''),
      refused: () => say.hub.refused(peer, reason),
    }[state]()
    return printable(isEarlier ? `${line} (${say.hub.earlier})` : line)
  })
}

export function reportsCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: stateCommand({
        brief: words.reportUp.list,
        path: '/api/share/reports',
        schema: ReportsReceivedSchema,
        lines: (state) => reportRows(state, words),
      }),
      acknowledge: acknowledgeCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.reportUp.brief },
  })
}

function reportRows({ reports }: ReportsReceived, { reportUp: say }: Words): readonly string[] {
  if (reports.length === 0) return [say.none]
  const rows = reports.map((report) =>
    [
      report.reference,
      report.received.slice(0, 16).replace('T', ' '),
      report.organisation,
      report.marking,
      report.title,
      report.acknowledged?.by ?? '–',
    ].map(printable),
  )
  return [table([[...say.columns], ...rows])]
}

function acknowledgeCommand(words: Words) {
  const say = words.reportUp
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: say.acknowledge },
    parameters: { flags: CLIENT_FLAGS, positional: one('reference') },
    async func(flags, reference) {
      const client = stationClient(this.process, flags, this.language)
      await client.post('/api/share/reports/acknowledgements', { reference }, z.object({}))
      this.process.stdout.write(`${say.acknowledged(printable(reference))}\n`)
    },
  })
}
