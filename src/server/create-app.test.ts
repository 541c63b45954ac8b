// The routes in process: who may ask, what is refused, what is answered.

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  AlertListSchema,
  OverviewSchema,
  ProblemBodySchema,
  SessionSchema,
} from '../model/index.ts'
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

describe('signing in', () => {
  test('exchanges the token for a cookie that scripts and other sites cannot use', async () => {
    const answer = await call('/api/session', { body: { token: 'once' } })
    expect(SessionSchema.parse(await answer.json())).toMatchObject({
      user: 'admin',
      station: 'Testville',
      language: 'fr',
    })
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^vigie_session=secret;/u)
    expect(cookie).toMatch(/; HttpOnly/u)
    expect(cookie).toMatch(/; SameSite=Strict/u)
    const session = { cookie: 'vigie_session=secret' }
    expect((await call('/api/session', { headers: session })).status).toBe(200)
    expect((await call('/api/overview', { headers: session })).status).toBe(200)
    await call('/api/session', { method: 'DELETE', headers: session })
    expect((await call('/api/overview', { headers: session })).status).toBe(401)
  })

  test.each([
    '/api/session',
    '/api/overview',
    '/api/alerts/a',
    '/api/hunt/fields',
    '/api/sources',
    '/api/rules',
    '/api/rule-runs',
    '/api/live',
    '/api/nothing',
  ])('%s asks for it', async (path) => {
    expect(await problem(await call(path))).toEqual({ status: 401, code: 'NOT_AUTHORISED' })
  })

  test('refuses a wrong token, and too many of them', async () => {
    const fresh = createApp({ station: createTestStation(), consoleFolder: folder })
    const tries = []
    for (let n = 0; n < 11; n++)
      tries.push(
        await problem(await call('/api/session', { body: { token: `no${n}` }, to: fresh })),
      )
    expect(tries.slice(0, 10)).toEqual(
      Array.from({ length: 10 }, () => ({ status: 401, code: 'SIGN_IN_REFUSED' })),
    )
    expect(tries[10]).toEqual({ status: 429, code: 'TOO_MANY_REQUESTS' })
  })

  test('refuses wrong client tokens, and too many of them', async () => {
    const fresh = createApp({ station: createTestStation(), consoleFolder: folder })
    const codes = []
    for (let n = 0; n < 12; n++)
      codes.push(
        (await call('/api/overview', { headers: { authorization: `Bearer no${n}` }, to: fresh }))
          .status,
      )
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
    expect((await call('/api/overview', { headers: CLIENT, to: fresh })).status).toBe(200)
  })
})

