// What a change let through: the packets that get across now and did not before, as a set, with one of them as witness.

import { TooLarge } from '../packets/diagram.ts'
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
  readonly ends: { readonly from: End; readonly to: End }
}

/** `null`: nothing more gets across than before. Conditions count as met on both sides. */
export function openedBy({ now, before, ends }: Change): Answer | 'too_large' | null {
  const earlier: Ask = { ...now, devices: before, ...ends }
  const isOpen = [...now.devices, ...before].some(({ translations }) => translations.length > 0)
  const region = regionOf({ ...now, devices: isOpen ? [...now.devices, ...before] : now.devices })
  const sets = new FilterSets({ family: now.family, region })
  const places = (end: End) => end.places ?? []
  try {
    const own = arrivals(now, {
      ends: { from: places(now.from), to: places(now.to) },
      sets,
      sureness: 'may',
    })
    const old = arrivals(earlier, {
      ends: { from: places(ends.from), to: places(ends.to) },
      sets,
      sureness: 'may',
    })
    const steps = own.steps.map(({ step, packets }) => ({
      step,
      packets: sets.diagrams.minus(packets, old.there),
    }))
    const there = sets.diagrams.minus(own.there, old.there)
    return answerFrom({ steps, there, isLost: own.isLost }, { ask: now, sets, sureness: 'may' })
  } catch (thrown) {
    if (thrown instanceof TooLarge) return 'too_large'
    throw thrown
  }
}
