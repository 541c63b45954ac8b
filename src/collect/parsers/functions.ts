// SQL functions that parsers share: `content/parsers/functions.sql`, one `CREATE FUNCTION` each.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventEngine } from '../../store/index.ts'

/** Makes the functions known to the engine, on every node of its cluster. */
export async function createFunctions(engine: EventEngine, folder: string): Promise<void> {
  for (const statement of readFunctions(folder)) {
    await engine.define((onCluster) => statement.replace(/ AS /, `${onCluster} AS `))
  }
}

/** The statements of `functions.sql`, comments left out. */
export function readFunctions(folder: string): readonly string[] {
  const text = readFileSync(join(folder, 'functions.sql'), 'utf8')
  return text
    .split('\n')
    .filter((line) => !line.startsWith('--'))
    .join('\n')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
