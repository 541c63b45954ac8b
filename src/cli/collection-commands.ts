// `vigie devices git` and `vigie devices ssh`: how configurations come in by themselves.

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildCommand, buildRouteMap, numberParser } from '@stricli/core'
import { z } from 'zod'
import { VigieError } from '../core/index.ts'
import { ConfigRepositoriesSchema, DevicePullsSchema } from '../model/index.ts'
import type { ConfigRepository, DevicePull } from '../model/index.ts'
import type { Words } from '../words/index.ts'
import type { Context } from './context.ts'
import { printable, table } from './output.ts'
import { CLIENT_FLAGS, stationClient } from './station-client.ts'
import type { ClientFlags } from './station-client.ts'

type Flags = ClientFlags & { readonly json: boolean }
const FLAGS = {
  ...CLIENT_FLAGS,
  json: { kind: 'boolean', brief: 'Print as JSON', default: false },
} as const

const text = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const
const named = (placeholder: string) =>
  ({ kind: 'tuple', parameters: [{ brief: placeholder, parse: String, placeholder }] }) as const

function print({ process }: Context, lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
}

type GitFlags = Flags & { readonly branch?: string; readonly remove: boolean }

export function gitCommand(words: Words) {
  return buildCommand<GitFlags, [string?], Context>({
    docs: { brief: words.collection.git.brief },
    parameters: {
      flags: {
        ...FLAGS,
        branch: text('Branch (the one that the repository names)', 'branch'),
        remove: { kind: 'boolean', brief: 'Follow it no more', default: false },
      },
      positional: {
        kind: 'tuple',
        parameters: [
          { brief: 'folder or address', parse: String, placeholder: 'path|url', optional: true },
        ],
      },
    },
    async func({ branch = '', remove, ...flags }, given) {
      const client = stationClient(this.process, flags, this.language)
      const { git: say } = this.words.collection
      // A folder is named from here; the station reads it from wherever it stands.
      const place = given === undefined || !existsSync(given) ? given : resolve(given)
      if (place !== undefined && remove) {
        const path = `/api/config-repositories?${new URLSearchParams({ place }).toString()}`
        await client.remove(path, z.object({}))
        print(this, [say.gone(printable(place))])
        return
      }
      const { repositories } =
        place === undefined
          ? await client.get('/api/config-repositories', ConfigRepositoriesSchema)
          : await client.post(
              '/api/config-repositories',
              { place, branch },
              ConfigRepositoriesSchema,
            )
      if (flags.json)
        print(
          this,
          repositories.map((repository) => JSON.stringify(repository)),
        )
      else if (place !== undefined) print(this, [say.followed(printable(place))])
      else
        print(this, repositories.length === 0 ? [say.none] : shownRepositories(this, repositories))
    },
  })
}

function shownRepositories(
  { words, language }: Context,
  repositories: readonly ConfigRepository[],
): readonly string[] {
  const { git: say } = words.collection
  return repositories.flatMap((one) => [
    printable(one.place),
    `  ${one.looked === null && one.commits === 0 ? say.waiting : say.counts(String(one.commits), String(one.versions))}`,
    ...(one.problem === null ? [] : [`  ${printable(one.problem[language])}`]),
    ...(one.rewritten === null ? [] : [`  ${say.rewritten(one.rewritten, one.lost ?? '')}`]),
    ...one.refused.map(
      ({ file, commit }) => `  ${say.refused(printable(file), commit.slice(0, 12))}`,
    ),
  ])
}

export function sshCommand(words: Words) {
  return buildRouteMap({
    routes: {
      list: sshListCommand(words),
      set: sshSetCommand(words),
      confirm: sshConfirmCommand(words),
      now: sshActCommand(words.collection.ssh.nowBrief, 'now'),
      remove: sshActCommand(words.collection.ssh.removeBrief, 'remove'),
    },
    defaultCommand: 'list',
    docs: { brief: words.collection.ssh.brief },
  })
}

function sshListCommand(words: Words) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: words.collection.ssh.brief },
    parameters: { flags: FLAGS },
    async func(flags) {
      const client = stationClient(this.process, flags, this.language)
      const { pulls } = await client.get('/api/device-pulls', DevicePullsSchema)
      if (flags.json)
        print(
          this,
          pulls.map((pull) => JSON.stringify(pull)),
        )
      else
        print(this, pulls.length === 0 ? [this.words.collection.ssh.none] : shownPulls(this, pulls))
    },
  })
}

