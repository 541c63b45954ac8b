// For tests: a station that shares nothing.

import type { Station } from './station.ts'
import { unasked } from './test-station-devices.ts'

export const noShare: Station['share'] = {
  state: unasked,
  invite: unasked,
  revoke: async () => false,
  join: unasked,
  publish: unasked,
  preview: unasked,
  withdraw: unasked,
  outbox: unasked,
  decide: unasked,
  received: unasked,
  seen: unasked,
  trace: unasked,
  consents: unasked,
  consent: unasked,
  revokeConsent: async () => false,
  rollUps: unasked,
  switchRollUp: unasked,
  mispPreview: unasked,
  mispFeed: unasked,
  threshold: unasked,
  showThreshold: unasked,
  switchThreshold: unasked,
  offerThreshold: unasked,
  groupMember: unasked,
  blind: unasked,
  switchBlind: unasked,
  decideBlind: unasked,
  addSensitive: unasked,
  removeSensitive: unasked,
  rotateBlind: unasked,
  setBlindBudget: unasked,
}
