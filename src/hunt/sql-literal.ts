// A string as the engine reads it, written by us alone.

/** Control characters are written as escapes: a NUL would end the statement's text for the embedded engine. */
export function sqlString(text: string): string {
  const safe = text
    .toWellFormed()
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll(/[\u0000-\u001f\u007f]/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return `'${safe}'`
}
