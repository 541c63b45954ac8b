// The content for each provider, against servers that speak as the providers do.

import { createHmac, createVerify, generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { until } from '../files/recording-intake.test-helper.ts'
import {
  COLLECTORS,
  account,
  event,
  ids,
  restart,
  room,
  said,
  start,
  useRoom,
} from './room.test-helper.ts'

vi.setConfig({ testTimeout: 20_000 })
useRoom()

const GUID = '00000000-0000-0000-0000-000000000001'

describe('Okta', () => {
  /** The content as it is, but for the address. */
  const here = () =>
    COLLECTORS.map((one) =>
      one.name === 'okta'
        ? JSON.parse(JSON.stringify(one).replaceAll('https://{domain}', room.provider.url))
        : one,
    )

  test('follows the link through pages and restarts; one that is too old gives way to the time', async () => {
    const log = [1, 2, 3].map((id) => ({ uuid: `u${id}`, published: event(id, id).time }))
    room.provider.answer = ({ query }) => {
      if (query['after'] === 'old') return { status: 400, body: { errorCode: 'E0000031' } }
      const from = Number(query['after'] ?? 0)
      const page = log.slice(from, from + 2)
      const link = `<${room.provider.url}/api/v1/logs?after=${from + page.length}>; rel="next"`
      return {
        headers: { Link: `<${room.provider.url}/api/v1/logs>; rel="self", ${link}` },
        body: page,
      }
    }
    account(
      'okta',
      'collector: okta\nsettings: { domain: town.okta.com }\nsecrets: { token: { env: OKTA_TOKEN } }',
    )
    start(here())
    await until(() => room.intake.lines.length === 3)
    await until(() => room.provider.asked.length === 3)
    expect(room.provider.asked[0]?.headers.authorization).toBe('SSWS from-the-environment')
    expect(room.provider.asked[0]?.query).toMatchObject({ sortOrder: 'ASCENDING' })
    await room.service?.close()
    const mark = room.noted.get('cloud/okta/system')
    const cursor = String(mark?.cursor).replace('after=3', 'after=old')
    room.noted.set('cloud/okta/system', { ...mark!, cursor })
    log.push({ uuid: 'u4', published: event(4, 40).time })
    start(here())
    await until(() => room.intake.lines.length === 4)
    expect(room.intake.texts().map((text) => JSON.parse(text).uuid)).toEqual([
      'u1',
      'u2',
      'u3',
      'u4',
    ])
  })

  test('a link to another host is not followed with the token', async () => {
    room.provider.answer = () => ({
      headers: { Link: '<http://198.51.100.9/logs>; rel="next"' },
      body: [],
    })
    account('okta', 'collector: okta\nsettings: { domain: town.okta.com }\nsecrets: { token: t }')
    start(here())
    await until(() => said().includes('leads_elsewhere'))
    expect(said()).toEqual(['leads_elsewhere'])
  })
})

describe('Microsoft', () => {
  const login = () => `login: ${room.provider.url}, tenant: ${GUID}, client: ${GUID}`

  test('Graph: signs in, renews a token that ended early, follows nextLink', async () => {
    let tokens = 0
    room.provider.answer = ({ path, headers, query }) => {
      if (path.endsWith('/oauth2/v2.0/token')) {
        tokens += 1
        return { body: { access_token: `token-${tokens}`, expires_in: 3600 } }
      }
      const next = `${room.provider.url}${path}?$skiptoken=2`
      const isFirst = query['$skiptoken'] === undefined
      // The first token ends behind the first page, long before it said it would.
      if (headers.authorization !== `Bearer token-${isFirst && tokens === 1 ? 1 : 2}`)
        return { status: 401, body: 'expired' }
      return isFirst
        ? {
            body: {
              value: [{ id: 's1', createdDateTime: event(1).time }],
              '@odata.nextLink': next,
            },
          }
        : { body: { value: [{ id: 's2', createdDateTime: event(2).time }] } }
    }
    account(
      'entra',
      `collector: microsoft-graph\nsettings: { ${login()}, graph: ${room.provider.url} }\nsecrets: { secret: 's&1' }\nstreams: [sign-ins]`,
    )
    start()
    await until(() => room.intake.lines.length === 2)
    expect(ids()).toEqual(['s1', 's2'])
    expect(room.provider.asked[0]?.body).toContain(
      `client_secret=s%261&scope=${encodeURIComponent(`${room.provider.url}/.default`)}`,
    )
    expect(room.provider.asked[1]?.query['$filter']).toMatch(
      /^createdDateTime ge 2026-03-13T1\d:\d\d:\d\dZ and createdDateTime le /,
    )
    expect(tokens).toBe(2)
  })

  test('a wrong secret is said with what the sign-in answers', async () => {
    room.provider.answer = () => ({ status: 401, body: { error: 'invalid_client' } })
    account(
      'entra',
      `collector: microsoft-graph\nsettings: { ${login()}, graph: ${room.provider.url} }\nsecrets: { secret: x }\nstreams: [audits]`,
    )
    start()
    await until(() => said().length > 0)
    expect(room.events[0]).toMatchObject({
      trouble: { code: 'refused', status: 401, said: '{"error":"invalid_client"}' },
    })
  })

  test('Management Activity: subscribes, lists, reads each blob once, in spans of a day at most', async () => {
    room.provider.answer = ({ path, query, headers, body }) => {
      if (path.endsWith('/token')) return { body: { access_token: 't', expires_in: 3600 } }
      if (path.endsWith('/subscriptions/start'))
        return {
          status: 400,
          body: { error: { code: 'AF20024', message: 'The subscription is already enabled.' } },
        }
      if (path.includes('/audit/')) {
        const number = path.at(-1)
        return headers.authorization === 'Bearer t'
          ? { body: [{ Id: `${number}a`, Workload: 'Exchange' }, { Id: `${number}b` }] }
          : { status: 401, body }
      }
      const base = `${room.provider.url}/api/v1.0/${GUID}/activity/feed`
      const blob = (id: string) => ({
        contentId: id,
        contentUri: `${base}/audit/${id}`,
        contentCreated: event(1).time,
      })
      return query['nextPage'] === undefined
        ? {
            headers: { NextPageUri: `${base}/subscriptions/content?nextPage=2` },
            body: [blob('1')],
          }
        : { body: [blob('2')] }
    }
    account(
      'm365',
      `collector: microsoft-365\nsettings: { ${login()}, manage: ${room.provider.url} }\nsecrets: { secret: x }\nstreams: [exchange]\nsince: 2026-03-10T00:00:00Z`,
    )
    start()
    await until(() => room.intake.lines.length === 4)
    await until(() => said().includes('started'))
    expect(room.intake.texts().map((text) => JSON.parse(text).Id)).toEqual(['1a', '1b', '2a', '2b'])
    const spansNow = () =>
      room.provider.asked.filter(({ query }) => query['startTime'] !== undefined)
    await until(() => spansNow().length > 4)
    const spans = spansNow()
    expect(spans.length).toBeGreaterThan(4)
    for (const { query } of spans) {
      const [from = '', to = ''] = [query['startTime'], query['endTime']]
      expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(86_400_000)
      expect(from).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    }
  })
})

describe('Google', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keyFile = () => {
    const file = join(room.folder, 'key.json')
    writeFileSync(
      file,
      JSON.stringify({
        client_email: 'vigie@town.example',
        private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      }),
    )
    return file
  }

  test('Workspace: a signed assertion for the administrator, pages by token', async () => {
    room.provider.answer = ({ path, body, query }) => {
      if (path === '/token') {
        const assertion = new URLSearchParams(body).get('assertion') ?? ''
        const [head, claims = '', signature = ''] = assertion.split('.')
        const isSigned = createVerify('RSA-SHA256')
          .update(`${head}.${claims}`)
          .verify(publicKey, signature, 'base64url')
        const { iss, sub, scope, aud } = JSON.parse(Buffer.from(claims, 'base64url').toString())
        expect({ isSigned, iss, sub, scope, aud }).toEqual({
          isSigned: true,
          iss: 'vigie@town.example',
          sub: 'admin@town.example',
          scope: 'https://www.googleapis.com/auth/admin.reports.audit.readonly',
          aud: `${room.provider.url}/token`,
        })
        return { body: { access_token: 'g', expires_in: 3600 } }
      }
      const item = (n: string) => ({
        id: { time: event(1).time, uniqueQualifier: n, applicationName: 'login' },
      })
      return query['pageToken'] === undefined
        ? { body: { items: [item('1')], nextPageToken: 'p2' } }
        : { body: { items: [item('2')] } }
    }
    account(
      'google',
      `collector: google-workspace\nsettings: { administrator: admin@town.example, token: '${room.provider.url}/token', admin: '${room.provider.url}' }\nsecrets: { key: { file: '${keyFile()}' } }\nstreams: [login]`,
    )
    start()
    await until(() => room.intake.lines.length === 2)
    expect(room.provider.asked[1]?.path).toBe(
      '/admin/reports/v1/activity/users/all/applications/login',
    )
    expect(room.intake.lines).toHaveLength(2)
  })

  test('Pub/Sub: messages are taken off once their lines are on disk', async () => {
    const acknowledged: string[] = []
    const log = (n: number) => Buffer.from(JSON.stringify({ insertId: `i${n}` })).toString('base64')
    room.provider.answer = ({ path, body }) => {
      if (path === '/token') return { body: { access_token: 'g', expires_in: 3600 } }
      if (path.endsWith(':pull')) {
        const isFirst = room.provider.asked.filter((one) => one.path.endsWith(':pull')).length === 1
        return isFirst
          ? {
              body: {
                receivedMessages: [1, 2, 1].map((n) => ({
                  ackId: `a${n}`,
                  message: { messageId: `m${n}`, data: log(n) },
                })),
              },
            }
          : { body: {} }
      }
      acknowledged.push(...JSON.parse(body).ackIds)
      expect(room.intake.syncs).toEqual([2])
      return { body: {} }
    }
    account(
      'gcp',
      `collector: google-cloud\nsettings: { project: town-prod, subscription: vigie, token: '${room.provider.url}/token', pubsub: '${room.provider.url}' }\nsecrets: { key: { file: '${keyFile()}' } }`,
    )
    start()
    await until(() => acknowledged.length === 3)
    expect(room.intake.texts()).toEqual(['{"insertId":"i1"}', '{"insertId":"i2"}'])
    expect(room.provider.asked[1]?.path).toBe('/v1/projects/town-prod/subscriptions/vigie:pull')
  })
})

