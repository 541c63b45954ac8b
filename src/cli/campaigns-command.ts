// `vigie campaigns`: what several organisations met that belongs together, through a hub's API.

import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { VigieError, reasonOf } from '../core/index.ts'
import {
  CampaignDetailSchema,
  CampaignListSchema,
  IncidentAskSchema,
  IncidentTakenSchema,
} from '../model/index.ts'
import type { CampaignDetail } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'
import { PAGE_FLAGS, writePage } from './write-report.ts'
import type { PageFlags } from './write-report.ts'

export function campaignsCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: listCommand(words),
      show: showCommand(words),
      page: pageCommand(words),
      act: actCommand(words),
      undo: undoCommand(words),
      incident: incidentCommand(words),
      import: importCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.campaigns.brief },
  })
}

type JsonFlags = ClientFlags & { readonly json: boolean }
const JSON_FLAGS = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const
const ID = {
  kind: 'tuple',
  parameters: [{ brief: 'Id of the campaign', parse: String, placeholder: 'campaign' }],
} as const
const day = (iso: string | null) => iso?.slice(0, 10) ?? '–'

function listCommand(words: Words) {
  const { cli: say, states } = words.campaigns
  return buildCommand<JsonFlags, [], Context>({
    docs: { brief: say.list },
    parameters: { flags: JSON_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const list = await client.get('/api/campaigns', CampaignListSchema)
      const rows = list.campaigns.map((one) => [
        one.id,
        states[one.state],
        String(one.organisations),
        String(one.reports),
        day(one.first),
        day(one.last),
        printable(one.name),
      ])
      const text = rows.length === 0 ? say.none : table([[...say.columns], ...rows])
      this.process.stdout.write(`${flags.json ? JSON.stringify(list) : text}\n`)
    },
  })
}

type ViewFlags = ClientFlags & { readonly forOthers: boolean }
const viewFlags = (words: Words) =>
  ({
    ...CLIENT_FLAGS,
    forOthers: { kind: 'boolean', brief: words.campaigns.cli.others, default: false },
  }) as const

function showCommand(words: Words) {
  return buildCommand<ViewFlags & JsonFlags, [string], Context>({
    docs: { brief: words.campaigns.cli.show },
    parameters: { flags: { ...viewFlags(words), json: JSON_FLAGS.json }, positional: ID },
    async func({ forOthers, ...flags }, id) {
      const client = stationClient(this.process, flags, this.language)
      const path = `/api/campaigns/${encodeURIComponent(id)}?others=${forOthers}`
      const campaign = await client.get(path, CampaignDetailSchema)
      const lines = flags.json ? [JSON.stringify(campaign)] : await shownLines(campaign, this)
      this.process.stdout.write(`${lines.join('\n')}\n`)
    },
  })
}

async function shownLines(
  campaign: CampaignDetail,
  { words, language }: Context,
): Promise<readonly string[]> {
  const { cli: say, page, why, features } = words.campaigns
  const { scopeLines } = await import('../app/sharing/share.ts')
  const reasons = campaign.shared.map((one) => `  ${printable(why(features[one.kind], one))}`)
  return [
    printable(campaign.name),
    ...scopeLines(campaign, language),
    ...(reasons.length === 0 ? [] : [`${page.shared}:`, ...reasons]),
    ...campaign.members.map(({ report, name, first, note }) =>
      printable(`${report}  ${day(first)}  ${name}  ${note}`),
    ),
    ...campaign.scope.silent.map(({ name }) => printable(`? ${name}`)),
    ...campaign.similar.map(({ id, name }) => printable(say.similar(id, name))),
    ...campaign.acts.map(({ id, who, act, undone }) =>
      printable(`${id}  ${who}: ${act}${undone ? ' ×' : ''}`),
    ),
  ]
}

