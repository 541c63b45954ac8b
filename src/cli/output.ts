// How figures and tables look in a terminal. Log text is hostile: control characters never reach the terminal.

/** C0, C1 and direction controls become U+FFFD. */
export function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
}

/** Columns padded to their widest cell; the last one is not. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

/** Any zone; what is no time goes as it is, and the station says so. */
export function instant(text: string): string {
  const ms = /(?:Z|[+-]\d\d:?\d\d)$/u.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? text : new Date(ms).toISOString()
}
