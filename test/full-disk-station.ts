// What `bad-input.test.ts` runs under a limit on file sizes: lines go into a spool until the disk refuses. Prints how many
// were acknowledged by then, then holds still until it is killed.

import { Spool, SPOOL_DEFAULTS } from '../src/collect/spool/spool.ts'
import { systemClock } from '../src/core/index.ts'

const LINES_A_ROUND = 50
let acknowledged = 0
const spool = new Spool({
  ...SPOOL_DEFAULTS,
  folder: process.argv[2] ?? '',
  clock: systemClock,
  segmentMs: 60_000,
  onSegment: () => undefined,
  onTrouble: (cause) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : ''
    process.stdout.write(`${JSON.stringify({ acknowledged, code })}\n`)
  },
})
const from = spool.open({ kind: 'http', source: 'http', context: '' })
for (;;) {
  for (let line = 0; line < LINES_A_ROUND; line += 1) {
    const bytes = Buffer.from(`line ${acknowledged + line}`)
    spool.write(from, bytes, 0, bytes.length)
  }
  await spool.synced()
  acknowledged += LINES_A_ROUND
}
