// Blind matching of a running station: what it asks hubs with, and what people do with it on either side.

import type { Clock } from '../../core/index.ts'
import { VigieError } from '../../core/index.ts'
import { patternOfValue, readValues, valueSeen, valuesSince } from '../../detect/index.ts'
import { BLIND_KINDS, MOST_SENSITIVE, classOfKind } from '../../model/index.ts'
import type { BlindHit, SensitiveAsk } from '../../model/index.ts'
import type { Station } from '../../server/index.ts'
import {
  Crunch,
  addSensitive,
  audienceOf,
  blindState,
  decideHits,
  removeSensitive,
  rotateEpoch,
  setBudget,
  switchAsking,
} from '../../share/index.ts'
import type { BlindHub, BlindStation, Member } from '../../share/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Core } from '../core.ts'
import { raiseOwn } from '../own-alert.ts'
import { bytesIn } from './file.ts'

/** What a station asks with. `close` ends the processes that compute. */
export function blindStationOf(
  { store, indicators, live }: Core,
  clock: Clock,
): BlindStation & { readonly close: () => void } {
  const { ask } = store.events
  const crunch = new Crunch()
  return {
    engine: store.events,
    crunch,
    fresh: ({ class: name, ...asked }) =>
      valuesSince(ask, {
        ...asked,
        kinds: BLIND_KINDS.filter((kind) => classOfKind(kind) === name),
      }),
    isWarned: indicators.isWarned,
    seen: (kind, value) => valueSeen(ask, { kind, value }),
    onHits: async (peer, hits) => {
      await raiseHits(store.records, { peer, hits, nowMs: clock.nowMs() })
      live.alertsChanged()
    },
    close: () => crunch.close(),
  }
}

const HIT_RULE = 'vigie:blind-hit'

async function raiseHits(
  records: Records,
  {
    peer,
    hits,
    nowMs,
  }: { readonly peer: string; readonly hits: readonly BlindHit[]; readonly nowMs: number },
): Promise<void> {
  for (const { kind, value, note } of hits)
    await raiseOwn(
      records,
      {
        id: HIT_RULE,
        severity: 'high',
        attack: [],
        say: (language) => {
          const { hitTitle, hitWhy } = wordsOf(language).blind
          return { title: hitTitle(peer), why: hitWhy(peer, note) }
        },
        entityKind: kind === 'address' ? 'address' : 'source',
        entity: value,
        reason: { selection: peer, field: kind, value },
      },
      nowMs,
    )
}

export type BlindParts = {
  readonly core: Core
  readonly clock: Clock
  readonly hub: BlindHub | undefined
  readonly member: Member
}

type BlindService = Pick<
  Station['share'],
  | 'blind'
  | 'switchBlind'
  | 'decideBlind'
  | 'addSensitive'
  | 'removeSensitive'
  | 'rotateBlind'
  | 'setBlindBudget'
>

export function blindService({ core, clock, hub, member }: BlindParts): BlindService {
  const { records, events: engine } = core.store
  const act = (who: string) => ({ who, nowMs: clock.nowMs() })
  return {
    blind: () => blindState({ records, engine, hub, nowMs: clock.nowMs() }),
    switchBlind: async ({ by, ...ask }, who) => {
      await switchAsking(records, ask, act(by ?? who))
      member.askNow()
    },
    decideBlind: async (hits, tell, who) => {
      const decided = await decideHits(records, hits, { tell, ...act(who) })
      member.nudge()
      return decided
    },
    addSensitive: async (bytes, ask, who) => {
      const blind = needHub(hub)
      const audience = await audienceOf(records, ask)
      const { values, refused } = await sensitiveIn(bytes, ask)
      const added = await addSensitive(blind, values, { ask, audience, ...act(who) })
      return { ...added, refused: [...refused, ...added.refused].slice(0, 1000) }
    },
    removeSensitive: (id, who) => removeSensitive(needHub(hub), id, act(who)),
    rotateBlind: async (who) => {
      const { who: by, nowMs } = act(who)
      await rotateEpoch(needHub(hub), { by, nowMs })
    },
    setBlindBudget: (ask, who) => {
      needHub(hub)
      return setBudget(records, ask, act(who))
    },
  }
}

function needHub(hub: BlindHub | undefined): BlindHub {
  const { met, expected } = wordsOf('en').sharing.noHub
  if (hub === undefined) throw new VigieError('BAD_REQUEST', { met, expected })
  return hub
}

async function sensitiveIn(bytes: AsyncIterable<Uint8Array>, { marking }: SensitiveAsk) {
  const whole = await bytesIn(bytes)
  const read = await readValues(once(whole), MOST_SENSITIVE)
  const say = wordsOf('en')
  const refused = read.refused.map(({ line, value, reason }) => ({
    id: value === '' ? String(line) : value,
    reason: say.indicators.refused[reason],
  }))
  const values = []
  for (const { kind, key: value, marking: own = read.marking } of read.values) {
    const pattern = patternOfValue(kind, value)
    const isKind = BLIND_KINDS.some((one) => one === kind)
    if (!isKind || pattern === undefined)
      refused.push({ id: value, reason: say.blind.notMatched(kind) })
    else if (own !== undefined && own !== '' && own !== marking)
      refused.push({ id: value, reason: say.blind.otherMarking(own, marking) })
    else values.push({ kind, value, pattern })
  }
  return { values, refused }
}

async function* once(bytes: Buffer) {
  yield bytes
}
