// The station that `sensor-kills.test.ts` kills: the real way in and the real door for sensors, without listeners and
// console. Arguments: folder, port of the door. Prints `ready`; `invite ADDRESS` on stdin prints a code, another word waits
// until the lines of `acknowledged.txt` are stored and writes `outcome.json`.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { openCore } from '../src/app/core.ts'
import { openSensors } from '../src/app/sensors/sensors.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { sql } from '../src/store/index.ts'
import { untilStored } from './until-stored.ts'

const [, , folder = '', sensorPort = '0'] = process.argv
const settings = readSettings({ data: join(folder, 'station'), sensorPort }, {})
const core = await openCore({
  settings,
  clock: systemClock,
  durable: true,
  onTrouble: () => undefined,
})
const sensors = await openSensors({
  core,
  settings,
  clock: systemClock,
  onTrouble: (cause) => process.stderr.write(`${String(cause)}\n`),
})
process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin })) {
  const [word = '', rest = ''] = line.split(' ')
  if (word === 'invite') process.stdout.write(`${(await sensors.invite('north', rest)).code}\n`)
  else await finish()
}

/** Lets everything become rows, then writes how often each line is stored. */
async function finish(): Promise<void> {
  await untilStored(core, join(folder, 'acknowledged.txt'))
  // What was not acknowledged may still be on its way.
  await sleep(3000)
  await core.wayIn.settled()
  const { rows } = await core.store.events.ask.query(
    sql`SELECT raw, count() AS times FROM events GROUP BY raw ORDER BY raw`,
  )
  const { rows: named } = await core.store.events.ask.query(
    sql`SELECT DISTINCT source FROM events ORDER BY source`,
  )
  const sources = named.map(({ source }) => source)
  writeFileSync(join(folder, 'outcome.json'), JSON.stringify({ rows, sources }))
  await sensors.close()
  await core.close()
  process.exit(0)
}
