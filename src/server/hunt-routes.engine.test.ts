// The hunt over HTTP, against a real embedded engine.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { TEST_FIELDS, RANGE, fillEvents, openTestEngine } from '../hunt/events.test-helper.ts'
import type { TestEngine } from '../hunt/events.test-helper.ts'
import { createHunt } from '../hunt/index.ts'
import {
  EventDetailSchema,
  HuntFieldListSchema,
  HuntHistogramSchema,
  HuntRowsSchema,
  HuntTopSchema,
  ProblemBodySchema,
} from '../model/index.ts'
import type { ApiApp } from './api-app.ts'
import { createApp } from './create-app.ts'
import { createTestStation } from './test-station.ts'

let opened: TestEngine
let app: ApiApp
beforeAll(async () => {
  opened = await openTestEngine()
  await fillEvents(opened)
  app = createApp({
    station: createTestStation({ hunt: createHunt(opened.engine, { fields: () => TEST_FIELDS }) }),
    consoleFolder: '/nonexistent',
  })
}, 60_000)
afterAll(() => opened.close())

const call = async (path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
  const answer = await app.request(`http://localhost${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      host: 'localhost',
      authorization: 'Bearer client-token',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() }
}
/** The answer as the schema reads it, unchanged: nothing is missing and nothing is there that it does not name. */
const read = <S extends z.ZodType>(schema: S, body: unknown): z.infer<S> => {
  const parsed = schema.parse(body)
  expect(parsed).toEqual(body)
  return parsed
}

test('searches with the defaults of the schema', async () => {
  const { status, body } = await call('/api/hunt/search', { query: 'action:deny', ...RANGE })
  expect(status).toBe(200)
  const rows = read(HuntRowsSchema, body)
  expect(rows.rows).toHaveLength(200)
  expect(rows).toMatchObject({ more: true, stoppedAt: null })
  expect(rows.cost.rowsRead).toBeGreaterThan(0)
})

test('runs a SELECT', async () => {
  const sql = 'SELECT action, count() AS n FROM events GROUP BY action ORDER BY n DESC'
  const { body } = await call('/api/hunt/search', { sql, ...RANGE })
  expect(read(HuntRowsSchema, body).rows).toEqual([
    { action: 'accept', n: '2996' },
    { action: 'Deny', n: '1000' },
    { n: '4' },
  ])
})

test('answers counts, top values, fields and one event', async () => {
  expect(
    read(HuntHistogramSchema, (await call('/api/hunt/histogram', { query: '', ...RANGE })).body)
      .total,
  ).toBe(4000)
  const top = read(
    HuntTopSchema,
    (await call('/api/hunt/top', { query: '', field: 'dst_port', ...RANGE })).body,
  )
  expect(top.values[0]).toEqual({ value: '443', count: 3996 })
  expect(
    read(HuntFieldListSchema, (await call('/api/hunt/fields')).body).fields.length,
  ).toBeGreaterThan(80)
  const event = read(EventDetailSchema, (await call('/api/hunt/event/batch0/7')).body)
  expect(event.columns['user_name']).toBe('Zoé')
})

describe('says what it does not run, in both languages', () => {
  test.each([
    [
      'a query that is not closed',
      { query: 'a:"b' },
      'QUERY_REFUSED',
      /quotation mark.*character 3/u,
      /guillemet.*caractère 3/u,
    ],
    [
      'SQL that reads a file',
      { sql: "SELECT * FROM file('/etc/passwd')" },
      'QUERY_REFUSED',
      /“file\(…\)”/u,
      /file\(…\)/u,
    ],
    [
      'SQL that reads another table',
      { sql: 'SELECT *\nFROM system.users' },
      'QUERY_REFUSED',
      /system\.users.*line 2, character 6/u,
      /ligne 2, caractère 6/u,
    ],
    ['an unknown column', { sql: 'SELECT nope FROM events' }, 'QUERY_REFUSED', /“nope”/u, /nope/u],
    ['a time that is none', { query: '', from: 'yesterday' }, 'BODY_INVALID', /“from”/u, /from/u],
    ['too long a query', { query: 'a'.repeat(10_001) }, 'BODY_INVALID', /“query”/u, /query/u],
    ['too many rows', { query: '', limit: 5001 }, 'BODY_INVALID', /“limit”/u, /limit/u],
  ])('%s', async (_, request, code, en, fr) => {
    const { status, body } = await call('/api/hunt/search', { ...RANGE, ...request })
    const problem = ProblemBodySchema.parse(body)
    expect([status, problem.code]).toEqual([400, code])
    expect(problem.sentence.en).toMatch(en)
    expect(problem.sentence.fr).toMatch(fr)
  })

  test.each(['/api/hunt/event/none/1', '/api/hunt/event/batch0/99999'])(
    '%s is not here',
    async (path) => {
      expect((await call(path)).status).toBe(404)
    },
  )

  test('a line that is no number', async () => {
    expect((await call('/api/hunt/event/batch0/x')).status).toBe(400)
  })
})

test('a question past its limits is too heavy, not a failure of the station', async () => {
  const sql = 'SELECT groupArray(repeat(raw, 1000)) FROM events'
  const { status, body } = await call('/api/hunt/search', { sql, ...RANGE })
  expect([status, ProblemBodySchema.parse(body).code]).toEqual([400, 'QUERY_TOO_HEAVY'])
})
