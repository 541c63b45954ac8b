// `vigie notices` at a hub: calls, reports that are taken in, what nobody could be told of, and whether telling works.

import { createReadStream, existsSync } from 'node:fs'
import { basename } from 'node:path'
import { buildCommand } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import {
  NOTICE_CLASSES,
  NoticeEffectSchema,
  NoticeListSchema,
  ReportTakenSchema,
} from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'
import { PAGE_FLAGS, writePage } from './write-report.ts'
import type { PageFlags } from './write-report.ts'

export type JsonFlags = ClientFlags & { readonly json: boolean }
export const JSON_FLAGS = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const
export const ID = {
  kind: 'tuple',
  parameters: [{ brief: 'Number of the notice', parse: String, placeholder: 'notice' }],
} as const
export const COMMENT = {
  kind: 'parsed',
  parse: String,
  brief: 'What they said',
  placeholder: 'text',
  default: '',
} as const
const Done = z.object({})

export function calledCommand(words: Words) {
  const say = words.notices.cli
  return buildCommand<
    ClientFlags & { readonly reached: boolean; readonly comment: string },
    [string],
    Context
  >({
    docs: { brief: say.called },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        reached: { kind: 'boolean', brief: say.reached, default: false },
        comment: COMMENT,
      },
      positional: ID,
    },
    async func({ reached, comment, ...flags }, id) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`/api/notices/${encodeURIComponent(id)}/calls`, { reached, comment }, Done)
      this.process.stdout.write(`${say.done}\n`)
    },
  })
}

export function settleCommand(words: Words) {
  const say = words.notices.cli
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: say.settle },
    parameters: {
      flags: CLIENT_FLAGS,
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'As the list says', parse: String, placeholder: 'id' }],
      },
    },
    async func(flags, shown) {
      const client = stationClient(this.process, flags, this.language)
      const { unplaced } = await client.get('/api/notices', NoticeListSchema)
      const found = unplaced.filter(({ id }) => shown.length >= 6 && id.startsWith(shown))
      const [one] = found
      if (one === undefined || found.length > 1) throw new VigieError('NOT_FOUND', { what: shown })
      await client.post(`/api/notices/unplaced/${one.id}/settle`, {}, Done)
      this.process.stdout.write(`${say.done}\n`)
    },
  })
}

export function importCommand(words: Words) {
  const say = words.notices.cli
  return buildCommand<
    ClientFlags & { readonly as?: (typeof NOTICE_CLASSES)[number]; readonly name?: string },
    [string],
    Context
  >({
    docs: { brief: say.import },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        as: {
          kind: 'enum',
          values: NOTICE_CLASSES,
          brief: 'What every line is (by the report itself)',
          optional: true,
        },
        name: {
          kind: 'parsed',
          parse: String,
          brief: 'What the report is called (the name of the file)',
          placeholder: 'name',
          optional: true,
        },
      },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'CSV with names of columns', parse: String, placeholder: 'file' }],
      },
    },
    async func({ as, name, ...flags }, file) {
      if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
      const client = stationClient(this.process, flags, this.language)
      const query = new URLSearchParams({
        name: name ?? basename(file),
        ...(as === undefined ? {} : { class: as }),
      })
      const path = `/api/notices/reports?${query.toString()}`
      const taken = await client.send(path, createReadStream(file), ReportTakenSchema)
      const { lines, placed, organisations, unplaced, known, refused, refusedTotal } = taken
      const out = [
        known ? say.known : say.taken(lines, placed, organisations, unplaced),
        ...(refusedTotal === 0 ? [] : [say.refused(refusedTotal)]),
        ...refused.map(({ line, reason }) => `  ${line}: ${reason}`),
      ]
      this.process.stdout.write(`${out.join('\n')}\n`)
    },
  })
}

export function effectCommand(words: Words) {
  const { cli: say, classes, channels: ways } = words.notices
  return buildCommand<JsonFlags, [], Context>({
    docs: { brief: say.effect },
    parameters: { flags: JSON_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const effect = await client.get('/api/notices/effect', NoticeEffectSchema)
      const rows = effect.classes.map((one) => [
        classes[one.class],
        ...[one.made, one.told, one.acknowledged, one.inTime, one.fixed, one.unanswered].map(
          String,
        ),
        String(one.minutesToAnswer ?? '–'),
        String(one.minutesToFix ?? '–'),
      ])
      const lines = [
        rows.length === 0 ? say.none : table([[...say.effectColumns], ...rows]),
        ...effect.channels.map(
          ({ channel, told, answered }) => `${ways[channel]}: ${answered} / ${told}`,
        ),
      ]
      this.process.stdout.write(`${flags.json ? JSON.stringify(effect) : lines.join('\n')}\n`)
    },
  })
}

export function sheetCommand(words: Words) {
  return buildCommand<ClientFlags & PageFlags, [string], Context>({
    docs: { brief: words.notices.cli.sheet },
    parameters: { flags: { ...CLIENT_FLAGS, ...PAGE_FLAGS }, positional: ID },
    async func(flags, id) {
      const client = stationClient(this.process, flags, this.language)
      const path = `/api/notices/${encodeURIComponent(id)}/sheet?language=${this.language}`
      await writePage(this, client, path, flags)
    },
  })
}

export function dkimCommand(words: Words) {
  const say = words.notices.cli
  return buildCommand<ClientFlags, [], Context>({
    docs: { brief: say.dkim },
    parameters: { flags: CLIENT_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { channels } = await client.get('/api/notices', NoticeListSchema)
      const { dkim } = channels
      const text = dkim === null ? say.noDkim : `${dkim.name}. TXT "${dkim.value}"`
      this.process.stdout.write(`${text}\n`)
    },
  })
}
