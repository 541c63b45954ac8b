// `vigie readiness plan`: plans that are kept ready, what each lacks; a plan comes in as a file, and goes out as one to fill in.

import { readFileSync } from 'node:fs'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { VigieError, reasonOf } from '../core/index.ts'
import { PLAN_KINDS, PlanSchema, PlansSchema } from '../model/index.ts'
import type { PlanKind, PlanState } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'
import { OUT_FLAG, writeReport } from './write-report.ts'

type Flags = ClientFlags & { readonly json: boolean }
type OutFlags = ClientFlags & { readonly out?: string; readonly template: boolean }

const kindOf = (text: string): PlanKind => {
  const kind = PLAN_KINDS.find((one) => one === text)
  if (kind === undefined)
    throw new VigieError('BAD_REQUEST', { met: text, expected: PLAN_KINDS.join(', ') })
  return kind
}
const KIND = { brief: PLAN_KINDS.join(', '), parse: kindOf, placeholder: 'kind' } as const

export function planCommands(words: Words) {
  return buildRouteMap({
    routes: { show: showCommand(words), keep: keepCommand(words), file: fileCommand(words) },
    defaultCommand: 'show',
    docs: { brief: words.cli.readiness.plan },
  })
}

function showCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.cli.readiness.plan },
    parameters: {
      flags: { ...CLIENT_FLAGS, json: { kind: 'boolean', brief: 'Print as JSON', default: false } },
    },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { plans } = await client.get('/api/readiness/plans', PlansSchema)
      const lines = plans.map((one) => (flags.json ? JSON.stringify(one) : shown(this, one)))
      this.process.stdout.write(`${lines.join('\n')}\n`)
    },
  })
}

function shown({ words: { readiness: say } }: Context, { kind, plan, gaps }: PlanState): string {
  const lacks = gaps.map(({ gap, detail }) =>
    printable(`  - ${say.planGaps[gap]}${detail === '' ? '' : ` ${detail}`}`),
  )
  const of = plan === null ? '' : `: ${printable(`${plan.title}, ${plan.owner}`)}`
  return [`${say.plans[kind]}${of}`, ...lacks].join('\n')
}

/** Exits with 3 where the plan lacks something. */
function keepCommand(words: Words) {
  return buildCommand<ClientFlags, [PlanKind, string], Context>({
    docs: { brief: words.cli.readiness.keepPlan },
    parameters: {
      flags: CLIENT_FLAGS,
      positional: {
        kind: 'tuple',
        parameters: [KIND, { brief: 'file', parse: String, placeholder: 'file' }],
      },
    },
    async func(flags, kind, file) {
      const client = stationClient(this.process, flags, this.language)
      await client.post(`/api/readiness/plans/${kind}`, planIn(file), z.object({}))
      const { plans } = await client.get('/api/readiness/plans', PlansSchema)
      const kept = plans.find((one) => one.kind === kind)
      if (kept === undefined) return
      this.process.stdout.write(`${shown(this, kept)}\n`)
      if (kept.gaps.length > 0) Object.assign(this.process, { exitCode: EXIT.findings })
    },
  })
}

/** Throws NOTHING_TO_READ, CONTENT_INVALID with the place in the file. */
function planIn(file: string): z.infer<typeof PlanSchema> {
  const text = textOf(file)
  const read = PlanSchema.safeParse(jsonOf(file, text))
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue?.path.map(String).join('.') ?? ''
  throw new VigieError('CONTENT_INVALID', { file, reason: `${place}: ${issue?.message ?? ''}` })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    throw new VigieError('NOTHING_TO_READ', { path: file }, { cause })
  }
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}

function fileCommand(words: Words) {
  return buildCommand<OutFlags, [PlanKind], Context>({
    docs: { brief: words.cli.readiness.planFile },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        out: OUT_FLAG,
        template: { kind: 'boolean', brief: 'An empty one to fill in', default: false },
      },
      positional: { kind: 'tuple', parameters: [KIND] },
    },
    async func(flags, kind) {
      const client = stationClient(this.process, flags, this.language)
      const { plans } = await client.get('/api/readiness/plans', PlansSchema)
      const plan = flags.template ? null : (plans.find((one) => one.kind === kind)?.plan ?? null)
      const path = `/api/readiness/plans/${kind}/template?language=${this.language}`
      const shownPlan = plan ?? (await client.get(path, PlanSchema))
      writeReport(this, `${JSON.stringify(shownPlan, null, 2)}\n`, flags.out)
    },
  })
}