describe('bodies', () => {
  test.each([
    ['text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'BODY_NOT_JSON'],
    [
      'a form',
      { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'BODY_NOT_JSON',
    ],
    ['no type', { body: '{}', headers: { 'content-type': '' } }, 415, 'BODY_NOT_JSON'],
    ['broken JSON', { body: '{"a"' }, 400, 'BODY_NOT_JSON'],
    ['nothing', { body: '' }, 400, 'BODY_NOT_JSON'],
    ['a list', { body: [] }, 400, 'BODY_INVALID'],
    ['a wrong field', { body: { limit: 'many' } }, 400, 'BODY_INVALID'],
    ['too much', { body: { text: 'x'.repeat(300_000) } }, 413, 'BODY_TOO_LARGE'],
  ])('refuses %s', async (_, sent, status, code) => {
    const answer = await call('/api/alerts/search', {
      ...sent,
      headers: { ...CLIENT, ...('headers' in sent ? sent.headers : {}) },
    })
    expect(await problem(answer)).toEqual({ status, code })
  })

  test('says which field, in both languages', async () => {
    const answer = await call('/api/alerts/search', { body: { limit: 0 }, headers: CLIENT })
    const { sentence } = ProblemBodySchema.parse(await answer.json())
    expect(sentence.en).toMatch(/“limit”.*>=1/u)
    expect(sentence.fr).toMatch(/limit.*(?:supérieur|grand|au moins|≥|>=)/u)
  })
})

describe('routes', () => {
  test('answer what the schemas promise', async () => {
    OverviewSchema.parse(await (await call('/api/overview', { headers: CLIENT })).json())
    AlertListSchema.parse(
      await (
        await call('/api/alerts/search', { body: { state: ['new'] }, headers: CLIENT })
      ).json(),
    )
    expect(station.calls.at(-1)).toEqual(['search', { state: ['new'] }])
  })

  test('change alerts in the name of who asks, and take it back', async () => {
    const change = { ids: ['a', 'b'], state: 'acknowledged' }
    expect(
      await (await call('/api/alerts/change', { body: change, headers: CLIENT })).json(),
    ).toEqual({ undo: 'u1', changed: 2 })
    expect(station.calls.at(-1)).toEqual(['change', change, 'cli'])
    expect(
      await (await call('/api/alerts/undo', { body: { undo: 'u1' }, headers: CLIENT })).json(),
    ).toEqual({ changed: 2 })
    expect(
      await problem(await call('/api/alerts/undo', { body: { undo: 'u9' }, headers: CLIENT })),
    ).toEqual({ status: 404, code: 'NOT_FOUND' })
  })

  test('take a form of our own pages, which say no origin, and of no other', async () => {
    const form = { ...CLIENT, origin: 'null' }
    const path = '/api/sources/other'
    const send = (headers: Record<string, string>) =>
      call(path, { body: { parser: null }, headers })
    expect((await send({ ...form, 'sec-fetch-site': 'same-origin' })).status).toBe(404)
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await send({ ...form, 'sec-fetch-site': site })).status).toBe(403)
    expect((await send(form)).status).toBe(403)
  })

  test('take a source by its name, with its slash', async () => {
    const path = `/api/sources/${encodeURIComponent('syslog/192.0.2.10')}`
    expect((await call(path, { body: { parser: 'fortigate' }, headers: CLIENT })).status).toBe(200)
    expect(station.calls.at(-1)).toEqual(['setParser', 'syslog/192.0.2.10', 'fortigate', 'cli'])
    expect((await call(path, { body: { parser: null }, headers: CLIENT })).status).toBe(200)
    expect(
      (await call('/api/sources/other', { body: { parser: null }, headers: CLIENT })).status,
    ).toBe(404)
  })

  test('hide unexpected trouble, and tell the station of it', async () => {
    const answer = await call('/api/rules', { headers: CLIENT })
    const text = await answer.text()
    expect(answer.status).toBe(500)
    expect(text).not.toMatch(/password/u)
    expect(station.troubles.at(-1)).toMatchObject({ path: '/api/rules' })
  })

  test.each(['/api/alerts/none', '/api/rules/none', '/api/nothing'])(
    '%s is not here',
    async (path) => {
      expect((await problem(await call(path, { headers: CLIENT }))).status).toBe(404)
    },
  )

  test('are all in the OpenAPI document', async () => {
    const document = z
      .object({ paths: z.record(z.string(), z.looseObject({})) })
      .parse(await (await call('/api/openapi.json')).json())
    expect(
      Object.entries(document.paths)
        .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
        .toSorted(),
    ).toEqual([
      'delete /api/allowed-tools/{tool}',
      'delete /api/change-records/{id}',
      'delete /api/config-repositories',
      'delete /api/device-pulls/{device}',
      'delete /api/exercise',
      'delete /api/exposure/exceptions/{id}',
      'delete /api/golden/{name}',
      'delete /api/indicator-lists/{list}',
      'delete /api/rule-files/{name}',
      'delete /api/session',
      'get /api/alerts/{id}',
      'get /api/analytics',
      'get /api/campaigns',
      'get /api/campaigns/{id}',
      'get /api/campaigns/{id}/page',
      'get /api/cases',
      'get /api/cases/{number}',
      'get /api/cases/{number}/files/{file}',
      'get /api/cases/{number}/proof',
      'get /api/cases/{number}/report',
      'get /api/cases/{number}/report/{format}',
      'get /api/change-records',
      'get /api/config-folder',
      'get /api/config-repositories',
      'get /api/configuration-differences',
      'get /api/configurations/{id}',
      'get /api/coverage',
      'get /api/critical',
      'get /api/device-changes',
      'get /api/device-changes/{id}',
      'get /api/device-pulls',
      'get /api/device-report',
      'get /api/devices',
      'get /api/devices/{id}',
      'get /api/devices/{id}/acts',
      'get /api/entity',
      'get /api/evidence',
      'get /api/evidence/verifications',
      'get /api/exercise',
      'get /api/exposure/advisories',
      'get /api/exposure/assets',
      'get /api/exposure/assets/{id}',
      'get /api/exposure/export',
      'get /api/exposure/exposures',
      'get /api/exposure/facets',
      'get /api/exposure/feeds',
      'get /api/exposure/patches',
      'get /api/golden',
      'get /api/hunt/event/{batch}/{line}',
      'get /api/hunt/fields',
      'get /api/identity',
      'get /api/identity/accounts',
      'get /api/indicator-lists',
      'get /api/indicator-searches',
      'get /api/indicators',
      'get /api/indicators/{value}',
      'get /api/live',
      'get /api/networks',
      'get /api/networks/{address}',
      'get /api/notices',
      'get /api/notices/effect',
      'get /api/notices/told',
      'get /api/notices/{id}/sheet',
      'get /api/organisations',
      'get /api/overview',
      'get /api/playbooks',
      'get /api/playbooks/{playbook}/cacao',
      'get /api/readiness',
      'get /api/readiness/contact-sheet',
      'get /api/readiness/oscal',
      'get /api/readiness/plans',
      'get /api/readiness/plans/{kind}/template',
      'get /api/readiness/report',
      'get /api/registration',
      'get /api/report-sending',
      'get /api/rule-files/{name}',
      'get /api/rule-runs',
      'get /api/rule-trials/{id}',
      'get /api/rules',
      'get /api/rules/{id}',
      'get /api/segmentation',
      'get /api/segmentation/flows',
      'get /api/segmentation/pairs/{from}/{to}',
      'get /api/segmentation/proposal',
      'get /api/segmentation/zones',
      'get /api/sensors',
      'get /api/session',
      'get /api/share',
      'get /api/share/blind',
      'get /api/share/consents',
      'get /api/share/content',
      'get /api/share/misp/preview',
      'get /api/share/outbox',
      'get /api/share/passed-on',
      'get /api/share/readiness',
      'get /api/share/received',
      'get /api/share/reports',
      'get /api/share/seen',
      'get /api/share/threshold',
      'get /api/share/traces/{object}',
      'get /api/sources',
      'get /api/tool-lists',
      'post /api/alerts/change',
      'post /api/alerts/search',
      'post /api/alerts/undo',
      'post /api/allowed-tools',
      'post /api/campaigns/acts',
      'post /api/campaigns/acts/{id}/undo',
      'post /api/campaigns/incident-files',
      'post /api/campaigns/incidents',
      'post /api/case-files',
      'post /api/case-merges/{merge}/undo',
      'post /api/cases',
      'post /api/cases/{number}',
      'post /api/cases/{number}/alerts',
      'post /api/cases/{number}/entries',
      'post /api/cases/{number}/merge',
      'post /api/cases/{number}/people',
      'post /api/cases/{number}/playbooks',
      'post /api/cases/{number}/report',
      'post /api/cases/{number}/report/approval',
      'post /api/cases/{number}/report/hub',
      'post /api/cases/{number}/report/sealed',
      'post /api/cases/{number}/report/sent',
      'post /api/cases/{number}/tasks',
      'post /api/cases/{number}/tasks/{task}',
      'post /api/change-records',
      'post /api/change-records/imports',
      'post /api/config-repositories',
      'post /api/configurations',
      'post /api/critical-calls/{id}/done',
      'post /api/critical-clocks/{id}/acknowledge',
      'post /api/critical-hours',
      'post /api/critical/{id}',
      'post /api/device-changes/{id}/approve',
      'post /api/device-pulls',
      'post /api/device-pulls/{device}/host-key',
      'post /api/device-pulls/{device}/now',
      'post /api/evidence/bundles',
      'post /api/evidence/checkpoints',
      'post /api/evidence/quorum',
      'post /api/evidence/verifications',
      'post /api/evidence/witnessed-logs',
      'post /api/evidence/witnesses',
      'post /api/evidence/witnesses/confirmations',
      'post /api/evidence/witnesses/removals',
      'post /api/exercise',
      'post /api/exposure/assets/{id}',
      'post /api/exposure/assets/{id}/merge',
      'post /api/exposure/assets/{id}/unmerge',
      'post /api/exposure/exceptions',
      'post /api/exposure/imports',
      'post /api/exposure/knowledge',
      'post /api/firmware-hashes',
      'post /api/golden-configurations',
      'post /api/golden/{name}',
      'post /api/hunt/histogram',
      'post /api/hunt/search',
      'post /api/hunt/top',
      'post /api/identity-imports',
      'post /api/identity/checks',
      'post /api/identity/links',
      'post /api/identity/statements/{key}',
      'post /api/indicator-imports',
      'post /api/networks/packs',
      'post /api/notices/reports',
      'post /api/notices/told/{id}/answers',
      'post /api/notices/unplaced/{id}/settle',
      'post /api/notices/{id}/answers',
      'post /api/notices/{id}/calls',
      'post /api/organisations',
      'post /api/organisations/confirmations',
      'post /api/organisations/{id}/remove',
      'post /api/peers',
      'post /api/peers/{name}/acceptances',
      'post /api/peers/{name}/renewals',
      'post /api/peers/{name}/revoke',
      'post /api/playbooks',
      'post /api/readiness/goals/{key}',
      'post /api/readiness/goals/{key}/attestations',
      'post /api/readiness/goals/{key}/correction',
      'post /api/readiness/plans/{kind}',
      'post /api/registration',
      'post /api/report-sending/recipients',
      'post /api/report-sending/recipients/{name}/remove',
      'post /api/report-sending/rules',
      'post /api/report-sending/rules/{name}/revoke',
      'post /api/rule-checks',
      'post /api/rule-drafts',
      'post /api/rule-files',
      'post /api/rule-runs',
      'post /api/rule-runs/{id}/resume',
      'post /api/rule-runs/{id}/stop',
      'post /api/rule-trials',
      'post /api/rule-trials/{id}/stop',
      'post /api/segmentation/zones',
      'post /api/sensors',
      'post /api/sensors/{name}/revoke',
      'post /api/session',
      'post /api/share/blind/budgets',
      'post /api/share/blind/decisions',
      'post /api/share/blind/epochs',
      'post /api/share/blind/hubs',
      'post /api/share/blind/removals',
      'post /api/share/blind/values',
      'post /api/share/consents',
      'post /api/share/consents/{id}/revoke',
      'post /api/share/content/decisions',
      'post /api/share/joins',
      'post /api/share/misp/feeds',
      'post /api/share/outbox/decisions',
      'post /api/share/preview',
      'post /api/share/publications',
      'post /api/share/readiness',
      'post /api/share/reports/acknowledgements',
      'post /api/share/threshold/groups',
      'post /api/share/threshold/hubs',
      'post /api/share/threshold/indicators',
      'post /api/share/threshold/offers',
      'post /api/share/threshold/terms',
      'post /api/share/withdrawals',
      'post /api/sources/{name}',
      'post /api/tool-lists',
    ])
  })

  test('are never kept by a cache', async () => {
    expect((await call('/api/overview', { headers: CLIENT })).headers.get('cache-control')).toBe(
      'no-store',
    )
  })
})
