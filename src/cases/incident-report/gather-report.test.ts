import { expect, test } from 'vitest'
import { StatedReportSchema } from '../../model/index.ts'
import type { Alert, CaseDetail } from '../../model/index.ts'
import { gatherReport } from './gather-report.ts'
import { reportHtml } from './report-html.ts'
import { reportStix } from './report-stix.ts'

const alert = (entityKind: Alert['entityKind'], entity: string, firstSeen: string): Alert => ({
  id: `${entityKind}/${entity}`,
  rule: 'r',
  title: { en: 'Odd login', fr: 'Connexion étrange' },
  severity: 'high',
  entityKind,
  entity,
  count: 1,
  firstSeen,
  lastSeen: firstSeen,
  why: { en: '', fr: '' },
  reasons: [],
  attack: ['attack.t1078', 'attack.initial-access', 'attack.t1133'],
  author: '',
  reference: '',
  state: 'new',
  assessment: null,
  reason: null,
  assignee: null,
  reopened: 0,
  updated: firstSeen,
})

const detail: Pick<CaseDetail, 'case' | 'entries' | 'files' | 'alerts'> = {
  case: {
    number: 3,
    title: 'Login <from> next door',
    severity: 'high',
    state: 'open',
    marking: 'amber',
    lead: '',
    summary: 'Somebody used a real account.',
    occurred: null,
    detected: '2026-11-20T02:00:00.000Z',
    opened: '2026-11-20T03:00:00.000Z',
    openedBy: 'ann',
    contained: null,
    closed: null,
    assessment: null,
    conclusion: '',
    mergedInto: null,
    alerts: 4,
    openTasks: 0,
    lateTasks: 0,
  },
  alerts: [
    alert('address', '203.0.113.7', '2026-11-20T02:00:00.000Z'),
    alert('address', '10.1.2.3', '2026-11-20T02:10:00.000Z'),
    alert('address', '198.51.100.9', '2026-11-20T02:20:00.000Z'),
    alert('account', 'ann.roy', '2026-11-20T02:30:00.000Z'),
  ],
  entries: [
    {
      id: 'e1',
      kind: 'seen',
      at: '2026-11-20T01:00:00.000Z',
      text: 'First probe',
      recorded: '',
      by: '',
    },
    {
      id: 'e2',
      kind: 'done',
      at: '2026-11-20T04:00:00.000Z',
      text: 'Sessions ended',
      recorded: '',
      by: '',
    },
    {
      id: 'e3',
      kind: 'note',
      at: '2026-11-20T04:00:00.000Z',
      text: 'For us alone',
      recorded: '',
      by: '',
    },
  ],
  files: [],
}
const stated = (more: object = {}) =>
  StatedReportSchema.parse({
    reporter: {},
    organization: { name: 'Town', provider: 'North IT' },
    consent: {},
    impact: {},
    vector: {},
    ...more,
  })
const gather = (more: object = {}) =>
  gatherReport({
    detail,
    stated: stated(more),
    own: new Set(['198.51.100.9']),
    language: 'en',
  })

test('tells the intruder’s addresses, and neither people, nor inside addresses, nor its own', () => {
  const { report, withheld } = gather()
  expect(report.indicators.map(({ value }) => value)).toEqual(['203.0.113.7'])
  expect(withheld).toEqual([
    { value: '10.1.2.3', reason: 'private' },
    { value: '198.51.100.9', reason: 'own' },
    { value: 'ann.roy', reason: 'account' },
  ])
  expect(JSON.stringify(report)).not.toMatch(/ann\.roy|10\.1\.2\.3|198\.51\.100\.9/)
})

test('is a timeline in order, what was done, and no note', () => {
  const { report } = gather()
  expect(report.timeline.map(({ what }) => what)).toEqual([
    'First probe',
    'Odd login: 203.0.113.7',
    'Odd login',
    'Odd login',
    'Odd login',
  ])
  expect(report.actions).toEqual(['Sessions ended'])
  expect(report.techniques).toEqual(['T1078', 'T1133'])
  expect(JSON.stringify(report)).not.toContain('For us alone')
})

test('a value people leave out is not told, and one they add is', () => {
  const { report, withheld } = gather({
    leftOut: ['203.0.113.7'],
    indicators: [
      { value: 'updates.example', context: 'asked every hour' },
      { value: '192.168.0.9' },
    ],
  })
  expect(report.indicators).toEqual([
    {
      kind: 'domain',
      value: 'updates.example',
      firstSeen: null,
      lastSeen: null,
      context: 'asked every hour',
    },
  ])
  expect(withheld).toContainEqual({ value: '203.0.113.7', reason: 'left_out' })
  expect(withheld).toContainEqual({ value: '192.168.0.9', reason: 'private' })
})

test('an anonymous report names neither the organisation nor its provider', () => {
  const { report, missing } = gather({ consent: { anonymise: true } })
  expect(JSON.stringify(report)).not.toMatch(/Town|North IT/)
  expect(missing).not.toContain('organization.name')
})

test('as a page it says that it is a draft, and markup is text', () => {
  const page = reportHtml({ report: gather().report, approval: null }, 'fr')
  expect(page).toContain('Ébauche. Personne n’a approuvé ce texte.')
  expect(page).toContain('Login &lt;from&gt; next door')
  expect(page).not.toContain('<from>')
})

test('as STIX it is the same objects each time, under its marking', () => {
  const at = '2026-11-20T05:00:00.000Z'
  const bundle = JSON.stringify(reportStix(gather().report, at))
  expect(bundle).toBe(JSON.stringify(reportStix(gather().report, at)))
  expect(bundle).toContain("[ipv4-addr:value = '203.0.113.7']")
  expect(bundle).toContain('marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421')
})
