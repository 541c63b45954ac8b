// `vigie devices announce | explain | records | import | revoke`: by whose word configurations change.

import { createReadStream } from 'node:fs'
import { buildCommand } from '@stricli/core'
import { z } from 'zod'
import {
  ChangeRecordSchema,
  ChangeRecordsImportedSchema,
  ChangeRecordsSchema,
} from '../model/index.ts'
import type { ChangeRecord } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { sendRead } from './hand-in.ts'
import { instant, printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Flags = ClientFlags & { readonly json: boolean }
type WordFlags = Flags & { readonly reason: string; readonly reference: string }
type AnnounceFlags = WordFlags & {
  readonly from: string
  readonly to: string
  readonly allow?: readonly string[]
}

const FLAGS = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const

const WORD_FLAGS = {
  ...FLAGS,
  reason: { kind: 'parsed', parse: String, brief: 'Who, and why', placeholder: 'text' },
  reference: {
    kind: 'parsed',
    parse: String,
    brief: 'Ticket or decision',
    placeholder: 'text',
    default: '',
  },
} as const

const one = (placeholder: string) =>
  ({
    kind: 'tuple',
    parameters: [{ brief: placeholder, parse: String, placeholder }],
  }) as const

export function announceCommand(words: Words) {
  const time = (brief: string) =>
    ({ kind: 'parsed', parse: instant, brief, placeholder: 'time' }) as const
  return buildCommand<AnnounceFlags, [string], Context>({
    docs: { brief: words.devices.announceBrief },
    parameters: {
      flags: {
        ...WORD_FLAGS,
        from: time('Beginning, such as 2026-12-01T20:00-05:00'),
        to: time('End'),
        allow: {
          kind: 'parsed',
          parse: String,
          brief: 'Beginning of a statement that may differ (anything)',
          placeholder: 'statement',
          variadic: true,
          optional: true,
        },
      },
      positional: one('device'),
    },
    async func({ from: starts, to: ends, allow: allows = [], ...flags }, device) {
      const { reason, reference } = flags
      const body = { device, starts, ends, allows, reason, reference }
      const client = stationClient(this.process, flags, this.language)
      tell(this, flags, await client.post('/api/change-records', body, ChangeRecordSchema))
    },
  })
}

function tell({ process, words }: Context, { json }: Flags, record: ChangeRecord): void {
  const text = json ? JSON.stringify(record) : words.devices.written(record.id)
  process.stdout.write(`${text}\n`)
}

export function explainCommand(words: Words) {
  return buildCommand<WordFlags, [string], Context>({
    docs: { brief: words.devices.explainBrief },
    parameters: { flags: WORD_FLAGS, positional: one('change') },
    async func(flags, id) {
      const { reason, reference } = flags
      const client = stationClient(this.process, flags, this.language)
      const path = `/api/device-changes/${encodeURIComponent(id)}/approve`
      tell(this, flags, await client.post(path, { reason, reference }, ChangeRecordSchema))
    },
  })
}

export function recordsCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.devices.recordsBrief },
    parameters: { flags: FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { records } = await client.get('/api/change-records', ChangeRecordsSchema)
      const text = records.length === 0 ? words.devices.noRecords : shownRecords(words, records)
      const lines = flags.json ? records.map((record) => JSON.stringify(record)).join('\n') : text
      this.process.stdout.write(lines === '' ? '' : `${lines}\n`)
    },
  })
}

function shownRecords(
  { devices: { columns, revoked, unsigned } }: Words,
  records: readonly ChangeRecord[],
): string {
  const heading = [
    columns.device,
    columns.from,
    columns.to,
    columns.by,
    columns.record,
    columns.reason,
  ]
  const rows = records.map((record) => [
    printable(record.device),
    record.starts.slice(0, 16),
    record.ends.slice(0, 16),
    printable(record.recordedBy),
    record.id,
    `${record.isSigned ? '' : `(${unsigned}) `}${record.revoked === null ? '' : `(${revoked}) `}${printable(record.reason)}`,
  ])
  return table([heading, ...rows])
}

export function importCommand(words: Words) {
  return buildCommand<Flags, [string], Context>({
    docs: { brief: words.devices.importBrief },
    parameters: { flags: FLAGS, positional: one('file') },
    async func(flags, file) {
      const client = stationClient(this.process, flags, this.language)
      const path = '/api/change-records/imports'
      const made = await sendRead(createReadStream(file), (bytes) =>
        client.send(path, bytes, ChangeRecordsImportedSchema),
      )
      const say = words.devices
      const refused = made.refused.map(({ line, column, met }) =>
        say.refused(line, printable(column), printable(met)),
      )
      const text = flags.json
        ? JSON.stringify(made)
        : [say.imported(made.taken, made.known), ...refused].join('\n')
      this.process.stdout.write(`${text}\n`)
      Object.assign(this.process, { exitCode: refused.length > 0 ? EXIT.partial : EXIT.done })
    },
  })
}

export function revokeCommand(words: Words) {
  return buildCommand<Flags, [string], Context>({
    docs: { brief: words.devices.revokeBrief },
    parameters: { flags: FLAGS, positional: one('record') },
    async func(flags, id) {
      const client = stationClient(this.process, flags, this.language)
      await client.remove(`/api/change-records/${encodeURIComponent(id)}`, z.object({}))
      this.process.stdout.write(`${words.devices.gone(id)}\n`)
    },
  })
}
