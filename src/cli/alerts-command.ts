// `vigie alerts`: what is open on a running station.

import { buildCommand } from '@stricli/core'
import { ALERT_STATES, AlertListSchema, SEVERITIES } from '../model/index.ts'
import type { AlertState } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Flags = ClientFlags & { readonly state?: AlertState; readonly json: boolean }

export function alertsCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.cli.alerts.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        state: {
          kind: 'enum',
          values: ALERT_STATES,
          brief: 'Only this state (all but closed)',
          optional: true,
        },
        json: { kind: 'boolean', brief: 'One JSON object a line', default: false },
      },
    },
    async func(flags) {
      await alerts(this, flags)
    },
  })
}

async function alerts({ process, words, language }: Context, flags: Flags): Promise<void> {
  const state =
    flags.state === undefined ? ALERT_STATES.filter((name) => name !== 'closed') : [flags.state]
  const list = await stationClient(process, flags, language).post(
    '/api/alerts/search',
    { state, limit: 1000 },
    AlertListSchema,
  )
  if (flags.json) {
    for (const alert of list.alerts) process.stdout.write(`${JSON.stringify(alert)}\n`)
    return
  }
  if (list.alerts.length === 0) {
    process.stdout.write(`${words.cli.alerts.none}\n`)
    return
  }
  const sorted = list.alerts.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )
  const rows = sorted.map((alert) => [
    words.cli.severity[alert.severity],
    alert.state,
    String(alert.count),
    alert.lastSeen.slice(0, 16).replace('T', ' '),
    printable(alert.why[language]),
  ])
  process.stdout.write(`${table(rows)}\n`)
}
