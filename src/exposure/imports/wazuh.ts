// Wazuh's vulnerability detection.

import { z } from 'zod'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, hostOf, instantIn, listOf, Said, severityOf } from './scanned.ts'
import type { Scanned } from './scanned.ts'

const WazuhItemSchema = z.object({
  cve: z.string(),
  name: Said,
  version: Said,
  severity: Said,
  cvss3_score: z.number().optional().catch(undefined),
  condition: Said,
  agent_ip: Said,
  agent_name: Said,
  title: Said,
})
const WazuhHitSchema = z.object({
  _source: z.object({
    agent: z.object({ id: Said, name: Said }).optional().catch(undefined),
    package: z.object({ name: Said, version: Said }).optional().catch(undefined),
    vulnerability: z.object({
      id: z.string(),
      severity: Said,
      detected_at: Said,
      score: z.object({ base: z.number() }).optional().catch(undefined),
    }),
  }),
})
const WazuhSchema = z.object({
  data: z.object({ affected_items: listOf(WazuhItemSchema) }).optional(),
  hits: z.object({ hits: listOf(WazuhHitSchema) }).optional(),
})

/** Wazuh: the API of 4.7 and before, the index of 4.8 and later. A package that has no fix is kept apart, as Wazuh tells it. */
export async function* readWazuh(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source)) {
    const { data, hits } = WazuhSchema.parse(document)
    yield* ofApi(data?.affected_items ?? [], source.file)
    yield* ofIndex(hits?.hits ?? [])
  }
}

function* ofApi(
  items: readonly z.infer<typeof WazuhItemSchema>[],
  file: string,
): Generator<Scanned> {
  for (const {
    cve,
    name = '',
    version,
    severity,
    cvss3_score,
    condition,
    agent_ip,
    agent_name,
    title,
  } of items)
    yield {
      kind: 'finding',
      host: hostOf(
        [agent_name, agent_ip],
        agent_name === undefined && agent_ip === undefined
          ? { aliases: [{ kind: 'tool', value: `wazuh:${file}` }] }
          : {},
      ),
      service: '',
      check: cve,
      about: 'vulnerability',
      vulnerabilities: cvesIn(cve),
      component: { name, version, service: '', confidence: 90 },
      title: title ?? cve,
      severity: severityOf(severity),
      score: cvss3_score,
      state: condition === 'Package unfixed' ? 'no-fix' : 'open',
      confidence: 90,
      group: `${cve} ${agent_ip ?? ''}`,
    }
}

function* ofIndex(hits: readonly z.infer<typeof WazuhHitSchema>[]): Generator<Scanned> {
  for (const [index, { _source: met }] of hits.entries())
    yield {
      kind: 'finding',
      host: hostOf([met.agent?.name], {
        aliases:
          met.agent?.id === undefined ? [] : [{ kind: 'tool', value: `wazuh:${met.agent.id}` }],
      }),
      service: '',
      check: met.vulnerability.id,
      about: 'vulnerability',
      vulnerabilities: cvesIn(met.vulnerability.id),
      component: {
        name: met.package?.name ?? '',
        version: met.package?.version,
        service: '',
        confidence: 90,
      },
      title: met.vulnerability.id,
      severity: severityOf(met.vulnerability.severity),
      score: met.vulnerability.score?.base,
      state: 'open',
      seenMs: instantIn(met.vulnerability.detected_at),
      confidence: 90,
      group: String(index),
    }
}