function shownPulls({ words, language }: Context, pulls: readonly DevicePull[]): readonly string[] {
  const { ssh: say } = words.collection
  const { device, host, platform, taken, next, state } = say.columns
  const minute = (at: string | null) =>
    at === null ? '-' : `${at.slice(0, 16).replace('T', ' ')}Z`
  const rows = pulls.map((one) => [
    printable(one.device),
    `${printable(one.host)}:${one.port}`,
    one.platform,
    minute(one.taken),
    minute(one.next),
    say.states[one.state],
  ])
  return [
    table([[device, host, platform, taken, next, state], ...rows]),
    ...pulls.flatMap((one) => [
      ...(one.problem === null ? [] : [printable(one.problem[language])]),
      ...(one.hostKeyMet === null
        ? []
        : [`${printable(one.device)}: ${say.keyMet(one.hostKeyMet)}`]),
    ]),
  ]
}

type SetFlags = Flags & {
  readonly host: string
  readonly port: number
  readonly account: string
  readonly platform: string
  readonly every: number
  readonly passwordFile?: string
  readonly keyFile?: string
  readonly passphraseFile?: string
  readonly enableFile?: string
  readonly hostKey?: string
}

function sshSetCommand(words: Words) {
  return buildCommand<SetFlags, [string], Context>({
    docs: { brief: words.collection.ssh.setBrief },
    parameters: {
      flags: {
        ...FLAGS,
        host: { kind: 'parsed', parse: String, brief: 'Address or name', placeholder: 'host' },
        port: { kind: 'parsed', parse: numberParser, brief: 'Port', default: '22' },
        account: { kind: 'parsed', parse: String, brief: 'Account', placeholder: 'name' },
        platform: { kind: 'parsed', parse: String, brief: 'Platform', placeholder: 'platform' },
        every: {
          kind: 'parsed',
          parse: numberParser,
          brief: 'Minutes between; 1440 = nightly',
          default: '1440',
        },
        passwordFile: text('File with the password (- = standard input)', 'file'),
        keyFile: text('File with the private key', 'file'),
        passphraseFile: text('File with the passphrase of the key', 'file'),
        enableFile: text(
          'File with the password of enable; without it, enable is not used',
          'file',
        ),
        hostKey: text('Host key, where it is known: SHA256:…', 'key'),
      },
      positional: named('device'),
    },
    async func({ passwordFile, keyFile, passphraseFile, enableFile, hostKey, ...flags }, device) {
      const client = stationClient(this.process, flags, this.language)
      const { host, port, account, platform, every } = flags
      const secrets = {
        ...secretOf('password', passwordFile),
        ...secretOf('key', keyFile),
        ...secretOf('passphrase', passphraseFile),
        ...secretOf('enable', enableFile),
      }
      const known = hostKey === undefined ? {} : { hostKey }
      const ask = { device, host, port, account, platform, every, ...secrets, ...known }
      await client.post('/api/device-pulls', ask, DevicePullsSchema)
      print(this, [this.words.collection.ssh.set(printable(device))])
    },
  })
}

/** A file, so that it stands in no list of processes and no history of a shell. */
function secretOf(name: string, file: string | undefined): Readonly<Record<string, string>> {
  if (file === undefined) return {}
  try {
    const secret = readFileSync(file === '-' ? 0 : file, 'utf8')
    return { [name]: name === 'key' ? secret : secret.replace(/\r?\n$/, '') }
  } catch (cause) {
    throw new VigieError('NOTHING_TO_READ', { path: file }, { cause })
  }
}

function sshConfirmCommand(words: Words) {
  return buildCommand<Flags, [string, string], Context>({
    docs: { brief: words.collection.ssh.confirmBrief },
    parameters: {
      flags: FLAGS,
      positional: {
        kind: 'tuple',
        parameters: [
          { brief: 'device', parse: String, placeholder: 'device' },
          { brief: 'host key', parse: String, placeholder: 'key' },
        ],
      },
    },
    async func(flags, device, key) {
      const client = stationClient(this.process, flags, this.language)
      const path = `/api/device-pulls/${encodeURIComponent(device)}/host-key`
      await client.post(path, { key }, DevicePullsSchema)
      print(this, [this.words.collection.ssh.confirmed(printable(device), printable(key))])
    },
  })
}

function sshActCommand(brief: string, act: 'now' | 'remove') {
  return buildCommand<Flags, [string], Context>({
    docs: { brief },
    parameters: { flags: FLAGS, positional: named('device') },
    async func(flags, device) {
      const client = stationClient(this.process, flags, this.language)
      const { ssh: say } = this.words.collection
      const path = `/api/device-pulls/${encodeURIComponent(device)}`
      if (act === 'now') await client.post(`${path}/now`, {}, z.object({}))
      else await client.remove(path, z.object({}))
      print(this, [act === 'now' ? say.asked(printable(device)) : say.gone(printable(device))])
    },
  })
}
