// What blind matching costs either side: node bench/blind.ts

import { evaluateBlinded, newEpochKey } from '../src/share/blind/epoch.ts'
import { blindBatch, openAnswer } from '../src/share/blind/member.ts'

const VALUES = 500
const key = newEpochKey()
const values = Array.from({ length: VALUES }, (_, at) => ({
  kind: 'address' as const,
  value: `198.51.${at >> 8}.${at % 256}`,
}))

function timed<T>(name: string, run: () => T): T {
  const before = process.cpuUsage()
  const result = run()
  const { user, system } = process.cpuUsage(before)
  console.log(`${name}: ${((user + system) / 1000 / VALUES).toFixed(2)} ms of processor a value`)
  return result
}

for (let round = 0; round < 2; round += 1) {
  const batch = timed('member blinds', () => blindBatch(values))
  const answer = timed('hub evaluates and proves', () =>
    evaluateBlinded(key, batch.blinded, { spent: 0, most: VALUES }),
  )
  if (!answer.ok) throw new Error(answer.problem)
  const { value } = answer
  timed('member checks and finishes', () => openAnswer(batch, value, key.publicKey))
}
