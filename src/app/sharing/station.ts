// Sharing of a running station: it listens to the hubs it joined, and is a hub itself where a port for that was asked for.

import { hostname } from 'node:os'
import { dataFolders } from '../../core/index.ts'
import type { WitnessRoom } from '../../evidence/index.ts'
import type { Readiness } from '../../model/index.ts'
import type { Station } from '../../server/index.ts'
import {
  changeSelf,
  draftAgreement,
  encodeHubCode,
  endPeer,
  findPeer,
  invite,
  joinHub,
  openHub,
  openMember,
  openSelf,
  openStationKey,
  peerList,
  readSelf,
} from '../../share/index.ts'
import type { RunningHub, StationKey } from '../../share/index.ts'
import { rollUpService, toldOf } from '../readiness/roll-up.ts'
import { openSeal } from '../seal.ts'
import { blindService, blindStationOf } from './blind.ts'
import { campaignsOf } from './campaigns.ts'
import type { Campaigns } from './campaigns.ts'
import { consentService } from './consents.ts'
import { contentDesk, contentService } from './content.ts'
import { mispService } from './misp.ts'
import { startNotices } from './notices.ts'
import type { Notices } from './notices.ts'
import { needHub, objectService } from './objects.ts'
import type { Sharing, SharingOptions, SharingParts } from './parts.ts'
import { renewalService } from './renewal.ts'
import { reportArrived, reportTaken, reportsAtHub } from './report-up.ts'
import { openedAtHub, thresholdService, thresholdStationOf } from './threshold.ts'
import { watchOf } from './watch.ts'
import { askHubs, witnessRoomOf, witnessService } from './witness.ts'

/** Throws ADDRESS_IN_USE when the hub's port is taken. */
export async function openSharing(options: SharingOptions): Promise<Sharing> {
  const { core, searches, settings, clock, onTrouble } = options
  const { records } = core.store
  const key = await openStationKey(dataFolders(settings.data).keys, clock)
  await openSelf(records, hostname(), clock.nowMs())
  await changeSelf(records, { organisation: settings.organisation })
  const witness = witnessRoomOf(options)
  options.evidence.elsewhere(askHubs(core, key))
  const hub = await hubOf(options, key, witness)
  const blind = blindStationOf(core, clock)
  let readiness: (() => Promise<Readiness>) | undefined
  const desk = contentDesk(options)
  await desk.put()
  const member = openMember({
    records,
    key,
    clock,
    watch: watchOf(core, searches),
    desk,
    blind,
    onReportTaken: reportTaken(options),
    threshold: thresholdStationOf(core, clock, blind),
    witness,
    rollUp: async (to) =>
      readiness === undefined
        ? undefined
        : toldOf(await readiness(), { core, settings, clock, isHub: hub !== undefined, to }),
    isHub: hub !== undefined,
    onTrouble,
  })
  const parts = { ...options, key, hub, member, desk }
  const campaigns = campaignsOf({ records, networks: options.networks, settings, clock })
  const notices = noticesOf(parts, campaigns)
  return {
    address: addressOf(parts),
    service: serviceOf(parts),
    notices: notices.service,
    tell: notices.tell,
    campaigns: campaigns.service,
    witnessing: witnessService(options, witness, member),
    nudge: () => member.nudge(),
    readinessFrom: (view) => {
      readiness = view
    },
    close: () => closeInTurn([notices, desk, member, blind, hub]),
  }
}

async function closeInTurn(
  parts: readonly ({ readonly close: () => void | Promise<void> } | undefined)[],
): Promise<void> {
  for (const part of parts) await part?.close()
}

function serviceOf(parts: SharingParts): Station['share'] {
  const { core, clock, key, hub, member } = parts
  return {
    ...peerService(parts),
    ...renewalService(parts),
    ...objectService(parts),
    ...consentService(parts),
    ...contentService(parts),
    ...mispService(parts),
    ...rollUpService(parts),
    ...blindService({ core, clock, hub: hub?.blind, member }),
    ...reportsAtHub(core, clock),
    ...thresholdService({ core, clock, key, isHub: hub !== undefined, member }),
  }
}