test('Duo: every request signed, pages by a pair', async () => {
  room.provider.answer = ({ method, path, query, headers }) => {
    const parameters = Object.entries(query)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .toSorted()
      .join('&')
    const canonical = [headers.date, method, '127.0.0.1', path, parameters].join('\n')
    const signature = createHmac('sha512', 'its-secret').update(canonical).digest('hex')
    const expected = `Basic ${Buffer.from(`DIXXXXXXXXXXXXXXXXXX:${signature}`).toString('base64')}`
    if (headers.authorization !== expected) return { status: 401, body: { stat: 'FAIL' } }
    const isFirst = query['next_offset'] === undefined
    const txid = isFirst ? 't1' : 't2'
    const metadata = isFirst ? { next_offset: ['1773502013000', 't1'] } : { next_offset: null }
    return {
      body: {
        stat: 'OK',
        response: { authlogs: [{ txid, isotimestamp: event(isFirst ? 1 : 2).time }], metadata },
      },
    }
  }
  account(
    'duo',
    `collector: duo\nsettings: { host: '${room.provider.url}', integration: DIXXXXXXXXXXXXXXXXXX }\nsecrets: { secret: its-secret }\nstreams: [authentications]`,
  )
  start()
  await until(() => room.intake.lines.length === 2)
  expect(room.intake.texts().map((text) => JSON.parse(text).txid)).toEqual(['t1', 't2'])
  expect(room.provider.asked[1]?.query['next_offset']).toBe('1773502013000,t1')
})

