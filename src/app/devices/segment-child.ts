// The process that judges zones: reads what it is told, asks once for what was seen, answers and ends.

import { once } from 'node:events'
import { judgeRound, readOtServices } from '../../audit/index.ts'
import type { Borders, Round, RoundAsk, Seen } from '../../audit/index.ts'
import { reasonOf } from '../../core/index.ts'
import { CONTENT } from '../content.ts'
import { readingTools } from './audit-tools.ts'

export type ChildTold =
  | { readonly kind: 'borders'; readonly borders: Borders }
  | { readonly kind: 'judged'; readonly round: Round }
  | { readonly kind: 'failed'; readonly reason: string }

const tell = (told: ChildTold) =>
  new Promise<void>((resolve) => {
    if (process.send === undefined || !process.connected) resolve()
    else process.send(told, undefined, undefined, () => resolve())
  })

process.once('message', (ask: RoundAsk) => {
  // Who asked is gone: nobody waits for an answer.
  process.once('disconnect', () => process.exit(0))
  void judge(ask)
    .catch((cause: unknown) => tell({ kind: 'failed', reason: reasonOf(cause) }))
    .then(() => process.exit(0))
})

async function judge(ask: RoundAsk): Promise<void> {
  const round = await judgeRound(ask, {
    // Texts were redacted with the station's key; nothing here is compared with what others keep.
    tools: readingTools(new Uint8Array(32)),
    services: readOtServices(CONTENT.otServices),
    seen: async (borders) => {
      const answered = once(process, 'message')
      await tell({ kind: 'borders', borders })
      const [seen]: unknown[] = await answered
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by app-segment-station alone
      return (seen || null) as Seen | null
    },
  })
  await tell({ kind: 'judged', round })
}
