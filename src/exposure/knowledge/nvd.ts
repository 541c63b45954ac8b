// NVD's answers (API 2.0): configurations with CPE and bounds, and since 2026 the CNA's `affected` and CISA's SSVC in one document.

import { z } from 'zod'
import { listOf, Said } from '../imports/scanned.ts'
import type { Criterion } from './criterion.ts'
import { ssvcIn } from './cve-record.ts'
import { instantOf } from './kev.ts'
import type { Told } from './knowledge.ts'

const MatchSchema = z.object({
  vulnerable: z.boolean(),
  criteria: z.string().max(2048),
  versionStartIncluding: Said,
  versionStartExcluding: Said,
  versionEndIncluding: Said,
  versionEndExcluding: Said,
})
type Node = {
  negate?: boolean | undefined
  operator?: string | undefined
  cpeMatch: z.infer<typeof MatchSchema>[]
  children: Node[]
}
const NodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.object({
    negate: z.boolean().optional().catch(undefined),
    operator: Said,
    cpeMatch: listOf(MatchSchema),
    children: listOf(NodeSchema),
  }),
)
const CvssSchema = z.object({
  cvssData: z.object({ vectorString: z.string(), baseScore: z.number().optional() }),
})
const CveSchema = z.object({
  id: z.string().regex(/^CVE-\d{4}-\d{4,19}$/),
  vulnStatus: Said,
  lastModified: Said,
  descriptions: listOf(z.object({ lang: Said, value: z.string() })),
  configurations: listOf(z.object({ operator: Said, nodes: listOf(NodeSchema) })),
  metrics: z.record(z.string(), z.unknown()).optional().catch(undefined),
  cisaExploitAdd: Said,
  cisaActionDue: Said,
  cisaVulnerabilityName: Said,
})
export const NvdSchema = z.object({
  timestamp: Said,
  vulnerabilities: z.array(z.object({ cve: z.unknown() })),
})

const MarkSchema = z.object({
  format: z.unknown().optional(),
  resultsPerPage: z.unknown().optional(),
  catalogVersion: z.unknown().optional(),
  vulnerabilities: z.array(z.unknown()),
})

export function isNvd(document: unknown): boolean {
  if (!NvdSchema.safeParse(document).success) return false
  const { format, resultsPerPage, vulnerabilities, catalogVersion } = MarkSchema.parse(document)
  if (catalogVersion !== undefined) return false
  // An advisory without vulnerabilities has an empty list of that name as well.
  return vulnerabilities.length > 0 || format === 'NVD_CVE' || resultsPerPage !== undefined
}

export function toldByNvd(entry: unknown): Told | undefined {
  const read = CveSchema.safeParse(entry)
  if (!read.success) return undefined
  const { id, lastModified, descriptions, configurations, metrics = {}, vulnStatus } = read.data
  const cvss = ['cvssMetricV31', 'cvssMetricV30', 'cvssMetricV40', 'cvssMetricV2']
    .flatMap((key) => listOf(CvssSchema).parse(metrics[key]))
    .at(0)?.cvssData
  const isRejected = vulnStatus === 'Rejected'
  return {
    id,
    title: descriptions.find(({ lang }) => lang === 'en')?.value.slice(0, 300),
    ssvc: listOf(z.record(z.string(), z.unknown()))
      .parse(metrics['ssvcV203'])
      .map((metric) => ssvcIn(metric['ssvcData'] ?? metric))
      .find((ssvc) => ssvc !== undefined),
    vector: cvss?.vectorString,
    score: cvss?.baseScore,
    dated: instantOf(lastModified === undefined ? undefined : `${lastModified.replace(/Z$/, '')}Z`),
    criteria: { source: 'nvd', list: isRejected ? [] : configurations.flatMap(criteriaOf) },
  }
}

/** Where a configuration joins by AND, the vulnerable part counts and what it runs on is not checked: said by a lower confidence. */
function criteriaOf({
  operator,
  nodes,
}: {
  readonly operator?: string | undefined
  readonly nodes: readonly Node[]
}): readonly Criterion[] {
  const matches = nodes.flatMap(matchesOf)
  const onPlatform =
    operator?.toUpperCase() === 'AND' && matches.some(({ vulnerable }) => !vulnerable)
  return matches
    .filter(({ vulnerable }) => vulnerable)
    .map((match): Criterion => ({
      kind: 'cpe',
      cpe: match.criteria,
      range: {
        startIncluding: match.versionStartIncluding,
        startExcluding: match.versionStartExcluding,
        endIncluding: match.versionEndIncluding,
        endExcluding: match.versionEndExcluding,
      },
      onPlatform,
    }))
}

function matchesOf({ cpeMatch, children, negate }: Node): readonly z.infer<typeof MatchSchema>[] {
  return negate === true ? [] : [...cpeMatch, ...children.flatMap(matchesOf)]
}
