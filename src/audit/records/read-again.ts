// Reads a configuration that was stored.

import { readConfig } from '../read-config.ts'
import type { ReadConfig, ReadWith } from '../read-config.ts'

/** What is stored was redacted: redacting it again changes nothing. */
export function readAgain(
  { config, dialect }: { readonly config: string; readonly dialect: string },
  tools: ReadWith,
): ReadConfig | undefined {
  const read = readConfig(Buffer.from(config), { ...tools, knownAs: dialect })
  return read.ok ? read.config : undefined
}
