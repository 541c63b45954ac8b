// `vigie scan PATH…`: logs in, findings and a report out.

import { buildCommand } from '@stricli/core'
import type { ScanOutcome, ScanProgress } from '../app/scan.ts'
import { isVigieError, readSettings, systemClock } from '../core/index.ts'
import { SEVERITIES } from '../model/index.ts'
import { decimal, describeError, sizeText, spanText } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import type { CliProcess, Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable, table } from './output.ts'
import { SETTING_FLAGS } from './setting-flags.ts'
import type { SettingFlags } from './setting-flags.ts'

type Flags = SettingFlags & {
  readonly out: string
  readonly keep?: string
  readonly indicators?: readonly string[]
  readonly sarif: boolean
  readonly json: boolean
}

export function scanCommand(words: Words) {
  return buildCommand<Flags, string[], Context>({
    docs: { brief: words.cli.scan.brief },
    parameters: {
      positional: {
        kind: 'array',
        parameter: { brief: 'file, folder or glob', parse: String, placeholder: 'path' },
      },
      flags: {
        ...SETTING_FLAGS,
        out: {
          kind: 'parsed',
          parse: String,
          brief: 'Folder for the report',
          placeholder: 'folder',
          default: 'vigie-report',
        },
        keep: {
          kind: 'parsed',
          parse: String,
          brief: 'Keep the store in this folder',
          placeholder: 'folder',
          optional: true,
        },
        indicators: {
          kind: 'parsed',
          parse: String,
          brief: 'List of indicators to look for, may be given several times',
          placeholder: 'file',
          optional: true,
          variadic: true,
        },
        sarif: { kind: 'boolean', brief: 'Also write SARIF', default: false },
        json: { kind: 'boolean', brief: 'Print the report as JSON', default: false },
      },
    },
    async func(flags, ...paths) {
      const code = await scan(this, flags, paths)
      Object.assign(this.process, { exitCode: code })
    },
  })
}

async function scan(context: Context, flags: Flags, paths: readonly string[]): Promise<number> {
  const { process, words, language } = context
  if (paths.length === 0) {
    process.stderr.write(`${words.cli.scan.nothing}\n`)
    return EXIT.usage
  }
  const { out, keep, sarif, json, indicators, ...settingFlags } = flags
  const stop = new AbortController()
  const abort = () => stop.abort()
  process.on('SIGINT', abort)
  const { scanPaths } = await import('../app/scan.ts')
  const line = progressLine(process, context)
  const outcome = await scanPaths({
    paths,
    settings: readSettings({ language, ...settingFlags }, process.env),
    clock: systemClock,
    out,
    sarif,
    ...(keep === undefined ? {} : { keep }),
    ...(indicators === undefined ? {} : { indicators }),
    onProgress: line.show,
    onTrouble: (cause) => {
      line.clear()
      process.stderr.write(`${printable(troubleText(cause, context))}\n`)
    },
    signal: stop.signal,
  })
  line.clear()
  process.off('SIGINT', abort)
  if (json) process.stdout.write(`${JSON.stringify(outcome.report)}\n`)
  else print(outcome, { context, keep })
  if (stop.signal.aborted) return EXIT.interrupted
  if (outcome.report.problems.length > 0) return EXIT.partial
  return outcome.report.alerts.length > 0 ? EXIT.findings : EXIT.done
}

const SHOW_AFTER_MS = 300
const SHOW_EVERY_MS = 200

/** One line on a terminal, rewritten; nothing elsewhere. */
function progressLine({ stderr }: CliProcess, { words: { cli }, language }: Context) {
  const startMs = systemClock.nowMs()
  let shownMs = 0
  const show = ({ bytesRead, bytesTotal, eventsStored }: ScanProgress) => {
    const nowMs = systemClock.nowMs()
    if (!stderr.isTTY || nowMs - startMs < SHOW_AFTER_MS || nowMs - shownMs < SHOW_EVERY_MS) return
    shownMs = nowMs
    const seconds = (nowMs - startMs) / 1000
    const left = bytesRead === 0 ? 0 : (seconds * (bytesTotal - bytesRead)) / bytesRead
    const rate = Math.round(eventsStored / seconds).toLocaleString(`${language}-CA`)
    stderr.write(
      `\r\u001B[K${cli.scan.progress(sizeText(language, bytesRead), sizeText(language, bytesTotal), rate, spanText(language, left))}`,
    )
  }
  return { show, clear: () => void (stderr.isTTY && stderr.write('\r\u001B[K')) }
}

/** A file that cannot be used is done without; anything else is waited for. */
function troubleText(cause: unknown, { words, language }: Context): string {
  const sentence = describeError(cause, language)
  return isVigieError(cause) && cause.code === 'CONTENT_INVALID'
    ? sentence
    : words.cli.up.trouble(sentence)
}

function print(
  { report, written, seconds }: ScanOutcome,
  { context, keep }: { context: Context; keep: string | undefined },
): void {
  const { process, words, language } = context
  const { scan: say } = words.cli
  const lines = [
    say.read(
      report.events,
      report.inputs.length,
      sizeText(language, report.bytes),
      decimal(language, seconds),
    ),
    '',
  ]
  if (report.alerts.length === 0) lines.push(say.noFindings)
  else {
    lines.push(...found(report, context))
  }
  lines.push('', say.formats, table(formats(report.inputs, say.unknown)))
  if (report.problems.length > 0) {
    lines.push('', say.problems)
    lines.push(
      ...report.problems
        .slice(0, 50)
        .map(
          ({ file, sentence }) =>
            `  ${file === '' ? '' : `${printable(file)}: `}${printable(sentence)}`,
        ),
    )
  }
  lines.push('', ...written.map((file) => say.wrote(file)))
  if (keep !== undefined) lines.push(say.kept(keep))
  process.stdout.write(`${lines.join('\n')}\n`)
}

function found(report: ScanOutcome['report'], { words, language }: Context): readonly string[] {
  const { scan: say } = words.cli
  const lines: string[] = []
  const events = report.alerts.reduce((sum, { count }) => sum + count, 0)
  lines.push(say.findings(report.alerts.length, events), '')
  const sorted = report.alerts.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )
  lines.push(
    table(
      sorted
        .slice(0, ALERTS_SHOWN)
        .map((alert) => [
          words.cli.severity[alert.severity],
          String(alert.count),
          alert.firstSeen.slice(0, 16).replace('T', ' '),
          alert.lastSeen.slice(0, 16).replace('T', ' '),
          printable(alert.why[language]).slice(0, 200),
        ]),
    ),
  )
  lines.push(
    '',
    say.entities,
    table(
      report.entities
        .slice(0, 10)
        .map(({ kind, entity, alerts, worst }) => [
          `  ${words.detect.entityKind(kind)}`,
          printable(entity).slice(0, 80),
          String(alerts),
          words.cli.severity[worst],
        ]),
    ),
  )
  return lines
}

const ALERTS_SHOWN = 40

function formats(
  inputs: ScanOutcome['report']['inputs'],
  unknown: string,
): readonly (readonly string[])[] {
  const totals = new Map<string, number>()
  for (const { parsers } of inputs) {
    for (const [parser, events] of Object.entries(parsers))
      totals.set(parser, (totals.get(parser) ?? 0) + events)
  }
  return [...totals]
    .toSorted(([, a], [, b]) => b - a)
    .map(([parser, events]) => [`  ${parser === '' ? unknown : parser}`, String(events)])
}
