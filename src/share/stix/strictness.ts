// What a receiver asks beyond the standard.

/** How strict a receiver is beyond the standard; nothing of it is asked unless said. */
export type Strictness = {
  /** Properties that neither the standard nor the object's own tables know are refused, whatever extension brings them. */
  readonly closedProperties?: boolean
  /** Patterns may look at types of the standard alone. */
  readonly closedTypes?: boolean
  /** The profile for interoperability: every domain object says who made it. */
  readonly needsCreator?: boolean
}