describe('AWS', () => {
  const records = (from: number, to: number) =>
    gzipSync(
      JSON.stringify({
        Records: Array.from({ length: to - from }, (_, i) => ({ eventID: `e${from + i}` })),
      }),
    )
  const settings = () =>
    `bucket: town-logs, key_id: AKIAEXAMPLEEXAMPLE00, storage: '${room.provider.url}'`
  const isSigned = (header: string | undefined, asked: string) =>
    header?.startsWith(`AWS4-HMAC-SHA256 Credential=AKIAEXAMPLEEXAMPLE00/`) === true &&
    header.includes(`/ca-central-1/${asked}/aws4_request`)
  const list = (keys: readonly string[], token = '') =>
    `<?xml version="1.0"?><ListBucketResult>${keys.map((key) => `<Contents><Key>${encodeURIComponent(key)}</Key><LastModified>2026-03-14T15:59:00.000Z</LastModified><ETag>&quot;1&quot;</ETag></Contents>`).join('')}${token && `<NextContinuationToken>${token}</NextContinuationToken>`}</ListBucketResult>`

  test('a bucket is listed by day and page, new objects are read once', async () => {
    room.provider.answer = ({ path, query, headers }) => {
      if (!isSigned(headers.authorization, 's3')) return { status: 403 }
      if (path === '/') {
        if (query['prefix'] !== 'AWSLogs/1/CloudTrail/2026/03/14/') return { body: list([]) }
        return {
          body:
            query['continuation-token'] === undefined
              ? list(['AWSLogs/1/CloudTrail-Digest/x.gz', 'a/é 1.json.gz'], 'more')
              : list(['a/2.json.gz']),
        }
      }
      return { body: path.endsWith('2.json.gz') ? records(2, 4) : records(0, 2) }
    }
    account(
      'aws',
      `collector: aws-s3\nsettings: { ${settings()}, prefix: 'AWSLogs/1/CloudTrail/{yyyy}/{mm}/{dd}/' }\nsecrets: { key: k }`,
    )
    start()
    await until(() => said().includes('started'))
    expect(room.intake.texts().map((text) => JSON.parse(text).eventID)).toEqual([
      'e0',
      'e1',
      'e2',
      'e3',
    ])
    expect(room.intake.lines[0]).toMatchObject({ kind: 'cloud', source: 'cloud/aws/bucket' })
    expect(
      new Set(room.provider.asked.map(({ query }) => query['prefix']).filter(Boolean)),
    ).toEqual(new Set(['AWSLogs/1/CloudTrail/2026/03/13/', 'AWSLogs/1/CloudTrail/2026/03/14/']))
    await restart()
    await until(() => said().length === 2)
    expect(room.intake.lines).toHaveLength(4)
  })

  test('load balancers and WAF write lines, not records: each is an event', async () => {
    const keys = [
      'AWSLogs/1/elasticloadbalancing/ca-central-1/2026/03/14/1_elasticloadbalancing_x.log.gz',
      'AWSLogs/1/elasticloadbalancing/ca-central-1/2026/03/14/classic.log',
      'AWSLogs/1/WAFLogs/ca-central-1/town/2026/03/14/15/26/1_waflogs_x.log.gz',
    ]
    const lines = [
      ['https 2026-03-14T15:26:53.186641Z app/a/1 203.0.113.66:1 - "x"', 'h2 second'],
      ['2026-03-14T15:27:00.945958Z classic 203.0.113.66:2'],
      ['{"timestamp":1,"webaclId":"a"}', '{"timestamp":2,"webaclId":"a"}'],
    ]
    room.provider.answer = ({ path }) => {
      if (path === '/') return { body: list(keys) }
      const at = keys.findIndex((key) => path === `/${key}`)
      const text = `${lines[at]?.join('\n')}\n`
      return { body: path.endsWith('.gz') ? gzipSync(text) : text }
    }
    account('aws', `collector: aws-s3\nsettings: { ${settings()} }\nsecrets: { key: k }`)
    start()
    await until(() => said().includes('started'))
    expect(room.intake.texts()).toEqual(lines.flat())
  })

  test('a damaged object is said and does not keep the others', async () => {
    room.provider.answer = ({ path }) => {
      if (path === '/') return { body: list(['bad.gz', 'good.gz']) }
      return { body: path.includes('bad') ? records(0, 2000).subarray(0, 60) : records(5, 6) }
    }
    account('aws', `collector: aws-s3\nsettings: { ${settings()} }\nsecrets: { key: k }`)
    start()
    await until(() => said().includes('started'))
    expect(said()).toContain('object')
    expect(room.intake.texts().at(-1)).toContain('e5')
  })

  test('a stop in the middle of an object: the rest is read afterwards, and nothing twice', async () => {
    const wanted = Array.from({ length: 50_000 }, (_, i) => `e${i}`)
    const lines = wanted.map((id) => `${JSON.stringify({ eventID: id })}\n`).join('')
    room.provider.answer = ({ path }) => ({ body: path === '/' ? list(['a.json']) : lines })
    account('aws', `collector: aws-s3\nsettings: { ${settings()} }\nsecrets: { key: k }`)
    room.intake.saturate()
    start()
    await until(() => room.noted.get('cloud/aws/bucket')?.cursor?.includes('"object"') === true)
    const closing = room.service?.close()
    room.intake.release()
    await closing
    expect(room.intake.lines.length).toBeGreaterThan(0)
    expect(room.intake.lines.length).toBeLessThan(wanted.length)
    start()
    await until(() => said().includes('started'))
    expect(room.intake.texts().map((text) => JSON.parse(text).eventID)).toEqual(wanted)
  })

  test('a message whose second object fails stays in the queue; what was read is not read again', async () => {
    const deleted: string[] = []
    let isWhole = false
    const object = (key: string) => ({ s3: { bucket: { name: 'town-logs' }, object: { key } } })
    const Body = JSON.stringify({ Records: [object('one.gz'), object('two.gz')] })
    room.provider.answer = ({ path, headers, body }) => {
      if (headers['x-amz-target'] === 'AmazonSQS.DeleteMessage') {
        deleted.push(JSON.parse(body).ReceiptHandle)
        return { body: {} }
      }
      const Messages = deleted.length > 0 ? [] : [{ MessageId: 'm', ReceiptHandle: 'r', Body }]
      if (headers['x-amz-target'] !== undefined) return { body: { Messages } }
      if (path === '/one.gz') return { body: records(1, 2) }
      return isWhole ? { body: records(2, 3) } : { status: 400 }
    }
    account(
      'aws',
      `collector: aws-s3\nsettings: { ${settings()}, queue: '${room.provider.url}/1/q' }\nsecrets: { key: k }\nstreams: [queue]`,
    )
    start()
    await until(() => said().includes('answered'))
    expect(deleted).toEqual([])
    isWhole = true
    await restart()
    await until(() => deleted.length === 1)
    expect(deleted).toEqual(['r'])
    expect(room.intake.texts().map((text) => JSON.parse(text).eventID)).toEqual(['e1', 'e2'])
  })

  test('a queue names objects; its messages are taken off once the lines are on disk', async () => {
    const deleted: string[] = []
    const notice = {
      Records: [{ s3: { bucket: { name: 'town-logs' }, object: { key: 'a+b/1.json.gz' } } }],
    }
    const hostile = { Records: [{ s3: { bucket: { name: '{key}' }, object: { key: 'x' } } }] }
    const bodies = [
      notice,
      hostile,
      { Event: 's3:TestEvent' },
      {
        Message: JSON.stringify({
          detail: { bucket: { name: 'town-logs' }, object: { key: 'gone' } },
        }),
      },
    ]
    room.provider.answer = ({ path, headers, body }) => {
      const target = headers['x-amz-target']
      if (target !== undefined && !isSigned(headers.authorization, 'sqs')) return { status: 403 }
      if (target === 'AmazonSQS.DeleteMessage') {
        deleted.push(JSON.parse(body).ReceiptHandle)
        return { body: {} }
      }
      if (target === 'AmazonSQS.ReceiveMessage')
        return {
          body: {
            Messages:
              deleted.length > 0
                ? []
                : bodies.map((one, i) => ({
                    MessageId: `m${i}`,
                    ReceiptHandle: `r${i}`,
                    Body: JSON.stringify(one),
                  })),
          },
        }
      return path === '/a%20b/1.json.gz' ? { body: records(7, 9) } : { status: 404 }
    }
    account(
      'aws',
      `collector: aws-s3\nsettings: { ${settings()}, queue: '${room.provider.url}/1/q' }\nsecrets: { key: k }\nstreams: [queue]`,
    )
    start()
    await until(() => deleted.length === 4)
    expect(deleted).toEqual(['r0', 'r1', 'r2', 'r3'])
    expect(room.intake.texts().map((text) => JSON.parse(text).eventID)).toEqual(['e7', 'e8'])
    expect(room.intake.syncs[0]).toBe(2)
    expect(room.provider.asked.every(({ path }) => !path.includes('key'))).toBe(true)
  })
})
