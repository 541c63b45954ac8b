// Waits until lines that were acknowledged are rows. Which ones, not how many: what nobody was told of may be stored as well, and would
// count for a line that is still on its way.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Core } from '../src/app/core.ts'
import { sql } from '../src/store/index.ts'

const WAIT_AT_MOST_MS = 90_000
const LOOK_EVERY_MS = 500

/** `file`: the lines, one each. What is not there by then is missing. */
export async function untilStored(
  { store, wayIn }: Pick<Core, 'store' | 'wayIn'>,
  file: string,
): Promise<void> {
  const missing = sql`SELECT count() AS n FROM file(${file}, 'LineAsString', 'line String') WHERE line NOT IN (SELECT raw FROM events)`
  for (let waitedMs = 0; waitedMs < WAIT_AT_MOST_MS; waitedMs += LOOK_EVERY_MS) {
    await sleep(LOOK_EVERY_MS)
    await wayIn.settled()
    const { rows } = await store.events.ask.query<{ n: string }>(missing)
    if (rows[0]?.n === '0') return
  }
}
