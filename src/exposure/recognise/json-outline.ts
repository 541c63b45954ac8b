// The names in the first document of JSON that may be cut anywhere: `result.services.port`, lists left out, three deep.

/** Each name with the text or number that it first has; '' where that is an object, a list, or nothing yet. */
export type Outline = ReadonlyMap<string, string>

const DEPTH = 3
/** No report begins so deep; what does says nothing more. */
const MOST_OPEN = 100
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gy
const SPACE = /\s*/y

/** Never throws. */
export function outlineOf(text: string): Outline {
  const found = new Map<string, string>()
  /** An object has the name of its next value; a list has none. */
  const open: { readonly kind: '{' | '['; name: string | undefined }[] = []
  for (const token of tokens(text)) {
    const inner = open.at(-1)
    if (open.length > MOST_OPEN) return found
    if (token === '{' || token === '[') open.push({ kind: token, name: undefined })
    else if (token === '}' || token === ']') {
      open.pop()
      // The next document, or the next of a list, says no more of what this is.
      if (open.every(({ kind }) => kind === '[') && found.size > 0) return found
    } else if (token === ',' && inner !== undefined) inner.name = undefined
    else if (inner?.kind !== '{' || token === ':' || token === ',') continue
    else if (inner.name === undefined) {
      inner.name = textOf(token)
      note(found, pathOf(open), '')
    } else note(found, pathOf(open), textOf(token))
  }
  return found
}

function* tokens(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    SPACE.lastIndex = at
    at += SPACE.exec(text)?.[0].length ?? 0
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) return
    yield token
    at += token.length
  }
}

function pathOf(open: readonly { readonly name: string | undefined }[]): readonly string[] {
  return open.flatMap(({ name }) => name ?? [])
}

function note(found: Map<string, string>, path: readonly string[], value: string): void {
  if (path.length > DEPTH) return
  const name = path.join('.')
  if ((found.get(name) ?? '') === '') found.set(name, value)
}

/** What stands between the signs; an escape may be read when the whole is. */
function textOf(token: string): string {
  return token.startsWith('"') ? token.slice(1, -1) : token
}
