// For tests of other parts: keys that are kept as they are, and a station that asks nothing blindly.

import { Crunch } from './crunch.ts'
import type { BlindSeal } from './epochs.ts'
import type { BlindStation } from './round.ts'

export const PLAIN_SEAL: BlindSeal = { seal: (text) => text, open: (sealed) => sealed }

const unasked = () => {
  throw new Error('nothing was switched on')
}

export function noBlind(): BlindStation {
  const lane = { query: unasked, command: unasked, load: unasked }
  return {
    engine: {
      kind: 'embedded',
      cluster: undefined,
      intake: [],
      ask: lane,
      define: unasked,
      close: async () => undefined,
    },
    crunch: new Crunch(),
    fresh: unasked,
    isWarned: unasked,
    seen: unasked,
    onHits: unasked,
  }
}
