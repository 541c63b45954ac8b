// The station that `kill-nine.test.ts` kills: the real way in, HTTP intake, inbox and a followed file, in a folder given
// by argument. Prints its port, then takes lines until it is killed or told that all were sent, which stand in `acknowledged.txt`.

import { writeFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openCore } from '../src/app/core.ts'
import { startFollow, startInbox } from '../src/collect/files/index.ts'
import { startHttpIntake } from '../src/collect/http/index.ts'
import { recordPositions } from '../src/collect/record-positions.ts'
import { dataFolders, readSettings, systemClock } from '../src/core/index.ts'
import { openEvidence, openLogKey } from '../src/evidence/index.ts'
import type { EvidenceReport } from '../src/model/index.ts'
import { sql } from '../src/store/index.ts'
import { untilStored } from './until-stored.ts'

const [, , folder = ''] = process.argv
const settings = readSettings({ data: join(folder, 'data') }, {})
const core = await openCore({
  settings,
  clock: systemClock,
  durable: true,
  onTrouble: () => undefined,
})
const evidence = openEvidence({
  store: core.store,
  key: openLogKey(join(folder, 'keys'), 'vigie/killed'),
  folder: dataFolders(settings.data).evidence,
  clock: systemClock,
  everyMs: 500,
  onTrouble: (cause) => process.stderr.write(`${String(cause)}\n`),
})
const intake = await startHttpIntake({
  intake: core.wayIn.intake,
  host: '127.0.0.1',
  port: 0,
  language: 'en',
  checkToken: () => Promise.resolve('http'),
  onTrouble: () => undefined,
})
const spool = core.wayIn.intake
const files = {
  intake: spool,
  positions: recordPositions(core.store.records, (path) => spool.noted(path)),
  pollMs: 20,
}
const following = startFollow({
  ...files,
  paths: [join(folder, 'followed.log')],
  onTrouble: () => undefined,
})
const inbox = await startInbox({
  ...files,
  folder: join(folder, 'inbox'),
  language: 'en',
  stableMs: 50,
  onFile: () => undefined,
})
process.stdout.write(`${JSON.stringify({ port: intake.port })}\n`)
// Who is killed writes nothing at its end.
flushCompileCache()

process.stdin.once('data', () => {
  void finish()
})

async function verified(): Promise<EvidenceReport> {
  await evidence.checkpoint()
  for (let report = evidence.verify([]); ;) {
    await sleep(50)
    report = evidence.report() ?? report
    if (report.state !== 'running') return report
  }
}

/** Lets everything become rows, then writes how often each line is stored to `outcome.json`. */
async function finish(): Promise<void> {
  await untilStored(core, join(folder, 'acknowledged.txt'))
  await intake.close()
  await following.close()
  await inbox.close()
  await core.wayIn.settled()
  const { rows } = await core.store.events.ask.query(
    sql`SELECT raw, count() AS times FROM events GROUP BY raw ORDER BY raw`,
  )
  const batches = await core.store.records.selectFrom('batches').select(['id', 'lines']).execute()
  const sources = await core.store.records.selectFrom('sources').select(['name', 'lines']).execute()
  const report = await verified()
  writeFileSync(join(folder, 'outcome.json'), JSON.stringify({ rows, batches, sources, report }))
  await evidence.close()
  await core.close()
  process.exit(0)
}
