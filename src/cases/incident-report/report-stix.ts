// An approved report as a STIX 2.1 bundle: who reports, the incident, each indicator with its pattern, all under one marking.

import { nameBasedUuid } from '../../core/index.ts'
import type { CaseMarking, IncidentReport, ReportIndicator } from '../../model/index.ts'

/** Ids are made of these names and what the object is about: the same report gives the same objects. */
const SPACE = '4a8dd1f6-5b0f-4b56-9a0f-2f6f0f3f6f11'

/** Marking definitions of TLP 2.0, as its specification fixes them. */
const TLP: Readonly<Record<CaseMarking, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

/** `approved`: when it was; every object says so. */
export function reportStix(report: IncidentReport, approved: string): unknown {
  const about = `${report.organization.name}\n${report.case}`
  const common = {
    spec_version: '2.1',
    created: approved,
    modified: approved,
    object_marking_refs: [TLP[report.consent.sharing]],
  }
  const identity = {
    type: 'identity',
    id: idOf('identity', about),
    ...common,
    name: report.organization.name || 'anonymous',
    identity_class: 'organization',
    sectors: ['government'],
  }
  const by = { ...common, created_by_ref: identity.id }
  const incident = {
    type: 'incident',
    id: idOf('incident', about),
    ...by,
    name: report.title,
    ...(report.narrative === '' ? {} : { description: report.narrative }),
  }
  const indicators = report.indicators.flatMap((one) => indicatorOf(one, { report, about, by }))
  const objects = [identity, incident, ...indicators]
  return {
    type: 'bundle',
    id: idOf('bundle', `${about}\n${approved}`),
    objects: [
      ...objects,
      {
        type: 'report',
        id: idOf('report', about),
        ...by,
        name: report.title,
        report_types: ['threat-report'],
        published: approved,
        object_refs: objects.map(({ id }) => id),
      },
    ],
  }
}

type Frame = {
  readonly report: IncidentReport
  /** What ids are made of. */
  readonly about: string
  /** Properties that every object has. */
  readonly by: { readonly created: string }
}

/** None where STIX has no pattern for the value. */
function indicatorOf(indicator: ReportIndicator, { report, about, by }: Frame) {
  const pattern = patternOf(indicator)
  if (pattern === undefined) return []
  return [
    {
      type: 'indicator',
      id: idOf('indicator', `${about}\n${pattern}`),
      ...by,
      name: indicator.value,
      ...(indicator.context === '' ? {} : { description: indicator.context }),
      indicator_types: ['malicious-activity'],
      pattern,
      pattern_type: 'stix',
      valid_from: indicator.firstSeen ?? report.detected ?? by.created,
    },
  ]
}

const HASHES: Readonly<Record<number, string>> = {
  32: 'MD5',
  40: "'SHA-1'",
  64: "'SHA-256'",
  128: "'SHA-512'",
}

function patternOf({ kind, value }: ReportIndicator): string | undefined {
  const text = value.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)
  switch (kind) {
    case 'address':
      return `[${value.includes(':') ? 'ipv6' : 'ipv4'}-addr:value = '${text}']`
    case 'domain':
      return `[domain-name:value = '${text}']`
    case 'url':
      return `[url:value = '${text}']`
    case 'email':
      return `[email-addr:value = '${text}']`
    case 'hash':
      return `[file:hashes.${HASHES[value.length] ?? 'MD5'} = '${text.toLowerCase()}']`
    case 'other':
      return undefined
    default:
      return kind satisfies never
  }
}

function idOf(type: string, about: string): string {
  return `${type}--${nameBasedUuid(SPACE, `${type}\n${about}`)}`
}
