// Tenable Vulnerability Management: its export of vulnerabilities as JSON (`/vulns/export`), an object for each finding.

import { z } from 'zod'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, hostOf, instantIn, listOf, Said, serviceOf, severityOf, Text } from './scanned.ts'
import type { Scanned } from './scanned.ts'

const FindingSchema = z.object({
  asset: z.object({
    uuid: Said,
    hostname: Said,
    fqdn: Said,
    ipv4: Said,
    ipv6: Said,
    mac_address: Said,
    netbios_name: Said,
    operating_system: z.union([listOf(Text), Text.transform((one) => [one])]).catch([]),
  }),
  plugin: z.object({
    id: Text,
    name: Said,
    cve: listOf(Text),
    cvss3_base_score: z.number().optional().catch(undefined),
    cvss_base_score: z.number().optional().catch(undefined),
  }),
  port: z.object({ port: Said, protocol: Said }).optional().catch(undefined),
  severity: Said,
  state: Said,
  last_found: Said,
})

export async function* readTenable(source: Bytes): AsyncGenerator<Scanned> {
  let index = 0
  for (const document of await jsonDocuments(source)) {
    const read = FindingSchema.safeParse(document)
    if (!read.success) continue
    index += 1
    yield findingOf(read.data, index)
  }
}

function findingOf(met: z.infer<typeof FindingSchema>, index: number): Scanned {
  const { asset, plugin, port } = met
  const cves = cvesIn(...plugin.cve)
  const severity = severityOf(met.severity)
  return {
    kind: 'finding',
    host: hostOf(
      [asset.fqdn, asset.hostname, asset.netbios_name, asset.ipv4, asset.ipv6, asset.mac_address],
      {
        system: asset.operating_system[0],
        aliases: asset.uuid === undefined ? [] : [{ kind: 'tool', value: `tenable:${asset.uuid}` }],
      },
    ),
    service: serviceOf(port?.port, port?.protocol),
    check: plugin.id,
    about:
      cves.length > 0
        ? 'vulnerability'
        : severity === 'informational'
          ? 'information'
          : 'configuration',
    vulnerabilities: cves,
    title: plugin.name ?? plugin.id,
    severity,
    score: plugin.cvss3_base_score ?? plugin.cvss_base_score,
    state: met.state?.toUpperCase() === 'FIXED' ? 'fixed' : 'open',
    seenMs: instantIn(met.last_found),
    confidence: 100,
    group: String(index),
  }
}
