// A string as the engine reads it, written by us alone.

/** Control characters are written as escapes: a NUL would end the statement's text for the embedded engine. */
export function sqlString(text: string): string {
  const safe = text
    .toWellFormed()
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll(/\p{Cc}/gu, escapedControl)
  return `'${safe}'`
}

/** Above 0x7f a control character is two bytes, which no escape of one byte can give; those are harmless as they are. */
function escapedControl(control: string): string {
  const code = control.charCodeAt(0)
  return code > 0x7f ? control : `\\x${code.toString(16).padStart(2, '0')}`
}
