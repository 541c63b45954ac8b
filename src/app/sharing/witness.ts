// Witnesses of a running station: its log goes to its hubs and their members to be signed, and it signs theirs.

import { SECOND_MS, dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import { hashOfOrigin, openWitnessKey, openWitnessing } from '../../evidence/index.ts'
import type { AskElsewhere, Evidence, WitnessRoom } from '../../evidence/index.ts'
import type {
  LogStop,
  QuorumAsk,
  WitnessConfirm,
  WitnessRemove,
  WitnessSwitch,
  Witnessing,
} from '../../model/index.ts'
import { hubLink, listPeers, switchWitnessing, witnessingHubs } from '../../share/index.ts'
import type { Member, StationKey } from '../../share/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Core } from '../core.ts'
import { raiseOwn } from '../own-alert.ts'

export type WitnessParts = {
  readonly core: Core
  readonly evidence: Evidence
  readonly settings: Settings
  readonly clock: Clock
}

export type EvidenceWitnessing = {
  readonly state: () => Promise<Witnessing>
  readonly switchPeer: (ask: WitnessSwitch, who: string) => Promise<void>
  readonly setQuorum: (ask: QuorumAsk, who: string) => Promise<void>
  readonly confirm: (ask: WitnessConfirm, who: string) => Promise<string>
  readonly remove: (ask: WitnessRemove, who: string) => Promise<void>
  readonly stop: (ask: LogStop, who: string) => Promise<void>
}

const LOG_RULE = 'vigie:witness-log'
const OWN_RULE = 'vigie:own-log'

/** The station as a witness and among witnesses. What somebody's log shows that it should not becomes an alert here. */
export function witnessRoomOf({ core, evidence, settings, clock }: WitnessParts): WitnessRoom {
  const { records } = core.store
  const raise = async (alert: Omit<Parameters<typeof raiseOwn>[1], 'severity' | 'attack'>) => {
    // ATT&CK T1070: Indicator Removal.
    const facts = { ...alert, severity: 'high', attack: ['attack.t1070'] } as const
    await raiseOwn(records, facts, clock.nowMs())
    core.live.alertsChanged()
  }
  return openWitnessing({
    records,
    log: evidence.key,
    witness: openWitnessKey(dataFolders(settings.data).keys),
    nowMs: () => clock.nowMs(),
    onFlaw: ({ origin, organisation, kind }) =>
      raise({
        id: LOG_RULE,
        say: (language) => {
          const { logTitle, logWhy } = wordsOf(language).evidence.witness
          return { title: logTitle(organisation), why: logWhy[kind](organisation, origin) }
        },
        entityKind: 'source',
        entity: origin,
        reason: { selection: organisation, field: 'checkpoint', value: kind },
      }),
    onProblem: async ({ witness, organisation, problem }) => {
      // That it does not sign is seen on the page of evidence; that it saw another log is for now.
      if (problem !== 'larger' && problem !== 'different') return
      await raise({
        id: OWN_RULE,
        say: (language) => {
          const { ownTitle, ownWhy } = wordsOf(language).evidence.witness
          return { title: ownTitle, why: ownWhy[problem](organisation) }
        },
        entityKind: 'source',
        entity: evidence.key.name,
        reason: { selection: witness, field: 'checkpoint', value: problem },
      })
    },
  })
}

export function witnessService(
  { core, evidence, clock }: Omit<WitnessParts, 'settings'>,
  room: WitnessRoom,
  member: Member,
): EvidenceWitnessing {
  const { records } = core.store
  // Whoever changes who counts cannot deny it.
  const noted = async (act: string, about: Readonly<Record<string, unknown>>) => {
    const made = new Date(clock.nowMs()).toISOString()
    await evidence.note(`witness/${made}`, 'witness', { act, ...about, made })
  }
  return {
    state: async () => ({ ...(await room.state()), hubs: await witnessingHubs(records) }),
    switchPeer: async ({ by, ...ask }, who) => {
      await switchWitnessing(records, ask, { who: by ?? who, nowMs: clock.nowMs() })
      member.askNow()
    },
    setQuorum: async (ask, who) => {
      const policy = await room.setQuorum(ask, who)
      const made = new Date(clock.nowMs()).toISOString()
      // Whoever lowers it cannot deny it.
      await evidence.note(`quorum/${made}`, 'quorum', { policy, made })
      member.askNow()
    },
    confirm: async ({ fingerprint, by }, who) => {
      const name = await room.confirm(fingerprint, by ?? who)
      await noted('confirmed', { name, by: by ?? who })
      return name
    },
    remove: async ({ key, by }, who) => {
      await room.remove(key, by ?? who)
      await noted('removed', { key, by: by ?? who })
    },
    stop: async ({ by, ...ask }, who) => {
      await room.stop(ask, by ?? who)
      await noted(ask.isStopped ? 'signing stopped' : 'signing again', { ...ask, by: by ?? who })
    },
  }
}

const ANSWER_MS = 10 * SECOND_MS

/** Asks every hub that signs this log what it signed last. Each by itself; who is away is counted. */
export function askHubs(core: Core, key: StationKey): AskElsewhere {
  const { records } = core.store
  return async (origin) => {
    const on = (await witnessingHubs(records)).filter(({ isOn }) => isOn)
    const rows = await listPeers(records)
    const asked = rows.filter(({ name }) => on.some(({ peer }) => peer === name))
    const path = `/vigie/witness/${hashOfOrigin(origin)}/checkpoint`
    const notes = await Promise.all(
      asked.map(async ({ address, pin }) => {
        if (address === null || pin === null) return []
        const link = hubLink({ address, pin }, key, AbortSignal.timeout(ANSWER_MS))
        try {
          const { status, body } = await link.getText(path)
          return status === 200 ? [body] : []
        } catch {
          return []
        } finally {
          link.close()
        }
      }),
    )
    return { asked: asked.length, notes: notes.flat() }
  }
}
