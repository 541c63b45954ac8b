// Data that came with Vigie's packages, where they are installed: they are optional, and no newer than the release.

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { NetworkSource } from '../model/index.ts'
import type { Sources } from './sources.ts'

const PACKAGES = [
  { name: '@ip-location-db/asn', stem: 'asn', licence: 'CC-BY-4.0: RouteViews, DB-IP.com, NRO' },
  { name: '@ip-location-db/asn-country', stem: 'asn-country', licence: 'CC0-1.0' },
] as const
const HOME = 'https://github.com/sapics/ip-location-db'

const PackageSchema = z.object({ version: z.string().regex(/^\d+\.\d+\.\d{10}$/) })

/** Undefined where they are not installed. */
export function installedSources(): Sources | undefined {
  const found = PACKAGES.flatMap((one) => {
    const folder = folderOf(one.name)
    return folder === undefined ? [] : [{ ...one, folder }]
  })
  if (found.length < PACKAGES.length) return undefined
  const filesOf = (stem: string) =>
    found
      .filter((one) => one.stem === stem)
      .flatMap(({ folder }) =>
        ['ipv4', 'ipv6'].map((family) => join(folder, `${stem}-${family}.csv`)),
      )
      .filter((file) => existsSync(file))
  return {
    operators: filesOf('asn'),
    countries: filesOf('asn-country'),
    lists: [],
    said: found.map(({ name, licence, folder }) => sourceOf(name, licence, folder)),
  }
}

function folderOf(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    return undefined
  }
}

/** Their versions end in the hour they were made: `2026061719`. */
function sourceOf(name: string, licence: string, folder: string): NetworkSource {
  const { version } = PackageSchema.parse(
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  )
  const made = version.split('.')[2] ?? ''
  const [, year, month, day, hour] = /^(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(made) ?? []
  const dated = new Date(`${year}-${month}-${day}T${hour}:00:00Z`).toISOString()
  return { name, version, licence, address: HOME, dated }
}
