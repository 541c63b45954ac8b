// `vigie cases task | done | playbooks | playbook`: what is to be done.

import { buildCommand } from '@stricli/core'
import { z } from 'zod'
import { CaseTaskSchema, PlaybooksSchema } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { CASE_FLAGS, casePath, numberedWith } from './case-flags.ts'
import type { CaseFlags } from './case-flags.ts'
import type { Context } from './context.ts'
import { instant, printable, table } from './output.ts'
import { stationClient } from './station-client.ts'

type TaskFlags = CaseFlags & { readonly owner: string; readonly due?: string }

export function taskCommand(words: Words) {
  return buildCommand<TaskFlags, [number, string], Context>({
    docs: { brief: words.cases.task },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        owner: { kind: 'parsed', parse: String, brief: 'Who', placeholder: 'name', default: '' },
        due: {
          kind: 'parsed',
          parse: String,
          brief: 'Until when, such as 2026-12-01T12:00-05:00',
          placeholder: 'time',
          optional: true,
        },
      },
      positional: numberedWith('title'),
    },
    async func({ owner, due, ...flags }, number, title) {
      const client = stationClient(this.process, flags, this.language)
      const body = { title, owner, due: due === undefined ? null : instant(due) }
      const task = await client.post(`${casePath(number)}/tasks`, body, CaseTaskSchema)
      const said = flags.json ? JSON.stringify(task) : words.cases.written(task.id)
      this.process.stdout.write(`${said}\n`)
    },
  })
}

type DoneFlags = CaseFlags & { readonly result: string }

export function doneCommand(words: Words) {
  return buildCommand<DoneFlags, [number, string], Context>({
    docs: { brief: words.cases.done },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        result: {
          kind: 'parsed',
          parse: String,
          brief: 'What came of it',
          placeholder: 'text',
          default: '',
        },
      },
      positional: numberedWith('task'),
    },
    async func({ result, ...flags }, number, task) {
      const client = stationClient(this.process, flags, this.language)
      const path = `${casePath(number)}/tasks/${encodeURIComponent(task)}`
      const body = { isDone: true, ...(result === '' ? {} : { result }) }
      const changed = await client.post(path, body, CaseTaskSchema)
      const said = flags.json ? JSON.stringify(changed) : words.cases.changed(number)
      this.process.stdout.write(`${said}\n`)
    },
  })
}

export function playbooksCommand(words: Words) {
  return buildCommand<CaseFlags, [], Context>({
    docs: { brief: words.cases.playbooks },
    parameters: { flags: CASE_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { playbooks } = await client.get('/api/playbooks', PlaybooksSchema)
      const rows = playbooks.map(({ id, title }) => [id, printable(title[this.language])])
      const text = flags.json ? playbooks.map((one) => JSON.stringify(one)).join('\n') : table(rows)
      this.process.stdout.write(`${text}\n`)
    },
  })
}

export function playbookCommand(words: Words) {
  return buildCommand<CaseFlags, [number, string], Context>({
    docs: { brief: words.cases.playbook },
    parameters: { flags: CASE_FLAGS, positional: numberedWith('playbook') },
    async func(flags, number, playbook) {
      const client = stationClient(this.process, flags, this.language)
      const body = { playbook, language: this.language }
      const schema = z.object({ tasks: z.number() })
      const { tasks } = await client.post(`${casePath(number)}/playbooks`, body, schema)
      const said = flags.json ? JSON.stringify({ tasks }) : words.cases.started(tasks)
      this.process.stdout.write(`${said}\n`)
    },
  })
}
