// For tests: a station that tells nobody and was told nothing.

import type { Station } from './station.ts'
import { unasked } from './test-station-devices.ts'

export const noNotices: Station['notices'] = {
  list: unasked,
  answer: async () => false,
  called: async () => false,
  settle: async () => false,
  report: unasked,
  effect: unasked,
  sheet: async () => undefined,
  told: unasked,
  answerTold: async () => false,
  own: unasked,
  register: unasked,
  organisations: unasked,
  enter: unasked,
  confirm: unasked,
  remove: async () => false,
  codeState: async () => 'unknown',
  answerCode: async () => 'unknown',
  answerHost: undefined,
}

export const noCampaigns: Station['campaigns'] = {
  list: unasked,
  detail: unasked,
  page: unasked,
  act: unasked,
  undo: unasked,
  incident: unasked,
  importIncident: unasked,
}
