import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { literalFinder } from './literal-finder.ts'
import { readPriorities } from './priority-content.ts'

const FOLDER = join(import.meta.dirname, '../../../content/priority')
const PARSERS = join(FOLDER, '../parsers')
const priorities = readPriorities(FOLDER, (cause) => {
  throw cause
})
const all = literalFinder(priorities.flatMap(({ lines }) => lines))
const isFirst = (has: typeof all, line: string) => {
  const bytes = Buffer.from(line)
  return has(bytes, 0, bytes.length)
}
const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')

describe.each(priorities)('priority $name', ({ name, lines }) => {
  const golden = (which: string) => join(FOLDER, 'golden', `${name}.${which}.raw`)

  test('sends its alarms first', () => {
    expect(existsSync(golden('first'))).toBe(true)
    const missed = linesOf(golden('first')).filter((line) => !isFirst(literalFinder(lines), line))
    expect(missed).toEqual([])
  })

  test('leaves other lines where they are, whatever the others say', () => {
    expect(linesOf(golden('others')).filter((line) => isFirst(all, line))).toEqual([])
  })
})

test('few lines of all parsers’ golden examples go first, and none of ordinary logs', () => {
  const ordinary = ['apache-error', 'bind', 'entra', 'flow', 'iis', 'squid', 'syslog', 'web-access']
  const wrong = ordinary.flatMap((parser) =>
    readdirSync(join(PARSERS, parser, 'golden'))
      .filter((file) => file.endsWith('.raw'))
      .flatMap((file) => linesOf(join(PARSERS, parser, 'golden', file)))
      .filter((line) => isFirst(all, line)),
  )
  expect(wrong).toEqual([])
})
