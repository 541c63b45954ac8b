import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OfficeHoursSchema } from '../../model/index.ts'
import { calendarOf } from './calendar.ts'
import { waysOf } from './calls.ts'
import { clockOf } from './clocks.ts'
import { closedDays, readHolidays } from './holidays.ts'

const holidays = readHolidays(join(import.meta.dirname, '../../../content/holidays.yml'))
const at = (text: string) => Date.parse(text)

describe('holidays', () => {
  test.each([
    // As calendars of those governments print them.
    ['ON', '2026-02-16'],
    ['ON', '2026-04-03'],
    ['ON', '2026-05-18'],
    ['QC', '2026-06-24'],
    ['QC', '2027-05-24'],
    ['BC', '2026-08-03'],
    ['YT', '2026-08-17'],
    ['NU', '2026-07-09'],
    ['NT', '2026-06-21'],
    ['ON', '2026-09-07'],
    ['ON', '2026-10-12'],
    ['federal', '2026-04-06'],
    ['NS', '2027-03-26'],
  ] as const)('%s is closed on %s', (region, day) => {
    expect(closedDays(holidays, region, at('2026-06-01T00:00:00Z'))).toContain(day)
  })

  test.each([
    ['QC', '2026-02-16'],
    ['ON', '2026-06-24'],
    ['ON', '2026-11-11'],
    ['NS', '2026-05-18'],
  ] as const)('%s works on %s', (region, day) => {
    expect(closedDays(holidays, region, at('2026-06-01T00:00:00Z'))).not.toContain(day)
  })

  test('every region has its own days, and no day twice', () => {
    for (const region of [
      'AB',
      'BC',
      'MB',
      'NB',
      'NL',
      'NS',
      'NT',
      'NU',
      'ON',
      'PE',
      'QC',
      'SK',
      'YT',
      'federal',
    ] as const) {
      const days = closedDays(holidays, region, at('2026-06-01T00:00:00Z'))
      expect(new Set(days).size).toBe(days.length)
      expect(days.filter((day) => day.startsWith('2026')).length).toBeGreaterThanOrEqual(5)
    }
  })
})

test('a clock in office hours passes over a holiday of its province and days the organization closes', () => {
  const hours = OfficeHoursSchema.parse({
    zone: 'America/Toronto',
    region: 'QC',
    from: '08:30',
    to: '16:30',
    days: [1, 2, 3, 4, 5],
    closed: ['2026-06-25'],
  })
  const calendar = calendarOf(hours, holidays, at('2026-06-23T00:00:00Z'))
  // Tuesday 15:30 in Montréal: one hour is left; Wednesday is the national holiday, Thursday is closed, three hours on Friday.
  const { acknowledgeByMs } = clockOf('C3', at('2026-06-23T19:30:00Z'), calendar)
  expect(new Date(acknowledgeByMs).toISOString()).toBe('2026-06-26T15:30:00.000Z')
})

test.each([
  ['613-555-0100', [['call', '613-555-0100']]],
  ['ann@town.example', [['mail', 'ann@town.example']]],
  ['mailto:ann@town.example', [['mail', 'ann@town.example']]],
  ['https://hooks.town.example/x?y=1', [['webhook', 'https://hooks.town.example/x?y=1']]],
  [
    '+1 (613) 555-0100; ann@town.example',
    [
      ['call', '+1 (613) 555-0100'],
      ['mail', 'ann@town.example'],
    ],
  ],
  ['Ann at the front desk', [['call', 'Ann at the front desk']]],
  [' , ', []],
])('%s is reached by %j', (how, ways) => {
  expect(waysOf(how).map(({ channel, target }) => [channel, target])).toEqual(ways)
})
