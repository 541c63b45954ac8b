// The server and the client of TAXII 2.1 against one another, against a client of others, and against those who would break them.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Records } from '../../store/index.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { TaxiiServer } from './asked.ts'
import {
  TaxiiClientError,
  addRemote,
  discover,
  remoteCollections,
  remoteStatus,
  walkManifest,
  walkObjects,
} from './client.ts'
import { handleTaxii } from './handle.ts'
import { TAXII_MEDIA } from './media-types.ts'
import { insert, rowOf } from './object-changes.ts'
import {
  ANYBODY,
  COLLECTION,
  ROOT,
  ask,
  indicator,
  memoryRecords,
  post,
  serverOf,
} from './server.test-helper.ts'

const OBJECTS = `${ROOT}collections/${COLLECTION.id}/objects/`
const MANIFEST = `${ROOT}collections/${COLLECTION.id}/manifest/`
const KEY = { root: ROOT, collection: COLLECTION.id }
let records: Records
let server: TaxiiServer

beforeAll(async () => {
  records = await memoryRecords()
})
afterAll(() => records.destroy())
beforeEach(async () => {
  await records.deleteFrom('taxii_objects').execute()
  server = serverOf(records)
})

const read = async (url: string, from = server) =>
  JSON.parse((await ask(from, url)).body) as JsonObject
const idsOf = (answer: JsonObject) =>
  ((answer['objects'] ?? []) as JsonObject[]).map(({ id }) => String(id))

async function sow(count: number, tie: (at: number) => number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) =>
    rowOf(indicator(at), KEY, 1_700_000_000_000_000 + tie(at)),
  )
  await records.transaction().execute((transaction) => insert(transaction, KEY, rows))
}

test.each([
  ['by token', true],
  ['by time', false],
])('every object comes once, whatever the page and the ties: %s', async (_, isByToken) => {
  await sow(23, (at) => Math.floor(at / 5))
  for (const limit of [1, 2, 3, 4, 5, 7, 22, 23, 24]) {
    const met: string[] = []
    for (let query = `?limit=${limit}`; ;) {
      const answer = await ask(server, `${OBJECTS}${query}`)
      const page = JSON.parse(answer.body) as JsonObject
      met.push(...idsOf(page))
      if (page['more'] !== true) break
      const last = encodeURIComponent(answer.headers['x-taxii-date-added-last'] ?? '')
      query = isByToken
        ? `?limit=${limit}&next=${String(page['next'])}`
        : `?limit=${limit}&added_after=${last}`
    }
    expect(met.length).toBe(23)
    expect(new Set(met).size).toBe(23)
  }
})

test('what is posted stands at times of its own, ever later, also when the clock goes back', async () => {
  const early = serverOf(records, { clock: { nowMs: () => 1_000_000 } })
  await post(
    server,
    OBJECTS,
    Array.from({ length: 50 }, (_, at) => indicator(at)),
  )
  await post(early, OBJECTS, [indicator(60)])
  const { objects } = (await read(`${MANIFEST}?limit=20`)) as { objects: { date_added: string }[] }
  const rows = await records.selectFrom('taxii_objects').select('added').orderBy('seq').execute()
  const times = rows.map(({ added }) => Number(added))
  expect(times.every((time, at) => at === 0 || time > (times[at - 1] ?? 0))).toBe(true)
  expect(objects[0]?.date_added).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
})

test('each object is answered for by itself', async () => {
  const first = indicator(1)
  await post(server, OBJECTS, [first])
  const answer = await post(server, OBJECTS, [
    first,
    { ...first, name: 'Forged' },
    indicator(2),
    { ...indicator(3), valid_from: 'soon' },
    5,
  ])
  const status = JSON.parse(answer.body) as JsonObject
  expect(answer.status).toBe(202)
  expect(status).toMatchObject({
    status: 'complete',
    total_count: 5,
    success_count: 2,
    failure_count: 3,
    pending_count: 0,
  })
  const messages = (status['failures'] as { message: string }[]).map(({ message }) => message)
  expect(messages.join()).toContain('valid_from: expected a timestamp')
  expect(messages.join()).toContain('with another text')
  expect(idsOf(await read(OBJECTS))).toEqual([first.id, indicator(2).id])
  expect(await read(`${ROOT}status/${String(status['id'])}/`)).toEqual(status)
})

