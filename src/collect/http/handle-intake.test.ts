import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { isVigieError } from '../../core/index.ts'
import { recordingIntake, until } from '../files/recording-intake.test-helper.ts'
import { startHttpIntake } from './start-http-intake.ts'
import type { HttpIntakeServer, StartHttpIntakeOptions } from './start-http-intake.ts'

const servers: HttpIntakeServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function start(changes: Partial<StartHttpIntakeOptions> = {}) {
  const intake = recordingIntake()
  const troubles: string[] = []
  const server = await startHttpIntake({
    intake,
    host: '127.0.0.1',
    port: 0,
    language: 'en',
    checkToken: async (token) => (token === 'good' ? 'agent-7' : null),
    onTrouble: (reason) => troubles.push(reason),
    ...changes,
  })
  servers.push(server)
  const base = `http://127.0.0.1:${server.port}`
  const post = async (
    path: string,
    body: string | Buffer,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(base + path, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { authorization: 'Splunk good', ...headers },
    })
    return {
      status: response.status,
      body: (await response.json()) as { text: string; code: number },
    }
  }
  return { intake, server, post, base, troubles }
}

const SUCCESS = { status: 200, body: { text: 'Success', code: 0 } }

describe('/ingest', () => {
  test.each([
    ['text', 'one\ntwo\r\n\nthree', ['one', 'two', 'three']],
    ['newline-delimited JSON', '{"a": 1}\n{"a":2}\n', ['{"a": 1}', '{"a":2}']],
    ['a JSON array', '[{"a":1},\n {"a":2}]', ['{"a":1}', '{"a":2}']],
    ['records', '{"Records":[{"a":[1,{}]},{"a":2}]}', ['{"a":[1,{}]}', '{"a":2}']],
  ])('%s', async (_name, body, expected) => {
    const { intake, post } = await start()
    expect(await post('/ingest', body)).toEqual(SUCCESS)
    expect(intake.texts()).toEqual(expected)
    expect(intake.lines[0]).toMatchObject({ kind: 'http', source: 'http/agent-7', context: '' })
  })

  test.each([
    ['gzip', gzipSync('one\ntwo\n')],
    ['deflate', deflateSync('one\ntwo\n')],
    ['zstd', zstdCompressSync('one\ntwo\n')],
    ['identity', Buffer.from('one\ntwo\n')],
  ])('a %s body', async (encoding, body) => {
    const { intake, post } = await start()
    expect(await post('/ingest', body, { 'content-encoding': encoding })).toEqual(SUCCESS)
    expect(intake.texts()).toEqual(['one', 'two'])
  })

  test('is acknowledged only once it is on disk', async () => {
    const steps: string[] = []
    const recording = recordingIntake()
    let release = () => {}
    const synced = () =>
      new Promise<void>((resolve) => {
        steps.push('asked')
        release = resolve
      })
    const { post } = await start({ intake: { ...recording, synced } })
    const answered = post('/ingest', 'one\n').then(() => steps.push('answered'))
    await until(() => steps.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(steps).toEqual(['asked'])
    release()
    await answered
    expect(recording.texts()).toEqual(['one'])
  })

  test('a disk that refuses is 503, and nothing is acknowledged', async () => {
    const { intake, post, troubles } = await start()
    intake.failSync(new Error('no space left on device'))
    expect(await post('/ingest', 'one\n')).toMatchObject({ status: 503, body: { code: 9 } })
    expect(troubles).toEqual(['no space left on device'])
    expect(await post('/ingest', 'one\n')).toEqual(SUCCESS)
  })

  test('a sender waits while the intake is full', async () => {
    const { intake, server } = await start()
    intake.saturate()
    const request = httpRequest({
      port: server.port,
      method: 'POST',
      path: '/ingest',
      headers: { authorization: 'Bearer good' },
    })
    const line = `${'x'.repeat(999)}\n`
    let sent = 0
    const total = 40_000
    const send = (): void => {
      while (sent < total) {
        sent += 1
        if (!request.write(line)) {
          request.once('drain', send)
          return
        }
      }
      request.end()
    }
    send()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(sent).toBeLessThan(total)
    const answered = once(request, 'response')
    intake.release()
    const [response] = await answered
    expect(response.statusCode).toBe(200)
    response.resume()
    expect(intake.lines.length).toBe(total)
  })
})

describe('HEC events', () => {
  test('the stored line is the event; the envelope is its context', async () => {
    const { intake, post } = await start()
    const body =
      '{"event":"plain \\"text\\"\\nline 2","host":"web-1","time":1773502013.5,"sourcetype":"syslog"}' +
      '{"event":{"a": 1,"b":[2]},"index":"main"}\n{"time":null,\n"event":\n{"c":\n3}}'
    expect(await post('/services/collector/event', body)).toEqual(SUCCESS)
    expect(intake.lines.map(({ text, context }) => [text, context])).toEqual([
      ['plain "text"\nline 2', '{"time":1773502013.5,"host":"web-1","sourcetype":"syslog"}'],
      ['{"a": 1,"b":[2]}', '{"index":"main"}'],
      ['{"c":3}', '{"time":null}'],
    ])
  })

  test.each([
    '/services/collector',
    '/services/collector/event/1.0',
    '/services/collector/?channel=x',
  ])('%s takes events', async (path) => {
    const { intake, post } = await start()
    expect((await post(path, '{"event":"x"}')).status).toBe(200)
    expect(intake.texts()).toEqual(['x'])
  })

  test.each([
    ['no event member', '{"event":"a"}{"host":"x"}', 12, /Event 2 /],
    ['a blank event', '{"event":""}', 13, /event 1 is empty/],
    ['a null event', '{"event":null}', 13, /event 1 is empty/],
    ['no JSON', 'hello', 6, /Event 1 /],
    ['half an object', '{"event":"a"}{"event":"b', 6, /Event 2 .*before it were stored/],
    ['a bad envelope', '{"event":"a","time":tru}', 6, /Event 1 /],
    ['a bad string', '{"event":"a\\x"}', 6, /Event 1 /],
    ['nothing', '', 5, /no events/],
    ['white space', ' \n ', 5, /no events/],
  ])('%s is refused with its code and a sentence', async (_name, body, code, sentence) => {
    const { post } = await start()
    const answered = await post('/services/collector/event', body)
    expect(answered).toMatchObject({ status: 400, body: { code } })
    expect(answered.body.text).toMatch(sentence)
  })

  test('raw lines keep what the address says of them', async () => {
    const { intake, post } = await start()
    expect(await post('/services/collector/raw?host=fw%221&sourcetype=pan', 'one\ntwo')).toEqual(
      SUCCESS,
    )
    expect(intake.lines.map(({ text, context }) => [text, context])).toEqual([
      ['one', '{"host":"fw\\"1","sourcetype":"pan"}'],
      ['two', '{"host":"fw\\"1","sourcetype":"pan"}'],
    ])
  })

  test('health needs no token; acknowledgements answer what was given out', async () => {
    const { base, post } = await start()
    const health = await fetch(`${base}/services/collector/health`)
    expect([health.status, await health.json()]).toEqual([
      200,
      { text: 'HEC is healthy', code: 17 },
    ])
    const given = await post('/services/collector/event', '{"event":"x"}', {
      'x-splunk-request-channel': 'c',
    })
    expect(given.body).toEqual({ text: 'Success', code: 0, ackId: 0 })
    const asked = await post('/services/collector/ack?channel=c', '{"acks":[0]}')
    expect(asked).toEqual({ status: 200, body: { acks: { 0: true } } })
    expect((await post('/services/collector/ack', '{"acks":"all"}')).status).toBe(400)
  })
})

describe('who may send', () => {
  test.each([
    [{}, 401, 2],
    [{ authorization: 'Basic Z29vZA==' }, 401, 2],
    [{ authorization: 'Splunk wrong' }, 403, 4],
    [{ authorization: `Splunk ${'x'.repeat(10_000)}` }, 401, 2],
  ])('%j is %d, code %d', async (headers: Record<string, string>, status, code) => {
    const { base, intake } = await start()
    const response = await fetch(`${base}/ingest`, { method: 'POST', body: 'x\n', headers })
    expect([response.status, await response.json()]).toMatchObject([status, { code }])
    expect(intake.lines).toEqual([])
  })

  test('other addresses and methods are not for events', async () => {
    const { base } = await start()
    expect((await fetch(`${base}/other`)).status).toBe(404)
    expect((await fetch(`${base}/ingest`)).status).toBe(405)
  })
})

describe('hostile bodies', () => {
  const limits = { maxBytes: 1024 * 1024, idleMs: 150, totalMs: 400 }

  // A client that still writes may see the closed connection before the answer (RFC 9112 section 9.6), so it may try again.
  test('a body over the limit is refused, also when it unpacks to one', { retry: 3 }, async () => {
    const { post } = await start({ limits })
    expect(await post('/ingest', 'x\n'.repeat(1024 * 1024))).toMatchObject({
      status: 413,
      body: { code: 27 },
    })
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    expect(await post('/ingest', bomb, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 413,
    })
    expect((await post('/ingest', 'still here\n')).status).toBe(200)
  })

  test('a bomb within the limit is stopped by its growth', async () => {
    const { post, intake } = await start()
    const bomb = zstdCompressSync(Buffer.alloc(60 * 1024 * 1024))
    expect(await post('/ingest', bomb, { 'content-encoding': 'zstd' })).toMatchObject({
      status: 413,
    })
    expect(intake.lines.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(
      8 * 1024 * 1024,
    )
  })

  test.each([
    ['cut off', gzipSync('line\n'.repeat(1000)).subarray(0, 30)],
    ['damaged', Buffer.from('no gzip at all')],
  ])('a gzip body that is %s is 400', async (_name, body) => {
    const { post } = await start()
    expect(await post('/ingest', body, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 400,
      body: { code: 6 },
    })
  })

  test('an unknown encoding is 415', async () => {
    const { post } = await start()
    expect((await post('/ingest', 'x', { 'content-encoding': 'br' })).status).toBe(415)
  })

  test.each([
    ['stops sending', 10_000],
    ['sends a byte at a time', 60],
  ])('a sender that %s is given up, and told', async (_name, everyMs) => {
    const { server } = await start({ limits })
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      'POST /ingest HTTP/1.1\r\nHost: x\r\nAuthorization: Splunk good\r\nContent-Length: 100000\r\n\r\nx',
    )
    const timer = setInterval(() => socket.write('x'), everyMs)
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString()
    })
    await until(() => received.includes('too slowly'))
    clearInterval(timer)
    socket.destroy()
    expect(received).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('a sender that goes away is no trouble of ours', async () => {
    const { server, intake, troubles } = await start()
    const socket = connect(server.port, '127.0.0.1')
    socket.write(
      'POST /ingest HTTP/1.1\r\nHost: x\r\nAuthorization: Splunk good\r\nContent-Length: 100000\r\n\r\none\n',
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(intake.syncs).toEqual([])
    expect(troubles).toEqual([])
  })
})

test('a port in use is named', async () => {
  const { server } = await start()
  const thrown = await start({ port: server.port }).catch((cause: unknown) => cause)
  expect(isVigieError(thrown) && thrown.details).toEqual({
    listener: 'HTTP',
    address: `127.0.0.1:${server.port}`,
  })
})
