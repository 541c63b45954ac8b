// Lines that are cut, doubled, or hold bytes that nobody wrote: each stays one event with its bytes as they came, and none
// breaks the statement that reads its neighbours. Every golden line of every parser is spoiled in every way below.

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmbeddedEngine, trusted } from '../../store/index.ts'
import { readSegment } from '../load/read-batch.ts'
import { encodeSegment } from '../spool/record.ts'
import { GOLDEN_RECEIVED_MS, GOLDEN_ZONE, openBench } from './golden.ts'
import type { Bench } from './golden.ts'
import { readParsers } from './parser-content.ts'

const CONTENT = join(import.meta.dirname, '../../../content/parsers')
const parsers = readParsers(CONTENT, (problem) => {
  throw problem
})
const names = [...new Set(parsers.map(({ name }) => name))]
const folder = mkdtempSync(join(tmpdir(), 'vigie-hostile-'))
let bench: Bench

beforeAll(async () => {
  const data = join(folder, 'data')
  const engine = await openEmbeddedEngine({
    folder: data,
    memoryMib: 1200,
    intakeLanes: 1,
    askLanes: 1,
  })
  bench = await openBench(engine, CONTENT, parsers)
})

afterAll(async () => {
  await bench.engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Stands for three bytes that are no UTF-8; put in place once the segment is written. */
const BROKEN = '\u{F8FF}'
const BROKEN_BYTES = Buffer.from([0xff, 0xc3, 0x28])

/** A number from 0 up to a bound, the same in every run. */
function draws(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    // Numerical Recipes, section 7.1: a full-period linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % Math.max(below, 1)
  }
}

type Spoil = (line: string, draw: (below: number) => number) => string

const insert = (line: string, at: number, text: string): string =>
  line.slice(0, at) + text + line.slice(at)

const SPOILS: Readonly<Record<string, Spoil>> = {
  'is cut anywhere': (line, draw) => line.slice(0, 1 + draw(line.length)),
  'lost its beginning': (line, draw) => line.slice(draw(line.length)),
  'holds NUL': (line, draw) => insert(line, draw(line.length), '\0\0'),
  'holds bytes that are no UTF-8': (line, draw) => insert(line, draw(line.length), BROKEN),
  'holds the separators of the parsers': (line, draw) =>
    insert(line, draw(line.length), '\u0001\u0002\u0003\\'),
  'says everything twice': (line) => `${line} ${line}`,
  'says one word twice': (line, draw) => {
    const words = line.split(/(?<=[ ,;|\t])/)
    const at = draw(words.length)
    return words.toSpliced(at, 0, ...words.slice(at, at + 1)).join('')
  },
  'has a quote too many': (line, draw) => insert(line, draw(line.length), '"'),
  'has no numbers any more': (line) => line.replaceAll(/\d+/g, ''),
  'has numbers too large': (line) => line.replaceAll(/\d+/g, (digits) => `${digits}9999999999999`),
  'has negative and broken numbers': (line) => line.replaceAll(/\d+/g, '-1.5e999'),
  'has empty values': (line) => line.replaceAll(/(?<=[=:]"?)[^",; ]+/g, ''),
  'has a very long value': (line, draw) => insert(line, draw(line.length), 'é%s\\"'.repeat(2000)),
}

describe.each(names)('parser %s', (name) => {
  test('keeps every spoiled line as an event, and stops for none', async () => {
    const files = goldenOf(name)
    const draw = draws(name.length)
    const spoiled = files.map(({ context, lines }) => ({
      context,
      lines: lines.flatMap((line) => Object.values(SPOILS).map((spoil) => spoil(line, draw))),
    }))
    // A header that does not belong to the lines.
    const strange = {
      context: '#Fields: a b\n#fields\ta\tb',
      lines: files.flatMap(({ lines }) => lines),
    }
    await keepsAll(name, [...spoiled, strange])
  })
})

type Part = { readonly context: string; readonly lines: readonly string[] }

/** Lines of each golden file, and what they need from the head of their file. */
function goldenOf(name: string): readonly Part[] {
  const golden = join(CONTENT, name, 'golden')
  const files = readdirSync(golden).filter((file) => file.endsWith('.raw'))
  return files.map((file) => {
    const text = readFileSync(join(golden, file), 'utf8').replace(/\n$/, '').split('\n')
    const isContext = (line: string) => line.startsWith('#context ')
    return {
      context: text
        .filter(isContext)
        .map((line) => line.slice('#context '.length))
        .join('\n'),
      lines: text.filter((line) => !isContext(line)),
    }
  })
}

/** Reads lines with the parser forced on all of them, as one batch, and compares what is kept with what was sent. */
async function keepsAll(name: string, parts: readonly Part[]): Promise<void> {
  const file = join(folder, 'lines.rb')
  const lines = parts.flatMap((part) => part.lines)
  let from = 0
  const segments = parts.map(({ context, lines: own }) => {
    const origin = { source: 'hostile', context, receivedMs: GOLDEN_RECEIVED_MS, from }
    from += own.length
    return encodeSegment(own, origin)
  })
  writeFileSync(file, broken(Buffer.concat(segments)))
  const forced = new Map([['hostile', name]])
  const outcome = await readSegment({ ...bench, zone: GOLDEN_ZONE, batch: 'b', forced }, file)
  const { rows } = await bench.lane.query<{ bytes: string; status: string }>(
    trusted(
      `SELECT hex(raw) AS bytes, toString(parse_status) AS status FROM ${bench.tables.rows} ORDER BY line`,
    ),
  )
  const sent = lines.map((line) => broken(Buffer.from(line)).toString('hex').toUpperCase())
  expect(rows.map(({ bytes }) => bytes)).toEqual(sent)
  const stopped = rows.flatMap(({ status }, at) => (status === 'failed' ? [lines[at]] : []))
  expect(stopped).toEqual([])
  expect(outcome.failed).toBe(0)
}

function broken(bytes: Buffer): Buffer {
  const mark = Buffer.from(BROKEN)
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at))
    BROKEN_BYTES.copy(bytes, at)
  return bytes
}
