// Every finding of an audit as one JSON object a line, for other tools.

import type { AuditReport } from '../../model/index.ts'

export function auditLines({ devices }: AuditReport): string {
  return devices
    .flatMap(({ source, hostname, dialect, incident, findings }) =>
      findings.map((finding) => ({ source, hostname, dialect, incident, ...finding })),
    )
    .map((finding) => `${JSON.stringify(finding)}\n`)
    .join('')
}
