// `vigie evidence witness` and `vigie evidence quorum`: who signs this log beside this station, and who must.

import { readFileSync } from 'node:fs'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { EvidenceStateSchema } from '../model/index.ts'
import type { Witness, Witnessing } from '../model/index.ts'
import { decimal } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { one } from './share-station-command.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

const Done = z.object({})
const text = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const

export function witnessCommand(words: Words) {
  const say = words.evidence.witness
  return buildRouteMap({
    routes: {
      on: switchCommand(words, true),
      off: switchCommand(words, false),
      confirm: confirmCommand(words),
      remove: removeCommand(words),
      stop: stopCommand(words, true),
      resume: stopCommand(words, false),
    },
    docs: { brief: say.brief },
  })
}

type SwitchFlags = ClientFlags & { readonly by?: string }

function switchCommand(words: Words, isOn: boolean) {
  const say = words.evidence.witness
  return buildCommand<SwitchFlags, [string], Context>({
    docs: { brief: isOn ? say.on : say.off },
    parameters: { flags: { ...CLIENT_FLAGS, by: text(say.by, 'name') }, positional: one('hub') },
    async func({ by, ...flags }, peer) {
      const client = stationClient(this.process, flags, this.language)
      const named = by === undefined ? {} : { by }
      await client.post('/api/evidence/witnesses', { peer, isOn, ...named }, Done)
      const told = isOn ? say.switchedOn(printable(peer)) : say.switchedOff(printable(peer))
      this.process.stdout.write(`${told}\n`)
    },
  })
}

function confirmCommand(words: Words) {
  const say = words.evidence.witness
  return buildCommand<SwitchFlags, [string], Context>({
    docs: { brief: say.confirm },
    parameters: {
      flags: { ...CLIENT_FLAGS, by: text(say.by, 'name') },
      positional: one('fingerprint'),
    },
    async func({ by, ...flags }, fingerprint) {
      const client = stationClient(this.process, flags, this.language)
      const named = by === undefined ? {} : { by }
      const path = '/api/evidence/witnesses/confirmations'
      const Named = z.object({ name: z.string() })
      const { name } = await client.post(path, { fingerprint, ...named }, Named)
      this.process.stdout.write(`${say.confirmedNow(printable(name))}\n`)
    },
  })
}

function removeCommand(words: Words) {
  const say = words.evidence.witness
  return buildCommand<SwitchFlags, [string], Context>({
    docs: { brief: say.remove },
    parameters: {
      flags: { ...CLIENT_FLAGS, by: text(say.by, 'name') },
      positional: one('name'),
    },
    async func({ by, ...flags }, name) {
      const client = stationClient(this.process, flags, this.language)
      const { witnessing } = await client.get('/api/evidence', EvidenceStateSchema)
      // By the name of its key, as the list shows it; else by the key itself.
      const key = witnessing.witnesses.find((witness) => witness.name === name)?.key ?? name
      const named = by === undefined ? {} : { by }
      await client.post('/api/evidence/witnesses/removals', { key, ...named }, Done)
      this.process.stdout.write(`${say.removedNow(printable(name))}\n`)
    },
  })
}

function stopCommand(words: Words, isStopped: boolean) {
  const say = words.evidence.witness
  return buildCommand<SwitchFlags, [string], Context>({
    docs: { brief: isStopped ? say.stop : say.resume },
    parameters: { flags: { ...CLIENT_FLAGS, by: text(say.by, 'name') }, positional: one('log') },
    async func({ by, ...flags }, origin) {
      const client = stationClient(this.process, flags, this.language)
      const named = by === undefined ? {} : { by }
      await client.post('/api/evidence/witnessed-logs', { origin, isStopped, ...named }, Done)
      const told = isStopped ? say.stoppedNow : say.resumedNow
      this.process.stdout.write(`${told(printable(origin))}\n`)
    },
  })
}

type QuorumFlags = ClientFlags & {
  readonly policy?: string
  readonly least?: string
  readonly by?: string
}

export function quorumCommand(words: Words) {
  const say = words.evidence.quorum
  return buildCommand<QuorumFlags, [], Context>({
    docs: { brief: say.brief },
    parameters: {
      flags: {
        ...CLIENT_FLAGS,
        policy: text(say.policy, 'file'),
        least: text(say.least, 'number'),
        by: text(say.by, 'name'),
      },
    },
    async func({ policy: file, least, by, ...flags }) {
      const client = stationClient(this.process, flags, this.language)
      if (file === undefined && least === undefined) {
        const state = await client.get('/api/evidence', EvidenceStateSchema)
        const { policy } = state.witnessing.quorum
        this.process.stdout.write(policy === null ? `${say.none}\n` : policy)
        return
      }
      const asked = {
        ...(file === undefined ? {} : { policy: readFileSync(file, 'utf8') }),
        ...(least === undefined ? {} : { least: Number(least) }),
        ...(by === undefined ? {} : { by }),
      }
      await client.post('/api/evidence/quorum', asked, Done)
      this.process.stdout.write(`${say.done}\n`)
    },
  })
}

/** Who signs, and how that stands to the quorum. */
export function witnessLines(
  { key, fingerprint, quorum, witnesses, logs }: Witnessing,
  { words, language }: Context,
): readonly string[] {
  const say = words.evidence.witness
  const states = words.evidence.quorum
  const number = (value: number) => decimal(language, value, 0)
  return [
    '',
    states.states[quorum.state],
    ...(quorum.size === null ? [] : [states.at(number(quorum.size), minute(quorum.met))]),
    ...(quorum.since === null || quorum.state === 'none'
      ? []
      : [states.since(minute(quorum.since))]),
    ...(witnesses.length === 0 ? [say.nobody] : []),
    ...witnesses.map((witness) => `  ${printable(witnessLine(witness, words, number))}`),
    ...(logs.length === 0 ? [] : [say.logs]),
    ...logs.map(({ organisation, origin, size, signed, flaw, stopped }) =>
      printable(
        `  ${organisation} ${origin}: ${signed === null ? say.never : say.signed(number(size), minute(signed))}${flaw === null ? '' : `; ${say.flaws[flaw.kind]}`}${stopped === null ? '' : `; ${say.stopped(stopped.by)}`}`,
      ),
    ),
    say.own(key),
    say.ownFingerprint(fingerprint),
  ]
}

function witnessLine(
  { organisation, name, size, signed, problem, isInQuorum, confirmed, removed }: Witness,
  words: Words,
  number: (value: number) => string,
): string {
  const say = words.evidence.witness
  return [
    `${organisation} (${name})`,
    signed === null ? say.never : say.signed(number(size), minute(signed)),
    ...(isInQuorum ? [say.inQuorum] : []),
    ...(removed !== null ? [say.removed(removed.by)] : []),
    ...(removed === null && confirmed === null ? [say.notCompared] : []),
    ...(confirmed === null ? [] : [say.compared(confirmed.by)]),
    ...(problem === null ? [] : [say.problems[problem.code](problem.about)]),
  ].join(', ')
}

function minute(instant: string | null): string {
  return (instant ?? '').slice(0, 16).replace('T', ' ')
}
