// What blind matching costs either side, with the processes that a station and a hub compute in: node bench/blind.ts [VALUES]

import { availableParallelism, loadavg } from 'node:os'
import { work } from '../src/share/blind/crunch-work.ts'
import { Crunch } from '../src/share/blind/crunch.ts'
import { inputOf } from '../src/share/blind/values.ts'
import { newKeyPair, readyVoprf } from '../src/share/blind/voprf.ts'
import type { Asked, Evaluation } from '../src/share/blind/voprf.ts'

const VALUES = Number(process.argv[2] ?? 100_000)
const BATCH = 1000

await readyVoprf()
const key = newKeyPair()
const crunch = new Crunch()
const batches = Array.from({ length: Math.ceil(VALUES / BATCH) }, (_, batch) =>
  Array.from({ length: Math.min(BATCH, VALUES - batch * BATCH) }, (_value, at) => {
    const number = batch * BATCH + at
    const value = `198.${18 + (number >> 16)}.${(number >> 8) % 256}.${number % 256}`
    return inputOf({ kind: 'address', value })
  }),
)

const given = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not proven')
  return value
}

/** By one process alone: what other processes do meanwhile changes it little. */
function counted<T>(name: string, count: number, run: () => T): T {
  run()
  const before = process.cpuUsage()
  const done = run()
  const { user, system } = process.cpuUsage(before)
  console.log(`${name}: ${((user + system) / count).toFixed(0)} µs of processor a value`)
  return done
}

/** By two processes, two batches at a time, as a station asks. */
async function timed<T, R>(name: string, items: readonly T[], run: (item: T) => Promise<R>) {
  const startedMs = performance.now()
  const done: R[] = []
  for (let at = 0; at < items.length; at += 2)
    done.push(...(await Promise.all(items.slice(at, at + 2).map(run))))
  const seconds = (performance.now() - startedMs) / 1000
  console.log(`${name}: ${seconds.toFixed(1)} s`)
  return { seconds, done }
}

const load = () => `load ${loadavg()[0]?.toFixed(1)}`
console.log(`${VALUES} values, ${availableParallelism()} processors, ${load()}`)
const inputs = batches[0] ?? []
const first = counted('station blinds', inputs.length, () => work({ kind: 'blind', inputs }))
const all = first?.kind === 'blind' ? first.asked : []
const elements = all.map((one) => one.blinded)
const told = counted('hub evaluates and proves', inputs.length, () =>
  work({ kind: 'evaluate', key, blinded: elements }),
)
const evaluation = given(told?.kind === 'evaluate' ? told.evaluation : undefined)
counted('station checks the proof and finishes', inputs.length, () =>
  given(work({ kind: 'finalize', asked: all, evaluation, publicKey: key.publicKey })),
)

// The processes begin apart from what is measured.
await Promise.all([inputs, inputs].map((some) => crunch.blind(some.slice(0, 40))))
const blinded = await timed('station blinds', batches, (some) => crunch.blind(some))
const answered = await timed('hub evaluates and proves', blinded.done, async (some) => ({
  some,
  proven: given(
    await crunch.evaluate(
      key,
      some.map((one) => one.blinded),
    ),
  ),
}))
const finished = await timed(
  'station checks the proof and finishes',
  answered.done,
  async ({ some, proven }: { some: readonly Asked[]; proven: Evaluation }) =>
    given(await crunch.finalize(some, proven, key.publicKey)),
)
const station = blinded.seconds + finished.seconds
console.log(`station ${station.toFixed(1)} s, hub ${answered.seconds.toFixed(1)} s, ${load()}`)
crunch.close()
