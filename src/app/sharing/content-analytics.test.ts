// SQL that another station wrote is asked behind the wall or not at all, whatever stands in its values.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { boundSql } from '../../detect/analytics/index.ts'
import { textOf } from '../../store/index.ts'
import { CONTENT } from '../content.ts'
import { guardedAnalytic } from './content-analytics.ts'

const NOW = Date.UTC(2026, 10, 30)

const analytic = (sql: string, lists = '{}') => `
title: { en: Made up, fr: Inventé }
description: { en: For a test., fr: Pour un essai. }
severity: low
attack: []
author: Another station
entity: address
every: 1h
window: 1d
history: 1d
quiet: 1d
parameters: { least: 3 }
lists: ${lists}
sql: ${JSON.stringify(sql)}
false_positives: { en: [All.], fr: [Tout.] }
blind: { en: [All.], fr: [Tout.] }
`
const asked = (text: string) => textOf(boundSql(guardedAnalytic({ object: 'o', text }), NOW))
const select = (from: string, where = 'time >= {from} AND time < {to}') =>
  `SELECT toString(src_ip) AS entity, time, batch, line, [('n', '1')] AS what FROM ${from} WHERE ${where}`

test('events, findings and the sums of events may be asked, with values written out', () => {
  expect(asked(analytic(select('events')))).toContain(
    "toDateTime64 ( '2026-11-29T00:00:00.000' , 3 , 'UTC' )",
  )
  expect(
    asked(analytic('SELECT account AS entity FROM login_hours WHERE hour > {since}')),
  ).toContain('`login_hours`')
})

test.each([
  ['what is known of people', select('known_accounts')],
  ['another database', select('system.users')],
  ['a web address', select("url('http://192.0.2.1/', CSV, 'a String')")],
  ['a file', select("file('/etc/passwd', LineAsString)")],
  ['two statements', `${select('events')}; DROP TABLE events`],
  ['settings', `${select('events')} SETTINGS max_execution_time = 0`],
  ['an endless function', select('events', 'sleepEachRow(3) = 0')],
])('%s is refused', (_, sql) => {
  expect(() => asked(analytic(sql))).toThrow('CONTENT_INVALID')
})

test.each([
  [
    'a quotation mark in a list',
    String.raw`{ names: "x') OR 1 = 1 UNION ALL SELECT * FROM system.users --" }`,
  ],
  ['a backslash before it', String.raw`{ names: 'x\' }`],
])('%s stays a value', (_, lists) => {
  const sql = asked(analytic(select('events', 'user_name IN {names}'), lists))
  // One string from its quotation mark to the end.
  expect(sql).toMatch(/IN \[ '(?:[^'\\]|\\.|'')*' \]$/)
})

test('of the analytics that come with Vigie most could come from a hub', () => {
  const texts = readdirSync(CONTENT.analytics)
    .map((name) => join(CONTENT.analytics, name, 'analytic.yml'))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
  const usable = texts.filter((text) => {
    try {
      return asked(text) !== ''
    } catch {
      return false
    }
  })
  expect(usable.length).toBeGreaterThan(texts.length / 2)
})
