// `vigie cases report | state | approve | sent`: what is told to those who help. Nothing is sent by itself.

import { existsSync, readFileSync } from 'node:fs'
import { buildCommand } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import { REPORT_FORMATS, ReportViewSchema, StatedReportSchema } from '../model/index.ts'
import type { ReportFormat, ReportView } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { CASE_FLAGS, casePath, numbered, numberedWith } from './case-flags.ts'
import type { CaseFlags } from './case-flags.ts'
import { writeSealed } from './case-sending-commands.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable } from './output.ts'
import { hubLines } from './report-up-command.ts'
import { stationClient } from './station-client.ts'
import { OUT_FLAG, writePdf, writeReport } from './write-report.ts'

type ReportFlags = CaseFlags & {
  readonly format?: ReportFormat
  readonly for?: string
  readonly out?: string
}

export function reportCommand(words: Words) {
  return buildCommand<ReportFlags, [number], Context>({
    docs: { brief: words.cases.report },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        format: {
          kind: 'enum',
          values: REPORT_FORMATS,
          brief: 'Print it: html and pdf at any time; json and stix once it is approved',
          optional: true,
        },
        for: {
          kind: 'parsed',
          parse: String,
          brief: words.cases.sending.for,
          placeholder: 'recipient',
          optional: true,
        },
        out: OUT_FLAG,
      },
      positional: numbered(),
    },
    async func({ format, for: recipient, out, ...flags }, number) {
      if (recipient !== undefined)
        return writeSealed(this, flags, { number, recipient, format: format ?? 'pdf', out })
      const client = stationClient(this.process, flags, this.language)
      const path = `${casePath(number)}/report`
      const language = `language=${this.language}`
      const written = `${path}/${format}?${language}`
      if (format === 'pdf') return writePdf(this, client, written, out)
      if (format !== undefined) return writeReport(this, await client.text(written), out)
      const view = await client.get(`${path}?${language}`, ReportViewSchema)
      const text = flags.json ? JSON.stringify(view) : standing(words, number, view)
      this.process.stdout.write(`${text}\n`)
      const isReady = view.approval !== null || view.forbidden.length === 0
      Object.assign(this.process, { exitCode: isReady ? EXIT.done : EXIT.findings })
    },
  })
}

function standing(words: Words, number: number, view: ReportView): string {
  const { cases: say } = words
  const { approval, digest, missing, forbidden, withheld, hubs } = view
  const { ready } = say
  return [
    approval === null ? ready.draft(number) : ready.approved(printable(approval.by), approval.at),
    ready.digest(digest),
    ...(missing.length === 0 ? [] : [ready.missing(missing.join(', '))]),
    ...forbidden.map(({ kind, place, excerpt }) =>
      ready.forbidden(say.forbidden[kind], place, printable(excerpt)),
    ),
    ...withheld.map(({ value, reason }) => ready.withheld(printable(value), say.withheld[reason])),
    ...hubLines(hubs, words),
  ].join('\n')
}

export function stateCommand(words: Words) {
  return buildCommand<CaseFlags, [number, string], Context>({
    docs: { brief: words.cases.state },
    parameters: { flags: CASE_FLAGS, positional: numberedWith('file') },
    async func(flags, number, file) {
      if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
      const stated = StatedReportSchema.safeParse(parsed(file))
      if (!stated.success) {
        const { path, message } = stated.error.issues[0] ?? { path: [], message: '' }
        throw new VigieError('BAD_REQUEST', { met: path.join('.'), expected: message })
      }
      const client = stationClient(this.process, flags, this.language)
      await client.post(`${casePath(number)}/report`, stated.data, z.object({}))
      this.process.stdout.write(`${words.cases.changed(number)}\n`)
    },
  })
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new VigieError('BAD_REQUEST', { met: file, expected: 'JSON' }, { cause })
  }
}

type ApproveFlags = CaseFlags & { readonly digest: string; readonly rule?: string }

export function approveCommand(words: Words) {
  return buildCommand<ApproveFlags, [number], Context>({
    docs: { brief: words.cases.approve },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        digest: {
          kind: 'parsed',
          parse: String,
          brief: 'Of the text that was looked at, as “report” prints it',
          placeholder: 'digest',
        },
        rule: {
          kind: 'parsed',
          parse: String,
          brief: words.cases.sending.approveBy,
          placeholder: 'rule',
          optional: true,
        },
      },
      positional: numbered(),
    },
    async func({ digest, rule, ...flags }, number) {
      const client = stationClient(this.process, flags, this.language)
      const by = rule === undefined ? {} : { rule }
      const body = { digest, language: this.language, ...by }
      await client.post(`${casePath(number)}/report/approval`, body, z.object({}))
      this.process.stdout.write(`${words.cases.approvedNow}\n`)
    },
  })
}

type SentFlags = CaseFlags & { readonly how: string; readonly reference: string }

export function sentCommand(words: Words) {
  return buildCommand<SentFlags, [number], Context>({
    docs: { brief: words.cases.sent },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        how: { kind: 'parsed', parse: String, brief: 'To whom, and how', placeholder: 'text' },
        reference: {
          kind: 'parsed',
          parse: String,
          brief: 'What came back',
          placeholder: 'text',
          default: '',
        },
      },
      positional: numbered(),
    },
    async func({ how, reference, ...flags }, number) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`${casePath(number)}/report/sent`, { how, reference }, z.object({}))
      this.process.stdout.write(`${words.cases.sentNow}\n`)
    },
  })
}
