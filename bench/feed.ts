// A feed of STIX indicators as a station takes it from a hub: each page checked and kept, then looked for in what arrives and in
// what is stored. node bench/feed.ts [objects]

import { searchesOf } from '../src/app/detection/indicators.ts'
import { watchOf } from '../src/app/sharing/watch.ts'
import { systemClock } from '../src/core/index.ts'
import { takePage } from '../src/share/member/take-page.ts'
import { openStation } from './station.ts'

const OBJECTS = Number(process.argv[2] ?? 50_000)
const PAGE = 500
/** As many as a round takes in at once. */
const STEP = 5000
const PEER = 'hub'

const indicator = (at: number) => ({
  type: 'indicator',
  spec_version: '2.1',
  id: `indicator--8e2e2d2b-17d4-4cbf-938f-${String(at).padStart(12, '0')}`,
  created: '2026-04-06T20:03:48.000Z',
  modified: '2026-04-06T20:03:48.000Z',
  name: `Indicator ${at}`,
  indicator_types: ['malicious-activity'],
  pattern: `[ipv4-addr:value = '${60 + (at >> 16)}.${(at >> 8) % 256}.${at % 256}.7']`,
  pattern_type: 'stix',
  valid_from: '2026-04-06T20:03:48Z',
})

const station = await openStation(() => undefined)
const { core } = station
const { records } = core.store
const searches = await searchesOf(core, systemClock)
const watch = watchOf(core, searches)
await records
  .insertInto('share_sync')
  .values({ peer: PEER, collection: 'c', title: '', added_after: null })
  .execute()

const objects = Array.from({ length: OBJECTS }, (_, at) => indicator(at))
const taken = await timed(async () => {
  for (let at = 0; at < OBJECTS; at += PAGE) {
    const taking = { records, peer: PEER, collection: 'c', isUrgent: false, kept: at }
    const page = { objects: objects.slice(at, at + PAGE), addedLast: undefined }
    await takePage({ ...taking, nowMs: Date.now() }, page)
  }
})
const watched = await timed(async () => {
  for (let at = 0; at < OBJECTS; at += STEP) await watch.take(PEER, objects.slice(at, at + STEP))
})
const searched = await timed(() => searches.idle())
for (const [what, { seconds, cpuSeconds }] of Object.entries({ taken, watched, searched }))
  console.log(
    `${what}: ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processor), ${Math.round(OBJECTS / cpuSeconds)} a processor second`,
  )
await searches.close()
await station.close()

async function timed(work: () => Promise<unknown>) {
  const [startMs, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - startMs) / 1000, cpuSeconds: (user + system) / 1e6 }
}
