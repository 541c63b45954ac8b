// Logs of real systems against what other readers and Windows itself make of them. They lie outside the repository and are
// never copied into it; without them these tests are skipped.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEvtxChunk } from './chunk.ts'
import { readEvtxFile } from './file.ts'
import { CHUNK_BYTES, FILE_HEADER_BYTES, FREE_SPACE_AT } from './layout.ts'
import { seeded } from './seeded.test-helper.ts'
import { flatEvent, windowsEvents } from './windows-xml.test-helper.ts'

const data = join(import.meta.dirname, '../../../../shared/data/sigma')
const samples = join(data, 'evtx/evtx-samples.tar.gz')
const regression = join(data, 'regression/regression.tar.gz')
const isThere = existsSync(samples) && existsSync(regression)
const suite = isThere
  ? 'logs of real systems'
  : 'logs of real systems: skipped, ../shared/data/sigma is not there'

const CAPI2 = 'E_Windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

let folder = ''

beforeAll(() => {
  if (!isThere) return
  folder = mkdtempSync(join(tmpdir(), 'vigie-evtx-'))
  for (const archive of [samples, regression]) execFileSync('tar', ['xzf', archive, '-C', folder])
})
afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true })
})

async function eventsOf(file: string, workers = 0) {
  const events: Json[] = []
  const summary = await readEvtxFile(
    join(folder, file),
    (lines) => {
      for (const line of lines.toString().split('\n'))
        if (line !== '') events.push(JSON.parse(line))
    },
    { workers },
  )
  return { events, summary }
}

function table(file: string): string[][] {
  if (!isThere) return []
  const lines = readFileSync(join(data, file), 'utf8').trim().split('\n').slice(1)
  return lines.map((line) => line.split('\t'))
}

function found(value: Json | undefined, ...path: string[]): Json | undefined {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return undefined
    here = here[key]
  }
  return here
}

function mapTexts(value: Json, change: (text: string) => Json): Json {
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  const entries = Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)])
  return Object.fromEntries(entries)
}

/** evtx_dump cuts times to six digits. */
function withTimesCut(event: Json): Json {
  return mapTexts(event, (text) => text.replace(/(?<=T[\d:]{8}\.\d{6})\d(?=Z$)/, ''))
}

/** A newer one also trims texts. */
function asCut(event: Json): Json {
  return mapTexts(withTimesCut(event), (text) => text.trim())
}

/**
 * evtx_dump's arrangement as ours: attributes set apart (`X_attributes`) come back to their element, numbered names (`X_1`)
 * become arrays, unnamed Data is an array by itself, and an absent Binary, which Windows does not write, is not null.
 */
function asArranged(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const into = new Map<string, Json>()
  for (const [key, item] of Object.entries(reunited(value))) arrange(into, key, asArranged(item))
  return Object.fromEntries(into)
}

function reunited(value: { [key: string]: Json }): { [key: string]: Json } {
  const into: { [key: string]: Json } = {}
  for (const [key, item] of Object.entries(value)) {
    const element = /^(.+)_attributes$/.exec(key)?.[1]
    if (element !== undefined) into[element] = { '#attributes': item }
    else
      into[key] = key in into ? withAttributes(found(into[key], '#attributes') ?? null, item) : item
  }
  return into
}

function arrange(into: Map<string, Json>, key: string, item: Json): void {
  const numbered = /^(.+)_\d+$/.exec(key)?.[1] ?? ''
  const first = into.get(numbered)
  if (first !== undefined) into.set(numbered, [...(Array.isArray(first) ? first : [first]), item])
  else if (key === 'Data') into.set(key, found(item, '#text') ?? item)
  else if (key !== 'Binary' || item !== null) into.set(key, item)
}

function withAttributes(attributes: Json, item: Json): Json {
  if (typeof item === 'object' && !Array.isArray(item))
    return { '#attributes': attributes, ...item }
  return { '#attributes': attributes, '#text': item }
}

