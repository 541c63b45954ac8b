import { expect, test } from 'vitest'
import { kindOf, sensorOf } from './source-name.ts'

test.each([
  ['syslog/192.0.2.10', 'syslog', null],
  ['http/agent-7', 'http', null],
  ['inbox/north:syslog/x.log', 'inbox', null],
  ['file//var/log/a:b/c.log', 'file', null],
  ['north:syslog/2001:db8::1', 'syslog', 'north'],
  ['town-7:inbox/fw1.log', 'inbox', 'town-7'],
  ['odd', 'file', null],
])('%s is of kind %s, through %s', (source, kind, sensor) => {
  expect(kindOf(source)).toBe(kind)
  expect(sensorOf(source)).toBe(sensor)
})
