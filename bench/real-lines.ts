// Lines of files, for measurements over what real machines wrote: every file of a folder, or one file.

import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export function realLines(place: string): readonly Buffer[] {
  const files = statSync(place).isDirectory()
    ? readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => join(place, name))
    : [place]
  return files.filter((file) => statSync(file).isFile()).flatMap(linesOf)
}

/** As they stand: bytes that are no text stay what they are. */
function linesOf(file: string): readonly Buffer[] {
  return readFileSync(file, 'latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'latin1'))
}
