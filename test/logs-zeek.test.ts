// Zeek's own logs of forty kinds: each row under the names of its file's header, none lost. Skipped where they are absent.

import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFileInto } from '../src/collect/files/index.ts'
import { recordingIntake } from '../src/collect/files/recording-intake.test-helper.ts'
import { addressText, openLogBench, sharedLog } from './log-cases.ts'
import type { LinesUnder, LogBench, LogRow } from './log-cases.ts'

const ARCHIVE = sharedLog('logs-zeek.tar.gz')
const COLUMNS = `raw, parser, fields, ${addressText('src_ip')} AS src, ${addressText('dst_ip')} AS dst,
  toString(src_port) AS src_port_text, toString(dst_port) AS dst_port_text, toString(time_basis) AS basis`

type Part = LinesUnder & { readonly file: string; readonly names: readonly string[] }
type Read = { readonly file: string; readonly names: readonly string[]; readonly row: LogRow }

describe.skipIf(ARCHIVE === undefined)(
  'Zeek logs (skipped where the shared data are absent)',
  () => {
    let bench: LogBench
    const read: Read[] = []
    const lost: string[] = []
    const strange: string[] = []

    beforeAll(async () => {
      bench = await openLogBench(ARCHIVE)
      const root = join(bench.folder, 'zeek')
      const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.log'))
        .toSorted()
      const parts: Part[] = []
      for (const name of files) parts.push(...(await partsOf(join(root, name))))
      const rows = await bench.read({ lines: parts, columns: COLUMNS })
      let at = 0
      const kept = new Map<string, Set<unknown>>()
      for (const { file, names, lines } of parts) {
        const some = rows.slice(at, (at += lines.length))
        kept.set(file, new Set([...(kept.get(file) ?? []), ...some.map(({ raw }) => raw)]))
        if (names.length > 0) read.push(...some.map((row) => ({ file, names, row })))
        strange.push(...some.filter(({ parser }) => parser !== 'zeek').map(() => basename(file)))
      }
      for (const path of files.map((name) => join(root, name))) {
        const lines = readFileSync(path, 'utf8').split('\n')
        lost.push(...lines.filter((line) => isEvent(line) && kept.get(path)?.has(line) !== true))
      }
    }, 240_000)
    afterAll(() => bench.close())

    test('no row is lost, and each under a header is read as Zeek', () => {
      expect(read.length).toBeGreaterThan(1700)
      expect(lost).toEqual([])
      expect(read.filter(({ row }) => row['parser'] !== 'zeek')).toEqual([])
      // What has no header of its own: a certificate cut in two, and the notes above such files.
      expect(strange.length).toBeLessThan(30)
    })

    test('each value stands under its column’s name', () => {
      const wrong = read.flatMap(({ names, row }) =>
        valuesOf(names, row).filter(([name, want]) => fieldsOf(row)[name] !== want),
      )
      expect(wrong).toEqual([])
    })

    test('addresses and ports are typed, and a masked time is the time of receipt', () => {
      for (const { names, row } of read) {
        const told = new Map(valuesOf(names, row))
        const origin = told.get('id.orig_h')
        const port = told.get('id.resp_p')
        if (origin !== undefined && !origin.includes('%')) expect(row['src']).toBe(origin)
        if (port !== undefined) expect(row['dst_port_text']).toBe(port)
        if (told.get('ts')?.startsWith('X') === true) expect(row['basis']).toBe('received')
      }
    })
  },
)

/** The lines of a file as the station frames them, with what its header says. */
async function partsOf(path: string): Promise<readonly Part[]> {
  const intake = recordingIntake()
  await readFileInto({ path, name: path, intake, kind: 'file' })
  return [...Map.groupBy(intake.lines, (line) => line.context)].map(([context, lines]) => ({
    file: path,
    context,
    names: /^#fields\t(.*)$/m.exec(context)?.[1]?.split('\t') ?? [],
    lines: lines.map(({ text }) => text),
  }))
}

/** A line of the file that is neither a comment nor names of columns. */
function isEvent(line: string): boolean {
  return line !== '' && !line.startsWith('#') && !/^[a-z_.]+(?:\t[A-Za-z_.]+)+\t?$/.test(line)
}

/** What the row says under each name, without what Zeek writes for nothing. Escaped bytes are read by another test. */
function valuesOf(names: readonly string[], row: LogRow): readonly (readonly [string, string])[] {
  const cells = String(row['raw']).split('\t')
  return names.flatMap((name, at) => {
    const cell = cells[at] ?? '-'
    const isNothing = ['', '-', '(empty)', '::'].includes(cell) || cell.includes(String.raw`\x`)
    return isNothing || name === '' ? [] : [[name, cell] as const]
  })
}

function fieldsOf(row: LogRow): Readonly<Record<string, unknown>> {
  return Object(row['fields'])
}
