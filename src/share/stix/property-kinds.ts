// How the tables of properties say what a property is. `list` before and `!` (required) behind.
//   ov:NAME and enum:NAME name a vocabulary; ref:A|B an identifier of an object of those types.

export type Properties = Readonly<Record<string, string>>

export type PropertyKind = {
  readonly isRequired: boolean
  readonly isList: boolean
  /** Without what follows a colon. */
  readonly base: string
  readonly argument: string
}

const read = new Map<string, PropertyKind>()

/** Tables are few and objects many: each text is taken apart once. */
export function parseKind(text: string): PropertyKind {
  const known = read.get(text)
  if (known !== undefined) return known
  const kind = split(text)
  read.set(text, kind)
  return kind
}

function split(text: string): PropertyKind {
  const isRequired = text.endsWith('!')
  const isList = text.startsWith('list ')
  const [base = '', argument = ''] = text
    .replace(/^list /, '')
    .replace(/!$/, '')
    .split(':')
  return { isRequired, isList, base, argument }
}
