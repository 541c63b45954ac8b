// Reading page by page, and accounts as files, against a server that answers as it is told.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { until } from '../files/recording-intake.test-helper.ts'
import { readCollectors } from './collector.ts'
import { account, event, ids, raise, room, said, start, useRoom } from './room.test-helper.ts'

vi.setConfig({ testTimeout: 20_000 })
useRoom()

/** One collector of our own against the server. */
function collector(stream: Record<string, unknown>) {
  const apart = mkdtempSync(join(room.folder, 'own-'))
  const file = join(apart, 'own.yml')
  writeFileSync(
    file,
    JSON.stringify({
      title: { en: 'Own', fr: 'Le nôtre' },
      references: ['https://example.com'],
      sign_in: { kind: 'none' },
      requests_per_minute: 6000,
      streams: {
        all: {
          request: { url: `${room.provider.url}/events`, query: { from: '{from}', to: '{to}' } },
          time: 'time',
          id: ['id'],
          poll_s: 1,
          ...stream,
        },
      },
    }),
  )
  return readCollectors(apart, raise)
}

describe('a span of time, page by page', () => {
  const paged = { next: { token: 'next', parameter: 'page' }, events: 'items', overlap_s: 1800 }

  test('every event once, what is asked for again left out, also after a restart', async () => {
    const all = [event(1, 1), event(2, 2), event(3, 3)]
    room.provider.answer = ({ query }) => {
      const page = Number(query['page'] ?? 0)
      const met = all.filter(
        ({ time }) => time >= (query['from'] ?? '') && time <= (query['to'] ?? ''),
      )
      return {
        body: {
          items: met.slice(page * 2, page * 2 + 2),
          ...(met.length > page * 2 + 2 && { next: page + 1 }),
        },
      }
    }
    const own = collector(paged)
    account('town', 'collector: own')
    start(own)
    await until(() => room.intake.lines.length === 3)
    all.push(event(4, 50))
    room.nowMs += 60_000
    await until(() => room.intake.lines.length === 4)
    await room.service?.close()
    all.push(event(5, 51))
    start(own)
    room.nowMs += 60_000
    await until(() => room.intake.lines.length === 5)
    expect(ids()).toEqual([1, 2, 3, 4, 5])
    expect(room.intake.lines[0]).toMatchObject({ kind: 'cloud', source: 'cloud/town/all' })
    expect(said()).toEqual(['started', 'started'])
  })

  test('a page reference that repeats is said, and what was read is not read twice', async () => {
    room.provider.answer = () => ({ body: { items: [event(1)], next: 'again' } })
    account('town', 'collector: own')
    start(collector(paged))
    await until(() => said().includes('repeats'))
    expect(ids()).toEqual([1])
    expect(room.service?.troubleOf('cloud/town/all')).toEqual({ code: 'repeats' })
  })

  test('what the provider no longer keeps is named', async () => {
    room.provider.answer = () => ({ body: { items: [] } })
    account('town', 'collector: own\nsince: 2026-01-01T00:00:00Z')
    start(collector({ ...paged, keeps_days: 7 }))
    await until(() => said().includes('gap'))
    expect(room.events.find((one) => one.kind === 'trouble')).toMatchObject({
      trouble: { code: 'gap', from: '2026-01-01T00:00:00.000Z', to: '2026-03-07T16:00:00.000Z' },
    })
  })

  test('throttling is waited for as long as the provider asks, and the same page asked for again', async () => {
    let refusals = 2
    room.provider.answer = () => {
      refusals -= 1
      return refusals >= 0
        ? { status: 429, headers: { 'Retry-After': '1' } }
        : { body: { items: [event(1)] } }
    }
    account('town', 'collector: own')
    start(collector(paged))
    const begun = performance.now()
    await until(() => room.intake.lines.length === 1)
    expect(performance.now() - begun).toBeGreaterThan(1900)
    expect(said()).toContain('throttled')
    await until(() => said().includes('recovered'))
    expect(room.provider.asked[0]?.query).toEqual(room.provider.asked[2]?.query)
  })

  test.each([
    ['no JSON', { body: '<html>' }, 'unreadable'],
    ['no array', { body: { items: 7 } }, 'unreadable'],
    [
      'a redirect',
      { status: 302, headers: { Location: 'http://198.51.100.9/' } },
      'leads_elsewhere',
    ],
    ['a refusal', { status: 403, body: 'no' }, 'refused'],
    ['an unknown address', { status: 404, body: 'no' }, 'answered'],
  ])('%s is said', async (_name, reply, code) => {
    room.provider.answer = () => reply
    account('town', 'collector: own')
    start(collector(paged))
    await until(() => said().length > 0)
    expect(said()).toEqual([code])
    expect(room.intake.lines).toEqual([])
  })

  test('an answer without end is not taken', { timeout: 30_000 }, async () => {
    room.provider.answer = () => ({ body: Buffer.alloc(65 * 1024 * 1024, 0x20) })
    account('town', 'collector: own')
    start(collector(paged))
    for (let tries = 0; tries < 4 && said().length === 0; tries += 1)
      await until(() => said().length > 0)
    expect(said()).toEqual(['too_large'])
  })

  test('numbers of more digits than a double holds, and texts, stay as they are', async () => {
    const items = '{"id":12345678901234567890,"t":1773502013.123456789,"s":"é"}'
    room.provider.answer = () => ({
      body: `{"items":[${room.provider.asked.length === 1 ? items : ''}]}`,
    })
    account('town', 'collector: own')
    start(collector(paged))
    await until(() => room.intake.lines.length === 1)
    expect(room.intake.texts()).toEqual([
      '{"id":12345678901234567890,"t":1773502013.123456789,"s":"é"}',
    ])
  })
})