/** Velocidex writes hexadecimal integers as numbers and attributes as members. */
function plain(value: Json): Json {
  const texts = mapTexts(value, (text) => (/^0x[0-9a-f]+$/.test(text) ? Number(text) : text.trim()))
  if (typeof texts !== 'object' || texts === null || Array.isArray(texts)) return texts
  const into: Json = {}
  for (const [key, item] of Object.entries(texts)) {
    if (key === '#attributes') Object.assign(into, item)
    else into[key] = plain(item)
  }
  return into
}

function recordId(event: Json): string {
  return JSON.stringify(found(event, 'Event', 'System', 'EventRecordID')).replaceAll('"', '')
}

describe.skipIf(!isThere)(suite, () => {
  test('34 files are expected', () => {
    expect(table('evtx/expected-records.tsv')).toHaveLength(34)
  })

  test.each(table('evtx/expected-records.tsv'))(
    '%s: %s bytes, %s to %s records, at most %s damaged',
    async (file, _, least, most, damaged) => {
      const { events, summary } = await eventsOf(file ?? '')
      expect(events.length).toBe(summary.records)
      expect(summary.records).toBeGreaterThanOrEqual(Number(least))
      expect(summary.records).toBeLessThanOrEqual(Number(most))
      expect(summary.damages).toBeLessThanOrEqual(Number(damaged))
      expect(summary.salvaged).toBe(0)
    },
  )

  test.each(['Application', 'Security', 'System'])(
    '%s: every event has the elements, attributes and texts that Windows exported',
    async (log) => {
      const { events } = await eventsOf(`ts-evtx/${log}.evtx`, 1)
      const byId = new Map(events.map((event) => [recordId(event), event]))
      const wanted = windowsEvents(readFileSync(join(folder, `ts-evtx/${log}.xml`), 'utf8'))
      expect(wanted.size).toBe(events.length)
      for (const [id, facts] of wanted)
        expect(flatEvent(byId.get(id)), `record ${id}`).toEqual(facts)
    },
  )

  test('101 regression logs read as evtx_dump reads them', async () => {
    const files = readdirSync(join(folder, 'regression_data'), {
      recursive: true,
      encoding: 'utf8',
    })
    const logs = files.filter((file) => file.endsWith('.evtx'))
    let compared = 0
    for (const log of logs) {
      const { events } = await eventsOf(join('regression_data', log))
      const json = readFileSync(
        join(folder, 'regression_data', log.replace(/evtx$/, 'json')),
        'utf8',
      )
      const wanted: Json[] = JSON.parse(`[${json.trim().replaceAll(/^\}\s*^\{/gm, '},{')}]`)
      expect(events.map(asCut), log).toEqual(wanted)
      compared += events.length
    }
    expect([logs.length, compared]).toEqual([101, 114])
  })

  test.each([
    ['security.evtx', '1', 'event_json_sample'],
    ['Security_with_size_t.evtx', '196', 'event_json_with_size_t'],
    ['security_bad_string_cache.evtx', '1', 'event_json_missing_string_cache_entry'],
    ['system.evtx', '1', 'event_json_sample_with_event_data_with_attributes_and_text'],
    ['issue_201.evtx', '3229', 'event_json_multiple_empty_data_nodes_not_ignored'],
    ['MSExchange_Management_wec.evtx', '3229', 'event_json_with_multiple_data_elements-2'],
    [CAPI2, '28', 'event_json_with_multiple_nodes_same_name'],
    [CAPI2, '28', 'event_json_with_multiple_nodes_same_name_separate'],
  ])('%s, record %s, is as in %s', async (file, id, snapshot) => {
    const { events } = await eventsOf(`omerbenamram/${file}`)
    const snap = readFileSync(join(folder, `omerbenamram/expected/${snapshot}.snap`), 'utf8')
    const wanted: Json = JSON.parse(snap.slice(snap.indexOf('\n{')))
    const event = events.find((candidate) => recordId(candidate) === id)
    expect(withTimesCut(event ?? null)).toEqual(asArranged(wanted))
  })

  test.each([
    ['Security.evtx', 'Event4624_linux.golden'],
    ['Microsoft-Windows-CAPI2_Operational_EventID70.evtx', 'CAPI2_Operational.golden'],
  ])('%s has the data of %s', async (file, golden) => {
    const { events } = await eventsOf(`velocidex/${file}`)
    const wanted: Json = JSON.parse(readFileSync(join(folder, 'velocidex', golden), 'utf8'))
    const id = JSON.stringify(found(wanted, 'System', 'EventRecordID'))
    const event = events.find((candidate) => recordId(candidate) === id)
    expect(event).toBeDefined()
    for (const part of ['EventData', 'UserData']) {
      expect(plain(found(event, 'Event', part) ?? null)).toEqual(plain(found(wanted, part) ?? null))
    }
  })

  test('new-user-security.evtx with one random byte changed never throws and gives whole lines', () => {
    const file = readFileSync(join(folder, 'omerbenamram/new-user-security.evtx'))
    const chunk = file.subarray(FILE_HEADER_BYTES)
    const used = chunk.readUInt32LE(FREE_SPACE_AT)
    const next = seeded(196)
    let records = 0
    for (let round = 0; round < 3000; round += 1) {
      const at = next() % used
      const before = chunk[at] ?? 0
      chunk[at] = next() & 0xff
      const { lines, count } = readEvtxChunk(chunk)
      chunk[at] = before
      const texts = lines.toString().split('\n').slice(0, -1)
      expect(texts).toHaveLength(count)
      for (const text of texts) JSON.parse(text)
      records += count
    }
    expect(records).toBeGreaterThan(3000 * 3)
  })

  test('System.evtx with one random byte changed keeps the records of all other chunks', async () => {
    const file = readFileSync(join(folder, 'ts-evtx/System.evtx'))
    const counts: number[] = []
    for (let at = FILE_HEADER_BYTES; at < file.length; at += CHUNK_BYTES) {
      counts.push(readEvtxChunk(file.subarray(at, at + CHUNK_BYTES)).count)
    }
    const next = seeded(1247)
    for (let round = 0; round < 60; round += 1) {
      const damaged = Buffer.from(file)
      const at = FILE_HEADER_BYTES + (next() % (file.length - FILE_HEADER_BYTES))
      damaged[at] = next() & 0xff
      writeFileSync(join(folder, 'damaged.evtx'), damaged)
      const { summary } = await eventsOf('damaged.evtx')
      const chunk = Math.floor((at - FILE_HEADER_BYTES) / CHUNK_BYTES)
      expect(summary.records).toBeGreaterThanOrEqual(1247 - (counts[chunk] ?? 0))
      for (const damage of summary.damaged) expect(damage.chunk).toBe(chunk)
    }
  }, 60_000)

  test('records behind a break are found when asked for: ids 4 to 117 behind one of size 0', async () => {
    const ids: string[] = []
    const path = join(folder, 'omerbenamram/sample-with-zero-data-size-event.evtx')
    const { salvaged } = await readEvtxFile(
      path,
      (lines) => {
        for (const line of lines.toString().trimEnd().split('\n'))
          ids.push(recordId(JSON.parse(line)))
      },
      { workers: 0, salvage: true },
    )
    expect(salvaged).toBe(114)
    expect(new Set(ids).size).toBe(449)
  })

  test('keeps the spaces at the end of a text', async () => {
    const { events } = await eventsOf('omerbenamram/security.evtx')
    const event = events.find((candidate) => recordId(candidate) === '2260')
    expect(found(event, 'Event', 'EventData', 'LogonProcessName')).toBe('Advapi  ')
  })
})
