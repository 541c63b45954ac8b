// `vigie enrich tools`: lists of tools that intruders use as they are, and which of them are allowed here.

import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { VigieError } from '../core/index.ts'
import { TOOL_LISTS, ToolStateSchema } from '../model/index.ts'
import type { ToolFiles, ToolState } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Shared = ClientFlags & { readonly json: boolean }

const SHARED = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const
const text = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder }) as const

export function toolsCommand(words: Words) {
  return buildRouteMap({
    routes: {
      state: stateCommand(words),
      load: loadCommand(words),
      allow: allowCommand(words),
      disallow: disallowCommand(words),
    },
    defaultCommand: 'state',
    docs: { brief: words.cli.enrich.tools.brief },
  })
}

function stateCommand(words: Words) {
  return buildCommand<Shared, [], Context>({
    docs: { brief: words.cli.enrich.tools.state },
    parameters: { flags: SHARED },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      print(this, await client.get('/api/tool-lists', ToolStateSchema), flags)
    },
  })
}

type LoadFlags = Shared & { readonly dated?: string; readonly source?: string }

function loadCommand(words: Words) {
  const say = words.cli.enrich.tools
  return buildCommand<LoadFlags, [string, string], Context>({
    docs: { brief: say.load },
    parameters: {
      flags: {
        ...SHARED,
        dated: { ...text(say.dated, 'date'), optional: true },
        source: { ...text(say.source, 'address'), optional: true },
      },
      positional: {
        kind: 'tuple',
        parameters: [
          { brief: TOOL_LISTS.join(', '), parse: String, placeholder: 'list' },
          { brief: 'path', parse: String, placeholder: 'path' },
        ],
      },
    },
    async func({ dated, source, ...flags }, list, path) {
      const query = new URLSearchParams({
        list,
        ...(dated === undefined ? {} : { dated: instantOf(dated) }),
        ...(source === undefined ? {} : { source }),
      })
      const body = Buffer.from(JSON.stringify({ files: filesAt(path) }))
      const client = stationClient(this.process, flags, this.language)
      const address = `/api/tool-lists?${query.toString()}`
      print(this, await client.send(address, [body], ToolStateSchema), flags)
    },
  })
}

type AllowFlags = Shared & { readonly because: string }

function allowCommand(words: Words) {
  const say = words.cli.enrich.tools
  return buildCommand<AllowFlags, [string], Context>({
    docs: { brief: say.allow },
    parameters: {
      flags: { ...SHARED, because: text(say.because, 'text') },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'name', parse: String, placeholder: 'name' }],
      },
    },
    async func({ because, ...flags }, tool) {
      const client = stationClient(this.process, flags, this.language)
      const body = { tool, because }
      print(this, await client.post('/api/allowed-tools', body, ToolStateSchema), flags)
    },
  })
}

function disallowCommand(words: Words) {
  return buildCommand<Shared, [string], Context>({
    docs: { brief: words.cli.enrich.tools.disallow },
    parameters: {
      flags: SHARED,
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'name', parse: String, placeholder: 'name' }],
      },
    },
    async func(flags, tool) {
      const client = stationClient(this.process, flags, this.language)
      const path = `/api/allowed-tools/${encodeURIComponent(tool)}`
      print(this, await client.remove(path, ToolStateSchema), flags)
    },
  })
}

function print({ process, words }: Context, state: ToolState, flags: Shared): void {
  const say = words.tools
  const lists = state.lists.flatMap((one) => [
    say.list(say.lists[one.list], one.dated.slice(0, 10), one.tools, one.values),
    printable(say.terms(one.licence, one.source, one.loadedBy)),
    ...(one.passedOver === 0 ? [] : [say.passedOver(one.passedOver)]),
  ])
  const allowed = state.allowed.map(({ tool, who, at, because }) =>
    printable(say.allowed(tool, who, at.slice(0, 10), because)),
  )
  const lines = [
    ...(lists.length === 0 ? [say.none] : lists),
    ...(allowed.length === 0 ? [say.noneAllowed] : allowed),
  ]
  process.stdout.write(`${flags.json ? JSON.stringify(state) : lines.join('\n')}\n`)
}

function instantOf(dated: string): string {
  const ms = Date.parse(dated)
  if (!Number.isNaN(ms)) return new Date(ms).toISOString()
  throw new VigieError('SETTING_INVALID', { name: 'dated', met: dated, expected: '2026-11-01' })
}

/** A station takes this much. */
const MOST_BYTES = 100 * 1024 * 1024
const ENDINGS = /\.(?:json|csv|ya?ml|md)$|(?:^|[/\\])[^.]+$/i

/** One file, or those of a folder that a list may be made of. Hidden folders and what is not text are passed over. */
function filesAt(path: string): ToolFiles {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new VigieError('NOTHING_TO_READ', { path })
  const names = found.isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => ENDINGS.test(name) && !/(?:^|[/\\])\./.test(name))
        .map((name) => join(path, name))
        .filter((name) => statSync(name).isFile())
        .toSorted()
    : [path]
  if (names.length === 0) throw new VigieError('NOTHING_TO_READ', { path })
  let bytes = 0
  return names.map((name) => {
    bytes += statSync(name).size
    if (bytes > MOST_BYTES)
      throw new VigieError('TOOLS_REFUSED', { problem: 'too_large', file: path, met: '100 MiB' })
    return { name: relative(path, name) || name, text: readFileSync(name, 'utf8') }
  })
}
