import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { queuesOnDemand } from './on-demand.ts'
import { kafkaPlace, redisPlace } from './queue-place.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-place-'))
const secret = join(folder, 'secret')
writeFileSync(secret, 'a&b/c\n')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('an address of Redis', () => {
  test('is Suricata’s defaults where nothing is said', () => {
    expect(redisPlace('redis://192.0.2.5')).toMatchObject({
      kind: 'list',
      key: 'suricata',
      name: 'suricata',
      port: 6379,
      database: 0,
      pushed: 'left',
      tls: undefined,
    })
  })

  test.each([
    [
      'redis://[2001:db8::5]:7000/3?mode=rpush&key=Zeek:Conn',
      {
        host: '2001:db8::5',
        port: 7000,
        database: 3,
        pushed: 'right',
        name: 'zeek-conn',
        key: 'Zeek:Conn',
      },
    ],
    [
      'rediss://me:p%40ss@redis.example?mode=xadd&group=town&name=edge',
      { user: 'me', password: 'p@ss', kind: 'stream', group: 'town', name: 'edge', tls: {} },
    ],
    [
      `rediss://me@redis.example?mode=publish&password_file=${secret}`,
      { password: 'a&b/c', kind: 'channel' },
    ],
  ])('%s', (text, expected) => {
    expect(redisPlace(text)).toMatchObject(expected)
  })
})

describe('an address of Kafka', () => {
  test.each([
    [
      'kafka://k.example/zeek_conn',
      {
        topic: 'zeek_conn',
        port: 9092,
        sasl: undefined,
        from: 'earliest',
        name: 'zeek-conn',
        brokers: [],
      },
    ],
    [
      'kafkas://me:s@k.example:9093/t?broker=l.example:9093&broker=[2001:db8::1]:1',
      { sasl: 'SCRAM-SHA-512', brokers: ['l.example:9093', '[2001:db8::1]:1'], tls: {} },
    ],
    ['kafka://me:s@k.example/t?sasl=plain&from=latest', { sasl: 'PLAIN', from: 'latest' }],
  ])('%s', (text, expected) => {
    expect(kafkaPlace(text)).toMatchObject(expected)
  })
})

describe('an address that cannot be used', () => {
  test.each([
    [redisPlace, 'nonsense'],
    [redisPlace, 'http://192.0.2.5/'],
    [redisPlace, 'redis://h/?mode=sorted'],
    [redisPlace, 'redis://h/?mod=list'],
    [redisPlace, 'redis://h/abc'],
    [redisPlace, 'redis://h/?ca=/etc/ca.pem'],
    [redisPlace, 'redis://h/?password_file=/not/there'],
    [redisPlace, 'redis://h/?name=Not A Name'],
    [kafkaPlace, 'kafka://h'],
    [kafkaPlace, 'kafka://h/a/b'],
    [kafkaPlace, 'kafka://h/t?sasl=gssapi'],
    [kafkaPlace, 'kafka://h/t?broker=nowhere'],
  ])('%o %s is said', (read, text) => {
    expect(() => read(text)).toThrow(/SETTING_INVALID/)
  })

  test('is said without its password', () => {
    expect(() => redisPlace('redis://me:hidden@h/?mode=x')).toThrow(/…@h/)
    expect(() => redisPlace('redis://me:hidden@h/?mode=x')).not.toThrow(/hidden/)
  })

  test('two queues of one name would share a position', async () => {
    const twice = queuesOnDemand({
      redis: ['redis://h/?key=a', 'redis://other/?key=a'],
      kafka: [],
      intake: undefined as never,
      positions: undefined as never,
      onEvent: () => undefined,
    })
    await expect(twice).rejects.toThrow(/SETTING_INVALID/)
  })
})
