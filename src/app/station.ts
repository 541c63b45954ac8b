// What the server asks of a station, answered by the rooms.

import { hostname } from 'node:os'
import { listSources, setSourceParser } from '../collect/index.ts'
import type { Listeners } from '../collect/index.ts'
import { isVigieError, reasonOf } from '../core/index.ts'
import { changeAlerts, openCoverage, searchAlerts, undoChange } from '../detect/index.ts'
import { createHunt } from '../hunt/index.ts'
import { pdfOf } from '../print/index.ts'
import type { Station } from '../server/index.ts'
import { alertDetail } from './cases/alert-detail.ts'
import { casesOf } from './cases/cases.ts'
import { CONTENT } from './content.ts'
import { analyticList } from './detection/analytics.ts'
import { indicatorsOf } from './detection/indicators.ts'
import { workbenchOf } from './detection/workbench.ts'
import { devicesOf } from './devices/devices.ts'
import { entityDetail } from './entity.ts'
import { evidenceRoutes } from './evidence.ts'
import { exposureOf } from './exposure/exposure.ts'
import { identityOf } from './identity.ts'
import { overview } from './overview.ts'
import { liveSources } from './parts.ts'
import type { StationParts } from './parts.ts'
import { readinessOf } from './readiness/readiness.ts'
import { VERSION } from './version.ts'

export function stationOf(parts: StationParts): Station {
  const { core, sessions, settings, clock, onNote } = parts
  const hunt = createHunt(core.store.events, { clock, fields: core.fields })
  return {
    name: hostname(),
    version: VERSION,
    language: settings.language,
    auth: sessions,
    print: pdfOf,
    entity: (ask) => entityDetail(parts, ask),
    overview: () => overview(parts),
    analytics: () => analyticList(parts),
    alerts: alertsOf(parts),
    hunt,
    sources: sourcesOf(parts),
    sensors: parts.sensors,
    rules: rulesOf(parts),
    workbench: workbenchOf({ ...parts, hunt }),
    indicators: indicatorsOf(parts),
    evidence: evidenceRoutes(core, parts.evidence, parts.sharing.witnessing),
    identity: identityOf(parts),
    readiness: readinessOf({ ...parts, organization: hostname() }),
    cases: casesOf(parts),
    segmentation: parts.devices.segmentation,
    devices: devicesOf({ ...parts, organisation: settings.organisation ?? hostname() }),
    exercise: parts.exercise,
    exposure: exposureOf(parts.exposure),
    share: parts.sharing.service,
    notices: parts.sharing.notices,
    campaigns: parts.sharing.campaigns,
    networks: parts.networks.room,
    tools: parts.tools,
    live: { now: () => core.live.totals, subscribe: (listener) => core.live.subscribe(listener) },
    onTrouble: ({ id, path, cause }) => onNote(`${id} ${path}: ${reasonOf(cause)}`),
  }
}

function alertsOf({ core, clock }: StationParts): Station['alerts'] {
  const { records } = core.store
  return {
    search: async (filter) => {
      const page = await searchAlerts(records, filter)
      return {
        asOf: new Date(clock.nowMs()).toISOString(),
        total: page.total,
        alerts: [...page.alerts],
        groups: [...page.groups],
      }
    },
    get: (id) => alertDetail(core, id),
    change: async (change, who) => {
      const changed = await changeAlerts(records, change, { who, nowMs: clock.nowMs() })
      core.live.alertsChanged()
      return changed
    },
    undo: async (undo, who) => {
      const undone = await orUndefined(() =>
        undoChange(records, undo, { who, nowMs: clock.nowMs() }),
      )
      core.live.alertsChanged()
      return undone
    },
  }
}

function sourcesOf(parts: StationParts): Station['sources'] {
  const { core, listeners, clock } = parts
  const { records } = core.store
  return {
    list: async () => {
      const nowMs = clock.nowMs()
      const sources = await listSources(records, nowMs, liveSources(parts))
      return {
        asOf: new Date(nowMs).toISOString(),
        droppedBySystem: droppedBySystem(listeners.counters()),
        sources: [...sources],
      }
    },
    setParser: async (source, parser) => {
      const set = await orUndefined(async () => {
        await setSourceParser(records, { source, parser, known: core.parsers })
        return true
      })
      await core.live.refreshForced()
      return set ?? false
    },
  }
}

/** Over the sockets of syslog and of flows; null where the system says nothing. */
function droppedBySystem({ udp, flows }: ReturnType<Listeners['counters']>): number | null {
  const known = [udp.droppedByKernel, flows.droppedByKernel].filter((drops) => drops !== null)
  return known.length === 0 ? null : known.reduce((sum, drops) => sum + drops, 0)
}

function rulesOf({ core, history, clock }: StationParts): Station['rules'] {
  return {
    list: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      rules: [...(await core.detection.listRules(core.store))],
    }),
    get: (id) =>
      orUndefined(async () => {
        return { ...(await core.detection.getRule(core.store, id)) }
      }),
    coverage: openCoverage({
      store: core.store,
      shelf: core.detection.shelf,
      fields: core.fields,
      clock,
      tacticsFile: CONTENT.tactics,
    }),
    runs: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      runs: [...(await history.list())],
    }),
    run: history.start,
    stopRun: history.stop,
    resumeRun: history.resume,
  }
}

/** What is not here is `undefined` to the server; other trouble passes. */
async function orUndefined<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (thrown) {
    if (isVigieError(thrown) && ['NOT_FOUND', 'BAD_REQUEST'].includes(thrown.code)) return undefined
    throw thrown
  }
}
