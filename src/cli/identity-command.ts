// `vigie identity`: exports of directories into a running station, verdicts of its checks, who is watched first.

import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import { CriticalSchema, IdentityImportedSchema, IdentitySchema } from '../model/index.ts'
import type { IdentityCheck } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { handIn, sendRead } from './hand-in.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Shared = ClientFlags & { readonly json: boolean }
type ImportFlags = Shared & { readonly source?: string; readonly form?: string }
type ShowFlags = Shared & { readonly policies: boolean; readonly all: boolean }
type StateFlags = Shared & { readonly by: string; readonly no: boolean; readonly until?: string }

const SHARED = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const
const text = { kind: 'parsed', parse: String, optional: true } as const
const word = (placeholder: string) => ({ brief: placeholder, parse: String, placeholder }) as const

export function identityCommand(words: Words) {
  return buildRouteMap({
    routes: {
      import: importCommand(words),
      show: showCommand(words),
      next: nextCommand(words),
      critical: criticalCommand(words),
      called: calledCommand(words),
      state: stateCommand(words),
    },
    defaultCommand: 'show',
    docs: { brief: words.cli.identity.brief },
  })
}

function importCommand(words: Words) {
  return buildCommand<ImportFlags, string[], Context>({
    docs: { brief: words.cli.identity.import },
    parameters: {
      flags: {
        ...SHARED,
        source: { ...text, brief: 'Name of the directory (its kind)', placeholder: 'name' },
        form: {
          ...text,
          brief: 'vpn, local, staff, access-paths or accounts, for lists',
          placeholder: 'form',
        },
      },
      positional: { kind: 'array', parameter: word('file') },
    },
    async func(flags, ...files) {
      if (files.length === 0)
        throw new VigieError('BAD_REQUEST', {
          met: this.words.indicators.empty,
          expected: 'vigie identity import FILE…',
        })
      const refused = await handIn(this, files, (file) => importFile(this, flags, file))
      if (refused !== undefined) Object.assign(this.process, { exitCode: refused })
    },
  })
}

async function importFile(
  { process, words, language }: Context,
  flags: ImportFlags,
  file: string,
): Promise<void> {
  const query = new URLSearchParams({
    file: basename(file).slice(0, 300),
    ...(flags.source === undefined ? {} : { source: flags.source }),
    ...(flags.form === undefined ? {} : { form: flags.form }),
  })
  const path = `/api/identity-imports?${query.toString()}`
  const client = stationClient(process, flags, language)
  const made = await sendRead(createReadStream(file), (bytes) =>
    client.send(path, bytes, IdentityImportedSchema),
  )
  const said = words.identity.imported(
    printable(made.file),
    printable(made.source),
    made.part,
    made.rows,
  )
  process.stdout.write(`${flags.json ? JSON.stringify(made) : said}\n`)
}

function showCommand(words: Words) {
  return buildCommand<ShowFlags, [], Context>({
    docs: { brief: words.cli.identity.show },
    parameters: {
      flags: {
        ...SHARED,
        policies: {
          kind: 'boolean',
          brief: 'Verdicts by policy of published baselines',
          default: false,
        },
        all: { kind: 'boolean', brief: 'Also what is in order', default: false },
      },
    },
    async func(flags) {
      const view = await stationClient(this.process, flags, this.language).get(
        '/api/identity',
        IdentitySchema,
      )
      const { identity: say } = this.words
      if (flags.json || view.parts.length === 0) {
        this.process.stdout.write(`${flags.json ? JSON.stringify(view) : say.none}
`)
        return
      }
      const { fail, pass, not_assessable: open } = view.counts
      const shown = view.checks
        .filter(({ group }) => (group === 'tenant') === flags.policies)
        .filter(({ verdict }) => flags.policies || flags.all || verdict !== 'pass')
      this.process.stdout.write(`${verdicts(this, shown)}\n${say.summary(fail, pass, open)}\n`)
      if (fail > 0) Object.assign(this.process, { exitCode: EXIT.findings })
    },
  })
}

const ORDER = ['critical', 'high', 'medium', 'low']
const VERDICT_ORDER = ['fail', 'not_assessable', 'pass']

