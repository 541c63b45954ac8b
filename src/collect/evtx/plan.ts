// What a template or a fragment compiles to: pieces of JSON that never change, and slots for the values of each record.

/** A value of the record by its index. Null in an optional slot takes its element or attribute away. */
export type Slot = { readonly kind: 'slot'; readonly index: number; readonly optional: boolean }

export type Literal = {
  readonly kind: 'literal'
  /** Escaped for JSON, without quotes. */
  readonly json: Uint8Array
  /** White space alone, which between elements is layout and not text. */
  readonly blank: boolean
}

export type Text = Slot | Literal

export type PlannedAttribute = {
  /** `,"Name":` */
  readonly key: Uint8Array
  /** As of an element. */
  readonly gate: number
  readonly texts: readonly Text[]
}

export type PlannedElement = {
  readonly name: string
  /** `,"Name":` */
  readonly key: Uint8Array
  /** `<Data>` without a name: an array even when alone. */
  readonly isList: boolean
  /** `<Data>` holds text, so nothing in it is an empty text; any other empty element is null. */
  readonly isData: boolean
  /** Index of the optional slot that is its whole content; -1 when there is none. */
  readonly gate: number
  readonly isConstant: boolean
  readonly attributes: readonly PlannedAttribute[]
  readonly content: Content
}

export type Member =
  /** Elements without a value of the record: written once, then copied from `json`. */
  | { readonly kind: 'constant'; readonly elements: readonly PlannedElement[]; json?: Uint8Array }
  | { readonly kind: 'one'; readonly element: PlannedElement }
  /** Elements of one name: an array where more than one of them is there. */
  | { readonly kind: 'many'; readonly elements: readonly [PlannedElement, ...PlannedElement[]] }

export type Content = {
  readonly elements: readonly PlannedElement[]
  /** The same elements, grouped by name in the order of first appearance. */
  readonly members: readonly Member[]
  readonly texts: readonly Text[]
  readonly slots: readonly Slot[]
  readonly instances: readonly Instance[]
}

export type Template = {
  readonly content: Content
  /** Undefined where the content is not plain enough. */
  readonly program: Program | undefined
}

/** The same as instructions (`program.ts`): what `run-program.ts` runs. */
export type Program = {
  readonly ops: Int32Array
  /** The constants, with room behind them as `ByteSink.copy` wants it. */
  readonly constants: DataView
  readonly elements: readonly PlannedElement[]
  readonly groups: readonly (readonly PlannedElement[])[]
  /** Names of the outermost elements. */
  readonly names: readonly string[]
}

/** What a record gives for the slots: the type of each value by its index, and where it stands in the chunk. */
export type SlotValues = {
  readonly typeOf: (index: number) => number
  readonly startOf: (index: number) => number
  readonly endOf: (index: number) => number
}

/** A template with the values it is filled with. */
export type Instance = { readonly content: Content; readonly values: SlotValues }

/** What the parser met, in document order, before it is arranged as JSON. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | Slot
  | { readonly kind: 'element'; readonly element: PlannedElement }
  | { readonly kind: 'instance'; readonly instance: Instance }

export type AttributePieces = { readonly name: string; readonly pieces: readonly Piece[] }
