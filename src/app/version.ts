// Which Vigie this is, from its manifest.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const MANIFEST = join(import.meta.dirname, '../../package.json')

export const VERSION = versionOf(readFileSync(MANIFEST, 'utf8'))

function versionOf(manifest: string): string {
  return /"version": "([^"]+)"/.exec(manifest)?.[1] ?? '0.0.0'
}
