import { describe, expect, test } from 'vitest'
import {
  ipv4,
  ipv4Text,
  ipv6,
  ipv6Text,
  maskLength,
  otherThan,
  prefix,
  wildcard4,
} from './addresses.ts'
import { holds } from './ranges.ts'
import { icmpType, portList, portTest } from './services.ts'

const at = (text: string) => ipv4(text) ?? Number.NaN

describe('addresses', () => {
  test.each(['0.0.0.0', '10.1.2.3', '255.255.255.255'])('%s is read and written', (text) => {
    expect(ipv4Text(at(text))).toBe(text)
  })

  test.each(['256.1.1.1', '1.2.3', '1.2.3.4.5', 'a.b.c.d', ''])('%o is none', (text) => {
    expect(ipv4(text)).toBeUndefined()
  })

  test.each([
    ['2001:db8::1', '2001:db8::1'],
    ['::', '::'],
    ['::1', '::1'],
    ['fe80::1:0:0:1', 'fe80::1:0:0:1'],
    ['::ffff:10.0.0.1', '::ffff:a00:1'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ])('%s is read and written as %s', (text, written) => {
    expect(ipv6Text(ipv6(text) ?? [])).toBe(written)
  })

  test.each(['1::2::3', ':1', '1:2:3:4:5:6:7', '12345::', '1:2:3:4:5:6:7:8:9', '::10.0.0.256'])(
    '%s is no IPv6 address',
    (text) => {
      expect(ipv6(text)).toBeUndefined()
    },
  )

  test('a prefix holds its block, whatever bits stand behind it', () => {
    expect(prefix('10.1.2.3/16')?.v4).toEqual([at('10.1.0.0'), at('10.1.255.255')])
    expect(prefix('10.1.2.3/33')).toBeUndefined()
    expect(prefix('2001:db8::/33')?.v6[0]?.[1]).toEqual([0, 0x7f_ff_ff_ff])
  })

  test('a wildcard may have its free bits anywhere', () => {
    const set = wildcard4(at('10.0.7.0'), at('0.255.0.255')) ?? []
    expect(holds(set, at('10.200.7.9'))).toBe(true)
    expect(holds(set, at('10.200.8.9'))).toBe(false)
    expect(set).toHaveLength(512)
  })

  test('a wildcard with too many pieces is not understood', () => {
    expect(wildcard4(0, at('85.85.85.84'))).toBeUndefined()
  })

  test('a mask has its ones in front, or none of this', () => {
    expect(maskLength(at('255.255.240.0'))).toBe(20)
    expect(maskLength(at('255.0.255.0'))).toBeUndefined()
  })

  test('all but some are the rest', () => {
    const rest = otherThan(prefix('10.0.0.0/8') ?? { v4: [], v6: [] })?.v4
    expect(rest).toEqual([0, at('9.255.255.255'), at('11.0.0.0'), at('255.255.255.255')])
  })
})

describe('services', () => {
  test.each([
    ['eq', ['80', 'ssh'], [22, 22, 80, 80]],
    ['range', ['20', '25'], [20, 25]],
    ['gt', ['1023'], [1024, 65_535]],
    ['lt', ['1024'], [0, 1023]],
    ['neq', ['22'], [0, 21, 23, 65_535]],
  ])('%s %o', (operator, values, set) => {
    expect(portTest(operator, values)).toEqual(set)
  })

  test('a name that nobody knows is not understood', () => {
    expect(portTest('eq', ['no-such-port'])).toBeUndefined()
    expect(portList('80,nonsense')).toBeUndefined()
  })

  test('lists hold ports, spans and names', () => {
    expect(portList('22,80-90, https')).toEqual([22, 22, 80, 90, 443, 443])
    expect(portList('1024:')).toEqual([1024, 65_535])
    expect(portList('ftp-data')).toEqual([20, 20])
  })

  test('an ICMP message is its type with every code, or the one that is named', () => {
    expect(icmpType('echo')).toEqual([2048, 2303])
    expect(icmpType('port-unreachable')).toEqual([771, 771])
    expect(icmpType('echo-request', undefined, 6)).toEqual([32_768, 33_023])
  })
})
