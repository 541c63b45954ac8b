// What a change let through: the packets that get across now and did not before, as a set, with one of them as witness.

import { ALL_PACKETS, TooLarge } from '../packets/diagram.ts'
import type { PacketSet } from '../packets/diagram.ts'
import { arrivals } from './arrivals.ts'
import type { Device } from './device.ts'
import type { Answer, Ask, End } from './question.ts'
import { regionOf } from './question.ts'
import { FilterSets } from './sets.ts'
import { answerFrom } from './verdict.ts'

export type Change = {
  readonly now: Ask
  readonly before: readonly Device[]
  /** The same zones among the devices as they were. */
  readonly ends: Ends
  /** As they were right after the change, where others changed since: what was no way then is theirs. */
  readonly after?: { readonly devices: readonly Device[]; readonly ends: Ends }
}

type Ends = { readonly from: End; readonly to: End }

/** `null`: nothing more gets across than before. Conditions count as met on both sides. */
export function openedBy({ now, before, ends, after }: Change): Answer | 'too_large' | null {
  const earlier: Ask = { ...now, devices: before, ...ends }
  const all = [...now.devices, ...before, ...(after?.devices ?? [])]
  const isOpen = all.some(({ translations }) => translations.length > 0)
  const region = regionOf({ ...now, devices: isOpen ? all : now.devices })
  const sets = new FilterSets({ family: now.family, region })
  const places = (end: End) => end.places ?? []
  try {
    const arriving = (ask: Ask) =>
      arrivals(ask, {
        ends: { from: places(ask.from), to: places(ask.to) },
        sets,
        sureness: 'may',
      })
    const own = arriving(now)
    const old = arriving(earlier)
    const since =
      after === undefined
        ? ALL_PACKETS
        : arriving({ ...now, devices: after.devices, ...after.ends }).there
    const opened = (packets: PacketSet) =>
      sets.diagrams.and(sets.diagrams.minus(packets, old.there), since)
    const steps = own.steps.map(({ step, packets }) => ({ step, packets: opened(packets) }))
    const there = opened(own.there)
    return answerFrom({ steps, there, isLost: own.isLost }, { ask: now, sets, sureness: 'may' })
  } catch (thrown) {
    if (thrown instanceof TooLarge) return 'too_large'
    throw thrown
  }
}
