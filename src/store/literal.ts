/** A string literal of the engine. For code and checked content; values from outside are bound. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
