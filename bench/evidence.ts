// What taking a batch's digest costs on the way in: node --liftoff-only bench/evidence.ts

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LINE_HASH, batchDigests } from '../src/evidence/batch/digest-sql.ts'
import { openEmbeddedEngine, sql, trusted } from '../src/store/index.ts'
import type { Sql } from '../src/store/index.ts'

const LINES = 100_000
const ROUNDS = 5
const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
const engine = await openEmbeddedEngine({ folder, memoryMib: 1200, intakeLanes: 1, askLanes: 1 })
const { ask: lane } = engine
await lane.command(
  trusted(`CREATE TABLE lines (batch LowCardinality(String), line UInt32, received DateTime64(3, 'UTC'),
  source LowCardinality(String), context LowCardinality(String), raw String) ENGINE = Memory`),
)
await lane.command(
  sql`INSERT INTO lines SELECT 'b', number, now64(3), 'syslog/192.0.2.1', '', concat(repeat('x', 584), leftPad(toString(number), 6, '0')) FROM numbers(${LINES})`,
)

const works: Readonly<Record<string, Sql>> = {
  'each line hashed': sql`SELECT sum(cityHash64(${LINE_HASH})) FROM lines`,
  'each line hashed, tree over the batch': batchDigests(trusted('FROM lines')),
}
for (const [name, statement] of Object.entries(works)) {
  const figures: { readonly wallMs: number; readonly cpuMs: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const [startMs, before] = [performance.now(), process.cpuUsage()]
    await lane.query(statement, { settings: { max_threads: 1 } })
    const { user, system } = process.cpuUsage(before)
    figures.push({ wallMs: performance.now() - startMs, cpuMs: (user + system) / 1000 })
  }
  const middle = figures.toSorted((a, b) => a.cpuMs - b.cpuMs)[Math.floor(ROUNDS / 2)]
  console.log(
    `${name}: ${((middle?.cpuMs ?? 0) * 1000) / LINES} µs of processor a line, ${Math.round(middle?.wallMs ?? 0)} ms for ${LINES} lines of 590 bytes`,
  )
}
await engine.close()
rmSync(folder, { recursive: true, force: true })
