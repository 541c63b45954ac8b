// Windows event logs: decoded next door to one JSON line an event.

import { LF } from './framer.ts'
import { LineWriter } from './line-writer.ts'
import type { Reading } from './reading.ts'

export async function readEvtx(
  reading: Reading,
  { source }: { readonly file: string; readonly source: string },
  path: string,
): Promise<void> {
  const writer = new LineWriter(reading.intake, { kind: reading.kind, source }, reading.skip)
  // @ts-ignore -- TEMPORARY until the room next door has its index
  const { readEvtxFile } = await import('../evtx/index.ts')
  await readEvtxFile(path, (lines: Buffer) => writeLines(writer, lines), {})
  const { lines, bytes } = writer.takeCounts()
  reading.count(lines, bytes)
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
