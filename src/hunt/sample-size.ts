// How many events are counted one by one, and how many stand for more.

/** When to sample, and how much. */
export type SampleSize = {
  /** No more events than these are all counted. */
  readonly upTo: number
  /** Events in the blocks that are taken, about. */
  readonly inBlocks: number
  /** One of so many is taken from each block: where reading one costs much, few from many blocks say more than whole blocks. */
  readonly oneIn: number
}
