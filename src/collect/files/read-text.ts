// Plain chunks through the text reader into the intake, waiting when the intake is full.

import { MAX_LINE_BYTES } from '../intake.ts'
import type { Chunks } from './chunks.ts'
import { LineWriter } from './line-writer.ts'
import { StopReading, report } from './reading.ts'
import type { Reading } from './reading.ts'
import { settle } from './settle.ts'
import { TextReader } from './text-reader.ts'

export type TextPart = {
  /** As problems name it. */
  readonly file: string
  readonly source: string
  readonly chunks: Chunks
  /** The file itself, not a member of one: its offsets mean something later on. */
  readonly isWhole?: boolean | undefined
  /** Given where the chunks begin in the middle of text known to be lines. */
  readonly framing?: 'lines' | undefined
}

/** Everything up to where the chunks end or fail is handed on; then the failure is thrown on. */
export async function readText(reading: Reading, part: TextPart): Promise<void> {
  const { file, source, chunks, isWhole = false, framing } = part
  const writer = new LineWriter(reading.intake, { kind: reading.kind, source }, reading.skip)
  const text = new TextReader(writer, framing)
  const offset = () => (isWhole ? text.resumeAt : null) ?? 0
  let isStopped = false
  try {
    for await (const chunk of chunks) {
      text.push(chunk)
      await settle(reading, writer, offset())
      isStopped = reading.signal?.aborted === true
      if (isStopped) throw new StopReading({ file, code: 'stopped', details: {} })
    }
  } finally {
    // Stopped, the last line is not over: it is read again from its beginning.
    if (!isStopped) text.end()
    await settle(reading, writer, offset())
    reportEnd(reading, file, text)
  }
}

function reportEnd(reading: Reading, file: string, text: TextReader): void {
  const { cut, isUnended } = text
  if (cut > 0)
    report(reading, {
      file,
      code: 'lines_cut',
      details: { count: cut, limitBytes: MAX_LINE_BYTES },
    })
  if (isUnended) report(reading, { file, code: 'unended', details: {} })
}
