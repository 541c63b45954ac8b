// One tree for every make: statements with the lines they stand on, what they hold, and what was not understood.

/**
 * `opaque`: free text that is kept and never read as configuration (a banner, a certificate, a script).
 * `closer`: ends a block and says nothing else. `unparsed`: lowers the coverage that is shown.
 */
export type NodeKind = 'statement' | 'comment' | 'closer' | 'opaque' | 'unparsed'

export type ConfigNode = {
  readonly kind: NodeKind
  /** As written, without the indentation, the block's brace or the final semicolon. */
  readonly text: string
  /** First line, counted from 1. */
  readonly line: number
  /** Last line of its own text, without what it holds. */
  readonly ownLast: number
  /** Last line of what it holds. */
  readonly last: number
  readonly children: readonly ConfigNode[]
  readonly parent: ConfigNode | null
}

export const FORMS = ['indent', 'edit', 'brace', 'set', 'context', 'xml', 'json'] as const
/** How the nesting is written. `context`: a path line, then what happens there (RouterOS). */
export type Form = (typeof FORMS)[number]

export type ConfigTree = {
  readonly form: Form
  readonly root: ConfigNode
  /** The lines as read, without their ends. */
  readonly lines: readonly string[]
  readonly nodes: number
  /** Blocks that the text never ends. */
  readonly unclosed: number
  /** Indices of lines that belong to the terminal it was read from; comments in the tree. */
  readonly beside: ReadonlySet<number>
}

/** Why a configuration is not read. Nothing of it is kept then. */
export type TreeProblem =
  | {
      readonly kind: 'too_large' | 'line_too_long' | 'too_deep' | 'too_many_nodes'
      readonly line: number
      readonly limit: number
    }
  | {
      readonly kind: 'binary' | 'empty' | 'web_page' | 'refusal'
      readonly line: number
      readonly limit: 0
    }

/** Every node under one, in the order of the text. */
export function* walk(node: ConfigNode): Generator<ConfigNode> {
  for (const child of node.children) {
    yield child
    if (child.children.length > 0) yield* walk(child)
  }
}
