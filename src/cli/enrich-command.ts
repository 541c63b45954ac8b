// `vigie enrich`: what addresses belong to: how old that knowledge is, packs of it, one address.

import { createReadStream, existsSync } from 'node:fs'
import { buildCommand, buildRouteMap } from '@stricli/core'
import { VigieError } from '../core/index.ts'
import { AddressNetworkSchema, NetworkStateSchema } from '../model/index.ts'
import type { AddressNetwork, NetworkState } from '../model/index.ts'
import { decimal } from '../words/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'
import { toolsCommand } from './tools-command.ts'

type Shared = ClientFlags & { readonly json: boolean }

const JSON_FLAG = { kind: 'boolean', brief: 'Print as JSON', default: false } as const
const SHARED = { ...CLIENT_FLAGS, json: JSON_FLAG } as const
const text = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, optional: true, brief, placeholder }) as const

export function enrichCommand(words: Words) {
  return buildRouteMap({
    routes: {
      state: stateCommand(words),
      show: showCommand(words),
      load: loadCommand(words),
      pack: packCommand(words),
      tools: toolsCommand(words),
    },
    defaultCommand: 'state',
    docs: { brief: words.cli.enrich.brief },
  })
}

function stateCommand(words: Words) {
  return buildCommand<Shared, [], Context>({
    docs: { brief: words.cli.enrich.state },
    parameters: { flags: SHARED },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      print(this, await client.get('/api/networks', NetworkStateSchema), flags)
    },
  })
}

function showCommand(words: Words) {
  return buildCommand<Shared, string[], Context>({
    docs: { brief: words.cli.enrich.show },
    parameters: {
      flags: SHARED,
      positional: {
        kind: 'array',
        minimum: 1,
        parameter: { brief: 'address', parse: String, placeholder: 'address' },
      },
    },
    async func(flags, ...addresses) {
      const client = stationClient(this.process, flags, this.language)
      const found: AddressNetwork[] = []
      for (const address of addresses)
        found.push(
          await client.get(`/api/networks/${encodeURIComponent(address)}`, AddressNetworkSchema),
        )
      const { columns } = this.words.networks
      const head = [
        columns.address,
        columns.asn,
        columns.kind,
        columns.country,
        columns.organisation,
      ]
      const shown = flags.json
        ? found.map((one) => JSON.stringify(one)).join('\n')
        : table([head, ...found.map((one) => cells(this, one))])
      this.process.stdout.write(`${shown}\n`)
    },
  })
}

function cells({ words }: Context, one: AddressNetwork): readonly string[] {
  const { unknown, kinds } = words.networks
  return [
    printable(one.address),
    one.asn === 0 ? unknown : `AS${one.asn}`,
    one.kind === '' ? unknown : kinds[one.kind],
    one.country === '' ? unknown : one.country,
    printable(one.organisation),
  ]
}

type LoadFlags = Shared & { readonly key?: string; readonly older: boolean }

function loadCommand(words: Words) {
  return buildCommand<LoadFlags, [string], Context>({
    docs: { brief: words.cli.enrich.load },
    parameters: {
      flags: {
        ...SHARED,
        key: text('Take packs of this key from now on', 'key'),
        older: { kind: 'boolean', brief: 'Take an older pack', default: false },
      },
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'pack', parse: String, placeholder: 'file' }],
      },
    },
    async func(flags, file) {
      if (!existsSync(file)) throw new VigieError('NOTHING_TO_READ', { path: file })
      const query = new URLSearchParams({
        older: String(flags.older),
        ...(flags.key === undefined ? {} : { key: flags.key }),
      })
      const client = stationClient(this.process, flags, this.language)
      const path = `/api/networks/packs?${query.toString()}`
      print(this, await client.send(path, createReadStream(file), NetworkStateSchema), flags)
    },
  })
}

function print({ process, words, language }: Context, state: NetworkState, flags: Shared): void {
  const say = words.networks
  const { data } = state
  const lines =
    data === null
      ? [say.none]
      : [
          say.data(data.dated.slice(0, 10), state.ageDays ?? 0, decimal(language, data.ranges, 0)),
          say.by(data.origin === 'installed' ? say.installed : printable(data.loadedBy)),
          ...(data.key === '' ? [] : [say.key(data.key)]),
          ...data.sources.map((one) =>
            printable(say.source(one.name, one.version, one.licence, one.address)),
          ),
          ...(state.stale ? [say.stale] : []),
        ]
  process.stdout.write(`${flags.json ? JSON.stringify(state) : lines.join('\n')}\n`)
}

type PackFlags = {
  readonly out: string
  readonly key: string
  readonly operators?: string
  readonly countries?: string
  readonly list?: readonly string[]
  readonly dated?: string
  readonly licence?: string
}

function packCommand(words: Words) {
  return buildCommand<PackFlags, [], Context>({
    docs: { brief: words.cli.enrich.pack },
    parameters: {
      flags: {
        out: { kind: 'parsed', parse: String, brief: 'File to write', placeholder: 'file' },
        key: {
          kind: 'parsed',
          parse: String,
          brief: 'Private key that signs it; made where there is none',
          placeholder: 'file',
        },
        operators: text('CSV of first,last,number,name (what came with Vigie)', 'path'),
        countries: text('CSV of first,last,country (what came with Vigie)', 'path'),
        list: {
          ...text('Addresses of one kind: tor=FILE, vpn=FILE', 'kind=file'),
          variadic: true,
        },
        dated: text('When the files given were made', 'date'),
        licence: text('Terms of the files given', 'text'),
      },
    },
    async func({ out, key, list = [], ...rest }) {
      const { operators, countries, dated, licence } = rest
      const { packNetworks } = await import('../app/network-pack.ts')
      const made = await packNetworks({
        out,
        keyFile: key,
        operators,
        countries,
        lists: list,
        dated,
        licence,
        nowMs: Date.now(),
      })
      const say = this.words.networks
      const ranges = decimal(this.language, made.ranges, 0)
      this.process.stdout.write(
        `${say.packed(printable(out), ranges, made.dated.slice(0, 10))}\n${say.give(made.key)}\n`,
      )
    },
  })
}
