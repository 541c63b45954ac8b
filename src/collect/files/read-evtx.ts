// Windows event logs: decoded next door to one JSON line an event.

import { readEvtxFile } from '../evtx/index.ts'
import type { EvtxSummary } from '../evtx/index.ts'
import { LF } from './framer.ts'
import { LineWriter } from './line-writer.ts'
import { StopReading, report } from './reading.ts'
import type { Reading } from './reading.ts'
import { settle } from './settle.ts'

export type EvtxPart = { readonly file: string; readonly source: string }

/** Said one by one; the rest would say the same. */
const MAX_DAMAGES_SAID = 20

export async function readEvtx(reading: Reading, part: EvtxPart, path: string): Promise<void> {
  const { file, source } = part
  const writer = new LineWriter(reading.intake, { kind: reading.kind, source }, reading.skip)
  const take = async (lines: Buffer): Promise<void> => {
    writeLines(writer, lines)
    await settle(reading, writer, 0)
    if (reading.signal?.aborted === true)
      throw new StopReading({ file, code: 'stopped', details: {} })
  }
  reportDamage(reading, part, await readEvtxFile(path, take, {}))
}

function reportDamage(reading: Reading, { file }: EvtxPart, { damaged }: EvtxSummary): void {
  for (const { chunk, offset, reason } of damaged.slice(0, MAX_DAMAGES_SAID)) {
    const where = chunk < 0 ? reason : `${reason} (chunk ${chunk}, byte ${offset})`
    report(reading, { file, code: 'evtx_damaged', details: { reason: where } })
  }
}

function writeLines(writer: LineWriter, lines: Buffer): void {
  let at = 0
  while (at < lines.length) {
    const newline = lines.indexOf(LF, at)
    const stop = newline === -1 ? lines.length : newline
    writer.write(lines, at, stop)
    at = stop + 1
  }
}
