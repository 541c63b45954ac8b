// `vigie enrich pack`: lists become a signed pack, without a station.

import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { VigieError } from '../core/index.ts'
import { NetworkKindSchema } from '../model/index.ts'
import type { NetworkKind, NetworkSource } from '../model/index.ts'
import { installedSources, makeKey, readKinds, readSources, writePack } from '../networks/index.ts'
import type { Sources } from '../networks/index.ts'
import { CONTENT } from './content.ts'

export type PackRequest = {
  readonly out: string
  readonly keyFile: string
  /** Folder or file of `first,last,number,name`; absent = what came with Vigie. */
  readonly operators: string | undefined
  /** Folder or file of `first,last,country`; absent = what came with Vigie. */
  readonly countries: string | undefined
  /** `kind=file`. */
  readonly lists: readonly string[]
  /** When the lists given were made, ISO 8601; absent = when their files were written. */
  readonly dated: string | undefined
  readonly licence: string | undefined
  readonly nowMs: number
}

/** Throws NETWORKS_REFUSED, NOTHING_TO_READ, BAD_REQUEST. */
export async function packNetworks(
  request: PackRequest,
): Promise<{ readonly ranges: number; readonly dated: string; readonly key: string }> {
  const key = makeKey(request.keyFile)
  const sources = sourcesOf(request)
  const ranges = await readSources(sources, readKinds(CONTENT.networkKinds))
  const header = await writePack(request.out, {
    ranges,
    sources: sources.said,
    keyFile: request.keyFile,
    nowMs: request.nowMs,
  })
  return { ranges: header.ranges, dated: header.dated, key }
}

function sourcesOf(request: PackRequest): Sources {
  const installed = installedSources()
  const { operators, countries } = request
  if (installed === undefined && (operators === undefined || countries === undefined))
    throw new VigieError('BAD_REQUEST', {
      met: 'no @ip-location-db/asn',
      expected: '--operators PATH --countries PATH',
    })
  const lists = request.lists.map(listOf)
  const given = [operators, countries, ...lists.map(({ file }) => file)]
  const [[ofOperators], [ofCountries]] = [
    installed?.said.slice(0, 1) ?? [],
    installed?.said.slice(1, 2) ?? [],
  ]
  const kept = [
    operators === undefined ? ofOperators : undefined,
    countries === undefined ? ofCountries : undefined,
  ]
  return {
    operators: operators === undefined ? (installed?.operators ?? []) : filesOf(operators),
    countries: countries === undefined ? (installed?.countries ?? []) : filesOf(countries),
    lists,
    said: [
      ...kept.filter((source) => source !== undefined),
      ...given.filter((path) => path !== undefined).map((path) => saidOf(path, request)),
    ],
  }
}

function listOf(text: string): { readonly kind: NetworkKind; readonly file: string } {
  const [kind, ...rest] = text.split('=')
  const known = NetworkKindSchema.safeParse(kind)
  const file = rest.join('=')
  if (known.success && file !== '') return { kind: known.data, file }
  const expected = `--list KIND=FILE, ${NetworkKindSchema.options.join(', ')}`
  throw new VigieError('BAD_REQUEST', { met: text.slice(0, 100), expected })
}

/** A file, or those of a folder that hold addresses as text. */
function filesOf(path: string): readonly string[] {
  if (!written(path).isDirectory()) return [path]
  const files = readdirSync(path)
    .filter((name) => name.endsWith('.csv') && !name.endsWith('-num.csv'))
    .map((name) => join(path, name))
  if (files.length === 0) throw new VigieError('NOTHING_TO_READ', { path })
  return files.toSorted()
}

function written(path: string) {
  try {
    return statSync(path)
  } catch (cause) {
    throw new VigieError('NOTHING_TO_READ', { path }, { cause })
  }
}

function saidOf(path: string, { dated, licence }: PackRequest): NetworkSource {
  const ms = dated === undefined ? written(path).mtimeMs : Date.parse(dated)
  if (Number.isNaN(ms))
    throw new VigieError('SETTING_INVALID', {
      name: 'dated',
      met: dated ?? '',
      expected: '2026-11-01',
    })
  const name = basename(path).slice(0, 200)
  const at = new Date(ms).toISOString()
  return { name, version: '', licence: licence ?? '?', address: '', dated: at }
}
