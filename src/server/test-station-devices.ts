// For tests: a station that keeps no configuration.

import type { Station } from './station.ts'

export const unasked = async () => Promise.reject(new Error('not part of this test'))

export const noZones: Station['segmentation'] = {
  view: unasked,
  pair: unasked,
  flows: unasked,
  zones: unasked,
  proposal: unasked,
  keep: unasked,
}

export function noDevices(asOf: string): Station['devices'] {
  return {
    list: async () => ({ asOf, devices: [] }),
    get: unasked,
    changes: async () => ({ asOf, unauthorised: 0, changes: [] }),
    change: unasked,
    acts: unasked,
    approve: unasked,
    version: unasked,
    compare: unasked,
    golden: async () => ({ asOf, groups: [] }),
    setGolden: unasked,
    setGoldenConfig: unasked,
    removeGolden: unasked,
    addHashes: unasked,
    records: async () => ({ asOf, records: [] }),
    addRecord: unasked,
    revokeRecord: unasked,
    importRecords: unasked,
    report: unasked,
    pulls: async () => ({ asOf, pulls: [], platforms: [] }),
    setPull: unasked,
    confirmPullKey: unasked,
    removePull: unasked,
    pullNow: unasked,
    folder: async () => ({ asOf, folder: '/data/configurations', refused: [] }),
    repositories: async () => ({ asOf, repositories: [] }),
    addRepository: unasked,
    removeRepository: unasked,
    take: unasked,
  }
}