function pageCommand(words: Words) {
  return buildCommand<ViewFlags & PageFlags, [string], Context>({
    docs: { brief: words.campaigns.cli.page },
    parameters: { flags: { ...viewFlags(words), ...PAGE_FLAGS }, positional: ID },
    async func({ forOthers, ...flags }, id) {
      const client = stationClient(this.process, flags, this.language)
      const query = `others=${forOthers}&language=${this.language}`
      const path = `/api/campaigns/${encodeURIComponent(id)}/page?${query}`
      await writePage(this, client, path, flags)
    },
  })
}

const ACTS = ['confirm', 'dismiss', 'rename', 'merge', 'split'] as const
type ActFlags = ClientFlags & {
  readonly name?: string
  readonly into?: string
  readonly reports?: string
}

function actCommand(words: Words) {
  const say = words.campaigns.cli
  const text = (brief: string, placeholder: string) =>
    ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const
  return buildCommand<ActFlags, [(typeof ACTS)[number], string], Context>({
    docs: { brief: say.act },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        name: text('With rename: its new name', 'name'),
        into: text('With merge: the campaign that stays', 'campaign'),
        reports: text('With split: the reports that leave, separated by commas', 'reports'),
      },
      positional: {
        kind: 'tuple',
        parameters: [
          {
            brief: ACTS.join(', '),
            parse: (given: string) => z.enum(ACTS).parse(given),
            placeholder: 'act',
          },
          ID.parameters[0],
        ],
      },
    },
    async func({ name, into, reports, ...flags }, act, campaign) {
      const client = stationClient(this.process, flags, this.language)
      const body = {
        act,
        campaign,
        name,
        into,
        reports: reports?.split(',').map((one) => one.trim()),
      }
      const done = await client.post(
        '/api/campaigns/acts',
        body,
        z.object({ act: z.string(), campaign: z.string() }),
      )
      this.process.stdout.write(`${say.done(done.act, done.campaign)}\n`)
    },
  })
}

function undoCommand(words: Words) {
  const say = words.campaigns.cli
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: say.undo },
    parameters: {
      flags: CLIENT_FLAGS,
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'Id of the act', parse: String, placeholder: 'act' }],
      },
    },
    async func(flags, act) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`/api/campaigns/acts/${encodeURIComponent(act)}/undo`, {}, z.object({}))
      this.process.stdout.write(`${say.undone}\n`)
    },
  })
}

type ImportFlags = ClientFlags & { readonly organisation: string }

function importCommand(words: Words) {
  const say = words.campaigns.cli
  return buildCommand<ImportFlags, [string], Context>({
    docs: { brief: say.import },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        organisation: {
          kind: 'parsed',
          parse: String,
          brief: 'Id of the organisation that made it (vigie notices organisations)',
          placeholder: 'organisation',
        },
      },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'The report', parse: String, placeholder: 'file' }],
      },
    },
    async func({ organisation, ...flags }, file) {
      if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
      const client = stationClient(this.process, flags, this.language)
      const path = `/api/campaigns/incident-files?${new URLSearchParams({ organisation }).toString()}`
      const taken = await client.send(path, createReadStream(file), IncidentTakenSchema)
      this.process.stdout.write(`${say.taken(taken.features, taken.left)}\n`)
    },
  })
}

function incidentCommand(words: Words) {
  return buildCommand<ClientFlags, [string], Context>({
    docs: { brief: words.campaigns.cli.incident },
    parameters: {
      flags: CLIENT_FLAGS,
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'JSON of an incident', parse: String, placeholder: 'file' }],
      },
    },
    async func(flags, file) {
      const client = stationClient(this.process, flags, this.language)
      const { report } = await client.post(
        '/api/campaigns/incidents',
        incidentIn(file),
        z.object({ report: z.string() }),
      )
      this.process.stdout.write(`${report}\n`)
    },
  })
}

function incidentIn(file: string): unknown {
  if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
  try {
    return IncidentAskSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    const expected = cause instanceof z.ZodError ? z.prettifyError(cause) : reasonOf(cause)
    throw new VigieError('BAD_REQUEST', { met: file, expected }, { cause })
  }
}
