// What Node compiled is kept for the next process, as `bin/vigie.js` keeps it: tests start hundreds, of themselves and of the program.

import { join } from 'node:path'

export const COMPILED = join(import.meta.dirname, '../node_modules/.cache/vigie-compiled')

export function setup(): void {
  process.env['NODE_COMPILE_CACHE'] ??= COMPILED
}
