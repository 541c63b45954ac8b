// `vigie devices golden` and `vigie devices hashes`: what devices should say, and what makers say of images.

import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { z } from 'zod'
import { GoldenSchema, GoldensSchema, HashesTakenSchema } from '../model/index.ts'
import type { Golden } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { sendRead } from './hand-in.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags, StationClient } from './station-client.ts'

type Flags = ClientFlags & { readonly json: boolean }
type SetFlags = Flags & {
  readonly device: readonly string[]
  readonly version?: string
  readonly file?: string
  readonly part: boolean
  readonly allow?: readonly string[]
  readonly operator?: readonly string[]
  readonly management?: readonly string[]
}

const FLAGS = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const

const one = (placeholder: string) =>
  ({
    kind: 'tuple',
    parameters: [{ brief: placeholder, parse: String, placeholder }],
  }) as const

const text = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const

const many = (brief: string, placeholder: string) =>
  ({ ...text(brief, placeholder), variadic: true }) as const

export function goldenCommand(words: Words) {
  return buildRouteMap({
    routes: { list: listCommand(words), set: setCommand(words), remove: removeCommand(words) },
    defaultCommand: 'list',
    docs: { brief: words.devices.goldenBrief },
  })
}

function listCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.devices.goldenListBrief },
    parameters: { flags: FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { groups } = await client.get('/api/golden', GoldensSchema)
      const shown = groups.length === 0 ? words.devices.noGolden : shownGroups(words, groups)
      const lines = flags.json ? groups.map((group) => JSON.stringify(group)).join('\n') : shown
      this.process.stdout.write(lines === '' ? '' : `${lines}\n`)
    },
  })
}

function shownGroups(
  { devices: { columns, noGoldenConfig } }: Words,
  groups: readonly Golden[],
): string {
  const heading = [columns.group, columns.devices, columns.operators, columns.golden]
  const rows = groups.map(({ name, devices, operators, source }) => [
    printable(name),
    printable(devices.join(' ')),
    printable(operators.join(' ')) || '-',
    source === null ? noGoldenConfig : printable(source),
  ])
  return table([heading, ...rows])
}

function setCommand(words: Words) {
  return buildCommand<SetFlags, [string], Context>({
    docs: { brief: words.devices.goldenSetBrief },
    parameters: {
      flags: {
        ...FLAGS,
        device: {
          kind: 'parsed',
          parse: String,
          brief: 'Name of a device; * stands for anything',
          placeholder: 'pattern',
          variadic: true,
        },
        version: text('A version that was taken in, as known-good', 'version'),
        file: text('A file as known-good; <*> in it stands for anything', 'file'),
        part: {
          kind: 'boolean',
          brief: 'What the configuration does not say may be anything',
          default: false,
        },
        allow: many('Beginning of a statement that may differ', 'statement'),
        operator: many('Who works on these devices, as the devices know them', 'name'),
        management: many('Network that they work from', 'network'),
      },
      positional: one('group'),
    },
    async func({ device: devices, version, file, ...flags }, name) {
      const client = stationClient(this.process, flags, this.language)
      const { part: isPart, allow: allows = [], operator: operators = [] } = flags
      const { management = [] } = flags
      const named = version === undefined ? {} : { version }
      const ask = { devices, isPart, allows, operators, management, ...named }
      const path = `/api/golden/${encodeURIComponent(name)}`
      const { groups } = await client.get('/api/golden', GoldensSchema)
      const set = await client.post(path, ask, GoldenSchema)
      if (file === undefined) {
        tell(this, flags, set)
        return
      }
      const before = groups.find((group) => group.name === name)
      const known = await giveFile(client, { name, file }).catch(async (cause: unknown) => {
        await takeBack(client, path, before)
        throw cause
      })
      tell(this, flags, known)
    },
  })
}

function giveFile(
  client: StationClient,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<Golden> {
  const query = new URLSearchParams({ name, source: basename(file) })
  const url = `/api/golden-configurations?${query.toString()}`
  return sendRead(createReadStream(file), (bytes) => client.send(url, bytes, GoldenSchema))
}

/** A file that is refused leaves the group as it was. */
async function takeBack(
  client: StationClient,
  path: string,
  before: Golden | undefined,
): Promise<void> {
  if (before === undefined) {
    await client.remove(path, z.object({}))
    return
  }
  const { devices, isPart, allows, operators, management } = before
  await client.post(path, { devices, isPart, allows, operators, management }, GoldenSchema)
}

function tell({ process, words }: Context, { json }: Flags, golden: Golden): void {
  const { goldenSet, noGoldenConfig } = words.devices
  const source = golden.source === null ? noGoldenConfig : printable(golden.source)
  const line = json ? JSON.stringify(golden) : goldenSet(printable(golden.name), source)
  process.stdout.write(`${line}\n`)
}

function removeCommand(words: Words) {
  return buildCommand<Flags, [string], Context>({
    docs: { brief: words.devices.goldenRemoveBrief },
    parameters: { flags: FLAGS, positional: one('group') },
    async func(flags, name) {
      const client = stationClient(this.process, flags, this.language)
      await client.remove(`/api/golden/${encodeURIComponent(name)}`, z.object({}))
      this.process.stdout.write(`${words.devices.goldenGone(printable(name))}\n`)
    },
  })
}

export function hashesCommand(words: Words) {
  return buildCommand<Flags, [string], Context>({
    docs: { brief: words.devices.hashesBrief },
    parameters: { flags: FLAGS, positional: one('file') },
    async func(flags, file) {
      const client = stationClient(this.process, flags, this.language)
      const query = new URLSearchParams({ source: basename(file) })
      const url = `/api/firmware-hashes?${query.toString()}`
      const { taken, refused } = await sendRead(createReadStream(file), (bytes) =>
        client.send(url, bytes, HashesTakenSchema),
      )
      const say = words.devices
      const lines = flags.json
        ? [JSON.stringify({ taken, refused })]
        : [say.hashesTaken(taken), ...refused.map((line) => say.hashRefused(line))]
      this.process.stdout.write(`${lines.join('\n')}\n`)
      Object.assign(this.process, { exitCode: refused.length > 0 ? EXIT.partial : EXIT.done })
    },
  })
}
