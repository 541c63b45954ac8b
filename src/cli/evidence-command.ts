// `vigie evidence`: the log of a running station, its verification, bundles; and the check of a bundle without a station.

import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import {
  EvidenceBundleSchema,
  EvidenceReportSchema,
  EvidenceReportsSchema,
  EvidenceStateSchema,
} from '../model/index.ts'
import type { EvidenceReport } from '../model/index.ts'
import { decimal } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'
import { quorumCommand, witnessCommand, witnessLines } from './witness-command.ts'

export function evidenceCommand(words: Words) {
  return buildRouteMap({
    routes: {
      state: stateCommand(words),
      checkpoint: checkpointCommand(words),
      verify: verifyCommand(words),
      export: exportCommand(words),
      check: checkCommand(words),
      quorum: quorumCommand(words),
      witness: witnessCommand(words),
    },
    defaultCommand: 'state',
    docs: { brief: words.evidence.brief },
  })
}

const JSON_FLAG = { kind: 'boolean', brief: 'Print as JSON', default: false } as const
const SHARED = { ...CLIENT_FLAGS, json: JSON_FLAG } as const
const many = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder, variadic: true, optional: true }) as const

type Shared = ClientFlags & { readonly json: boolean }

function stateCommand(words: Words) {
  const say = words.evidence.state
  return buildCommand<Shared, [], Context>({
    docs: { brief: say.brief },
    parameters: { flags: SHARED },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const state = await client.get('/api/evidence', EvidenceStateSchema)
      const { origin, key, size, waiting, checkpoint, checkpointMade } = state
      const lines = [
        say.log(origin, decimal(this.language, size, 0)),
        say.key(key),
        ...(waiting === 0 ? [] : [say.waiting(waiting)]),
        ...(checkpoint === null
          ? [say.never]
          : [say.signed((checkpointMade ?? '').slice(0, 19).replace('T', ' ')), '', checkpoint]),
        ...witnessLines(state.witnessing, this),
      ]
      this.process.stdout.write(`${flags.json ? JSON.stringify(state) : lines.join('\n')}\n`)
    },
  })
}

function checkpointCommand(words: Words) {
  return buildCommand<ClientFlags, [], Context>({
    docs: { brief: words.evidence.checkpoint.brief },
    parameters: { flags: CLIENT_FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { note } = await client.post(
        '/api/evidence/checkpoints',
        {},
        z.object({ note: z.string() }),
      )
      this.process.stdout.write(note)
    },
  })
}

type VerifyFlags = Shared & { readonly checkpoint?: readonly string[] }

function verifyCommand(words: Words) {
  const say = words.evidence.verify
  return buildCommand<VerifyFlags, [], Context>({
    docs: { brief: say.brief },
    parameters: { flags: { ...SHARED, checkpoint: many(say.checkpoint, 'file') } },
    async func({ checkpoint = [], ...flags }) {
      const client = stationClient(this.process, flags, this.language)
      const checkpoints = checkpoint.map((file) => readFileSync(file, 'utf8'))
      const path = '/api/evidence/verifications'
      let report = await client.post(path, { checkpoints }, EvidenceReportSchema)
      while (report.state === 'running') {
        showProgress(this, report)
        await sleep(POLL_MS)
        report = (await client.get(path, EvidenceReportsSchema)).report ?? report
      }
      if (this.process.stderr.isTTY) this.process.stderr.write('\r\u001B[K')
      const told = flags.json ? JSON.stringify(report) : tell(this, report, checkpoints.length)
      this.process.stdout.write(`${told}\n`)
      const isWhole = report.state === 'done' && report.flawCount === 0
      Object.assign(this.process, { exitCode: isWhole ? EXIT.done : EXIT.findings })
    },
  })
}

const POLL_MS = 300

function showProgress(
  { process, language, words }: Context,
  { batches, lines }: EvidenceReport,
): void {
  if (!process.stderr.isTTY) return
  const [done, count] = [batches.verified, lines].map((value) => decimal(language, value, 0))
  process.stderr.write(`\r\u001B[K${words.evidence.verify.progress(done ?? '', count ?? '')}`)
}

