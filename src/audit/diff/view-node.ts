// One statement or block as it is compared.

import type { Fact } from './facts.ts'

export type ViewNode = {
  /** Unique among its siblings; the same in another version of the device. */
  readonly key: string
  readonly text: string
  /** Everything it stands in, then itself. */
  readonly path: string
  readonly isBlock: boolean
  readonly isOrdered: boolean
  readonly children: readonly ViewNode[]
  readonly first: number
  readonly last: number
}

/** A comment: no statement, but what collectors write the answers of `show` into. */
export type Note = { readonly text: string; readonly first: number; readonly last: number }

export type ConfigView = {
  readonly root: ViewNode
  readonly facts: readonly Fact[]
  readonly notes: readonly Note[]
}
