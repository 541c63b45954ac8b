/** A string literal of the engine. */
export function literal(text: string): string {
  const escaped = text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\0', String.raw`\0`)
  return `'${escaped}'`
}
