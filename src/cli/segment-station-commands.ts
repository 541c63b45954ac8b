// `vigie segment show`, `zones`, `keep` and `flows`: zones that a station keeps and judges.

import { readFileSync } from 'node:fs'
import { buildCommand } from '@stricli/core'
import { VigieError, reasonOf } from '../core/index.ts'
import {
  SEVERITIES,
  SegmentFlowsSchema,
  SegmentationSchema,
  ZonesFileSchema,
} from '../model/index.ts'
import type { SeenSpan, SegmentFlows, Segmentation } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable, table } from './output.ts'
import { JSON_FLAG } from './segment-flags.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Flags = ClientFlags & { readonly json: boolean }

const clientOf = (context: Context, flags: ClientFlags) =>
  stationClient(context.process, flags, context.language)

const write = ({ process }: Context, lines: readonly string[]) =>
  process.stdout.write(`${lines.map(printable).join('\n')}\n`)

export function showCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.segment.station.show },
    parameters: { flags: { ...CLIENT_FLAGS, json: JSON_FLAG } },
    async func(flags) {
      const found = await clientOf(this, flags).get('/api/segmentation', SegmentationSchema)
      if (flags.json) this.process.stdout.write(`${JSON.stringify(found)}\n`)
      else write(this, standingLines(found, this))
      const exitCode = found.findings.length > 0 ? EXIT.findings : EXIT.done
      Object.assign(this.process, { exitCode })
    },
  })
}

function standingLines(found: Segmentation, context: Context): readonly string[] {
  const { segment: say, cli } = context.words
  const { states, old, left } = say.station
  const { stands, problem, state } = found
  if (state === 'failed') return [problem?.[context.language] ?? '']
  if (state !== 'judged' || stands === null) return [state === 'judged' ? '' : states[state]]
  const findings = found.findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )
  const { columns } = say
  return [
    states.judged(found.made ?? '', stands.version, stands.keptBy),
    ...(found.isOld ? [old] : []),
    ...(found.left.length > 0 ? [left(found.left.join(', '))] : []),
    ...(found.missing.length > 0 ? [say.missing(found.missing.join(', '))] : []),
    '',
    ...table([
      [`  ${columns.from}`, columns.to, columns.all, columns.beyond],
      ...found.pairs.map(({ from, to, all, beyond }) => [
        `  ${from}`,
        to,
        say.verdicts[all],
        say.verdicts[beyond],
      ]),
    ]).split('\n'),
    '',
    ...(findings.length === 0
      ? [say.noFindings]
      : table(
          findings.map(({ severity, sentence }) => [
            `  ${cli.severity[severity]}`,
            sentence[context.language],
          ]),
        ).split('\n')),
    '',
    say.limits,
  ]
}

type ZonesFlags = Flags & { readonly proposal: boolean; readonly version?: number }

export function zonesCommand(words: Words) {
  const say = words.segment.station
  return buildCommand<ZonesFlags, [], Context>({
    docs: { brief: say.zones },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        proposal: { kind: 'boolean', brief: say.proposalFlag, default: false },
        version: {
          kind: 'parsed',
          parse: Number,
          brief: say.versionFlag,
          placeholder: 'number',
          optional: true,
        },
        json: JSON_FLAG,
      },
    },
    async func(flags) {
      const version = flags.version === undefined ? '' : `?version=${flags.version}`
      const path = flags.proposal
        ? `/api/segmentation/proposal?language=${this.language}`
        : `/api/segmentation/zones${version}`
      const file = await clientOf(this, flags).get(path, ZonesFileSchema)
      const lines = file.text.replace(/\n$/, '').split('\n').map(printable)
      this.process.stdout.write(flags.json ? `${JSON.stringify(file)}\n` : `${lines.join('\n')}\n`)
    },
  })
}

type KeepFlags = Flags & { readonly note?: string }

