/** Replaces a bare identifier outside string literals. */
export function replaceIdentifier(text: string, identifier: string, replacement: string): string {
  return text.replaceAll(/'(?:[^'\\]|\\.|'')*'|[A-Za-z_][A-Za-z0-9_]*/gs, (token) =>
    token === identifier ? replacement : token,
  )
}
