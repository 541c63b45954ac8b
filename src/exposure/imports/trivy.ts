// Trivy: results of images, file systems and clusters; as its own schema has them.

import { z } from 'zod'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, instantIn, listOf, Said, severityOf } from './scanned.ts'
import type { Host, Scanned, ScannedFinding } from './scanned.ts'

const VulnerabilitySchema = z.object({
  VulnerabilityID: z.string(),
  PkgName: Said,
  PkgPath: Said,
  PkgIdentifier: z.object({ PURL: Said }).optional().catch(undefined),
  InstalledVersion: Said,
  FixedVersion: Said,
  Status: Said,
  Severity: Said,
  Title: Said,
})
const CheckSchema = z.object({
  ID: Said,
  RuleID: Said,
  Name: Said,
  Title: Said,
  Severity: Said,
  Status: Said,
  PkgName: Said,
  FilePath: Said,
  StartLine: Said,
})
const ResultSchema = z.object({
  Target: Said,
  Vulnerabilities: listOf(VulnerabilitySchema),
  Misconfigurations: listOf(CheckSchema),
  Secrets: listOf(CheckSchema),
  Licenses: listOf(CheckSchema),
})
const ReportSchema = z.object({
  ArtifactName: Said,
  CreatedAt: Said,
  Results: listOf(ResultSchema),
  Resources: listOf(
    z.object({ Namespace: Said, Kind: Said, Name: Said, Results: listOf(ResultSchema) }),
  ),
  /** The same in the short report of a cluster. */
  Findings: listOf(
    z.object({ Namespace: Said, Kind: Said, Name: Said, Results: listOf(ResultSchema) }),
  ),
  // Before schema 2, a report was the list of its results.
  Target: Said,
})

export async function* readTrivy(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source)) {
    const report = ReportSchema.parse(document)
    const seenMs = instantIn(report.CreatedAt)
    const results = report.Target === undefined ? report.Results : [ResultSchema.parse(document)]
    const host = artefact(report.ArtifactName ?? source.file)
    for (const result of results) yield* resultOf(result, { host, seenMs })
    for (const { Namespace = '', Kind = '', Name = '', Results } of [
      ...report.Resources,
      ...report.Findings,
    ])
      for (const result of Results)
        yield* resultOf(result, { host: artefact([Namespace, Kind, Name].join('/')), seenMs })
  }
}

export function artefact(name: string): Host {
  return { aliases: [{ kind: 'image', value: name.toLowerCase() }] }
}

function* resultOf(
  result: z.infer<typeof ResultSchema>,
  place: Pick<ScannedFinding, 'host' | 'seenMs'>,
): Generator<Scanned> {
  const shared = { ...place, kind: 'finding', service: '', confidence: 100 } as const
  for (const [index, met] of result.Vulnerabilities.entries()) {
    const { PkgName = '', InstalledVersion, PkgIdentifier, FixedVersion } = met
    yield {
      ...shared,
      check: met.VulnerabilityID,
      about: 'vulnerability',
      vulnerabilities: cvesIn(met.VulnerabilityID),
      component: {
        name: PkgName,
        version: InstalledVersion,
        purl: PkgIdentifier?.PURL,
        service: '',
        confidence: 100,
      },
      title: met.Title ?? met.VulnerabilityID,
      severity: severityOf(met.Severity),
      state: met.Status === 'not_affected' ? 'not-affected' : 'open',
      fixedIn: FixedVersion,
      group: `${result.Target ?? ''} vulnerability ${index} ${JSON.stringify(place.host)}`,
    }
  }
  yield* checksOf(result, place)
}

function* checksOf(
  result: z.infer<typeof ResultSchema>,
  place: Pick<ScannedFinding, 'host' | 'seenMs'>,
): Generator<Scanned> {
  const shared = { ...place, kind: 'finding', service: '', confidence: 100 } as const
  const checks = [
    ...result.Misconfigurations.filter(
      ({ Status }) => Status === undefined || Status === 'FAIL',
    ).map((met) => ({ met, of: 'check' })),
    ...result.Secrets.map((met) => ({ met, of: 'secret' })),
    ...result.Licenses.map((met) => ({ met, of: 'licence' })),
  ]
  for (const [index, { met, of }] of checks.entries()) {
    const id = met.ID ?? met.RuleID ?? met.Name ?? ''
    const where = [result.Target, met.PkgName, met.FilePath, met.StartLine]
      .filter(Boolean)
      .join(':')
    yield {
      ...shared,
      check: `${id}@${where}`,
      about: 'configuration',
      vulnerabilities: [],
      title: met.Title ?? id,
      severity: severityOf(met.Severity),
      state: 'open',
      group: `${result.Target ?? ''} ${of} ${index} ${JSON.stringify(place.host)}`,
    }
  }
}
