// SARIF 2.1.0 (OASIS): one result for each alert, for tools that collect findings.

import type { Alert } from '../../model/index.ts'
import type { ScanReport } from './scan-report.ts'

const LEVELS: Readonly<Record<Alert['severity'], string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  informational: 'none',
}

export function reportSarif(report: ScanReport, language: 'en' | 'fr'): string {
  const rules = [...new Map(report.alerts.map((alert) => [alert.rule, alert])).values()]
  return JSON.stringify(
    {
      $schema:
        'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'Vigie',
              version: report.version,
              rules: rules.map((alert) => ({
                id: alert.rule,
                shortDescription: { text: alert.title[language] },
                ...(alert.reference === '' ? {} : { helpUri: alert.reference }),
                properties: { tags: alert.attack, author: alert.author },
              })),
            },
          },
          results: report.alerts.map((alert) => ({
            ruleId: alert.rule,
            level: LEVELS[alert.severity],
            message: { text: alert.why[language] },
            occurrenceCount: alert.count,
            locations: [{ logicalLocations: [{ name: alert.entity, kind: alert.entityKind }] }],
            properties: {
              severity: alert.severity,
              firstSeen: alert.firstSeen,
              lastSeen: alert.lastSeen,
            },
          })),
        },
      ],
    },
    null,
    2,
  )
}
