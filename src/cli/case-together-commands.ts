// `vigie cases role | merge | unmerge | playbook-import | playbook-export`: who does what in a case, cases that are one, playbooks of others.

import { createReadStream, existsSync } from 'node:fs'
import { buildCommand } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import { CASE_ROLES, CacaoPlaybookSchema, CacaoTakenSchema } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import { CASE_FLAGS, casePath, numberedWith } from './case-flags.ts'
import type { CaseFlags } from './case-flags.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { one } from './share-station-command.ts'
import { stationClient } from './station-client.ts'
import { OUT_FLAG, writeReport } from './write-report.ts'

const Done = z.object({})
type RoleFlags = CaseFlags & { readonly role: (typeof CASE_ROLES)[number]; readonly take: boolean }

export function roleCommand(words: Words) {
  const say = words.cases.together
  return buildCommand<RoleFlags, [number, string], Context>({
    docs: { brief: say.role },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        role: { kind: 'enum', values: CASE_ROLES, brief: CASE_ROLES.join(', '), default: 'see' },
        take: { kind: 'boolean', brief: say.take, default: false },
      },
      positional: numberedWith('person'),
    },
    async func({ role, take, ...flags }, number, person) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`${casePath(number)}/people`, { person, role, isGiven: !take }, Done)
      const told = take ? `${say.take}: ` : ''
      const said = say.roleDone(printable(person), words.cases.roles[role], number)
      this.process.stdout.write(`${told}${said}\n`)
    },
  })
}

export function mergeCommand(words: Words) {
  const say = words.cases.together
  return buildCommand<CaseFlags, [number, string], Context>({
    docs: { brief: say.merge },
    parameters: { flags: CASE_FLAGS, positional: numberedWith('into') },
    async func(flags, number, into) {
      const client = stationClient(this.process, flags, this.language)
      const path = `${casePath(number)}/merge`
      const { merge } = await client.post(
        path,
        { into: Number(into) },
        z.object({ merge: z.string() }),
      )
      this.process.stdout.write(`${say.merged(number, into, merge)}\n`)
    },
  })
}

export function unmergeCommand(words: Words) {
  const say = words.cases.together
  return buildCommand<CaseFlags, [string], Context>({
    docs: { brief: say.unmerge },
    parameters: { flags: CASE_FLAGS, positional: one('merge') },
    async func(flags, merge) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`/api/case-merges/${encodeURIComponent(merge)}/undo`, {}, Done)
      this.process.stdout.write(`${say.unmerged}\n`)
    },
  })
}

export function importPlaybookCommand(words: Words) {
  const say = words.cases.together
  return buildCommand<CaseFlags, [string], Context>({
    docs: { brief: say.importPlaybook },
    parameters: { flags: CASE_FLAGS, positional: one('file') },
    async func(flags, file) {
      if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
      const client = stationClient(this.process, flags, this.language)
      const taken = await client.send('/api/playbooks', createReadStream(file), CacaoTakenSchema)
      const said = `${say.imported(printable(taken.name), taken.steps)}${taken.known ? ` ${say.known}` : ''}`
      this.process.stdout.write(`${flags.json ? JSON.stringify(taken) : said}\n`)
    },
  })
}

type ExportFlags = CaseFlags & { readonly case?: number; readonly out?: string }

export function exportPlaybookCommand(words: Words) {
  const say = words.cases.together
  return buildCommand<ExportFlags, [string], Context>({
    docs: { brief: say.exportPlaybook },
    parameters: {
      flags: {
        ...CASE_FLAGS,
        case: {
          kind: 'parsed',
          parse: Number,
          brief: say.inCase,
          placeholder: 'case',
          optional: true,
        },
        out: OUT_FLAG,
      },
      positional: one('playbook'),
    },
    async func({ case: number, out, ...flags }, playbook) {
      const client = stationClient(this.process, flags, this.language)
      const asked = new URLSearchParams({
        language: this.language,
        ...(number === undefined ? {} : { case: String(number) }),
      })
      const path = `/api/playbooks/${encodeURIComponent(playbook)}/cacao?${asked.toString()}`
      const read = await client.get(path, CacaoPlaybookSchema)
      writeReport(this, `${JSON.stringify(read, null, 2)}\n`, out)
    },
  })
}
