// An approved report as the policy sees it. Its kind names the one text: consent to it is consent to no other.

import type { IncidentReport } from '../../model/index.ts'
import type { JsonObject } from '../stix/problem.ts'
import { markingOfLabel } from '../stix/tlp.ts'

export function kindOfReport(digest: string): string {
  return `incident-report ${digest.slice(0, 16)}`
}

export function reportItem(report: IncidentReport, digest: string): JsonObject {
  const kind = kindOfReport(digest)
  return { type: kind, id: kind, object_marking_refs: [markingOfLabel(report.consent.sharing)] }
}