test('a new version is the last one, and the first stays', async () => {
  const next = indicator(1, { modified: '2026-05-01T00:00:00.000Z', name: 'Next' })
  await post(server, OBJECTS, [indicator(1)])
  await post(server, OBJECTS, [next])
  const names = async (query: string) =>
    ((await read(`${OBJECTS}${query}`))['objects'] as JsonObject[]).map(({ name }) => name)
  expect(await names('')).toEqual(['Next'])
  expect(await names('?match[version]=first')).toEqual(['Indicator 1'])
  expect(await names('?match[version]=all')).toEqual(['Indicator 1', 'Next'])
  expect(await names('?match[version]=first,last')).toEqual(['Indicator 1', 'Next'])
  expect(await read(`${OBJECTS}${next.id}/versions/`)).toMatchObject({
    versions: ['2026-04-06T20:03:48.000Z', '2026-05-01T00:00:00.000Z'],
  })
  await ask(server, `${OBJECTS}${next.id}/?match[version]=last`, { method: 'DELETE' })
  expect(await names('')).toEqual(['Indicator 1'])
})

test('an observable, which has no versions, stands once and has one version', async () => {
  const address = {
    type: 'ipv4-addr',
    spec_version: '2.1',
    id: 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4',
    value: '198.51.100.3',
  }
  await post(server, OBJECTS, [address])
  const before = await read(`${OBJECTS}${address.id}/versions/`)
  const again = JSON.parse(
    (await post(server, OBJECTS, [address, { ...address, defanged: true }])).body,
  ) as JsonObject
  expect(again).toMatchObject({ success_count: 1, failure_count: 1 })
  expect(await read(`${OBJECTS}${address.id}/versions/`)).toEqual(before)
})

describe('is refused', () => {
  const TAKEN = { 'content-type': TAXII_MEDIA }
  test.each([
    [401, '/taxii2/', { headers: { authorization: 'no' } }],
    [404, '/nowhere/', {}],
    [404, `${ROOT}collections/nowhere/`, {}],
    [404, `${OBJECTS}indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f/`, {}],
    [404, `${ROOT}status/x/`, {}],
    [405, '/taxii2/', { method: 'POST', headers: TAKEN }],
    [406, '/taxii2/', { headers: { accept: 'application/json' } }],
    [406, OBJECTS, { headers: { accept: 'application/taxii+json;version=2.0' } }],
    [406, OBJECTS, { method: 'POST', headers: { accept: '', ...TAKEN }, body: '{}' }],
    [415, OBJECTS, { method: 'POST', body: '{"objects":[{}]}' }],
    [415, OBJECTS, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }],
    [400, OBJECTS, { method: 'POST', headers: TAKEN, body: '{"objects":' }],
    [422, OBJECTS, { method: 'POST', headers: TAKEN, body: '{}' }],
    [
      422,
      OBJECTS,
      { method: 'POST', headers: TAKEN, body: `${'['.repeat(5000)}${']'.repeat(5000)}` },
    ],
    [413, OBJECTS, { method: 'POST', headers: TAKEN, body: 'x'.repeat(1_000_001) }],
    [400, `${OBJECTS}?limit=0`, {}],
    [400, `${OBJECTS}?limit=1&limit=2`, {}],
    [400, `${OBJECTS}?added_after=yesterday`, {}],
    [400, `${OBJECTS}?added_after=2026-02-30T00:00:00Z`, {}],
    [400, `${OBJECTS}?match[version]=all,last`, {}],
    [400, `${OBJECTS}?match[version]=newest`, {}],
    [400, `${OBJECTS}?next=nonsense`, {}],
  ])('%i: %s %j', async (status, url, asked) => {
    const answer = await ask(server, url, asked)
    const body = JSON.parse(answer.body) as JsonObject
    expect([answer.status, body['http_status'], answer.headers['content-type']]).toEqual([
      status,
      String(status),
      TAXII_MEDIA,
    ])
  })

  test('a token of another query', async () => {
    await sow(5, (at) => at)
    const { next } = await read(`${OBJECTS}?limit=2`)
    expect((await ask(server, `${OBJECTS}?limit=2&next=${String(next)}`)).status).toBe(200)
    expect(
      (await ask(server, `${OBJECTS}?limit=2&match[type]=tool&next=${String(next)}`)).status,
    ).toBe(400)
    expect((await ask(server, `${MANIFEST}?limit=2&next=${String(next)}`)).status).toBe(400)
  })
})

