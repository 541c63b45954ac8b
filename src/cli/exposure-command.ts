// `vigie exposure`: what to fix first at a running station; reports of scanners and knowledge are handed to it.

import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { buildCommand, buildRouteMap } from '@stricli/core'
import type { z } from 'zod'
import { VigieError } from '../core/index.ts'
import {
  AdvisoriesSchema,
  AssetDetailSchema,
  AssetsSchema,
  ScanImportedSchema,
} from '../model/index.ts'
import type { Advisory, Feed, ScanImported } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { NARROW_FLAGS, exportCommand, narrowed, weekCommand } from './exposure-patch-commands.ts'
import type { NarrowFlags } from './exposure-patch-commands.ts'
import { handIn, sendRead } from './hand-in.ts'
import { knowledgeCommand } from './knowledge-command.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Shared = ClientFlags & { readonly json: boolean }
type ListFlags = Shared &
  NarrowFlags & { readonly week: boolean; readonly days?: string; readonly limit: number }
type ImportFlags = Shared & { readonly complete: boolean; readonly external: boolean }
type AssetFlags = Shared & { readonly limit: number }

const SHARED = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const
const LIMIT = {
  kind: 'parsed',
  parse: Number,
  brief: 'Rows at most',
  placeholder: 'number',
  default: '50',
} as const

export function exposureCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: listCommand(words),
      week: weekCommand(words),
      export: exportCommand(words),
      asset: assetCommand(words),
      assets: assetsCommand(words),
      import: importCommand(words),
      knowledge: knowledgeCommand(words),
    },
    defaultCommand: 'list',
    docs: { brief: words.cli.exposure.brief },
  })
}

function listCommand(words: Words) {
  return buildCommand<ListFlags, [], Context>({
    docs: { brief: words.cli.exposure.list },
    parameters: {
      flags: {
        ...SHARED,
        ...NARROW_FLAGS,
        week: { kind: 'boolean', brief: 'What is due within seven days', default: false },
        days: {
          kind: 'parsed',
          parse: String,
          brief: 'What is due within so many days',
          placeholder: 'number',
          optional: true,
        },
        limit: LIMIT,
      },
    },
    async func(flags) {
      const within = flags.days ?? (flags.week ? '7' : undefined)
      const query = new URLSearchParams({
        limit: String(flags.limit),
        ...(within === undefined ? {} : { within }),
        ...narrowed(flags),
      })
      const client = stationClient(this.process, flags, this.language)
      const { advisories, feeds, asOf } = await client.get(
        `/api/exposure/advisories?${query.toString()}`,
        AdvisoriesSchema,
      )
      const lines = flags.json
        ? advisories.map((one) => JSON.stringify(one))
        : shownAdvisories(this, { advisories, feeds, asOf })
      this.process.stdout.write(lines.length === 0 ? '' : `${lines.join('\n')}\n`)
    },
  })
}

type Listed = {
  readonly advisories: readonly Advisory[]
  readonly feeds: readonly Feed[]
  readonly asOf: string
}

function shownAdvisories(
  { words, language }: Context,
  { advisories, feeds, asOf }: Listed,
): readonly string[] {
  const { exposure: say } = words
  const { columns } = say
  const known =
    feeds.length === 0
      ? say.noKnowledge
      : say.knowledgeOf(
          feeds
            .slice(0, 5)
            .map(({ name, dated }) => `${printable(name)} ${dated.slice(0, 10)}`)
            .join(', '),
        )
  if (advisories.length === 0) return [say.none, known]
  const rows = advisories.flatMap(
    ({ due, vulnerability, tier, assets, internetFacing, unsure, products }) => [
      [
        dateOf(words, due, asOf),
        printable(vulnerability),
        String(assets),
        String(internetFacing),
        String(unsure),
        say.tier(tier),
        printable(products.slice(0, 3).join(', ')).slice(0, 60),
      ],
    ],
  )
  const heading = [
    columns.due,
    columns.advisory,
    columns.assets,
    columns.facing,
    columns.unsure,
    columns.tier,
    columns.product,
  ]
  const [first] = advisories
  const why =
    first === undefined ? [] : [`${printable(first.vulnerability)}: ${first.why[language]}`]
  const missing = (first?.missing ?? []).slice(0, 3).map(({ say: one }) => printable(one[language]))
  return [table([heading, ...rows]), '', ...why, ...missing.map((one) => `  ${one}`), known]
}

function dateOf({ exposure: say }: Words, due: string | null, asOf: string): string {
  if (due === null) return say.noDate
  return due < asOf ? `${due.slice(0, 10)} (${say.overdue})` : due.slice(0, 10)
}

