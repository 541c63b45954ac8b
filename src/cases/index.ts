// In: alerts, findings, what people write down, files kept as proof. Out: cases with tasks, timeline and custody; reports.
// Every act of a case carries the digest of those before it. Nothing is sent from here.
// Never: decides what is suspicious.

export { gatherScanReport } from './scan-report/gather.ts'
export type { ScanInput, ScanReport } from './scan-report/scan-report.ts'
export { reportHtml } from './scan-report/html.ts'
export { reportSarif } from './scan-report/sarif.ts'
export { auditHtml } from './audit-report/html.ts'
export { fleetHtml } from './fleet-report/fleet-html.ts'
export { deviceHtml } from './fleet-report/device-html.ts'
export { auditLines } from './audit-report/lines.ts'
export { findingLines } from './scan-report/finding-lines.ts'
export { headOf } from './book/acts.ts'
export type { Act, Doing } from './book/acts.ts'
export { writeEntry } from './book/entries.ts'
export { familyOf, mergeCases, undoMerge } from './book/merges.ts'
export { changeRole, listPeople, mayDecide, maySee } from './book/people.ts'
export type { Seer } from './book/people.ts'
export { readFile, takeFile } from './book/files.ts'
export type { CaseFolder } from './book/files.ts'
export { addAlert, changeCase, openCase } from './book/open-case.ts'
export { proveCase } from './book/prove-case.ts'
export type { Witness } from './book/prove-case.ts'
export { getCase, listCases, readCase } from './book/read-case.ts'
export { addTask, changeTask, startPlaybook } from './book/tasks.ts'
export { gatherReport } from './incident-report/gather-report.ts'
export type { Gathered } from './incident-report/gather-report.ts'
export {
  approveReport,
  noteSealed,
  noteSent,
  reportDigest,
  standingOf,
  statedReport,
  stateReport,
} from './incident-report/keep-report.ts'
export {
  listRecipients,
  removeRecipient,
  sealFor,
  setRecipient,
} from './incident-report/recipients.ts'
export {
  addReportRule,
  listReportRules,
  revokeReportRule,
  ruleFor,
} from './incident-report/rules.ts'
export { reportHtml as incidentHtml } from './incident-report/report-html.ts'
export { reportStix } from './incident-report/report-stix.ts'
export { readPlaybooks } from './playbooks.ts'
export { exportCacao, withProgress } from './cacao/export-cacao.ts'
export { importCacao, listCacao, readCacaoBody } from './cacao/keep-cacao.ts'