function verdicts(
  { words: { identity: say }, language }: Context,
  checks: readonly IdentityCheck[],
): string {
  const sorted = checks.toSorted(
    (a, b) =>
      VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict) ||
      ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  )
  const { columns } = say
  const rows = sorted.map(({ id, severity, verdict, found, title, missing }) => [
    id,
    say.severities[severity],
    say.verdicts[verdict],
    verdict === 'fail' ? String(found) : '-',
    verdict === 'not_assessable'
      ? `${title[language]} ${say.missing(missing.map((one) => one[language]).join(', '))}`
      : title[language],
  ])
  return table([
    [columns.check, columns.severity, columns.verdict, columns.found, columns.title],
    ...rows,
  ])
}

function nextCommand(words: Words) {
  return buildCommand<Shared, [], Context>({
    docs: { brief: words.cli.identity.next },
    parameters: { flags: SHARED },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { next, checks } = await client.get('/api/identity', IdentitySchema)
      const titles = new Map(checks.map(({ id, title }) => [id, title[this.language]]))
      const lines = next.map(({ title, how, opens }, at) =>
        [
          `${at + 1}. ${title[this.language]}`,
          `   ${how}`,
          `   ${this.words.identity.opens(opens.length)}`,
          ...opens.map((id) => `     ${id} ${titles.get(id) ?? ''}`),
        ].join('\n'),
      )
      const shown = next.length === 0 ? this.words.identity.nothingNext : lines.join('\n')
      this.process.stdout.write(`${flags.json ? JSON.stringify(next) : shown}\n`)
    },
  })
}

function criticalCommand(words: Words) {
  return buildCommand<Shared, [], Context>({
    docs: { brief: words.cli.identity.critical },
    parameters: { flags: SHARED },
    async func(flags) {
      const view = await stationClient(this.process, flags, this.language).get(
        '/api/critical',
        CriticalSchema,
      )
      const { identity: say } = this.words
      if (flags.json || view.items.length === 0) {
        this.process.stdout.write(`${flags.json ? JSON.stringify(view) : say.critical.none}
`)
        return
      }
      const why = ({ kind, detail }: { kind: string; detail: string }) => {
        const known = Object.entries(say.critical.reasons).find(([name]) => name === kind)
        return known === undefined ? printable(detail) : known[1](printable(detail))
      }
      const rows = view.items.map((item) => [
        item.band,
        say.critical.states[item.state],
        printable(item.name),
        item.reasons.map(why).join(' '),
      ])
      const { band, state, name, why: reason } = say.columns
      const names = new Map(view.items.map((item) => [item.id, item.name]))
      const calls = view.calls
        .filter((call) => call.state === 'open' || call.state === 'failed')
        .map(({ id, who, target, item }) => {
          const said = say.critical.call(
            printable(who),
            printable(target),
            printable(names.get(item) ?? item),
          )
          return `${said}\n  vigie identity called ${id}`
        })
      const shown = [table([[band, state, name, reason], ...rows]), ...calls].join('\n')
      this.process.stdout.write(`${shown}\n`)
    },
  })
}

function calledCommand(words: Words) {
  return buildCommand<Shared & { readonly note?: string }, [string], Context>({
    docs: { brief: words.cli.identity.called },
    parameters: {
      flags: {
        ...SHARED,
        note: { ...text, brief: words.cli.identity.calledNote, placeholder: 'text' },
      },
      positional: { kind: 'tuple', parameters: [word('id')] },
    },
    async func(flags, id) {
      const path = `/api/critical-calls/${encodeURIComponent(id)}/done`
      const note = { note: flags.note ?? '' }
      await stationClient(this.process, flags, this.language).post(path, note, z.object({}))
      this.process.stdout.write(`${this.words.cli.identity.stated}\n`)
    },
  })
}

function stateCommand(words: Words) {
  return buildCommand<StateFlags, [string], Context>({
    docs: { brief: words.cli.identity.state },
    parameters: {
      flags: {
        ...SHARED,
        by: { kind: 'parsed', parse: String, brief: 'Who says so', placeholder: 'name' },
        no: { kind: 'boolean', brief: 'It is not so', default: false },
        until: { ...text, brief: 'End, ISO 8601 (a year)', placeholder: 'time' },
      },
      positional: {
        kind: 'tuple',
        parameters: [word('service_desk | logs_shipped | break_glass')],
      },
    },
    async func(flags, key) {
      const said = {
        value: flags.no ? 'no' : 'yes',
        by: flags.by,
        ...(flags.until === undefined ? {} : { until: new Date(flags.until).toISOString() }),
      }
      const path = `/api/identity/statements/${encodeURIComponent(key)}`
      await stationClient(this.process, flags, this.language).post(path, said, z.object({}))
      this.process.stdout.write(`${this.words.cli.identity.stated}\n`)
    },
  })
}