function noticesOf(
  { core, key, member, hub, settings, clock, onTrouble }: SharingParts,
  campaigns: Campaigns,
): Notices {
  return startNotices({
    records: core.store.records,
    key,
    member,
    isHub: hub !== undefined,
    settings,
    clock,
    onArrived: campaigns.refresh,
    onTrouble,
  })
}

async function hubOf(
  { core, settings, clock, onTrouble }: SharingOptions,
  key: StationKey,
  witness: WitnessRoom,
): Promise<RunningHub | undefined> {
  const { hubPort: port, cohortFloor } = settings
  if (port === undefined) return undefined
  const host = settings.hubListen ?? settings.listen
  const seal = openSeal(dataFolders(settings.data).keys)
  const { records } = core.store
  const raise = openedAtHub(core, clock)
  const arrived = reportArrived(core, clock)
  return openHub({
    records,
    clock,
    key,
    seal,
    witness,
    host,
    port,
    cohortFloor,
    onTrouble,
    onReport: (taken) => void arrived(taken).catch(onTrouble),
    onOpened: (opened) => void raise(opened).catch(onTrouble),
  })
}

function addressOf({ hub, settings }: SharingParts): string | null {
  const host = settings.hubListen ?? settings.listen
  return hub === undefined ? null : `${bracketed(host)}:${hub.port}`
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

const ANYWHERE = new Set(['0.0.0.0', '::'])

/** `host:port` for the code: what was asked for, else what the port is bound to, by name where that is everywhere. */
function placeOf(asked: string | undefined, { settings, hub }: SharingParts): string {
  if (asked !== undefined && /(?:^[^:]+|\]):\d+$/.test(asked)) return asked
  const host = asked ?? settings.hubListen ?? settings.listen
  return `${bracketed(ANYWHERE.has(host) ? hostname() : host)}:${hub?.port ?? 0}`
}

type PeerService = Pick<Station['share'], 'state' | 'invite' | 'revoke' | 'join'>

function peerService(parts: SharingParts): PeerService {
  const { core, clock, key, hub, member, settings } = parts
  const { records } = core.store
  return {
    state: async () => {
      const { organisation, identity, community } = await readSelf(records)
      return {
        asOf: new Date(clock.nowMs()).toISOString(),
        self: { organisation, identity, community, pin: key.pin },
        address: addressOf(parts),
        peers: [...(await peerList(records, clock.nowMs()))],
      }
    },
    invite: async ({ name, address, ...terms }) => {
      needHub(hub)
      const { identity, organisation } = await readSelf(records)
      const agreement = draftAgreement({
        hub: { identity, organisation },
        terms,
        cohortFloor: settings.cohortFloor,
        nowMs: clock.nowMs(),
      })
      const { secret, untilMs } = await invite(records, { name, agreement, nowMs: clock.nowMs() })
      const place = placeOf(address, parts)
      const code = encodeHubCode({ address: place, pin: key.pin, secret })
      return { code, address: place, until: new Date(untilMs).toISOString() }
    },
    revoke: async (name) => {
      const row = await findPeer(records, name)
      if (row === undefined) return false
      // A member learns it when it asks next; a hub is told until it knows.
      const isTold = row.role === 'member'
      await endPeer(records, { name, by: 'us', isTold, nowMs: clock.nowMs() })
      if (row.pin !== null && row.role === 'member') hub?.disconnect(row.pin)
      // What a hub sent is used while there is somebody to recall it.
      await parts.desk.put()
      member.changed()
      return true
    },
    join: async (ask, who) => {
      const by = ask.by ?? who
      const joined = await joinHub({ records, key, nowMs: clock.nowMs() }, { ...ask, by })
      if (joined.joined !== null) member.changed()
      return joined
    },
  }
}
