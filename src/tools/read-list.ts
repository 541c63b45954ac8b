// Entries of one list, out of its files: JSON, CSV, YAML, or Markdown that begins with YAML. An entry without a name or anything to know it by is
// counted and passed over.

import { parse as parseCsv } from 'csv-parse/sync'
import { VigieError, reasonOf, yamlValue } from '../core/index.ts'
import type { ToolsProblem } from '../core/index.ts'
import type { ToolFiles, ToolList } from '../model/index.ts'
import { ENTRIES } from './entries.ts'
import type { Tool } from './entries.ts'

export type ReadTools = { readonly tools: readonly Tool[]; readonly passedOver: number }

/** More than all four lists together have by far. */
const MOST_TOOLS = 50_000
const MOST_VALUES = 200_000

/** Throws TOOLS_REFUSED: for a file that cannot be read, for too much, and where nothing of a list is in it. */
export function readList(list: ToolList, files: ToolFiles): ReadTools {
  const entries = files.flatMap(({ name, text }) => valuesOf(name, text))
  if (entries.length > MOST_TOOLS) throw refused('too_many', '', String(MOST_TOOLS))
  const read = entries.map((entry) => ENTRIES[list](entry.value, entry.file))
  const tools = mergedByName(read.flat().filter(({ known }) => known.length > 0))
  const values = tools.reduce((sum, { known }) => sum + known.length, 0)
  if (values > MOST_VALUES) throw refused('too_many', '', String(MOST_VALUES))
  if (tools.length === 0) throw refused('nothing', files[0]?.name ?? '', list)
  return {
    tools,
    passedOver: read.filter((some) => some.every(({ known }) => known.length === 0)).length,
  }
}

type Value = { readonly file: string; readonly value: unknown }

function valuesOf(file: string, text: string): readonly Value[] {
  try {
    const read = parsed(file, text)
    return (Array.isArray(read) ? read : [read]).map((value: unknown) => ({ file, value }))
  } catch (cause) {
    throw refused('not_readable', file, reasonOf(cause).split('\n')[0]?.slice(0, 200) ?? '')
  }
}

function parsed(file: string, text: string): unknown {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase()
  if (ending === 'json') return JSON.parse(text)
  if (ending === 'csv') return parseCsv(text, { columns: true, bom: true, relax_quotes: true })
  // Markdown: what stands between its first two lines of dashes.
  const body = text.replace(/^\uFEFF?(?:---[ \t]*\r?\n)?/, '')
  return yamlValue(body.split(/^(?:---|\.\.\.)[ \t]*\r?$/m)[0] ?? '')
}

/** Files of CSV have a row for each command of a tool. */
function mergedByName(tools: readonly Tool[]): readonly Tool[] {
  return [...Map.groupBy(tools, ({ name }) => name)].map(([name, some]) => ({
    name,
    does: [...new Set(some.flatMap(({ does }) => does))],
    known: [
      ...new Map(
        some.flatMap(({ known }) => known).map((one) => [`${one.by} ${one.value}`, one]),
      ).values(),
    ],
  }))
}

export function refused(
  problem: ToolsProblem,
  file: string,
  met: string,
): VigieError<'TOOLS_REFUSED'> {
  return new VigieError('TOOLS_REFUSED', { problem, file, met })
}
