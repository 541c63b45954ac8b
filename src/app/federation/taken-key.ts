// The last station's key is taken: what an honest member of the same hub has, and what the hub holds back, is laid out before it is used.

import { z } from 'zod'
import { PublishedSchema, ReceivedListSchema } from '../../model/index.ts'
import { given, hasAnswered } from './acts.ts'
import type { Member } from './acts.ts'
import { tryMisdeeds } from './liar.ts'
import type { Tried } from './liar.ts'
import { untilSo } from './site.ts'
import type { Site } from './site.ts'

export type TakenKey = {
  readonly hubs: readonly Site[]
  readonly members: readonly Member[]
  /** Every member was given it. */
  readonly indicator: string
  readonly signal: AbortSignal
}

const [WITHHELD, WHILE_FLOODED] = ['45.9.148.78', '45.9.148.79']
const MOST_MS = 60_000
/** Values a day: fewer than are tried. */
const BUDGET = 100

export async function takeKey({
  hubs,
  members,
  indicator,
  signal,
}: TakenKey): Promise<readonly Tried[]> {
  const liar = given(members.at(-1))
  const { hub } = liar
  const honest = given(members.find((one) => one.hub === hub && one !== liar))
  const give = (value: string, terms: string) =>
    hub.send(`/api/share/publications?marking=green&${terms}`, `${value}\n`, PublishedSchema)
  await give(WITHHELD, `audience=${honest.peer}`)
  await untilSo(() => hasAnswered(honest.site, WITHHELD), MOST_MS, signal)
  const { received } = await honest.site.get('/api/share/received', ReceivedListSchema)
  const budget = { peer: liar.peer, address: BUDGET, other: BUDGET }
  await hub.post('/api/share/blind/budgets', budget, z.looseObject({}))
  return tryMisdeeds({
    liar: liar.site,
    peer: liar.peer,
    hub,
    otherHub: hubs.find((one) => one !== hub),
    code: honest.code,
    honest: { name: honest.peer, identity: honest.identity, range: honest.range },
    indicator,
    withheld: given(received.find(({ name }) => name === WITHHELD)).id,
    served: async () => {
      await give(WHILE_FLOODED, 'priority=urgent')
      const ms = await untilSo(() => hasAnswered(honest.site, WHILE_FLOODED), MOST_MS, signal)
      return ms === undefined ? undefined : ms / 1000
    },
  })
}
