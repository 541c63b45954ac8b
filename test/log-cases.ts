// Logs others collected, read through the real engine by the parsers of the house. They stand outside the project.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSegment } from '../src/collect/load/read-batch.ts'
import { openBench } from '../src/collect/parsers/golden.ts'
import { readParsers } from '../src/collect/parsers/parser-content.ts'
import { encodeSegment } from '../src/collect/spool/record.ts'
import { openEmbeddedEngine, trusted } from '../src/store/index.ts'

const PARSERS = join(import.meta.dirname, '../content/parsers')

/** Where a file of the shared logs lies; undefined where they are absent. */
export function sharedLog(name: string): string | undefined {
  const path = join(import.meta.dirname, '../../shared/data/logs', name)
  return existsSync(path) ? path : undefined
}

export type LogRow = Readonly<Record<string, unknown>>

/** Lines that share a context, such as the header of their file. */
export type LinesUnder = { readonly context: string; readonly lines: readonly string[] }

export type ReadRequest = {
  /** Read as one batch, in this order. */
  readonly lines: readonly string[] | readonly LinesUnder[]
  readonly zone?: string
  readonly receivedMs?: number
  /** SQL of what is wanted of each row. */
  readonly columns: string
}

export type LogBench = {
  /** A folder of its own, with the archive unpacked where one is given. */
  readonly folder: string
  readonly read: (request: ReadRequest) => Promise<readonly LogRow[]>
  readonly close: () => Promise<void>
}

export async function openLogBench(archive?: string): Promise<LogBench> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-logs-'))
  if (archive !== undefined) execFileSync('tar', ['-xzf', archive, '-C', folder])
  const parsers = readParsers(PARSERS, (problem) => {
    throw problem
  })
  const engine = await openEmbeddedEngine({
    folder: join(folder, 'engine'),
    memoryMib: 1200,
    intakeLanes: 1,
    askLanes: 1,
  })
  const bench = await openBench(engine, PARSERS, parsers)
  const file = join(folder, 'lines.rb')
  return {
    folder,
    read: async ({ lines, zone = 'UTC', receivedMs = Date.now(), columns }) => {
      writeFileSync(file, encodeParts(partsOf(lines), receivedMs))
      await readSegment({ ...bench, zone, batch: 'case', forced: new Map() }, file)
      const answer = await bench.lane.query(
        trusted(`SELECT ${columns} FROM ${bench.tables.rows} ORDER BY line`),
      )
      return answer.rows
    },
    close: async () => {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function partsOf(lines: ReadRequest['lines']): readonly LinesUnder[] {
  return lines.map((line) => (typeof line === 'string' ? { context: '', lines: [line] } : line))
}

function encodeParts(parts: readonly LinesUnder[], receivedMs: number): Buffer {
  let from = 0
  return Buffer.concat(
    parts.map(({ context, lines }) => {
      const bytes = encodeSegment(lines, { source: 'case', context, receivedMs, from })
      from += lines.length
      return bytes
    }),
  )
}

/** An address column as people write it; '' where there is none. */
export function addressText(column: string): string {
  return `if(${column} = toIPv6('::'), '', replaceOne(toString(${column}), '::ffff:', ''))`
}
