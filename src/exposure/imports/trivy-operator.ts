// The reports that Trivy's operator leaves in a cluster.

import { z } from 'zod'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, listOf, Said, severityOf } from './scanned.ts'
import type { Host, Scanned } from './scanned.ts'
import { artefact } from './trivy.ts'

const OperatorCheckSchema = z.object({
  checkID: Said,
  ruleID: Said,
  id: Said,
  severity: Said,
  title: Said,
  name: Said,
  success: z.boolean().optional().catch(undefined),
  target: Said,
  totalFail: z.number().optional().catch(undefined),
})
const OperatorVulnerabilitySchema = z.object({
  vulnerabilityID: z.string(),
  resource: Said,
  installedVersion: Said,
  fixedVersion: Said,
  severity: Said,
  score: z.number().optional().catch(undefined),
  title: Said,
  target: Said,
})
const BodySchema = z.object({
  checks: listOf(OperatorCheckSchema),
  secrets: listOf(OperatorCheckSchema),
  vulnerabilities: listOf(OperatorVulnerabilitySchema),
  detailReport: z
    .object({
      results: listOf(z.object({ id: Said, severity: Said, checks: listOf(OperatorCheckSchema) })),
    })
    .optional()
    .catch(undefined),
  summaryReport: z
    .object({ controlCheck: listOf(OperatorCheckSchema) })
    .optional()
    .catch(undefined),
})
const OperatorSchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: Said, namespace: Said }),
  report: BodySchema.optional(),
  status: BodySchema.optional(),
})

export async function* readTrivyOperator(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source))
    for (const report of reportsIn(document)) yield* operatorReport(report)
}

/** A report, a list of them (`items`), or reports by the kind of their resource. */
function reportsIn(document: unknown): readonly z.infer<typeof OperatorSchema>[] {
  const read = OperatorSchema.safeParse(document)
  if (read.success && (read.data.report ?? read.data.status) !== undefined) return [read.data]
  const lists = z.record(z.string(), z.unknown()).safeParse(document)
  return Object.values(lists.success ? lists.data : {}).flatMap((list) =>
    Array.isArray(list) ? list.flatMap((entry) => reportsIn(entry)) : [],
  )
}

function* operatorReport({
  metadata,
  report,
  status,
}: z.infer<typeof OperatorSchema>): Generator<Scanned> {
  const { name = '', namespace = '' } = metadata
  const host = artefact([namespace, name].filter(Boolean).join('/'))
  const body = report ?? status
  if (body === undefined) return
  const shared = { host, kind: 'finding', service: '', confidence: 100, state: 'open' } as const
  for (const [index, met] of body.vulnerabilities.entries())
    yield {
      ...shared,
      check: met.vulnerabilityID,
      about: 'vulnerability',
      vulnerabilities: cvesIn(met.vulnerabilityID),
      component: {
        name: met.resource ?? '',
        version: met.installedVersion,
        service: '',
        confidence: 100,
      },
      title: met.title ?? met.vulnerabilityID,
      severity: severityOf(met.severity),
      score: met.score,
      fixedIn: met.fixedVersion,
      group: `${namespace}/${name} vulnerability ${index}`,
    }
  yield* operatorChecks(body, { host, place: `${namespace}/${name}` })
}

function* operatorChecks(
  body: z.infer<typeof BodySchema>,
  { host, place }: { readonly host: Host; readonly place: string },
): Generator<Scanned> {
  const shared = { host, kind: 'finding', service: '', confidence: 100, state: 'open' } as const
  const checks = [
    ...body.checks.filter(({ success }) => success !== true),
    ...body.secrets,
    ...(body.detailReport?.results.flatMap(({ checks: inner }) =>
      inner.filter(({ success }) => success !== true),
    ) ?? []),
    ...(body.detailReport === undefined
      ? (body.summaryReport?.controlCheck.filter(({ totalFail = 0 }) => totalFail > 0) ?? [])
      : []),
  ]
  for (const [index, met] of checks.entries()) {
    const id = met.checkID ?? met.ruleID ?? met.id ?? met.title ?? ''
    yield {
      ...shared,
      check: `${id}@${met.target ?? ''}`,
      about: 'configuration',
      vulnerabilities: [],
      title: met.title ?? met.name ?? id,
      severity: severityOf(met.severity),
      group: `${place} check ${index}`,
    }
  }
}
