// Events of ninety cloud, identity and office products, as another intake left them. Skipped where they are absent.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { addressText, openLogBench, sharedLog } from './log-cases.ts'
import type { LogBench, LogRow } from './log-cases.ts'

const FILE = sharedLog('panther-events.jsonl')
const CaseSchema = z.object({ log_type: z.string(), event: z.record(z.string(), z.unknown()) })
const cases =
  FILE === undefined
    ? []
    : readFileSync(FILE, 'utf8')
        .trim()
        .split('\n')
        .map((line) => CaseSchema.parse(JSON.parse(line)))

const COLUMNS = `raw, parser, toString(time_basis) AS basis, ${addressText('src_ip')} AS src, src_host,
  concat(user_name, actor_user) AS who, concat(action, api_operation) AS what, toYear(time) AS year, length(fields) AS fields`

/** Every value below an object with its path; of lists the place is part of it. */
function leaves(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, one]) => leaves(one, `${path}.${key}`))
}

const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/
const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$/
const SOURCE = /(?:src|source|client|caller|remote|actor)_?(?:addr(?:ess)?|ip(?:_?addr(?:ess)?)?)$/i
/** In a list of objects the first one speaks for the event. */
const OF_ANOTHER = /\.[1-9]\d*\./
const PERSON = /(?:user_?name|principal_?name|principal_?email|actor\.email|user\.email)$/i

describe.skipIf(FILE === undefined)(
  'events of many products (skipped where the shared data are absent)',
  () => {
    let bench: LogBench
    let rows: readonly LogRow[] = []

    beforeAll(async () => {
      bench = await openLogBench()
      const lines = cases.map(({ event }) => JSON.stringify(event))
      rows = await bench.read({ lines, columns: COLUMNS })
    }, 60_000)
    afterAll(() => bench.close())

    /** Log types whose event holds such a value that the row did not find. */
    function unmet(
      holds: (path: string, value: string) => boolean,
      isFound: (row: LogRow) => boolean,
    ): readonly string[] {
      return cases.flatMap(({ log_type: type, event }, at) => {
        const held = leaves(event).filter(([path, value]) => holds(path, value))
        const row = rows[at]
        return held.length > 0 && row !== undefined && !isFound(row)
          ? [`${type}: ${held[0]?.join(' = ')}`]
          : []
      })
    }

    test('each becomes one row, with its text and a parser', () => {
      expect(rows.map(({ raw }) => raw)).toEqual(cases.map(({ event }) => JSON.stringify(event)))
      expect(rows.filter(({ parser, fields }) => parser === '' || Number(fields) === 0)).toEqual([])
    })

    test('its time is found wherever it says one', () => {
      expect(
        unmet(
          (_path, value) => MOMENT.test(value),
          ({ basis }) => basis !== 'received',
        ),
      ).toEqual([])
      expect(rows.filter(({ year }) => Number(year) < 2015 || Number(year) > 2027)).toEqual([])
    })

    test('its source address is found wherever a field is named for one', () => {
      expect(
        unmet(
          (path, value) => SOURCE.test(path) && ADDRESS.test(value),
          ({ src }) => src !== '',
        ),
      ).toEqual([])
    })

    test('its person is found wherever a field is named for one', () => {
      expect(
        unmet(
          (path, value) =>
            PERSON.test(path) && !OF_ANOTHER.test(path) && !['', 'null', '<nil>'].includes(value),
          ({ who }) => who !== '',
        ),
      ).toEqual([])
    })

    test('its operation is found wherever a field is named for one', () => {
      const named = /\.(?:eventName|operationName|methodName|operation|action|event_type)$/i
      expect(
        unmet(
          (path, value) => named.test(path) && !/^(?:|null|\{.*|\[.*)$/.test(value),
          ({ what }) => what !== '',
        ),
      ).toEqual([])
    })
  },
)
