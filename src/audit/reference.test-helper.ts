// Public configurations and recorded truths beside the project. Tests that use them are skipped by name when they are
// not there.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readDialects } from './dialect/read-dialects.ts'
import { readConfig } from './read-config.ts'
import type { ReadConfig } from './read-config.ts'
import { fingerprintWith } from './secrets/fingerprint.ts'
import { readSecretRules } from './secrets/secret-rules.ts'
import type { ConfigTree } from './tree/config-tree.ts'
import { walk } from './tree/config-tree.ts'

const ROOT = join(import.meta.dirname, '../..')
export const REFERENCE = join(ROOT, '../shared/data/edge')
export const HAS_REFERENCE = existsSync(REFERENCE)

export const dialects = readDialects(join(ROOT, 'content/dialects'))
export const door = {
  rules: readSecretRules(join(ROOT, 'content/secrets.yml')),
  fingerprint: fingerprintWith(Buffer.alloc(32, 7)),
}

/** Every file under a folder. */
export function* filesUnder(folder: string): Generator<string> {
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* filesUnder(path)
    else yield path
  }
}

/** Configurations alone: no answers of `show`, no oracles, no dialogues. */
export function* configurations(): Generator<string> {
  for (const top of ['batfish', 'labs', 'netutils', 'oxidized', 'hier_config', 'pfsense', 'ot']) {
    for (const path of filesUnder(join(REFERENCE, top)))
      if (!/\.json$|\.yaml$|\/show\//.test(path)) yield path
  }
}

export function referenceJson(path: string): unknown {
  return JSON.parse(readFileSync(join(REFERENCE, path), 'utf8'))
}

/** Lines that hold something and are in no node, counted without the program's own means. */
export function lostLines({ root, lines }: ConfigTree): readonly number[] {
  const owned = new Set<number>()
  for (const { line, ownLast } of walk(root))
    for (let at = line; at <= ownLast; at += 1) owned.add(at)
  return lines.flatMap((line, at) => (/\S/.test(line) && !owned.has(at + 1) ? [at + 1] : []))
}

export function read(text: string | Uint8Array, knownAs?: string): ReadConfig {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const found = readConfig(bytes, { dialects, door, ...(knownAs === undefined ? {} : { knownAs }) })
  if (!found.ok) throw new Error(JSON.stringify(found.problem))
  return found.config
}
