// What could not be read. Inside a record damage is thrown, so that it leaves any depth at once; at the record it becomes a value.

export type ChunkDamage = {
  /** Byte within the chunk where the record begins, or should. */
  readonly offset: number
  /** What was met, in English, for the person who examines the file. */
  readonly reason: string
}

export class Damaged extends Error {
  override readonly name = 'Damaged'
}

/** Throws again what is not damage: that is a fault of ours. */
export function asDamage(thrown: unknown, offset: number): ChunkDamage {
  if (thrown instanceof Damaged) return { offset, reason: thrown.message }
  throw thrown
}