test.each([
  'application/taxii+json',
  '*/*',
  'text/html, application/taxii+json;version=2.1;q=0.5',
  'application/*;q=0.1',
])('a reader that takes %s is answered', async (accept) => {
  expect((await ask(server, '/taxii2/', { headers: { accept } })).headers['content-type']).toBe(
    TAXII_MEDIA,
  )
})

test('what a client may not see is nowhere: not in pages, manifest, versions, by id, nor by how it is refused', async () => {
  await sow(10, (at) => at)
  const hidden = indicator(4).id
  const half = serverOf(records, {
    identify: async () => ({ ...ANYBODY, name: 'half', maySee: ({ id }) => id !== hidden }),
  })
  const texts = await Promise.all(
    [
      OBJECTS,
      MANIFEST,
      `${OBJECTS}?match[version]=all`,
      `${OBJECTS}?match[id]=${hidden}`,
      `${OBJECTS}${hidden}/`,
      `${OBJECTS}${hidden}/versions/`,
    ].map(async (url) => (await ask(half, url)).body),
  )
  expect(texts.slice(0, 4).join()).not.toContain(hidden)
  const absent = 'indicator--00000000-0000-4000-8000-000000000000'
  const plain = (text: string) =>
    text.replaceAll(hidden, absent).replaceAll(/"error_id":"[^"]+"/g, '')
  expect(plain(texts[4] ?? '')).toBe(plain((await ask(half, `${OBJECTS}${absent}/`)).body))
  expect((await ask(half, `${OBJECTS}${hidden}/`, { method: 'DELETE' })).status).toBe(404)
  const none = serverOf(records, {
    identify: async () => ({ ...ANYBODY, mayRead: () => false, mayWrite: () => false }),
  })
  expect(await read(`${ROOT}collections/`, none)).toEqual({})
  expect((await ask(none, `${ROOT}collections/${COLLECTION.id}/`)).status).toBe(404)
})