test('content that cannot be used is said by its file, and the other is read', () => {
  const apart = mkdtempSync(join(room.folder, 'own-'))
  writeFileSync(join(apart, 'bad.yml'), 'title: {en: x')
  writeFileSync(join(apart, 'worse.yml'), 'title: { en: x, fr: y }\nstreams: {}')
  writeFileSync(
    join(apart, 'good.yml'),
    `title: { en: x, fr: y }\nreferences: [https://example.com]\nsign_in: { kind: none }\nstreams: {}`,
  )
  const told: string[] = []
  const read = readCollectors(apart, (cause) => told.push(String(cause)))
  expect(read.map(({ name }) => name)).toEqual(['good'])
  expect(told).toHaveLength(2)
  expect(told.every((one) => one.includes('CONTENT_INVALID'))).toBe(true)
})

describe('account files', () => {
  test.each([
    ['readable by others', 'collector: okta', 0o644, 'open_to_others'],
    ['no YAML', 'a: [', 0o600, 'unreadable'],
    ['an unknown provider', 'collector: nobody', 0o600, 'unknown_collector'],
    ['a setting missing', 'collector: okta', 0o600, 'missing'],
    [
      'a setting of another form',
      'collector: okta\nsettings: { domain: "https://x/" }\nsecrets: { token: t }',
      0o600,
      'not_fitting',
    ],
    [
      'an unknown setting',
      'collector: okta\nsettings: { domain: a.okta.com, host: b }\nsecrets: { token: t }',
      0o600,
      'unknown',
    ],
    [
      'a secret that is not there',
      'collector: okta\nsettings: { domain: a.okta.com }\nsecrets: { token: { env: NOT_SET } }',
      0o600,
      'missing',
    ],
    [
      'an unknown stream',
      'collector: okta\nsettings: { domain: a.okta.com }\nsecrets: { token: t }\nstreams: [x]',
      0o600,
      'unknown_stream',
    ],
  ])('%s: said, and the others are read', async (_name, text, mode, code) => {
    room.provider.answer = () => ({ body: [event(1)] })
    account('wrong', text, mode)
    account(
      'right',
      `collector: http-json\nsettings: { url: '${room.provider.url}/e' }\nsecrets: { token: t }`,
    )
    start()
    await until(() => room.intake.lines.length === 1)
    expect(said()).toContain(code)
    expect(room.provider.asked[0]?.headers.authorization).toBe('t')
  })

  test('a name that cannot be part of a source is said', async () => {
    account('Ville_1', 'collector: okta')
    start()
    await until(() => said().length > 0)
    expect(said()).toEqual(['bad_name'])
  })

  test('that come, change and go are followed', async () => {
    room.provider.answer = () => {
      room.nowMs += 60_000
      return { body: [] }
    }
    start()
    const text = (token: string) =>
      `collector: http-json\nsettings: { url: '${room.provider.url}/e' }\nsecrets: { token: ${token} }`
    account('town', text('one'))
    const asks = (token: string) =>
      room.provider.asked.some(({ headers }) => headers.authorization === token)
    await until(() => asks('one'))
    account('town', text('two'))
    await until(() => asks('two'))
    expect(room.provider.asked.at(-1)?.headers.authorization).toBe('two')
    rmSync(join(room.folder, 'town.yml'))
    await until(() => room.service?.sources().length === 0)
    expect(room.service?.sources()).toEqual([])
  })
})
