// In: a Windows event log (.evtx), as a file or as one chunk of 64 KiB.
// Out: one line of JSON a record, shaped as evtx_dump shapes it, and an account of what could not be read.
// Never here: deciding what an event means. The lines become raw lines, and SQL parses them.

export { readEvtxChunk } from './chunk.ts'
export type { ChunkLines, ChunkOptions } from './chunk.ts'
export type { ChunkDamage } from './damage.ts'
export { readEvtxFile } from './file.ts'
export type { EvtxOptions, OnLines } from './file.ts'
export { isEvtx } from './header.ts'
export type { EvtxDamage, EvtxSummary } from './summary.ts'
