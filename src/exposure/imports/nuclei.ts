// Nuclei: JSON lines or an array, of its second and third versions.

import { z } from 'zod'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, hostOf, instantIn, listOf, placeIn, Said, severityOf, Text } from './scanned.ts'
import type { Scanned } from './scanned.ts'
import { securityTextTitle } from './security-text.ts'

const Texts = z.union([Text.transform((one) => [one]), listOf(Text)]).catch([])

export const NucleiSchema = z.object({
  'template-id': Said,
  templateID: Said,
  info: z.object({
    name: Said,
    severity: Said,
    classification: z
      .object({ 'cve-id': Texts, 'cvss-score': z.number().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
  type: Said,
  host: Said,
  ip: Said,
  port: Said,
  matched: Said,
  'matched-at': Said,
  'matcher-name': Said,
  matcher_name: Said,
  timestamp: Said,
  'extracted-results': Texts,
  /** Of runs that keep what was answered. */
  response: Said,
})

export async function* readNuclei(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source)) {
    const read = NucleiSchema.safeParse(document)
    if (read.success) yield nucleiFinding(read.data)
  }
}

function nucleiFinding(met: z.infer<typeof NucleiSchema>): Scanned {
  const template = met.templateID ?? met['template-id'] ?? ''
  const matcher = met['matcher-name'] ?? met.matcher_name ?? ''
  const matched = met.matched ?? met['matched-at'] ?? ''
  const { host, service } = placeIn(matched === '' ? (met.host ?? '') : matched)
  const cves = cvesIn(template, ...(met.info.classification?.['cve-id'] ?? []))
  const severity = severityOf(met.info.severity)
  return {
    kind: 'finding',
    host: hostOf([host, met.ip?.replace(/\.$/, '')]),
    service: service === '' && met.port !== undefined ? `${met.port}/tcp` : service,
    check: matcher === '' ? template : `${template}:${matcher}`,
    about:
      cves.length > 0
        ? 'vulnerability'
        : severity === 'informational'
          ? 'information'
          : 'configuration',
    vulnerabilities: cves,
    title: securityTextTitle(met.info.name ?? template, [
      ...met['extracted-results'],
      met.response,
    ]),
    severity,
    score: met.info.classification?.['cvss-score'],
    state: 'open',
    seenMs: instantIn(met.timestamp),
    confidence: 90,
    group: [template, met.type ?? '', matcher, matched === '' ? '' : host].join(' | '),
  }
}
