// In: scans, inventories, advisories, and what the store saw of devices. Out: assets, what they are exposed to, and by when to fix it.
// Every match carries its reason and its confidence; every deadline one sentence that says why.
// Never: scans a network, or coerces versions into an order they do not have.

export { securityTextTerm } from './imports/security-text.ts'
export { openExposure } from './exposure.ts'
export type { ExposureRoom, TriageNeeded } from './exposure.ts'
export { spreadsheetOf } from './exposures/spreadsheet.ts'