function tell({ words, language }: Context, report: EvidenceReport, elsewhere: number): string {
  const say = words.evidence.verify
  const number = (value: number) => decimal(language, value, 0)
  const { batches, lines, size, checkpoints, flaws, flawCount, problem } = report
  if (report.state === 'failed') return say.failed(printable(problem ?? ''))
  return [
    say.done(number(batches.verified), number(lines), number(size)),
    say.checkpoints(checkpoints),
    ...(batches.expired === 0 ? [] : [say.expired(number(batches.expired))]),
    ...(batches.uncovered === 0 ? [] : [say.uncovered(number(batches.uncovered))]),
    ...(flawCount === 0 ? [say.whole] : [say.flaws(flawCount)]),
    ...flaws.map((flaw) => `  ${printable(words.evidence.flaw(flaw))}`),
    ...(flawCount > flaws.length ? [say.more(flawCount - flaws.length)] : []),
    ...(report.elsewhere.asked === 0
      ? []
      : [say.elsewhere(report.elsewhere.asked, report.elsewhere.answered)]),
    ...(report.quorum === 'none' ? [] : [words.evidence.quorum.states[report.quorum]]),
    ...(elsewhere + report.elsewhere.answered === 0 ? [say.alone] : []),
  ].join('\n')
}

type ExportFlags = ClientFlags & {
  readonly alert?: string
  readonly event?: readonly string[]
  readonly batch?: readonly string[]
  readonly out: string
}

function exportCommand(words: Words) {
  const say = words.evidence.export
  const text = { kind: 'parsed', parse: String } as const
  return buildCommand<ExportFlags, [], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        alert: { ...text, brief: say.alert, placeholder: 'id', optional: true },
        event: many(say.event, 'batch:line'),
        batch: many(say.batch, 'id'),
        out: { ...text, brief: say.out, placeholder: 'file' },
      },
    },
    async func({ alert, event = [], batch = [], out, ...flags }) {
      if (alert === undefined && event.length + batch.length === 0)
        throw new VigieError('BAD_REQUEST', { met: '-', expected: say.nothing })
      const client = stationClient(this.process, flags, this.language)
      const asked = {
        events: event.map(placeOf),
        batches: batch,
        ...(alert === undefined ? {} : { alert }),
      }
      const bundle = await client.post('/api/evidence/bundles', asked, EvidenceBundleSchema)
      writeFileSync(out, `${JSON.stringify(bundle, null, 1)}\n`)
      this.process.stdout.write(`${say.done(bundle.lines.length, out)}\n`)
    },
  })
}

function placeOf(met: string) {
  const [, batch = '', line = ''] = /^(.+):(\d+)$/.exec(met) ?? []
  if (batch === '') throw new VigieError('BAD_REQUEST', { met, expected: 'BATCH:LINE' })
  return { batch, line: Number(line) }
}

type CheckFlags = {
  readonly key?: readonly string[]
  readonly policy?: string
  readonly json: boolean
}

function checkCommand(words: Words) {
  const say = words.evidence.check
  const file = { brief: 'file', parse: String, placeholder: 'file' }
  return buildCommand<CheckFlags, [string], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        key: many(say.key, 'key'),
        policy: {
          kind: 'parsed',
          parse: String,
          brief: say.policy,
          placeholder: 'file',
          optional: true,
        },
        json: JSON_FLAG,
      },
      positional: { kind: 'tuple', parameters: [file] },
    },
    async func({ key = [], policy, json }, path) {
      const { checkBundleFile } = await import('../app/evidence.ts')
      const rule = policy === undefined ? undefined : readFileSync(policy, 'utf8')
      const check = checkBundleFile(path, { keys: key, policy: rule })
      const { signedBy, flaws, lines, origin, size } = check
      const told = [
        ...signedBy.map(({ name, at }) =>
          say.signed(name, (at ?? '').slice(0, 19).replace('T', ' ')),
        ),
        ...(check.quorum === 'none' ? [] : [say.quorum[check.quorum](check.isOwnPolicy)]),
        ...(flaws.length === 0 ? [say.done(lines, origin, size)] : []),
        ...flaws.map(({ what, reason }) => printable(say.flaw(what, reason))),
        ...(key.length === 0 ? [say.ownKey] : []),
      ]
      this.process.stdout.write(`${json ? JSON.stringify(check) : told.join('\n')}\n`)
      Object.assign(this.process, { exitCode: flaws.length === 0 ? EXIT.done : EXIT.findings })
    },
  })
}
