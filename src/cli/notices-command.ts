// `vigie notices`: whom a hub tells and who answered; at a member, what it was told.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { NOTICE_ANSWERS, NoticeListSchema, ToldListSchema } from '../model/index.ts'
import type { HubNotice, Notice, NoticeList } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import {
  COMMENT,
  ID,
  JSON_FLAGS,
  calledCommand,
  dkimCommand,
  effectCommand,
  importCommand,
  settleCommand,
  sheetCommand,
} from './notice-hub-commands.ts'
import type { JsonFlags } from './notice-hub-commands.ts'
import {
  confirmCommand,
  enterCommand,
  organisationsCommand,
  registerCommand,
  registrationCommand,
} from './organisation-commands.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

export function noticesCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: listCommand(words),
      told: toldCommand(words),
      answer: answerCommand(words),
      called: calledCommand(words),
      settle: settleCommand(words),
      import: importCommand(words),
      effect: effectCommand(words),
      dkim: dkimCommand(words),
      sheet: sheetCommand(words),
      register: registerCommand(words),
      registration: registrationCommand(words),
      organisations: organisationsCommand(words),
      enter: enterCommand(words),
      confirm: confirmCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.notices.brief },
  })
}

const Done = z.object({})

function listCommand(words: Words) {
  return buildCommand<JsonFlags, [], Context>({
    docs: { brief: words.notices.cli.list },
    parameters: { flags: JSON_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const list = await client.get('/api/notices?limit=1000', NoticeListSchema)
      const lines = flags.json ? [JSON.stringify(list)] : listLines(list, words)
      this.process.stdout.write(`${lines.join('\n')}\n`)
    },
  })
}

function listLines(
  { notices, unplaced, unplacedTotal }: NoticeList,
  words: Words,
): readonly string[] {
  const { cli: say, classes, reasons } = words.notices
  const rows = notices.map((one) => [
    one.id,
    classes[one.class],
    printable(one.organisationName),
    stateOf(one, words),
    time(one.next),
    seen(one),
  ])
  const waiting = unplaced.map((one) => [
    one.id.slice(0, 12),
    classes[one.class],
    printable(one.what),
    printable(one.about),
    String(one.count),
    reasons[one.reason],
  ])
  return [
    notices.length === 0 ? say.none : table([[...say.columns], ...rows]),
    ...(unplacedTotal === 0
      ? []
      : ['', say.unplaced(unplacedTotal), table([[...say.unplacedColumns], ...waiting])]),
  ]
}

function stateOf({ state, unanswered, deliveries }: HubNotice, words: Words): string {
  const { states, cli, channels } = words.notices
  if (unanswered) return cli.unanswered
  const last = deliveries.at(-1)
  return state === 'told' && last !== undefined
    ? `${states[state]} (${channels[last.channel]})`
    : states[state]
}

function seen({ observations, more }: Notice): string {
  const [first] = observations
  const rest = observations.length - 1 + more
  return first === undefined
    ? ''
    : printable(`${first.what}: ${first.about}${rest > 0 ? ` +${rest}` : ''}`)
}

function time(iso: string | null): string {
  return iso === null ? '–' : iso.slice(0, 16).replace('T', ' ')
}

function toldCommand(words: Words) {
  const { cli: say, classes, states, answers } = words.notices
  return buildCommand<JsonFlags, [], Context>({
    docs: { brief: say.told },
    parameters: { flags: JSON_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const list = await client.get('/api/notices/told', ToldListSchema)
      const rows = list.told.map((one) => {
        const answered = one.answers.at(-1)
        const state = answered === undefined ? states[one.state] : answers[answered.answer]
        return [one.id, classes[one.class], one.peer, state, time(one.answerBy), seen(one)]
      })
      const text = rows.length === 0 ? say.none : table([[...say.toldColumns], ...rows])
      this.process.stdout.write(`${flags.json ? JSON.stringify(list) : text}\n`)
    },
  })
}

type AnswerFlags = ClientFlags & { readonly by?: string; readonly comment: string }

function answerCommand(words: Words) {
  return buildCommand<AnswerFlags, [string, string], Context>({
    docs: { brief: words.notices.cli.answer },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        by: {
          kind: 'parsed',
          parse: String,
          brief: 'Who says it',
          placeholder: 'name',
          optional: true,
        },
        comment: COMMENT,
      },
      positional: {
        kind: 'tuple',
        parameters: [
          ID.parameters[0],
          {
            brief: NOTICE_ANSWERS.map((one) => one.replace(' ', '-')).join(', '),
            parse: String,
            placeholder: 'answer',
          },
        ],
      },
    },
    async func({ by, comment, ...flags }, id, given) {
      const client = stationClient(this.process, flags, this.language)
      const answer = given.replaceAll('-', ' ')
      const body = { answer, comment, ...(by === undefined ? {} : { by }) }
      const { told } = await client.get('/api/notices/told', ToldListSchema)
      const at = told.some((one) => one.id === id) ? '/api/notices/told' : '/api/notices'
      await client.post(`${at}/${encodeURIComponent(id)}/answers`, body, Done)
      this.process.stdout.write(`${words.notices.cli.done}\n`)
    },
  })
}
