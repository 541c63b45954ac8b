import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readScan } from './formats.ts'
import type { Scanned, ScannedFinding } from './scanned.ts'

const SCANS = join(import.meta.dirname, '../../../../shared/data/posture/scans')

async function allOf(file: string, bytes: AsyncIterable<Uint8Array>) {
  const { tool, scanned } = await readScan({ file, bytes })
  const all: Scanned[] = []
  for await (const one of scanned) all.push(one)
  return { tool, all, findings: all.filter((one): one is ScannedFinding => one.kind === 'finding') }
}

async function* text(content: string): AsyncGenerator<Uint8Array> {
  // Cut in small pieces, as a network would.
  const bytes = Buffer.from(content)
  for (let at = 0; at < bytes.length; at += 97) yield bytes.subarray(at, at + 97)
}

const rows = existsSync(SCANS)
  ? readFileSync(join(SCANS, 'expected_counts.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
  : []

const ABSENT: readonly string[] = ['', 'of the shared cases, which are not here,', '']

describe('reports of scanners', () => {
  test.skipIf(rows.length === 0).each(rows.length === 0 ? [ABSENT] : rows)(
    '%s %s holds %s findings',
    async (tool = '', file = '', expected) => {
      const path = join(SCANS, tool, file)
      const { findings } = await allOf(file, createReadStream(path))
      const counted = findings.filter(({ state }) => state !== 'no-fix')
      expect(new Set(counted.map(({ group }) => group)).size).toBe(Number(expected))
    },
  )
})

describe('hostile files', () => {
  test.each([
    [
      'an entity bomb',
      '<?xml version="1.0"?><!DOCTYPE nmaprun [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><nmaprun><host><status state="up"/><hostnames><hostname name="&b;"/></hostnames></host></nmaprun>',
      'entities',
    ],
    ['half an XML', '<nmaprun><host><status state="up"/>', 'not_xml'],
    ['nesting without end', `<nmaprun>${'<a>'.repeat(200)}`, 'too_deep'],
    ['half a JSON', '{"bomFormat": "CycloneDX", "components": [', 'not_json'],
    ['a letter', 'Dear colleagues, nothing to see here.', 'unknown_scan'],
    ['a broken archive', 'PK\u0003\u0004garbage', 'not_packed'],
    ['nothing', ' \n', 'empty'],
    ['a list of other columns', 'Gerät;Farbe\nrouter-1;blau\n', 'no_columns'],
  ])('%s is refused with a sentence', async (_, content, problem) => {
    await expect(allOf('scan', text(content))).rejects.toMatchObject({
      code: 'EXPOSURE_FILE_REFUSED',
      details: { problem },
    })
  })
})
