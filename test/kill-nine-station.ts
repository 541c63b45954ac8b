// The station that `kill-nine.test.ts` kills: the real way in and HTTP intake, on a data folder given by argument.
// Prints its port, then takes lines until it is killed or told to end by closing its input.

import { openCore } from '../src/app-core.ts'
import { startHttpIntake } from '../src/collect/http/index.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { sql } from '../src/store/index.ts'

const settings = readSettings({ data: process.argv[2] }, {})
const core = await openCore({
  settings,
  clock: systemClock,
  durable: true,
  onTrouble: () => undefined,
})
const intake = await startHttpIntake({
  intake: core.wayIn.intake,
  host: '127.0.0.1',
  port: 0,
  language: 'en',
  checkToken: () => Promise.resolve('http'),
  onTrouble: () => undefined,
})
process.stdout.write(`${JSON.stringify({ port: intake.port })}\n`)

process.stdin.resume()
process.stdin.on('end', () => {
  void finish()
})

/** Lets everything become rows, then tells how often each line is stored. */
async function finish(): Promise<void> {
  await intake.close()
  await core.wayIn.settled()
  const { rows } = await core.store.events.ask.query(
    sql`SELECT raw, count() AS times FROM events GROUP BY raw ORDER BY raw`,
  )
  const batches = await core.store.records.selectFrom('batches').select(['id', 'lines']).execute()
  const sources = await core.store.records.selectFrom('sources').select(['name', 'lines']).execute()
  process.stdout.write(`${JSON.stringify({ rows, batches, sources })}\n`)
  await core.close()
}
