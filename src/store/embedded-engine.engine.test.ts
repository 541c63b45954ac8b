import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeOf, textHash } from './pattern-place.ts'
import { PatternPlaces, literal, openEmbeddedEngine, sql, trusted, typed } from './index.ts'
import type { EventEngine } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-engine-'))
let engine: EventEngine

beforeAll(async () => {
  engine = await openEmbeddedEngine({ folder, memoryMib: 700, intakeLanes: 1, askLanes: 2 })
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a statement that fails midway leaves nothing in front of the next answer', async () => {
  const failing = trusted('SELECT number, throwIf(number = 3000000) FROM numbers(4000000)')
  await expect(engine.ask.query(failing)).rejects.toThrow(/FUNCTION_THROW_IF_VALUE_IS_NON_ZERO/)
  const { rows } = await engine.ask.query(trusted('SELECT 7 AS n'))
  expect(rows).toEqual([{ n: 7 }])
})

test('settings of one statement do not reach the next', async () => {
  await engine.ask.query(trusted('SELECT 1'), { settings: { max_execution_time: 3 } })
  const { rows } = await engine.ask.query(
    trusted("SELECT toUInt8(getSetting('max_execution_time')) AS seconds"),
  )
  expect(rows).toEqual([{ seconds: 0 }])
})

test('stops at the time and memory it is given, and goes on', async () => {
  const endless = trusted('SELECT count() FROM numbers(100000000000) WHERE number % 7 = 3')
  await expect(engine.ask.query(endless, { settings: { max_execution_time: 1 } })).rejects.toThrow(
    /TIMEOUT_EXCEEDED/,
  )
  const greedy = trusted('SELECT length(groupArray(number)) FROM numbers(1000000000)')
  await expect(engine.ask.query(greedy)).rejects.toThrow(/MEMORY_LIMIT_EXCEEDED/)
  expect((await engine.ask.query(trusted('SELECT 1 AS n'))).rows).toEqual([{ n: 1 }])
})

test('binds values whatever they hold', async () => {
  const text = "it's \\ \" {p1:String} \n\t; -- \u0000 é \\' \\"
  const { rows } = await engine.ask.query(
    sql`SELECT ${text} AS text, ${['a', "b'\\"]} AS list, ${-7} AS whole, ${1e-7} AS part, ${true} AS yes,
      ${typed('IPv6', '2001:db8::1')} AS address, ${[3, 4]} AS numbers, '{p1:String} ?' AS kept LIMIT ${1}`,
  )
  expect(rows).toEqual([
    {
      text,
      list: ['a', "b'\\"],
      whole: '-7',
      part: 1e-7,
      yes: true,
      address: '2001:db8::1',
      numbers: ['3', '4'],
      kept: '{p1:String} ?',
    },
  ])
})

const ENDLESS = sql`SELECT count() FROM numbers(100000000000) WHERE number % ${7} = 3`

test('statements with values run at the same time', async () => {
  const stop = new AbortController()
  const long = engine.ask.query(ENDLESS, { signal: stop.signal })
  const { rows } = await engine.ask.query(sql`SELECT ${8} AS n`)
  expect(rows).toEqual([{ n: '8' }])
  stop.abort()
  await expect(long).rejects.toThrow(/abort/)
})

test('a question that nobody waits for is stopped in the engine, also one that had not begun', async () => {
  const stops = [1, 2, 3, 4].map(() => new AbortController())
  const asked = stops.map(({ signal }) => engine.ask.query(ENDLESS, { signal }))
  for (const stop of stops) stop.abort()
  for (const one of asked) await expect(one).rejects.toThrow(/abort/)
  const running = trusted(
    "SELECT query FROM system.processes WHERE query LIKE '%numbers(100000000000)%' AND query NOT LIKE '%processes%'",
  )
  await expect.poll(async () => (await engine.ask.query(running)).rows).toEqual([])
})

test('says so when another process has the folder open', () => {
  const program = `
    import { openEmbeddedEngine } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
    await openEmbeddedEngine({ folder: ${JSON.stringify(folder)}, memoryMib: 700, intakeLanes: 1, askLanes: 1 })
      .then(() => console.log('opened'), (thrown) => console.log(thrown.code))
    process.exit()`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  })
  expect(stdout.trim()).toBe('DATA_FOLDER_BUSY')
})

test('lists of patterns throw each other out where they are reckoned to, and not where they are set apart', async () => {
  const lists = Array.from({ length: 120 }, (_, at) => ({
    key: `${at}`,
    patterns: [`reckoned ${at}`, 'é', 'x'.repeat(at % 17)],
  }))
  const reckoned = Map.groupBy(lists, ({ patterns }) => placeOf(patterns.map(textHash)))
  const [one, other] = [...reckoned.values()].find(({ length }) => length > 1) ?? []
  const match = (patterns: readonly string[]) =>
    `multiMatchAllIndices(materialize('x'), [${patterns.map(literal).join(', ')}])`
  const compiled = async (...all: readonly (readonly string[])[]) => {
    const count = async () => {
      const text =
        "SELECT sum(value) AS n FROM system.events WHERE event = 'RegexpWithMultipleNeedlesCreated'"
      return Number((await engine.ask.query<{ n: string }>(trusted(text))).rows[0]?.n ?? 0)
    }
    const before = await count()
    for (const patterns of all) await engine.ask.query(trusted(`SELECT ${match(patterns)}`))
    return (await count()) - before
  }
  const pair = [one?.patterns ?? [], other?.patterns ?? []]
  await compiled(...pair)
  expect(await compiled(...pair)).toBeGreaterThan(1)
  const places = new PatternPlaces()
  places.choose(lists)
  const spelled = lists.map(({ key, patterns }) => places.spelled(key, patterns))
  await compiled(...spelled)
  expect(await compiled(...spelled)).toBe(0)
})
