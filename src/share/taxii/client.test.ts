// What the client does with servers that misbehave: it stops, says why, and keeps what came.

import { expect, test } from 'vitest'
import { addRemote, remoteCollections, walkManifest, walkObjects } from './client.ts'
import type { TaxiiPeer } from './client.ts'
import { TAXII_MEDIA } from './media-types.ts'

type Answer = { readonly status?: number; readonly body: unknown; readonly headers?: object }

/** A server that answers the question after so many others; asked more than 100 times, it says so. */
function serverOf(answer: (at: number, url: URL) => Answer): TaxiiPeer & { asked: () => number } {
  let asked = 0
  return {
    root: 'https://hub.example/root/',
    authorization: undefined,
    fetch: async (input) => {
      if (asked >= 100) throw new Error('asked without end')
      const {
        status = 200,
        body,
        headers,
      } = answer(asked, new URL(input instanceof Request ? input.url : input))
      asked += 1
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return new Response(text, { status, headers: { 'content-type': TAXII_MEDIA, ...headers } })
    },
    asked: () => asked,
  }
}

const one = { type: 'indicator', id: 'indicator--1' }
const added = (at: number) => ({
  'x-taxii-date-added-last': `2026-11-01T00:00:${String(at % 60).padStart(2, '0')}.000000Z`,
})

async function walked(peer: TaxiiPeer, walk = walkObjects): Promise<number> {
  let objects = 0
  for await (const page of walk(peer, { collection: 'c' })) objects += page.objects.length
  return objects
}

test.each<readonly [string, (at: number) => Answer]>([
  ['the same token for ever', () => ({ body: { more: true, next: 'a', objects: [one] } })],
  [
    'a token each time, and always the same objects',
    (at) => ({ body: { more: true, next: `n${at}`, objects: [one] } }),
  ],
  [
    'two pages in turn under new tokens',
    (at) => ({ body: { more: true, next: `n${at}`, objects: [{ ...one, name: at % 2 }] } }),
  ],
  ['more, and nothing that says where', () => ({ body: { more: true, objects: [one] } })],
  [
    'more, and never an object',
    (at) => ({ body: { more: true, next: `n${at}` }, headers: added(at) }),
  ],
  ['a time that stands still', () => ({ body: { more: true, objects: [one] }, headers: added(1) })],
  [
    'a time that goes back',
    (at) => ({ body: { more: true, objects: [{ ...one, at }] }, headers: added(50 - at) }),
  ],
])('goes in no circle: %s', async (_, answer) => {
  const server = serverOf(answer)
  await expect(walked(server)).rejects.toMatchObject({ trouble: { kind: 'no progress' } })
  expect(server.asked()).toBeLessThan(10)
})

test('a manifest that goes in circles is left as well', async () => {
  const entry = { id: 'indicator--1', date_added: '2026-11-01T00:00:00Z', version: '2026' }
  const server = serverOf(() => ({ body: { more: true, objects: [entry] }, headers: added(1) }))
  await expect(walked(server, walkManifest)).rejects.toMatchObject({
    trouble: { kind: 'no progress' },
  })
})

test('a page that says there is no more ends the walk, whatever token it carries', async () => {
  const server = serverOf(() => ({ body: { more: false, next: 'x', objects: [one] } }))
  expect(await walked(server)).toBe(1)
  expect(server.asked()).toBe(1)
})

test('one empty page in between is no end', async () => {
  const pages: readonly Answer[] = [
    { body: { more: true, next: 'a', objects: [one] } },
    { body: { more: true, next: 'b' } },
    { body: { more: false, objects: [{ ...one, id: 'indicator--2' }] } },
  ]
  expect(await walked(serverOf((at) => pages[at] ?? { body: {} }))).toBe(2)
})

test.each<readonly [string, Answer, object]>([
  [
    'another version',
    { body: {}, headers: { 'content-type': 'application/taxii+json;version=2.0' } },
    { kind: 'not taxii', reason: 'TAXII 2.0, expected 2.1' },
  ],
  [
    'a version to come',
    { body: {}, headers: { 'content-type': 'application/taxii+json; version="3.0"' } },
    { kind: 'not taxii', reason: 'TAXII 3.0, expected 2.1' },
  ],
  [
    '406',
    { status: 406, body: '' },
    { kind: 'refused', status: 406, reason: 'HTTP 406: it does not speak TAXII 2.1' },
  ],
  [
    'a page for people',
    { body: '<html>', headers: { 'content-type': 'text/html' } },
    { kind: 'not taxii', reason: 'not JSON' },
  ],
  ['a list in place of an envelope', { body: [] }, { kind: 'not taxii' }],
  ['objects that are no list', { body: { objects: {} } }, { kind: 'not taxii' }],
  ['a whole number for more', { body: { more: 1, objects: [] } }, { kind: 'not taxii' }],
  [
    'depth',
    { body: `${'{"a":'.repeat(100)}1${'}'.repeat(100)}` },
    { kind: 'not taxii', reason: 'deeper than 64 levels' },
  ],
])('is refused with what was met: %s', async (_, answer, trouble) => {
  await expect(walked(serverOf(() => answer))).rejects.toMatchObject({ trouble })
})

test.each([
  ['120', 120_000],
  ['999999999', 3_600_000],
  ['Mon, 30 Nov 2026 12:00:30 GMT', 30_000],
  ['Mon, 30 Nov 2026 11:00:00 GMT', undefined],
  ['soon', undefined],
  ['-5', undefined],
])('503 with Retry-After %s is waited for: %s ms', async (said, retryAfterMs) => {
  const headers = { 'retry-after': said, date: 'Mon, 30 Nov 2026 12:00:00 GMT' }
  const body = { title: 'Busy', description: 'come back' }
  const server = serverOf(() => ({ status: 503, body, headers }))
  const trouble = await remoteCollections(server).then(
    () => undefined,
    (thrown: { trouble: { retryAfterMs?: number } }) => thrown.trouble,
  )
  expect(trouble).toMatchObject({ kind: 'refused', status: 503, reason: 'come back' })
  expect(trouble?.retryAfterMs).toBe(retryAfterMs)
})

test('what was sent and not answered as TAXII has it counts as not sent', async () => {
  const server = serverOf(() => ({ status: 202, body: { id: 'x', status: 'done' } }))
  await expect(addRemote(server, 'c', [one])).rejects.toMatchObject({
    trouble: { kind: 'not taxii' },
  })
})
