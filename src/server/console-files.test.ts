// The console's files and the strict headers, in process.

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProblemBodySchema } from '../model/index.ts'
import type { ApiApp } from './api-app.ts'
import { createApp } from './create-app.ts'
import { createTestStation } from './test-station.ts'
import type { TestStation } from './test-station.ts'

let folder: string
let station: TestStation
let app: ApiApp
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-console-'))
  await mkdir(join(folder, 'console', 'assets'), { recursive: true })
  await writeFile(join(folder, 'console', 'index.html'), '<!doctype html><title>Vigie</title>')
  await writeFile(
    join(folder, 'console', 'assets', 'app-abc123.js'),
    'export const a = 1\n'.repeat(200),
  )
  await writeFile(join(folder, 'secret.html'), 'planted')
  await writeFile(join(folder, 'console', '.env'), 'planted')
  station = createTestStation()
  app = createApp({ station, consoleFolder: join(folder, 'console'), hosts: ['vigie.example.org'] })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Call = { method?: string; body?: unknown; headers?: Record<string, string>; to?: ApiApp }
const call = async (
  path: string,
  { method, body, headers, to = app }: Call = {},
): Promise<Response> =>
  to.request(`http://localhost:8321${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      host: 'localhost:8321',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
const CLIENT = { authorization: 'Bearer client-token' }
const problem = async (answer: Response) => {
  const body = ProblemBodySchema.parse(await answer.json())
  expect(body.sentence.en).not.toBe('')
  expect(body.sentence.fr).not.toBe(body.sentence.en)
  return { status: answer.status, code: body.code }
}

describe('who may speak at all', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:8321',
    '',
    'vigie.example.org@evil.example',
    '[::1',
    'localhost:99999999',
  ])('not under the name %s', async (host) => {
    expect(await problem(await call('/api/session', { headers: { host } }))).toEqual({
      status: 421,
      code: 'WRONG_HOST',
    })
    expect((await call('/', { headers: { host } })).status).toBe(421)
  })

  test.each([
    'localhost',
    '127.0.0.1:8321',
    '[::1]:8321',
    'LOCALHOST:8321',
    'vigie.example.org',
    'Vigie.Example.org:443',
  ])('under the name %s', async (host) => {
    expect((await call('/', { headers: { host } })).status).toBe(200)
  })

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://localhost:9999' }],
    ['no site', { origin: 'null' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling site, as the browser says', { 'sec-fetch-site': 'same-site' }],
  ])('not from %s, when something changes', async (_, headers) => {
    expect(
      await problem(
        await call('/api/alerts/undo', {
          body: { undo: 'u1' },
          headers: { ...CLIENT, ...headers },
        }),
      ),
    ).toEqual({ status: 403, code: 'WRONG_ORIGIN' })
  })

  test('from our own page', async () => {
    const headers = { ...CLIENT, origin: 'http://localhost:8321', 'sec-fetch-site': 'same-origin' }
    expect((await call('/api/alerts/undo', { body: { undo: 'u1' }, headers })).status).toBe(200)
  })

  test.each(['/', '/api/session', '/api/openapi.json', '/assets/app-abc123.js', '/nothing.js'])(
    '%s carries the strict headers',
    async (path) => {
      const { headers } = await call(path)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    },
  )
})

describe('the console', () => {
  test.each(['/', '/index.html', '/alerts', '/hunt/deep'])('%s is its page', async (path) => {
    const answer = await call(path)
    expect(await answer.text()).toContain('<title>Vigie</title>')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  test('gives hashed files for ever, compressed', async () => {
    const answer = await call('/assets/app-abc123.js', {
      headers: { 'accept-encoding': 'gzip, br' },
    })
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString()).toContain(
      'export const a = 1',
    )
    const again = await call('/assets/app-abc123.js', {
      headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
  })

  test.each([
    '/nothing.js',
    '/assets/none.css',
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/..%2f..%2f..%2fsecret.html',
    '/.env',
    '/%00.html',
    '/..%5csecret.html',
  ])('%s gives no file', async (path) => {
    expect(await (await call(path)).text()).not.toContain('planted')
  })

  test('that is not built says so', async () => {
    const answer = await call('/', {
      to: createApp({ station, consoleFolder: join(folder, 'none') }),
    })
    expect(answer.status).toBe(503)
    const text = await answer.text()
    expect(text).toContain('npm run build')
    expect(text).toContain('lang="fr"')
  })
})