export function keepCommand(words: Words) {
  const say = words.segment.station
  return buildCommand<KeepFlags, string[], Context>({
    docs: { brief: say.keep },
    parameters: {
      positional: {
        kind: 'array',
        parameter: { brief: 'zones.yml', parse: String, placeholder: 'file' },
      },
      flags: {
        ...CLIENT_FLAGS,
        note: {
          kind: 'parsed',
          parse: String,
          brief: say.noteFlag,
          placeholder: 'text',
          optional: true,
        },
        json: JSON_FLAG,
      },
    },
    async func(flags, ...files) {
      const [path, ...more] = files
      if (path === undefined || more.length > 0) {
        this.process.stderr.write(`${say.noFile}\n`)
        Object.assign(this.process, { exitCode: EXIT.usage })
        return
      }
      const client = clientOf(this, flags)
      const { stands } = await client.get('/api/segmentation', SegmentationSchema)
      const ask = { text: textOf(path), from: stands?.version ?? null, note: flags.note ?? '' }
      const kept = await client.post('/api/segmentation/zones', ask, ZonesFileSchema)
      if (flags.json) this.process.stdout.write(`${JSON.stringify(kept)}\n`)
      else write(this, [say.kept(kept.stands?.version ?? 0, kept.zones.length)])
    },
  })
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new VigieError('NOTHING_TO_READ', { path: `${path}: ${reasonOf(cause)}` }, { cause })
  }
}

export function flowsCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.segment.station.flows },
    parameters: { flags: { ...CLIENT_FLAGS, json: JSON_FLAG } },
    async func(flags) {
      const found = await clientOf(this, flags).get('/api/segmentation/flows', SegmentFlowsSchema)
      if (flags.json) this.process.stdout.write(`${JSON.stringify(found)}\n`)
      else write(this, flowLines(found, this))
      const isWrong = found.flows.some(({ state }) => state === 'never')
      Object.assign(this.process, { exitCode: isWrong ? EXIT.findings : EXIT.done })
    },
  })
}

const STATES = ['never', 'beyond', 'unknown', 'earlier', 'within', 'allowed'] as const

function flowLines({ span, flows, unused, unseen }: SegmentFlows, context: Context) {
  const { station: say } = context.words.segment
  const { seenColumns: columns } = say
  const rows = flows.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))
  return [
    ...spanLines(span, context),
    '',
    ...(rows.length === 0
      ? [say.noFlows]
      : table([
          [
            `  ${columns.state}`,
            columns.from,
            columns.to,
            columns.service,
            columns.passed,
            columns.refused,
            columns.last,
            columns.example,
          ],
          ...rows.map((one) => [
            `  ${say.seenStates[one.state]}`,
            one.from,
            one.to,
            one.name === '' ? one.service : `${one.service} ${one.name}`,
            String(one.passed),
            String(one.refused),
            one.last.slice(0, 16).replace('T', ' '),
            one.source === '' ? '' : `${one.source} → ${one.destination}`,
          ]),
        ]).split('\n')),
    ...(unused.length === 0 ? [] : ['', say.unused]),
    ...unused.map(
      ({ from, to, services }) => `  ${from} → ${to}: ${services.join(', ') || say.unusedAll}`,
    ),
    ...(unseen.length === 0 ? [] : ['', say.unseen(unseen.join(', '))]),
  ]
}

function spanLines(span: SeenSpan | null, { words }: Context): readonly string[] {
  const { station: say } = words.segment
  if (span === null) return [say.noSpan]
  const { from, to, days, daysWithFlows, filtersSince, isCut, tooMany } = span
  return [
    say.span(from.slice(0, 10), to.slice(0, 10), days, daysWithFlows),
    ...(filtersSince === null ? [] : [say.filtersSince(filtersSince)]),
    ...(isCut ? [say.isCut] : []),
    ...(tooMany.length === 0 ? [] : [say.tooMany(tooMany.join(', '))]),
  ]
}
