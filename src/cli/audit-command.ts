// `vigie audit PATH…`: configurations in, findings and a report out.

import { buildCommand } from '@stricli/core'
import type { AuditOutcome } from '../app/devices/audit.ts'
import { readSettings, systemClock } from '../core/index.ts'
import { SEVERITIES } from '../model/index.ts'
import type { AuditFinding, DeviceAudit } from '../model/index.ts'
import { decimal, makeName } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable, table } from './output.ts'
import { SETTING_FLAGS } from './setting-flags.ts'

type Flags = {
  readonly language?: string
  readonly before?: string
  readonly keep?: string
  readonly out: string
  readonly json: boolean
}

const text = (value: string): string => value

export function auditCommand(words: Words) {
  return buildCommand<Flags, string[], Context>({
    docs: { brief: words.audit.brief },
    parameters: {
      positional: {
        kind: 'array',
        parameter: { brief: 'file, folder or glob', parse: String, placeholder: 'path' },
      },
      flags: {
        language: SETTING_FLAGS.language,
        before: {
          kind: 'parsed',
          parse: text,
          brief: 'The version before: a file, or a folder whose files have the same names',
          placeholder: 'path',
          optional: true,
        },
        keep: {
          kind: 'parsed',
          parse: text,
          brief:
            'Keep versions in this station folder, compare with the newest there, raise alerts',
          placeholder: 'folder',
          optional: true,
        },
        out: {
          kind: 'parsed',
          parse: text,
          brief: 'Folder for the report',
          placeholder: 'folder',
          default: 'vigie-audit',
        },
        json: { kind: 'boolean', brief: 'Print the report as JSON', default: false },
      },
    },
    async func(flags, ...paths) {
      const code = await audit(this, flags, paths)
      Object.assign(this.process, { exitCode: code })
    },
  })
}

async function audit(context: Context, flags: Flags, paths: readonly string[]): Promise<number> {
  const { process, words } = context
  if (paths.length === 0) {
    process.stderr.write(`${words.audit.nothing}\n`)
    return EXIT.usage
  }
  const language = flags.language ?? context.language
  const { auditPaths } = await import('../app/devices/audit.ts')
  const outcome = await auditPaths({
    paths,
    settings: readSettings({ language }, process.env),
    clock: systemClock,
    out: flags.out,
    ...(flags.before === undefined ? {} : { before: flags.before }),
    ...(flags.keep === undefined ? {} : { keep: flags.keep }),
  })
  const { devices, problems } = outcome.report
  if (flags.json) process.stdout.write(`${JSON.stringify(outcome.report)}\n`)
  else process.stdout.write(`${printed(outcome, context).join('\n')}\n`)
  if (problems.length > 0) return EXIT.partial
  return devices.some(({ findings }) => findings.length > 0) ? EXIT.findings : EXIT.done
}

function printed({ report, written, seconds }: AuditOutcome, context: Context): readonly string[] {
  const { words, language } = context
  const { audit: say, cli } = words
  const { devices, problems } = report
  const lines = devices.reduce((sum, device) => sum + device.lines, 0)
  const out = [say.read(devices.length, lines, decimal(language, seconds))]
  for (const device of devices) out.push('', ...deviceLines(device, context))
  if (devices.every(({ findings }) => findings.length === 0)) out.push('', say.noFindings)
  if (problems.length > 0)
    out.push(
      '',
      cli.scan.problems,
      ...problems.map(({ file, sentence }) => printable(`  ${file}: ${sentence}`)),
    )
  return [...out, '', ...written.map((file) => cli.scan.wrote(file))]
}

function deviceLines(device: DeviceAudit, context: Context): readonly string[] {
  const { audit: say } = context.words
  const { coverage } = device
  const secrets = Object.values(device.secrets).reduce((sum, count) => sum + count, 0)
  const facts = [
    say.coverage(coverage.understood, coverage.significant),
    coverage.unparsed.length === 0 ? '' : say.unparsed(coverage.unparsed.slice(0, 5).join(', ')),
    ...changedBy(device, context),
    secrets === 0 ? '' : say.secrets(secrets),
    device.changes === null ? say.notCompared : say.changed(device.changeCount),
    ...device.signs.map((sign) => say.signs[sign]),
  ].filter((fact) => fact !== '')
  const known: Readonly<Record<string, string>> = say.steps
  const steps = device.incident.map((step) => known[step] ?? step).join(', ')
  const change = device.findings.filter(({ kind }) => kind === 'change')
  const state = device.findings.filter(({ kind }) => kind !== 'change')
  return [
    printable(`${device.hostname ?? device.source}  ${makeOf(device, context)}`),
    ...facts.map((fact) => printable(`  ${fact}`)),
    ...(steps === '' ? [] : [`  ${say.incident(steps)}`]),
    ...findingLines(say.changeFindings, change, context),
    ...findingLines(say.stateFindings, state, context),
  ]
}

function makeOf(device: DeviceAudit, { words }: Context): string {
  const { title, isSure, version } = device
  if (title === '') return `(${words.audit.unknownMake})`
  const make = [isSure ? '' : words.audit.unsure, makeName(device), version ?? '']
  return `(${make.filter((part) => part !== '').join(' ')})`
}

function changedBy({ facts }: DeviceAudit, { words }: Context): readonly string[] {
  const found = facts.find(({ fact }) => fact === 'changed')
  return found === undefined
    ? []
    : [words.audit.changedBy(found.says['who'] ?? '', found.says['when'] ?? '')]
}

const PLACES_SHOWN = 3
const PATH_SHOWN = 110

function findingLines(
  title: string,
  findings: readonly AuditFinding[],
  { words, language }: Context,
): readonly string[] {
  if (findings.length === 0) return []
  const sorted = findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )
  const { audit: say, cli } = words
  const rows = sorted.flatMap((finding) =>
    finding.places
      .slice(0, PLACES_SHOWN)
      .map(({ side, first, last, path }, at) => [
        at === 0 ? `    ${cli.severity[finding.severity]}` : '',
        at === 0 ? finding.title[language] : '',
        `${side === 'before' ? `${say.before}, ` : ''}${say.lines(first, last)}`,
        printable(path).slice(0, PATH_SHOWN),
      ]),
  )
  return [`  ${title}${say.colon}`, table(rows)]
}
