// Rules over stored events, in a process of its own: all rules, then one. Prints JSON.
// Arguments: events (300,000), folder of further rules (none), file or folder of lines. Without the last, lines of three
// products in equal parts are made.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCore } from '../src/app/core.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { openHistory } from '../src/detect/index.ts'
import type { HistoryRun } from '../src/model/index.ts'
import { fortigate, suricata, windows } from './lines.ts'
import { realLines } from './real-lines.ts'

const count = Number(process.argv[2] ?? 300_000)
const data = mkdtempSync(join(tmpdir(), 'vigie-bench-history-'))
const core = await openCore({
  settings: readSettings({ data, rules: process.argv[3] }, {}),
  clock: systemClock,
  durable: false,
  onTrouble: (cause) => {
    if (cause !== null) throw cause
  },
})
const { intake } = core.wayIn
const made = function* () {
  for (const make of [fortigate(7), suricata(7), windows(7)])
    for (let at = 0; at < count / 3; at += 1) yield Buffer.from(make(at))
}
const from = intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
for (const line of process.argv[4] === undefined ? made() : realLines(process.argv[4])) {
  if (!intake.write(from, line, 0, line.length)) await intake.drained()
}
await core.wayIn.settled()
const history = await openHistory({
  store: core.store,
  shelf: core.detection.shelf,
  fields: core.fields,
  verbatim: core.verbatim,
  clock: systemClock,
  isIntakeBehind: () => false,
  onFed: async () => undefined,
  onFound: () => undefined,
})

async function measure(rules?: readonly string[]) {
  const span = { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }
  const asked = rules === undefined ? span : { ...span, rules: [...rules] }
  let run: HistoryRun = await history.start(asked, 'bench')
  let peak = 0
  while (run.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 100))
    peak = Math.max(peak, process.memoryUsage().rss)
    run = (await history.list()).find(({ id }) => id === run.id) ?? run
  }
  return {
    rules: rules?.length ?? core.detection.ruleSet.active.length,
    perSecond: Math.round(run.judged / run.seconds),
    findings: run.findings,
    known: run.known,
    peakRssMib: Math.round(peak / 1_048_576),
  }
}

const [first] = core.detection.ruleSet.active
const all = await measure()
const one = first === undefined ? undefined : await measure([first.id])
process.stdout.write(`${JSON.stringify({ all, one })}\n`)
await history.close()
await core.close()
rmSync(data, { recursive: true, force: true })
