// `vigie cases`: the cases of a running station.

import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import {
  ASSESSMENTS,
  CASE_MARKINGS,
  CASE_STATES,
  CaseEntrySchema,
  CaseSchema,
  CasesSchema,
  ENTRY_KINDS,
  SEVERITIES,
} from '../model/index.ts'
import type { Case, CaseChange, EntryKind } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { fetchCommand, keepCommand, proveCommand } from './case-file-commands.ts'
import { CASE_FLAGS, casePath, numbered, numberedWith, numberedWithMany } from './case-flags.ts'
import type { CaseFlags } from './case-flags.ts'
import { approveCommand, reportCommand, sentCommand, stateCommand } from './case-report-commands.ts'
import {
  endRuleCommand,
  recipientCommand,
  recipientsCommand,
  ruleCommand,
} from './case-sending-commands.ts'
import { showCommand, shownCases } from './case-show-command.ts'
import {
  doneCommand,
  playbookCommand,
  playbooksCommand,
  taskCommand,
} from './case-task-commands.ts'
import {
  exportPlaybookCommand,
  importPlaybookCommand,
  mergeCommand,
  roleCommand,
  unmergeCommand,
} from './case-together-commands.ts'
import type { Context } from './context.ts'
import { instant } from './output.ts'
import { toHubCommand } from './report-up-command.ts'
import { stationClient } from './station-client.ts'

export function casesCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: listCommand(words),
      show: showCommand(words),
      open: openCommand(words),
      change: changeCommand(words),
      alert: alertCommand(words),
      note: noteCommand(words),
      task: taskCommand(words),
      done: doneCommand(words),
      playbooks: playbooksCommand(words),
      playbook: playbookCommand(words),
      keep: keepCommand(words),
      fetch: fetchCommand(words),
      prove: proveCommand(words),
      report: reportCommand(words),
      state: stateCommand(words),
      approve: approveCommand(words),
      sent: sentCommand(words),
      'to-hub': toHubCommand(words),
      recipients: recipientsCommand(words),
      recipient: recipientCommand(words),
      rule: ruleCommand(words),
      'rule-end': endRuleCommand(words),
      role: roleCommand(words),
      merge: mergeCommand(words),
      unmerge: unmergeCommand(words),
      'playbook-import': importPlaybookCommand(words),
      'playbook-export': exportPlaybookCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.cases.brief },
  })
}

function listCommand(words: Words) {
  return buildCommand<CaseFlags, [], Context>({
    docs: { brief: words.cases.list },
    parameters: { flags: CASE_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { cases } = await client.get('/api/cases', CasesSchema)
      const text = cases.length === 0 ? words.cases.none : shownCases(words, cases)
      const lines = flags.json ? cases.map((one) => JSON.stringify(one)).join('\n') : text
      this.process.stdout.write(lines === '' ? '' : `${lines}\n`)
    },
  })
}

type OpenFlags = CaseFlags & {
  readonly alert?: readonly string[]
  readonly severity: Case['severity']
  readonly marking: Case['marking']
  readonly lead: string
  readonly summary: string
}

const text = (brief: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder: 'text', default: '' }) as const

function openCommand(words: Words) {
  return buildCommand<OpenFlags, [string], Context>({
    docs: { brief: words.cases.open },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        alert: {
          kind: 'parsed',
          parse: String,
          brief: 'Alert that belongs to it',
          placeholder: 'alert',
          variadic: true,
          optional: true,
        },
        severity: { kind: 'enum', values: SEVERITIES, brief: 'How bad it is', default: 'medium' },
        marking: { kind: 'enum', values: CASE_MARKINGS, brief: 'TLP', default: 'amber' },
        lead: text('Who leads it'),
        summary: text('What is known'),
      },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'Title', parse: String, placeholder: 'title' }],
      },
    },
    async func({ alert: alerts = [], severity, marking, lead, summary, ...flags }, title) {
      const client = stationClient(this.process, flags, this.language)
      const body = { title, alerts, severity, marking, lead, summary }
      const opened = await client.post('/api/cases', body, CaseSchema)
      const said = flags.json ? JSON.stringify(opened) : words.cases.opened(opened.number)
      this.process.stdout.write(`${said}\n`)
    },
  })
}

type ChangeFlags = CaseFlags & {
  readonly state?: Case['state']
  readonly severity?: Case['severity']
  readonly assessment?: (typeof ASSESSMENTS)[number]
  readonly conclusion?: string
  readonly lead?: string
  readonly summary?: string
  readonly occurred?: string
  readonly detected?: string
}

const given = (brief: string, placeholder = 'text') =>
  ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const

function changeCommand(words: Words) {
  return buildCommand<ChangeFlags, [number], Context>({
    docs: { brief: words.cases.change },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        state: { kind: 'enum', values: CASE_STATES, brief: 'Where it stands', optional: true },
        severity: { kind: 'enum', values: SEVERITIES, brief: 'How bad it is', optional: true },
        assessment: {
          kind: 'enum',
          values: ASSESSMENTS,
          brief: 'What it turned out to be',
          optional: true,
        },
        conclusion: given('What it turned out to be, in words'),
        lead: given('Who leads it'),
        summary: given('What is known'),
        occurred: given('When it began, such as 2026-11-30T02:00-05:00', 'time'),
        detected: given('When it was found', 'time'),
      },
      positional: numbered(),
    },
    async func(flags, number) {
      const { url: _, tokenFile: __, data: ___, json, occurred, detected, ...rest } = flags
      const client = stationClient(this.process, flags, this.language)
      const change: CaseChange = {
        ...rest,
        ...(occurred === undefined ? {} : { occurred: instant(occurred) }),
        ...(detected === undefined ? {} : { detected: instant(detected) }),
      }
      const changed = await client.post(casePath(number), change, CaseSchema)
      const said = json ? JSON.stringify(changed) : words.cases.changed(number)
      this.process.stdout.write(`${said}\n`)
    },
  })
}

function alertCommand(words: Words) {
  return buildCommand<CaseFlags, string[], Context>({
    docs: { brief: words.cases.addAlert },
    parameters: {
      flags: CASE_FLAGS,
      positional: numberedWithMany('alert'),
    },
    async func(flags, first = '', ...alerts) {
      const client = stationClient(this.process, flags, this.language)
      const number = Number(first)
      for (const alert of alerts)
        await client.post(`${casePath(number)}/alerts`, { alert }, z.object({}))
      this.process.stdout.write(`${words.cases.changed(number)}\n`)
    },
  })
}

type NoteFlags = CaseFlags & { readonly kind: EntryKind; readonly at?: string }

function noteCommand(words: Words) {
  return buildCommand<NoteFlags, [number, string], Context>({
    docs: { brief: words.cases.note },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        kind: {
          kind: 'enum',
          values: ENTRY_KINDS,
          brief: 'seen: of the intruder; done, decided, told: by us',
          default: 'note',
        },
        at: given('When it happened (now)', 'time'),
      },
      positional: numberedWith('text'),
    },
    async func({ kind, at, ...flags }, number, said) {
      const client = stationClient(this.process, flags, this.language)
      const body = { kind, text: said, ...(at === undefined ? {} : { at: instant(at) }) }
      const entry = await client.post(`${casePath(number)}/entries`, body, CaseEntrySchema)
      const answer = flags.json ? JSON.stringify(entry) : words.cases.written(entry.id)
      this.process.stdout.write(`${answer}\n`)
    },
  })
}
