import { expect, test } from 'vitest'
import { addressRange } from './address-range.ts'
import { timeSpan } from './time-span.ts'

const full = (short: string): string => short.padStart(39, '0000:')

test.each([
  [
    '192.0.2.7',
    '0000:0000:0000:0000:0000:ffff:c000:0207',
    '0000:0000:0000:0000:0000:ffff:c000:0207',
  ],
  [
    '192.0.2.77/24',
    '0000:0000:0000:0000:0000:ffff:c000:0200',
    '0000:0000:0000:0000:0000:ffff:c000:02ff',
  ],
  [
    '0.0.0.0/0',
    '0000:0000:0000:0000:0000:ffff:0000:0000',
    '0000:0000:0000:0000:0000:ffff:ffff:ffff',
  ],
  [
    '192.0.2.1..192.0.2.9',
    '0000:0000:0000:0000:0000:ffff:c000:0201',
    '0000:0000:0000:0000:0000:ffff:c000:0209',
  ],
  [
    '2001:db8::/32',
    '2001:0db8:0000:0000:0000:0000:0000:0000',
    '2001:0db8:ffff:ffff:ffff:ffff:ffff:ffff',
  ],
  [
    '2001:db8::1..2001:db8::ff',
    '2001:0db8:0000:0000:0000:0000:0000:0001',
    '2001:0db8:0000:0000:0000:0000:0000:00ff',
  ],
  ['::', full('0000'), full('0000')],
  [
    '::ffff:192.0.2.7',
    '0000:0000:0000:0000:0000:ffff:c000:0207',
    '0000:0000:0000:0000:0000:ffff:c000:0207',
  ],
])('%s is one range of 128 bits', (text, low, high) => {
  expect(addressRange(text)).toEqual({ low, high })
})

test.each([
  '',
  '192.0.2',
  '192.0.2.0/33',
  '192.0.2.0/-1',
  '192.0.2.0/24/1',
  '2001:db8::/129',
  'fe80::1%eth0',
  '1..2',
  'example.org',
])('%s is no address', (text) => {
  expect(addressRange(text)).toBeUndefined()
})

test.each([
  ['2026-11-23', '2026-11-23T00:00:00.000Z', 86_400_000],
  ['2026-11-23T14:05', '2026-11-23T14:05:00.000Z', 60_000],
  ['2026-11-23 14:05:09', '2026-11-23T14:05:09.000Z', 1000],
  ['2026-11-23T14:05:09.5Z', '2026-11-23T14:05:09.500Z', 1],
  ['2026-11-23T14:05:09-05:00', '2026-11-23T19:05:09.000Z', 1000],
])('%s is a span of time', (text, from, width) => {
  const span = timeSpan(text)
  expect(
    span && { from: new Date(span.fromMs).toISOString(), width: span.toMs - span.fromMs },
  ).toEqual({ from, width })
})

test.each(['', '2026', '2026-13-01', '2026-11-23T25:00', 'now'])('%s is no time', (text) => {
  expect(timeSpan(text)).toBeUndefined()
})
