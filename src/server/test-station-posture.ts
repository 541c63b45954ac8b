// For tests: a station that knows nothing of posture, devices and cases.

import type { Station } from './station.ts'
import { noDevices, noZones, unasked } from './test-station-devices.ts'

const noIdentity: Station['identity'] = {
  view: unasked,
  check: unasked,
  accounts: unasked,
  importFile: unasked,
  state: unasked,
  link: unasked,
  critical: unasked,
  decide: unasked,
  acknowledge: unasked,
  called: unasked,
  setHours: unasked,
}
const noReadiness: Station['readiness'] = {
  view: unasked,
  report: unasked,
  oscal: unasked,
  attest: unasked,
  note: unasked,
  correct: unasked,
  plans: unasked,
  savePlan: unasked,
  planTemplate: () => {
    throw new Error('not asked')
  },
  contactSheet: unasked,
}
const noCases = (asOf: string): Station['cases'] => ({
  list: async () => ({ asOf, cases: [] }),
  get: unasked,
  open: unasked,
  change: unasked,
  addAlert: unasked,
  note: unasked,
  addTask: unasked,
  changeTask: unasked,
  playbooks: async () => [],
  importPlaybook: unasked,
  exportPlaybook: unasked,
  maySee: async () => true,
  changeRole: unasked,
  merge: unasked,
  undoMerge: unasked,
  sending: unasked,
  setRecipient: unasked,
  removeRecipient: unasked,
  addRule: unasked,
  revokeRule: unasked,
  sealReport: unasked,
  startPlaybook: unasked,
  takeFile: unasked,
  readFile: unasked,
  prove: unasked,
  report: unasked,
  stateReport: unasked,
  approveReport: unasked,
  reportSent: unasked,
  reportToHub: unasked,
  reportAs: unasked,
})
const noExposure = (asOf: string): Station['exposure'] => ({
  advisories: async () => ({ asOf, feeds: [], total: 0, advisories: [] }),
  exposures: async () => ({ asOf, feeds: [], total: 0, exposures: [] }),
  patches: async () => ({ asOf, feeds: [], total: 0, patches: [] }),
  facets: async () => ({ asOf, facets: [] }),
  spreadsheet: async () => '',
  assets: async () => ({ asOf, total: 0, assets: [] }),
  asset: unasked,
  changeAsset: unasked,
  merge: unasked,
  unmerge: unasked,
  except: unasked,
  revoke: unasked,
  feeds: async () => ({ asOf, feeds: [] }),
  importScan: unasked,
  loadKnowledge: unasked,
})

export const postureOf = (asOf: string) => ({
  identity: noIdentity,
  readiness: noReadiness,
  cases: noCases(asOf),
  devices: noDevices(asOf),
  segmentation: noZones,
  exposure: noExposure(asOf),
})
