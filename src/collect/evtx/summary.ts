// What reading a file amounted to.

import type { ChunkTally } from './chunk.ts'
import type { ChunkDamage } from './damage.ts'
import type { FileHeader } from './header.ts'
import { LIMITS } from './layout.ts'

/** `chunk` counts from 0, and is -1 for the file header. `offset` is the byte within it. */
export type EvtxDamage = ChunkDamage & { readonly chunk: number }

export type EvtxSummary = {
  /** Lines given, salvaged ones included. */
  readonly records: number
  readonly salvaged: number
  /** Chunks that hold records. */
  readonly chunks: number
  /** The first thousand damaged places; `damages` counts them all. */
  readonly damaged: readonly EvtxDamage[]
  readonly damages: number
  /** The log was copied while it was being written; normal for a live system. */
  readonly dirty: boolean
}

const FOREIGN: ChunkDamage = { offset: 0, reason: 'a chunk without its magic "ElfChnk"' }

export type SummaryBuilder = {
  readonly add: (chunk: ChunkTally) => void
  readonly done: () => EvtxSummary
}

export function summaryBuilder(header: FileHeader): SummaryBuilder {
  const sum = { records: 0, salvaged: 0, chunks: 0, damages: 0 }
  const damaged: EvtxDamage[] = []
  let index = 0
  let foreign: number[] = []
  const tell = (chunk: number, { offset, reason }: ChunkDamage) => {
    sum.damages += 1
    if (damaged.length < LIMITS.damagesTold) damaged.push({ chunk, offset, reason })
  }
  if (header.problem !== undefined) tell(-1, { offset: 0, reason: header.problem })
  return {
    add: (chunk) => {
      sum.records += chunk.count
      sum.salvaged += chunk.salvaged
      if (chunk.kind === 'foreign') {
        if (index < header.chunkCount) tell(index, FOREIGN)
        else foreign.push(index)
      }
      if (chunk.kind === 'records') {
        sum.chunks += 1
        // Beyond the chunks the header knows, space that was never written may hold anything. It is damage only
        // where a chunk still follows.
        for (const at of foreign) tell(at, FOREIGN)
        foreign = []
      }
      for (const damage of chunk.damaged) tell(index, damage)
      index += 1
    },
    done: () => ({ ...sum, damaged, dirty: header.isDirty }),
  }
}
