// Questions over many stored events. Prints JSON.
// Argument: millions of events.

import { createHunt } from '../src/hunt/index.ts'
import { fillEvents } from './fill-events.ts'
import { openStation } from './station.ts'

const millions = Number(process.argv[2])
const station = await openStation(() => undefined)
const { events } = station.core.store
const { from, to, rare } = await fillEvents(events, millions)
const [address = ''] = rare
const hunt = createHunt(events, { fields: station.core.fields })
const span = { from, to }
const page = { limit: 100, offset: 0, order: 'newest' as const }

/** First asking and the median of five. */
async function timed(ask: () => Promise<{ readonly ok: boolean }>): Promise<readonly number[]> {
  const times: number[] = []
  for (let run = 0; run < 6; run += 1) {
    const startMs = performance.now()
    const answer = await ask()
    if (!answer.ok) throw new Error('the question failed')
    times.push(Math.round(performance.now() - startMs))
  }
  const [first = 0, ...rest] = times
  return [first, rest.toSorted((a, b) => a - b)[2] ?? 0]
}

const result = {
  millions,
  newest: await timed(() => hunt.search({ ...span, ...page, query: '' })),
  address: await timed(() => hunt.search({ ...span, ...page, query: `src_ip:${address}` })),
  anywhere: await timed(() => hunt.search({ ...span, ...page, query: address })),
  top: await timed(() =>
    hunt.top({ ...span, query: '', field: 'dst_ip', limit: 10, exact: false }),
  ),
}
process.stdout.write(JSON.stringify(result))
await station.close()
process.exit(0)
