// Rules over events as they arrive, in a process of its own: spool, parse, judge, store. Prints JSON, a measurement a round.
// Arguments: folder of further rules, file or folder of lines, how many of them (30,000), rounds (3).

import { realLines } from './real-lines.ts'
import { openStation } from './station.ts'

const [rules, place = '', most = '30000', rounds = '3'] = process.argv.slice(2)
const all = realLines(place)
const step = Math.max(1, Math.floor(all.length / Number(most)))
const lines = all.filter((_, at) => at % step === 0).slice(0, Number(most))
const station = await openStation(() => undefined, rules === undefined ? {} : { rules })
const { core } = station
const { intake } = core.wayIn
const from = intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
await core.warmed

async function send(): Promise<void> {
  const [startMs, cpu] = [performance.now(), process.cpuUsage()]
  for (const line of lines) if (!intake.write(from, line, 0, line.length)) await intake.drained()
  await core.wayIn.settled()
  const { user, system } = process.cpuUsage(cpu)
  const result = {
    rules: core.detection.ruleSet.active.length,
    lines: lines.length,
    perSecond: Math.round((lines.length * 1000) / (performance.now() - startMs)),
    processorMicrosecondsALine: Math.round((user + system) / lines.length),
    peakRssMib: station.peakRssMib(),
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
}

for (let round = 0; round < Number(rounds); round += 1) await send()
await station.close()
