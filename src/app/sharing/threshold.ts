// Addresses that logged in to several members, at a running station: what it reports, and what a hub opened.

import { BlockList, isIPv6 } from 'node:net'
import { VigieError } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { outsideLogins, patternOfValue } from '../../detect/index.ts'
import type { Station } from '../../server/index.ts'
import {
  isOpened,
  offerTerms,
  publishValues,
  readOwnRegistration,
  setGroup,
  showTerms,
  switchReporting,
  termsDigest,
  thresholdState,
} from '../../share/index.ts'
import type {
  BlindStation,
  Member,
  Opened,
  StationKey,
  ThresholdStation,
} from '../../share/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Core } from '../core.ts'
import { raiseOwn } from '../own-alert.ts'
import type { OwnAlert } from '../own-alert.ts'

const OPENED_RULE = 'vigie:login-of-several-members'
const MET_RULE = 'vigie:login-here-and-elsewhere'

/** What a station reports with. */
export function thresholdStationOf(
  core: Core,
  clock: Clock,
  { crunch }: Pick<BlindStation, 'crunch'>,
): ThresholdStation {
  const { records, events } = core.store
  return {
    crunch,
    logins: (ask) => outsideLogins(events.ask, ask),
    isCommon: async (address) =>
      core.indicators.isWarned('address', address) || (await isOwn(records, address, clock)),
    onOpened: async (peer, said, least) => {
      for (const { address } of said)
        await raise(core, clock, {
          id: MET_RULE,
          say: (language) => {
            const { metTitle, metWhy } = wordsOf(language).threshold
            return { title: metTitle(address), why: metWhy(address, peer, least) }
          },
          entity: address,
          reason: { selection: peer, field: 'src_ip', value: address },
        })
    },
  }
}

/** Shows people of a hub what was opened. */
export function openedAtHub(core: Core, clock: Clock): (opened: Opened) => Promise<void> {
  return ({ said: { address }, members }) =>
    raise(core, clock, {
      id: OPENED_RULE,
      say: (language) => {
        const { openedTitle, openedWhy } = wordsOf(language).threshold
        return { title: openedTitle(address), why: openedWhy(address, members.length) }
      },
      entity: address,
      reason: { selection: members.join(', ').slice(0, 300), field: 'src_ip', value: address },
    })
}

async function raise(
  core: Core,
  clock: Clock,
  alert: Omit<OwnAlert, 'severity' | 'attack' | 'entityKind'>,
): Promise<void> {
  // ATT&CK T1078: Valid Accounts.
  const facts = { severity: 'high', attack: ['attack.t1078'], entityKind: 'address' } as const
  await raiseOwn(core.store.records, { ...alert, ...facts }, clock.nowMs())
  core.live.alertsChanged()
}

/** Of the ranges that this organisation registered. */
async function isOwn(records: Records, address: string, clock: Clock): Promise<boolean> {
  const { registration } = await readOwnRegistration(records, clock.nowMs())
  const own = new BlockList()
  for (const { kind, value } of registration?.holdings ?? []) {
    const [network = '', length] = value.split('/')
    const family = isIPv6(network) ? 'ipv6' : 'ipv4'
    if (kind === 'range' && length !== undefined) own.addSubnet(network, Number(length), family)
  }
  return own.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

export type ThresholdParts = {
  readonly core: Core
  readonly clock: Clock
  readonly key: StationKey
  readonly isHub: boolean
  readonly member: Member
}

type ThresholdService = Pick<
  Station['share'],
  | 'threshold'
  | 'showThreshold'
  | 'switchThreshold'
  | 'offerThreshold'
  | 'groupMember'
  | 'giveOpened'
>

export function thresholdService(parts: ThresholdParts): ThresholdService {
  const { core, clock, key, isHub, member } = parts
  const { records } = core.store
  const at = () => ({ records, key, nowMs: clock.nowMs() })
  return {
    threshold: () => thresholdState({ records, isHub, nowMs: clock.nowMs() }),
    showThreshold: (peer) => showTerms(at(), peer),
    switchThreshold: async ({ by, ...ask }, who) => {
      await switchReporting(at(), ask, by ?? who)
      member.askNow()
    },
    offerThreshold: async (ask, who) => {
      needHub(isHub)
      return termsDigest(await offerTerms(records, ask, { who, nowMs: clock.nowMs() }))
    },
    groupMember: async (ask) => {
      needHub(isHub)
      await setGroup(records, ask)
    },
    giveOpened: async ({ address, ...ask }, who) => {
      needHub(isHub)
      if (!(await isOpened(records, address)))
        throw new VigieError('NOT_FOUND', { what: `The opened address ${address}` })
      const value = {
        name: address,
        pattern: patternOfValue('address', address) ?? '',
        confidence: ask.confidence,
        marking: ask.marking,
        untilMs: undefined,
      }
      const publication = { records, secret: key.key, ask, who, nowMs: clock.nowMs() }
      return publishValues(publication, [value])
    },
  }
}

function needHub(isHub: boolean): void {
  const { met, expected } = wordsOf('en').sharing.noHub
  if (!isHub) throw new VigieError('BAD_REQUEST', { met, expected })
}