describe('over HTTP', () => {
  let http: Server
  let address = ''
  beforeAll(async () => {
    http = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost')
      const body = async (most: number) => {
        const pieces: Buffer[] = []
        for await (const piece of request) pieces.push(piece as Buffer)
        const text = Buffer.concat(pieces)
        return text.length > most ? undefined : text.toString()
      }
      const given = {
        method: request.method ?? '',
        path: decodeURIComponent(url.pathname),
        parameters: url.searchParams,
        header: (name: string) => request.headers[name] as string | undefined,
        body,
      }
      void handleTaxii({ ...server, address }, given).then((answer) => {
        response.writeHead(answer.status, answer.headers).end(answer.body)
      })
    }).listen(0, '127.0.0.1')
    await once(http, 'listening')
    address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  })
  afterAll(() => http.close())

  const peer = () => ({ root: `${address}${ROOT}`, authorization: 'Basic eA==', fetch })
  const all = async (pages: AsyncGenerator<{ objects: readonly unknown[] }>) => {
    const met: unknown[] = []
    for await (const { objects } of pages) met.push(...objects)
    return met
  }

  test('our client finds, adds, walks, and goes on where it stopped', async () => {
    expect((await discover(peer())).api_roots).toEqual([`${address}${ROOT}`])
    expect((await remoteCollections(peer())).map(({ id }) => id)).toEqual([COLLECTION.id])
    const status = await addRemote(
      peer(),
      COLLECTION.id,
      Array.from({ length: 47 }, (_, at) => indicator(at)),
    )
    expect((await remoteStatus(peer(), status.id)).success_count).toBe(47)
    expect(await all(walkObjects(peer(), { collection: COLLECTION.id, limit: 10 }))).toHaveLength(
      47,
    )
    expect(await all(walkManifest(peer(), { collection: COLLECTION.id, limit: 7 }))).toHaveLength(
      47,
    )
    const first = (await walkObjects(peer(), { collection: COLLECTION.id, limit: 10 }).next())
      .value as { addedLast: string }
    expect(
      await all(walkObjects(peer(), { collection: COLLECTION.id, addedAfter: first.addedLast })),
    ).toHaveLength(37)
  })

  const PROGRAM = `
import sys
from taxii2client.v21 import Server, as_pages
server = Server(sys.argv[1] + '/taxii2/', user='x', password='y')
collection = server.api_roots[0].collections[0]
for limit in (1, 2, 50):
    pages = list(as_pages(collection.get_objects, per_request=limit))
    ids = [o['id'] for page in pages for o in page.get('objects', [])]
    assert len(ids) == len(set(ids)) == 23, (limit, len(ids))
manifest = [o for page in as_pages(collection.get_manifest, per_request=5) for o in page.get('objects', [])]
assert len(manifest) == 23, len(manifest)
status = collection.add_objects({'objects': [${JSON.stringify(indicator(99)).replaceAll('true', 'True')}]})
assert status.status == 'complete' and status.success_count == 1, status
collection.delete_object('${indicator(99).id}')
assert collection.object_versions('${indicator(1).id}')['versions'] == ['2026-04-06T20:03:48.000Z']
print('agreed')
`
  const isThere = spawnSync('python3', ['-c', 'import taxii2client.v21']).status === 0

  test.skipIf(!isThere)(
    'an independent client (taxii2-client) walks, adds and deletes',
    async () => {
      await sow(23, (at) => Math.floor(at / 5))
      const child = spawn('python3', ['-c', PROGRAM, address])
      let told = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text: Buffer) => (told += text.toString()))
      await once(child, 'close')
      expect(told).toContain('agreed')
    },
  )
})

describe('a server that lies', () => {
  const lying = (answers: readonly unknown[]) => {
    let at = -1
    const fetched = async () => new Response(JSON.stringify(answers[(at += 1) % answers.length]))
    return {
      root: 'http://127.0.0.1:9/r/',
      authorization: undefined,
      fetch: fetched as unknown as typeof fetch,
    }
  }
  const kindOf = async (answers: readonly unknown[]) => {
    try {
      for await (const _ of walkObjects(lying(answers), { collection: 'x' }));
    } catch (thrown) {
      return thrown instanceof TaxiiClientError ? thrown.trouble.kind : 'other'
    }
    return 'ended'
  }
  test.each([
    ['gives one token for ever', [{ more: true, next: 'a', objects: [1] }], 'no progress'],
    ['says there is more and nothing else', [{ more: true }], 'no progress'],
    [
      'gives new tokens and nothing with them',
      Array.from({ length: 9 }, (_, at) => ({ more: true, next: String(at) })),
      'no progress',
    ],
    ['speaks another language', [{ objects: 'none' }], 'not taxii'],
  ])('%s', async (_, answers, kind) => {
    expect(await kindOf(answers)).toBe(kind)
  })
})
