// `vigie exercise --federation`: a hub of hubs, two hubs and stations as real processes. From the indicator to the last answer within a
// minute, a station that was cut off catches up, and one whose key is in other hands does no harm. It takes minutes and a machine of its
// own, so it is played where it is asked for: VIGIE_FEDERATION_STATIONS=4 is each part once, 8 what the command plays by itself. What
// it is made of is held by test/federation.test.ts.

import { expect, test } from 'vitest'
import { playFederation } from '../src/app/federation/federation.ts'

const STATIONS = Number(process.env['VIGIE_FEDERATION_STATIONS'] ?? 0)

test.skipIf(STATIONS === 0)(
  'the chain takes a minute at most, who was cut off catches up, who lies does no harm',
  async () => {
    const card = await playFederation({
      stations: STATIONS,
      hubs: 2,
      engineMemoryMib: 400,
      onStep: () => undefined,
      signal: new AbortController().signal,
    })
    expect(card.steps.filter(({ isSo }) => !isSo)).toEqual([])
    expect(card.steps.find(({ step }) => step === 'chain')?.seconds).toBeLessThanOrEqual(60)
    expect(card.misdeeds.length).toBeGreaterThanOrEqual(14)
    expect(card.misdeeds.filter(({ isHarmless }) => !isHarmless)).toEqual([])
    expect(card.isSo).toBe(true)
  },
  900_000,
)
