// `vigie rules run`: rules over the stored events of a running station, watched until the run ends. Ctrl-C stops the run.

import { setTimeout as sleep } from 'node:timers/promises'
import { buildCommand } from '@stricli/core'
import { VigieError, systemClock } from '../core/index.ts'
import { HistoryRunListSchema, HistoryRunSchema } from '../model/index.ts'
import type { HistoryRun } from '../model/index.ts'
import { decimal, spanText } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { clearProgress, instant, minute, showProgress } from './over-history.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags, StationClient } from './station-client.ts'

type Shared = ClientFlags & { readonly json: boolean }
type RunFlags = Shared & {
  readonly from: string
  readonly to?: string
  readonly rule?: readonly string[]
}

const WATCH_FLAGS = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print the run as JSON', default: false },
} as const

const RUN = {
  kind: 'tuple',
  parameters: [{ brief: 'run (the newest)', parse: String, placeholder: 'run', optional: true }],
} as const

export function rulesRunCommand(words: Words) {
  const time = { kind: 'parsed', parse: String, placeholder: 'time' } as const
  return buildCommand<RunFlags, [], Context>({
    docs: { brief: words.cli.rules.run },
    parameters: {
      flags: {
        ...WATCH_FLAGS,
        from: { ...time, brief: 'Start, ISO 8601' },
        to: { ...time, brief: 'End, ISO 8601 (now)', optional: true },
        rule: {
          kind: 'parsed',
          parse: String,
          brief: 'Id of a rule, may be given several times (all rules)',
          placeholder: 'id',
          optional: true,
          variadic: true,
        },
      },
    },
    async func({ from, to, rule, ...flags }) {
      const client = clientOf(this, flags)
      const body = {
        from: instant('from', from),
        to: to === undefined ? new Date(systemClock.nowMs()).toISOString() : instant('to', to),
        ...(rule === undefined || rule.length === 0 ? {} : { rules: rule }),
      }
      const run = await client.post('/api/rule-runs', body, HistoryRunSchema)
      await watch(this, flags, run)
    },
  })
}

export function rulesStopCommand(words: Words) {
  return buildCommand<Shared, [string?], Context>({
    docs: { brief: words.cli.rules.stop },
    parameters: { flags: WATCH_FLAGS, positional: RUN },
    async func(flags, id) {
      const client = clientOf(this, flags)
      const path = `/api/rule-runs/${encodeURIComponent(await idOf(client, id))}/stop`
      print(this, flags, await client.post(path, {}, HistoryRunSchema))
    },
  })
}

export function rulesResumeCommand(words: Words) {
  return buildCommand<Shared, [string?], Context>({
    docs: { brief: words.cli.rules.resume },
    parameters: { flags: WATCH_FLAGS, positional: RUN },
    async func(flags, id) {
      const client = clientOf(this, flags)
      const path = `/api/rule-runs/${encodeURIComponent(await idOf(client, id))}/resume`
      await watch(this, flags, await client.post(path, {}, HistoryRunSchema))
    },
  })
}

function clientOf({ process, language }: Context, flags: ClientFlags): StationClient {
  return stationClient(process, flags, language)
}

async function idOf(client: StationClient, id: string | undefined): Promise<string> {
  if (id !== undefined) return id
  const newest = (await client.get('/api/rule-runs', HistoryRunListSchema)).runs[0]
  if (newest === undefined) throw new VigieError('NOT_FOUND', { what: 'A run of rules' })
  return newest.id
}

const POLL_MS = 500

async function watch(context: Context, flags: Shared, started: HistoryRun): Promise<void> {
  const { process } = context
  const client = clientOf(context, flags)
  let run = started
  const asked = { stop: false }
  const stop = () => {
    asked.stop = true
  }
  process.on('SIGINT', stop)
  while (run.state === 'running') {
    if (asked.stop) {
      run = await client.post(`/api/rule-runs/${run.id}/stop`, {}, HistoryRunSchema)
      break
    }
    showProgress(context, run)
    await sleep(POLL_MS)
    const { runs } = await client.get('/api/rule-runs', HistoryRunListSchema)
    run = runs.find(({ id }) => id === run.id) ?? run
  }
  process.off('SIGINT', stop)
  clearProgress(context)
  print(context, flags, run)
  Object.assign(context.process, { exitCode: codeOf(run) })
}

function print({ process, words, language }: Context, flags: Shared, run: HistoryRun): void {
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(run)}\n`)
    return
  }
  const { rules: say } = words.cli
  const number = (value: number) => decimal(language, value, 0)
  const lines = [
    say.ended[run.state](run.id),
    say.judged(
      number(run.judged),
      minute(run.reached),
      minute(run.to),
      spanText(language, run.seconds),
    ),
    say.found(run.findings, run.known, run.alertsRaised, run.alertsReopened),
    ...(run.unread === 0 ? [] : [say.unread(run.unread)]),
    ...(run.leftOut.length === 0 ? [] : [say.leftOut(run.leftOut.join(', '))]),
    ...(run.problem === null ? [] : [run.problem[language]]),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function codeOf(run: HistoryRun): number {
  if (run.state === 'failed') return EXIT.failed
  if (run.state !== 'done') return EXIT.interrupted
  if (run.unread > 0 || run.leftOut.length > 0) return EXIT.partial
  return run.findings > 0 ? EXIT.findings : EXIT.done
}
