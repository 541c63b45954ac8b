// `vigie exposure week`: what to patch, in order; `vigie exposure export`: the same for a spreadsheet. Both of a part of the estate.

import { buildCommand } from '@stricli/core'
import { FACETS, PatchesSchema } from '../model/index.ts'
import type { Facet, Patch } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'
import { OUT_FLAG, writeReport } from './write-report.ts'

export type NarrowFlags = { readonly [facet in Facet]?: string } & { readonly text?: string }

const said = (brief: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder: 'value', optional: true }) as const

/** Which part of the estate; `-` asks for what has none. */
export const NARROW_FLAGS = {
  text: said('In the number, the title or the product'),
  zone: said('dmz, office, server, management, ot, guest, or - for none'),
  owner: said('Owner of the asset, or - for none'),
  criticality: said('low, medium, high, very high, or - for none'),
  facing: said('internet, internal or unknown'),
  vendor: said('Maker of the product'),
  exploited: said('yes or no'),
  deadline: said('overdue, week, month, later, upgrade, undecided or excepted'),
} as const

export function narrowed(flags: NarrowFlags): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['text' as const, ...FACETS].flatMap((name) => {
      const value = flags[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

type WeekFlags = ClientFlags &
  NarrowFlags & { readonly json: boolean; readonly days: number; readonly limit: number }

export function weekCommand(words: Words) {
  return buildCommand<WeekFlags, [], Context>({
    docs: { brief: words.cli.exposure.week },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        ...NARROW_FLAGS,
        json: { kind: 'boolean', brief: 'Print as JSON', default: false },
        days: {
          kind: 'parsed',
          parse: Number,
          brief: 'Due within so many days, and everything overdue',
          placeholder: 'number',
          default: '7',
        },
        limit: {
          kind: 'parsed',
          parse: Number,
          brief: 'Rows at most',
          placeholder: 'number',
          default: '50',
        },
      },
    },
    async func(flags) {
      const query = new URLSearchParams({
        within: String(flags.days),
        limit: String(flags.limit),
        ...narrowed(flags),
      })
      const client = stationClient(this.process, flags, this.language)
      const { patches } = await client.get(
        `/api/exposure/patches?${query.toString()}`,
        PatchesSchema,
      )
      const none = flags.json ? [] : [this.words.exposure.patch.none]
      const lines = patches.map((one, at) =>
        flags.json ? JSON.stringify(one) : patchLines(this, one, at + 1),
      )
      const shown = patches.length === 0 ? none : lines
      this.process.stdout.write(shown.length === 0 ? '' : `${shown.join('\n')}\n`)
    },
  })
}

const MOST_NAMES = 8

function patchLines(
  { words: { exposure: say }, language }: Context,
  one: Patch,
  at: number,
): string {
  const { patch } = say
  const what = `${say.actions[one.action]} ${printable(`${one.product} ${one.versions.slice(0, 3).join(', ')}`.trim())}`
  const marks = [
    ...(one.overdue > 0 ? [patch.overdue(one.overdue)] : []),
    ...(one.triage > 0 ? [patch.triage(one.triage)] : []),
    ...(one.fixedIn.length > 0
      ? [patch.fixedIn(printable(one.fixedIn.slice(0, 3).join(', ')))]
      : []),
  ]
  const due = one.due?.slice(0, 10) ?? say.noDate
  const few = (names: readonly string[], count: number) =>
    [
      names.slice(0, MOST_NAMES).map(printable).join(', '),
      ...(count > MOST_NAMES ? [patch.more(count - Math.min(MOST_NAMES, names.length))] : []),
    ].join(' ')
  return [
    `${at}. ${due}  ${patch.line(what, one.advisories, one.assets)}${marks.length === 0 ? '' : ` (${marks.join('; ')})`}`,
    `   ${patch.on} ${few(
      one.places.map(({ name, owner }) => (owner === '' ? name : `${name} (${owner})`)),
      one.assets,
    )}`,
    `   ${patch.also(few(one.named, one.advisories))}`,
    `   ${patch.because(one.first, one.why[language])}`,
  ].join('\n')
}

type ExportFlags = ClientFlags &
  NarrowFlags & { readonly out?: string; readonly days?: string; readonly language?: 'en' | 'fr' }

export function exportCommand(words: Words) {
  return buildCommand<ExportFlags, [], Context>({
    docs: { brief: words.cli.exposure.export },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        ...NARROW_FLAGS,
        out: OUT_FLAG,
        days: said('Due within so many days, and everything overdue'),
        language: { kind: 'enum', values: ['en', 'fr'], brief: 'en or fr', optional: true },
      },
    },
    async func(flags) {
      const query = new URLSearchParams({
        language: flags.language ?? this.language,
        ...(flags.days === undefined ? {} : { within: flags.days }),
        ...narrowed(flags),
      })
      const client = stationClient(this.process, flags, this.language)
      const text = await client.text(`/api/exposure/export?${query.toString()}`)
      // The mark is taken off on the way, and a spreadsheet needs it.
      const mark = flags.out === undefined ? '' : '\uFEFF'
      writeReport(this, `${mark}${text}`, flags.out)
    },
  })
}
