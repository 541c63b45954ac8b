// One record as one object. Nearly every record is a template and its values; of any other all pieces are put together.

import { spend } from './chunk-state.ts'
import { parseFragment, takeOnlyTemplate } from './parse.ts'
import type { Rendering } from './render-text.ts'
import { renderRecord } from './render.ts'
import { runProgram } from './run-program.ts'

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
/** The record and its template, as `sourcesOf` counts them. */
const SOURCES = 2

/** The BinXml of a record in [at, end) of the chunk. */
export function writeRecord(to: Rendering, at: number, end: number): void {
  const { chunk, sink, values } = to
  const program = takeOnlyTemplate({ chunk, at, end }, values)?.program
  if (program === undefined) {
    renderRecord(to, parseFragment({ chunk, at, end }))
    return
  }
  spend(chunk, SOURCES)
  sink.byte(OPEN_OBJECT)
  runProgram(to, program, values)
  sink.byte(CLOSE_OBJECT)
}