function assetCommand(words: Words) {
  return buildCommand<AssetFlags, [string], Context>({
    docs: { brief: words.cli.exposure.asset },
    parameters: {
      flags: { ...SHARED, limit: LIMIT },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'name or id', parse: String, placeholder: 'asset' }],
      },
    },
    async func(flags, asset) {
      const client = stationClient(this.process, flags, this.language)
      const text = new URLSearchParams({ text: asset, limit: '1' })
      const { assets, asOf } = await client.get(
        `/api/exposure/assets?${text.toString()}`,
        AssetsSchema,
      )
      const id = encodeURIComponent(assets[0]?.id ?? asset)
      const detail = await client.get(`/api/exposure/assets/${id}`, AssetDetailSchema)
      const exposures = detail.exposures.slice(0, flags.limit)
      const lines = flags.json
        ? exposures.map((one) => JSON.stringify(one))
        : shownAsset(this, { ...detail, exposures }, asOf)
      this.process.stdout.write(lines.length === 0 ? '' : `${lines.join('\n')}\n`)
    },
  })
}

const MOST_MISSING = 10

function shownAsset(
  { words, language }: Context,
  { exposures, missing }: z.infer<typeof AssetDetailSchema>,
  asOf: string,
): readonly string[] {
  if (exposures.length === 0 && missing.length === 0) return [words.exposure.none]
  return [
    ...exposures.map(
      ({ vulnerability, due, product, version, why, reason }) =>
        `${dateOf(words, due, asOf)}  ${printable(vulnerability)}  ${printable(`${product} ${version}`.trim())}\n  ${why[language]}\n  ${reason[language]}`,
    ),
    ...missing.slice(0, MOST_MISSING).map(({ say }) => printable(say[language])),
  ]
}

function assetsCommand(words: Words) {
  return buildCommand<AssetFlags, string[], Context>({
    docs: { brief: words.cli.exposure.assets },
    parameters: {
      flags: { ...SHARED, limit: LIMIT },
      positional: {
        kind: 'array',
        parameter: { brief: 'text', parse: String, placeholder: 'text' },
      },
    },
    async func(flags, ...texts) {
      const query = new URLSearchParams({ text: texts.join(' '), limit: String(flags.limit) })
      const client = stationClient(this.process, flags, this.language)
      const { assets } = await client.get(`/api/exposure/assets?${query.toString()}`, AssetsSchema)
      const { columns, facing } = this.words.exposure
      const rows = assets.map((one) => [
        String(one.open),
        String(one.overdue),
        facing[one.facing],
        printable(one.owner) || '-',
        printable(one.name),
      ])
      const heading = [columns.open, columns.overdue, columns.facing, columns.owner, columns.asset]
      const lines = flags.json
        ? assets.map((one) => JSON.stringify(one))
        : [table([heading, ...rows])]
      this.process.stdout.write(lines.length === 0 ? '' : `${lines.join('\n')}\n`)
    },
  })
}

function importCommand(words: Words) {
  return buildCommand<ImportFlags, string[], Context>({
    docs: { brief: words.cli.exposure.import },
    parameters: {
      flags: {
        ...SHARED,
        complete: {
          kind: 'boolean',
          brief: 'The scan looked at its hosts in full: what it no longer reports is fixed',
          default: false,
        },
        external: {
          kind: 'boolean',
          brief: 'The scan was made from the public network: what it reached is exposed',
          default: false,
        },
      },
      positional: {
        kind: 'array',
        parameter: { brief: 'file', parse: String, placeholder: 'file' },
      },
    },
    async func(flags, ...files) {
      if (files.length === 0)
        throw new VigieError('BAD_REQUEST', {
          met: words.indicators.empty,
          expected: 'vigie exposure import FILE…',
        })
      const client = stationClient(this.process, flags, this.language)
      let exposures = 0
      const refused = await handIn(this, files, async (file) => {
        const query = new URLSearchParams({
          file: basename(file),
          complete: String(flags.complete),
          external: String(flags.external),
        })
        const path = `/api/exposure/imports?${query.toString()}`
        const imported = await sendRead(createReadStream(file), (bytes) =>
          client.send(path, bytes, ScanImportedSchema),
        )
        exposures += imported.exposures + imported.pressing + imported.triage
        this.process.stdout.write(
          `${flags.json ? JSON.stringify(imported) : shownImport(this, imported)}\n`,
        )
      })
      const code = refused ?? (exposures > 0 ? EXIT.findings : EXIT.done)
      Object.assign(this.process, { exitCode: code })
    },
  })
}

function shownImport({ words: { exposure: say }, language }: Context, made: ScanImported): string {
  const {
    file,
    tool,
    findings,
    assets,
    created,
    same,
    closed,
    reopened,
    pressing,
    triage,
    problems,
  } = made
  const told = pressing > 0 || triage > 0 ? `\n  ${say.pressing(pressing, triage)}` : ''
  return `${printable(file)}: ${say.imported(tool, findings, assets)}\n  ${say.counts(created, same, closed, reopened)}${told}${problems.map((one) => `\n  ${printable(one[language])}`).join('')}`
}
