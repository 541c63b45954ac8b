// `vigie rules test FILE`: what a rule or an exception would have done over the stored events of a running station.

import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildCommand } from '@stricli/core'
import { DAY_MS, VigieError, systemClock } from '../core/index.ts'
import { RuleTrialSchema } from '../model/index.ts'
import type { RuleTrial } from '../model/index.ts'
import { decimal, spanText } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable, table } from './output.ts'
import { clearProgress, instant, minute, showProgress } from './over-history.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Flags = ClientFlags & {
  readonly from?: string
  readonly to?: string
  readonly json: boolean
}

const DAYS = 7
const POLL_MS = 300

export function rulesTestCommand(words: Words) {
  const time = { kind: 'parsed', parse: String, placeholder: 'time', optional: true } as const
  return buildCommand<Flags, [string], Context>({
    docs: { brief: words.cli.rules.test },
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'rule file', parse: String, placeholder: 'file' }],
      },
      flags: {
        ...CLIENT_FLAGS,
        from: { ...time, brief: 'Start, ISO 8601 (7 days ago)' },
        to: { ...time, brief: 'End, ISO 8601 (now)' },
        json: { kind: 'boolean', brief: 'Print the test as JSON', default: false },
      },
    },
    async func(flags, file) {
      const nowMs = systemClock.nowMs()
      const ask = {
        text: textOf(file),
        from: instant('from', flags.from ?? new Date(nowMs - DAYS * DAY_MS).toISOString()),
        to: instant('to', flags.to ?? new Date(nowMs).toISOString()),
      }
      await test(this, flags, ask)
    },
  })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new VigieError('NOTHING_TO_READ', { path: file }, { cause })
  }
}

async function test(context: Context, flags: Flags, ask: unknown): Promise<void> {
  const { process } = context
  const client = stationClient(process, flags, context.language)
  let trial = await client.post('/api/rule-trials', ask, RuleTrialSchema)
  const asked = { stop: false }
  const stop = () => {
    asked.stop = true
  }
  process.on('SIGINT', stop)
  while (trial.state === 'running') {
    const path = `/api/rule-trials/${trial.id}`
    if (asked.stop) {
      trial = await client.post(`${path}/stop`, {}, RuleTrialSchema)
      break
    }
    showProgress(context, trial)
    await sleep(POLL_MS)
    trial = await client.get(path, RuleTrialSchema)
  }
  process.off('SIGINT', stop)
  clearProgress(context)
  process.stdout.write(`${flags.json ? JSON.stringify(trial) : sentences(context, trial)}\n`)
  Object.assign(process, { exitCode: codeOf(trial) })
}

function sentences({ words, language }: Context, trial: RuleTrial): string {
  const { rules: say } = words.cli
  const number = (value: number) => decimal(language, value, 0)
  const time = spanText(language, trial.seconds)
  return [
    say.judged(number(trial.judged), minute(trial.reached), minute(trial.to), time),
    say.tried(number(trial.hits), number(trial.alerts)),
    ...(trial.rules.some(({ accepted }) => accepted !== null)
      ? [say.accepted(number(trial.accepted), number(trial.hits))]
      : []),
    ...(trial.rules.length > 1 ? [rulesTable(trial, language)] : []),
    ...(trial.buckets.length > 0 ? [bucketTable(trial)] : []),
    ...(trial.entities.length > 0 ? [say.onEntities, entityTable(trial)] : []),
    ...trial.samples.slice(0, 5).map(sampleLine),
    ...(trial.mostInAnHour >= trial.breakerLimit
      ? [say.wouldFlood(number(trial.mostInAnHour))]
      : []),
    ...(trial.leftOut.length > 0 ? [say.leftOutOfTest(trial.leftOut.join(', '))] : []),
    ...(trial.unread > 0 ? [say.unread(trial.unread)] : []),
    ...(trial.untried.length > 0 ? [say.untried(trial.untried.map(printable).join(', '))] : []),
    ...(trial.problem === null ? [] : [trial.problem[language]]),
    say.nothingKept,
  ].join('\n')
}

function rulesTable({ rules }: RuleTrial, language: 'en' | 'fr'): string {
  return table(
    rules.map(({ title, hits, accepted }) => [
      String(hits),
      accepted === null ? '' : `-${accepted}`,
      printable(title[language]),
    ]),
  )
}

const WIDTH = 40

/** Hits by hour or day, with a bar to compare them by. */
function bucketTable({ buckets, bucketSeconds }: RuleTrial): string {
  const most = Math.max(...buckets.map(({ hits }) => hits))
  const length = bucketSeconds >= DAY_MS / 1000 ? 10 : 16
  return table(
    buckets.map(({ from, hits }) => [
      from.slice(0, length).replace('T', ' '),
      String(hits),
      '#'.repeat(Math.max(1, Math.round((hits / most) * WIDTH))),
    ]),
  )
}

function entityTable({ entities }: RuleTrial): string {
  return table(entities.map(({ hits, kind, entity }) => [String(hits), kind, printable(entity)]))
}

function sampleLine({ time, entity, reasons }: RuleTrial['samples'][number]): string {
  const why = reasons
    .slice(0, 3)
    .map(({ field, value }) => `${field}=${value.slice(0, 80)}`)
    .join(' ')
  return printable(`${minute(time)}  ${entity}  ${why}`)
}

function codeOf(trial: RuleTrial): number {
  if (trial.state === 'failed') return EXIT.failed
  if (trial.state !== 'done') return EXIT.interrupted
  if (trial.unread > 0 || trial.leftOut.length > 0) return EXIT.partial
  return trial.hits > 0 ? EXIT.findings : EXIT.done
}
