// `vigie cases recipients | recipient | rule | rule-end`: whom reports are encrypted for, and what was approved beforehand.

import { existsSync, readFileSync } from 'node:fs'
import { buildCommand } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import { CASE_MARKINGS, ReportSendingSchema, SealedReportSchema } from '../model/index.ts'
import type { CaseMarking, ReportFormat } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { CASE_FLAGS, casePath } from './case-flags.ts'
import type { CaseFlags } from './case-flags.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { one } from './share-station-command.ts'
import { stationClient } from './station-client.ts'
import { writeReport } from './write-report.ts'

const PATH = '/api/report-sending'
const Done = z.object({})
const text = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder }) as const

export function recipientsCommand(words: Words) {
  const say = words.cases.sending
  return buildCommand<CaseFlags, [], Context>({
    docs: { brief: say.list },
    parameters: { flags: CASE_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const sending = await client.get(PATH, ReportSendingSchema)
      const { recipients, rules } = sending
      const lines = [
        ...recipients.map(({ name, fingerprint, users, expires }) =>
          [name, fingerprint, users.map(printable).join(', '), expires?.slice(0, 10) ?? ''].join(
            '  ',
          ),
        ),
        ...rules.map((rule) => {
          const { by, recipient, categories, mostMarking, until, revoked, id } = rule
          const which = say.which(categories.join(', '), mostMarking, until)
          const covers = say.covers(printable(by), recipient, which)
          return `${id}  ${covers}${revoked === null ? '' : `  (${say.ended})`}`
        }),
      ]
      const said = lines.length === 0 ? say.none : lines.join('\n')
      this.process.stdout.write(`${flags.json ? JSON.stringify(sending) : said}\n`)
    },
  })
}

type RecipientFlags = CaseFlags & { readonly key?: string; readonly remove: boolean }

export function recipientCommand(words: Words) {
  const say = words.cases.sending
  return buildCommand<RecipientFlags, [string], Context>({
    docs: { brief: say.recipient },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        key: { ...text(say.key, 'file'), optional: true },
        remove: { kind: 'boolean', brief: say.remove, default: false },
      },
      positional: one('name'),
    },
    async func({ key, remove, ...flags }, name) {
      const client = stationClient(this.process, flags, this.language)
      if (remove) {
        await client.post(`${PATH}/recipients/${encodeURIComponent(name)}/remove`, {}, Done)
        this.process.stdout.write(`${say.removed(printable(name))}\n`)
        return
      }
      if (key === undefined || !existsSync(key))
        throw new VigieError('NOTHING_TO_READ', { path: key ?? '--key' })
      await client.post(`${PATH}/recipients`, { name, key: readFileSync(key, 'utf8') }, Done)
      const { recipients } = await client.get(PATH, ReportSendingSchema)
      const kept = recipients.find((recipient) => recipient.name === name)
      this.process.stdout.write(`${say.kept(name, kept?.fingerprint ?? '')}\n`)
    },
  })
}

type RuleFlags = CaseFlags & {
  readonly by: string
  readonly for: string
  readonly categories: string
  readonly marking: CaseMarking
  readonly until: string
}

export function ruleCommand(words: Words) {
  const say = words.cases.sending
  return buildCommand<RuleFlags, [], Context>({
    docs: { brief: say.rule },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        by: text(say.by, 'name'),
        for: text(say.to, 'recipient'),
        categories: text(say.categories, 'categories'),
        marking: { kind: 'enum', values: CASE_MARKINGS, brief: say.marking, default: 'amber' },
        until: text(say.until, 'time'),
      },
    },
    async func({ by, for: recipient, categories, marking: mostMarking, until, ...flags }) {
      const client = stationClient(this.process, flags, this.language)
      const named = categories.split(',').map((category) => category.trim())
      const body = { by, recipient, categories: named, mostMarking, until }
      const { id } = await client.post(`${PATH}/rules`, body, z.object({ id: z.string() }))
      this.process.stdout.write(`${say.ruleDone(id)}\n`)
    },
  })
}

export function endRuleCommand(words: Words) {
  const say = words.cases.sending
  return buildCommand<CaseFlags, [string], Context>({
    docs: { brief: say.endRule },
    parameters: { flags: CASE_FLAGS, positional: one('rule') },
    async func(flags, rule) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`${PATH}/rules/${encodeURIComponent(rule)}/revoke`, {}, Done)
      this.process.stdout.write(`${say.ruleEnded}\n`)
    },
  })
}

type Sealing = {
  readonly number: number
  readonly recipient: string
  readonly format: ReportFormat
  readonly out: string | undefined
}

/** The approved report, encrypted for one recipient alone. */
export async function writeSealed(
  context: Context,
  flags: CaseFlags,
  { number, recipient, format, out }: Sealing,
): Promise<void> {
  const client = stationClient(context.process, flags, context.language)
  const asked = { recipient, format, language: context.language }
  const path = `${casePath(number)}/report/sealed`
  const { message } = await client.post(path, asked, SealedReportSchema)
  writeReport(context, message, out)
}
