// Campaigns of a running hub: what arrives is compared, people decide, decision-makers read.

import { VigieError } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { NetworkKind } from '../../model/index.ts'
import type { Networks } from '../../networks/index.ts'
import type { Station } from '../../server/index.ts'
import {
  actOnCampaign,
  campaignDetail,
  campaignPage,
  gatherSightings,
  joinNew,
  keepIncident,
  listCampaigns,
  readIncident,
  undoCampaignAct,
} from '../../share/index.ts'
import type { CommonPlaces } from '../../share/index.ts'
import type { Records } from '../../store/index.ts'
import { bytesIn } from './file.ts'

export type CampaignsParts = {
  readonly records: Records
  readonly networks: Networks
  readonly settings: Settings
  readonly clock: Clock
}

export type Campaigns = {
  readonly service: Station['campaigns']
  /** Compares what came since. */
  readonly refresh: () => Promise<void>
}

export function campaignsOf({ records, networks, settings, clock }: CampaignsParts): Campaigns {
  const common = commonPlaces(networks)
  const nowMs = () => clock.nowMs()
  const detail = (id: string, forOthers: boolean) =>
    campaignDetail(
      { records, common, floor: forOthers ? settings.cohortFloor : null, nowMs: nowMs() },
      id,
    )
  const join = () => joinNew(records, common, nowMs())
  return {
    refresh: async () => {
      await gatherSightings(records, nowMs())
      await join()
    },
    service: {
      list: async () => ({
        asOf: new Date(nowMs()).toISOString(),
        campaigns: [...(await listCampaigns(records))],
      }),
      detail,
      page: async (id, forOthers, language) => campaignPage(await detail(id, forOthers), language),
      act: (act, who) => actOnCampaign(records, act, { who, nowMs: nowMs() }),
      undo: (act, who) => undoCampaignAct(records, act, { who, nowMs: nowMs() }),
      incident: async (incident, who) => {
        const report = await keepIncident(records, incident, { who, nowMs: nowMs() })
        await join()
        return report
      },
      importIncident: async (bytes, { organisation }, who) => {
        const whole = await bytesIn(bytes)
        const read = readIncident(whole.toString('utf8'), nowMs())
        if (!read.ok) throw new VigieError('BAD_REQUEST', read.problem)
        const { left, ...said } = read.value
        const act = { who, nowMs: nowMs() }
        const report = await keepIncident(records, { organisation, ...said }, act)
        await join()
        return { report, features: said.features.length, left }
      },
    },
  }
}

/** Networks in which strangers share addresses. A rented server is somebody's own. */
const SHARED_KINDS: ReadonlySet<NetworkKind> = new Set<NetworkKind>([
  'vpn',
  'tor',
  'proxy',
  'mobile',
])

function commonPlaces(networks: Networks): CommonPlaces {
  return async (addresses) => {
    const kinds = await networks.kindsOf(addresses)
    return new Set(
      [...kinds].flatMap(([address, kind]) => (SHARED_KINDS.has(kind) ? [address] : [])),
    )
  }
}
