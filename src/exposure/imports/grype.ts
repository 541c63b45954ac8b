// Grype: matches of an image or a folder.

import { z } from 'zod'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, listOf, Said, severityOf, Text } from './scanned.ts'
import type { Scanned } from './scanned.ts'

const GrypeSchema = z.object({
  matches: listOf(
    z.object({
      vulnerability: z.object({
        id: z.string(),
        severity: Said,
        fix: z
          .object({ versions: listOf(Text), state: Said })
          .optional()
          .catch(undefined),
        cvss: listOf(z.object({ metrics: z.object({ baseScore: z.number() }) })),
      }),
      relatedVulnerabilities: listOf(z.object({ id: z.string() })),
      artifact: z.object({ name: Text, version: Said, purl: Said, cpes: listOf(Text) }),
    }),
  ),
  source: z
    .object({
      target: z.union([
        z.object({ userInput: Said }),
        z.string().transform((userInput) => ({ userInput })),
      ]),
    })
    .optional()
    .catch(undefined),
})

export async function* readGrype(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source)) {
    const { matches, source: scanned } = GrypeSchema.parse(document)
    const image = scanned?.target.userInput ?? source.file
    for (const { vulnerability, relatedVulnerabilities, artifact } of matches)
      yield {
        kind: 'finding',
        host: { aliases: [{ kind: 'image', value: image.toLowerCase() }] },
        service: '',
        check: vulnerability.id,
        about: 'vulnerability',
        vulnerabilities: cvesIn(vulnerability.id, ...relatedVulnerabilities.map(({ id }) => id)),
        component: {
          name: artifact.name,
          version: artifact.version,
          purl: artifact.purl,
          cpe: artifact.cpes[0],
          service: '',
          confidence: 90,
        },
        title: `${vulnerability.id} ${artifact.name}`,
        severity: severityOf(vulnerability.severity),
        score: vulnerability.cvss.at(-1)?.metrics.baseScore,
        state: 'open',
        confidence: 90,
        fixedIn: vulnerability.fix?.versions[0],
        group: [vulnerability.id, artifact.name, artifact.version].join(' | '),
      }
  }
}
