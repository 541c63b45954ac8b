// Reports of others as files: what is compared of them, what is left out, what is refused.

import { expect, test } from 'vitest'
import { gatherReport, reportStix } from '../../cases/index.ts'
import { StatedReportSchema } from '../../model/index.ts'
import type { CaseDetail, IncidentReport } from '../../model/index.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { readIncident } from './read-incident.ts'

const NOW = Date.UTC(2026, 10, 30)
const at = (day: number) => new Date(Date.UTC(2026, 10, day)).toISOString()

function report(
  change: { sharing?: 'amber' | 'red'; values?: readonly string[] } = {},
): IncidentReport {
  const { sharing = 'amber', values = ['evil.example', '203.0.113.9'] } = change
  const stated = StatedReportSchema.parse({
    reporter: { name: 'Ann Clerk' },
    organization: { name: 'Town of Elsewhere' },
    consent: { sharing },
    impact: { services: 'payroll.town.example' },
    vector: { entry: 'CVE-2024-21762 on the gateway' },
    indicators: values.map((value) => ({ value, context: '' })),
  })
  const about: CaseDetail['case'] = {
    number: 4,
    title: 'Gateway taken',
    severity: 'high',
    state: 'open',
    marking: 'amber',
    lead: '',
    summary: 'They came by the VPN.',
    occurred: at(3),
    detected: at(9),
    opened: at(9),
    openedBy: 'Ann',
    contained: null,
    closed: null,
    assessment: null,
    conclusion: '',
    mergedInto: null,
    alerts: 0,
    openTasks: 0,
    lateTasks: 0,
  }
  const detail = { case: about, entries: [], files: [], alerts: [] }
  return gatherReport({ detail, stated, own: new Set(), language: 'en' }).report
}

const read = (value: unknown) => readIncident(JSON.stringify(value), NOW)
const featuresOf = (value: unknown) => {
  const result = read(value)
  if (!result.ok) throw new Error(result.problem.met)
  return result.value.features.map(({ kind, value: said, vouched }) => `${kind} ${said} ${vouched}`)
}

test('our own report, as JSON and as STIX, gives the same intruder and nothing of the organisation', () => {
  const one = report()
  const approval = { by: 'Chief', at: at(20), digest: 'x' }
  expect(featuresOf({ report: one, approval })).toEqual([
    'domain evil.example false',
    'address 203.0.113.9 false',
    'vulnerability CVE-2024-21762 false',
  ])
  expect(featuresOf(reportStix(one, at(20)))).toEqual([
    'domain evil.example false',
    'address 203.0.113.9 false',
  ])
  const text = JSON.stringify(read({ report: one, approval }))
  for (const own of ['Elsewhere', 'Ann', 'payroll']) expect(text).not.toContain(own)
  expect(read({ report: one, approval })).toMatchObject({
    value: { first: at(3), last: at(9), left: 0 },
  })
})

const object = (type: string, more: object) => ({
  type,
  spec_version: '2.1',
  id: `${type}--00000000-0000-4000-8000-0000000000${String(type.length).padStart(2, '0')}`,
  created: at(5),
  modified: at(5),
  ...more,
})
const bundle = (...objects: readonly object[]) => ({
  type: 'bundle',
  id: 'bundle--00000000-0000-4000-8000-000000000001',
  objects,
})

test('STIX of others: malware, techniques and vulnerabilities by their names; what was withdrawn is left', () => {
  const file = bundle(
    object('malware', { name: 'ShadowPad', is_family: true }),
    object('attack-pattern', {
      name: 'Valid accounts',
      external_references: [
        { source_name: 'mitre-attack', external_id: 'T1078' },
        { source_name: 'capec', external_id: 'CAPEC-1' },
      ],
    }),
    object('vulnerability', { name: 'CVE-2024-3400' }),
    object('indicator', {
      revoked: true,
      pattern: "[domain-name:value = 'gone.example']",
      pattern_type: 'stix',
      valid_from: at(5),
    }),
  )
  expect(featuresOf(file)).toEqual([
    'malware ShadowPad false',
    'vulnerability CVE-2024-3400 false',
    'technique T1078 false',
  ])
})

test('what is red, unreadable, empty or of another form is refused with what was expected', () => {
  expect(read({ report: report({ sharing: 'red' }) })).toMatchObject({
    problem: { met: 'TLP:RED' },
  })
  const red = { object_marking_refs: [markingOfLabel('red')] }
  expect(read(bundle(object('malware', { name: 'x', is_family: false, ...red })))).toMatchObject({
    problem: { met: 'TLP:RED' },
  })
  expect(readIncident('{', NOW)).toMatchObject({ problem: { met: 'a file that is no JSON' } })
  expect(readIncident('7', NOW)).toMatchObject({ ok: false })
  expect(read({ report: { case: 'x' } })).toMatchObject({
    problem: { met: expect.stringContaining('report.') as string },
  })
  expect(read(bundle())).toMatchObject({ ok: false })
  expect(read({ report: report({ values: [] }) })).toMatchObject({ ok: true })
  expect(read(bundle(object('malware-x', { name: 'x' })))).toMatchObject({ ok: false })
})

test('more values than a report holds: what tells most stays, and the rest is counted', () => {
  const values = Array.from({ length: 300 }, (_, n) => `h${n}.evil.example`)
  const result = read({ report: report({ values: [...values, 'a'.repeat(64)] }) })
  expect(result).toMatchObject({ value: { left: 102 } })
  expect(result.ok && result.value.features[0]?.kind).toBe('file')
})
