// A document of YAML as a tree whose every part knows where it stands.

export type Place = { readonly line: number; readonly column: number }

export type Tree = ScalarTree | ListTree | MapTree
export type ScalarTree = {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** As written, so that `0x10` and `1.0` keep their text. */
  readonly text: string
  readonly at: Place
}
export type ListTree = {
  readonly kind: 'list'
  readonly items: readonly Tree[]
  readonly at: Place
}
export type MapTree = {
  readonly kind: 'map'
  readonly entries: readonly Entry[]
  readonly at: Place
}
export type Entry = { readonly key: string; readonly value: Tree; readonly at: Place }
