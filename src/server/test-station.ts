// For tests: a station of small things in memory, with a real hunt when one is given.

import { VigieError } from '../core/index.ts'
import type { Hunting } from '../hunt/index.ts'
import type { Alert } from '../model/index.ts'
import type { Auth, Live, Station } from './station.ts'
import { unasked } from './test-station-devices.ts'
import { noCampaigns, noNotices } from './test-station-notices.ts'
import { postureOf } from './test-station-posture.ts'
import { noShare } from './test-station-share.ts'

export const ALERT: Alert = {
  id: 'alert-1',
  rule: 'rule-1',
  title: { en: 'Config read', fr: 'Configuration lue' },
  severity: 'high',
  entityKind: 'address',
  entity: '192.0.2.7',
  count: 3,
  firstSeen: '2026-11-20T00:00:00.000Z',
  lastSeen: '2026-11-20T01:00:00.000Z',
  why: { en: 'It was read.', fr: 'Elle a été lue.' },
  reasons: [],
  attack: ['attack.t1005'],
  author: 'Vigie',
  reference: 'https://example.org/rule-1',
  state: 'new',
  assessment: null,
  reason: null,
  assignee: null,
  reopened: 0,
  updated: '2026-11-20T01:00:00.000Z',
}
const AS_OF = '2026-11-20T02:00:00.000Z'
const SEVERITIES = { critical: 0, high: 1, medium: 0, low: 0, informational: 0 }

const OVERVIEW: Awaited<ReturnType<Station['overview']>> = {
  asOf: AS_OF,
  alerts: {
    open: SEVERITIES,
    raised24h: 1,
    raisedBefore24h: 0,
    critical: [],
    first: [],
    newest: [ALERT],
  },
  events: { total: 1, last24h: 1, rate: 0, hourly: [], storedBytes: 1, rawBytes: 8 },
  sources: { total: 0, silent: [], unread: [], unknownShare: 0 },
  sensors: { silent: [] },
  critical: { waiting: 0, late: 0, calls: 0 },
  rules: { active: 1, refused: 0, breaker: 0 },
  intake: { syslog: null, syslogTls: null, http: null, flows: null, inbox: '/inbox' },
}

export type TestStation = Station & {
  readonly calls: unknown[][]
  readonly troubles: unknown[]
  readonly say: (live: Live) => void
  readonly listeners: Set<(live: Live) => void>
}

export function createTestStation(given: { auth?: Auth; hunt?: Hunting } = {}): TestStation {
  const calls: unknown[][] = []
  const troubles: unknown[] = []
  const listeners = new Set<(live: Live) => void>()
  return {
    calls,
    troubles,
    listeners,
    say: (live) => listeners.forEach((listener) => listener(live)),
    name: 'Testville',
    version: '0.1.0',
    language: 'fr',
    print: unasked,
    entity: unasked,
    auth: given.auth ?? memoryAuth(),
    analytics: unasked,
    overview: async () => OVERVIEW,
    alerts: memoryAlerts(calls),
    hunt: given.hunt ?? noHunt,
    sensors: memorySensors(calls),
    sources: {
      list: async () => ({ asOf: AS_OF, droppedBySystem: null, sources: [] }),
      setParser: async (...call) => {
        calls.push(['setParser', ...call])
        return call[0] === 'syslog/192.0.2.10'
      },
    },
    rules: brokenRules,
    workbench: noWorkbench,
    indicators: noIndicators,
    evidence: noEvidence,
    ...postureOf(AS_OF),
    share: noShare,
    notices: noNotices,
    campaigns: noCampaigns,
    exercise: { state: noExercise, start: noExercise, stop: noExercise },
    tools: { state: unasked, load: unasked, allow: unasked, disallow: unasked },
    networks: { state: unasked, find: unasked, load: unasked },
    live: {
      now: () => ({ alerts: 1, events: 10, sources: 1 }),
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    onTrouble: (trouble) => troubles.push(trouble),
  }
}

const noExercise = (): never => {
  throw new TypeError('not asked in these tests')
}

function memoryAlerts(calls: unknown[][]): Station['alerts'] {
  return {
    search: async (filter) => {
      calls.push(['search', filter])
      return { asOf: AS_OF, total: 1, alerts: [ALERT], groups: [] }
    },
    get: async (id) =>
      id === ALERT.id
        ? {
            alert: ALERT,
            names: [ALERT.entity],
            history: [],
            evidence: [],
            timeline: [],
            related: [],
            description: { en: '', fr: '' },
            guidance: { investigate: { en: [], fr: [] }, robustness: null },
            falsePositives: [],
            ofRule: true,
            ruleText: '',
          }
        : undefined,
    change: async (change, who) => {
      calls.push(['change', change, who])
      return { undo: 'u1', changed: change.ids.length }
    },
    undo: async (undo, who) => {
      calls.push(['undo', undo, who])
      return undo === 'u1' ? 2 : undefined
    },
  }
}

function memoryAuth(): Auth {
  const sessions = new Set<string>()
  return {
    signIn: async (token) => {
      if (token !== 'once') return undefined
      sessions.add('secret')
      return 'secret'
    },
    identify: async (kind, secret) => {
      if (kind === 'client') return secret === 'client-token' ? { name: 'cli', kind } : undefined
      return sessions.has(secret) ? { name: 'admin', kind } : undefined
    },
    signOut: async (secret) => {
      sessions.delete(secret)
    },
  }
}

const brokenRules: Station['rules'] = {
  list: async () => {
    throw new Error('a password in an unexpected error')
  },
  get: async () => undefined,
  coverage: unasked,
  runs: async () => ({ asOf: AS_OF, runs: [] }),
  run: unasked,
  stopRun: unasked,
  resumeRun: unasked,
}
const noWorkbench: Station['workbench'] = {
  check: () => ({ rules: 0, filters: 0, correlations: 0, lints: [] }),
  startTrial: unasked,
  trial: (id) => {
    throw new VigieError('NOT_FOUND', { what: id })
  },
  stopTrial: unasked,
  draft: unasked,
  save: unasked,
  read: unasked,
  remove: unasked,
}
const noIndicators: Station['indicators'] = {
  lists: async () => ({ asOf: AS_OF, lists: [] }),
  searches: async () => ({ asOf: AS_OF, searches: [] }),
  search: unasked,
  find: unasked,
  importList: unasked,
  remove: unasked,
}
const noEvidence: Station['evidence'] = {
  state: unasked,
  checkpoint: unasked,
  tile: async () => new Uint8Array(),
  verify: () => {
    throw new VigieError('NOT_FOUND', { what: 'log' })
  },
  report: () => null,
  export: unasked,
  switchWitnessing: unasked,
  setQuorum: unasked,
  confirmWitness: unasked,
  removeWitness: unasked,
  stopSigning: unasked,
}
const refused = async () => ({ ok: false, problem: { kind: 'empty_query', details: {} } }) as const
const noHunt: Hunting = {
  fields: () => [],
  search: refused,
  histogram: refused,
  top: refused,
  event: refused,
}

function memorySensors(calls: unknown[][]): Station['sensors'] {
  return {
    list: async () => ({ asOf: AS_OF, address: null, sensors: [] }),
    invite: async (name, address) => {
      calls.push(['invite', name, address])
      return { code: 'vigie1.x', address: address ?? '127.0.0.1:8322', until: AS_OF }
    },
    revoke: async (name) => {
      calls.push(['revoke', name])
      return name === 'north'
    },
  }
}
