// In: alerts, findings. Out: reports of what was found.
// Cases, tasks, custody and notices follow in this room.
// Never: decides what is suspicious.

export { gatherScanReport } from './scan-report/gather.ts'
export type { ScanInput, ScanReport } from './scan-report/scan-report.ts'
export { reportHtml } from './scan-report/html.ts'
export { reportSarif } from './scan-report/sarif.ts'
export { auditHtml } from './audit-report/html.ts'
export { auditLines } from './audit-report/lines.ts'
export { findingLines } from './scan-report/finding-lines.ts'
