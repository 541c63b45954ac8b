// The same lines through syslog-ng: FortiGate file in, key=value parsed, JSON out. Prints JSON; nothing where it is absent.
// Argument: lines.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fortigate } from './lines.ts'

const BINARY = '/usr/sbin/syslog-ng'
const count = Number(process.argv[2])
if (existsSync(BINARY)) await measure()

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-ng-'))
  const make = fortigate(7)
  const input = join(folder, 'in.log')
  const output = join(folder, 'out.json')
  writeFileSync(input, '')
  writeFileSync(
    join(folder, 'ng.conf'),
    `@version: 3.35
options { stats-freq(0); };
source s { file("${input}" flags(no-parse) follow-freq(0.1) log-fetch-limit(10000) log-iw-size(100000)); };
parser p { kv-parser(prefix(".kv.")); };
destination d { file("${output}" template("$(format-json --key .kv.* --rekey .kv.* --shift 4)\\n") log-fifo-size(2000000)); };
log { source(s); parser(p); destination(d); flags(flow-control); };
`,
  )
  const words = ['-F', '-f', join(folder, 'ng.conf'), '-R', join(folder, 'persist')]
  const child = spawn(BINARY, [...words, '-p', join(folder, 'pid'), '-c', join(folder, 'ctl')])
  await sleep(1500)
  const text = Array.from({ length: count }, (_, at) => `${make(at)}\n`).join('')
  const startMs = performance.now()
  writeFileSync(input, text)
  let size = -1
  let lastMs = startMs
  // Its output stands still once everything is through; it begins within seconds.
  while (performance.now() - lastMs < (size > 0 ? 1500 : 20_000)) {
    await sleep(50)
    const now = existsSync(output) ? statSync(output).size : 0
    if (now !== size) lastMs = performance.now()
    size = now
  }
  child.kill()
  const lines =
    size > 0 ? readFileSync(output).reduce((n, byte) => n + (byte === 10 ? 1 : 0), 0) : 0
  process.stdout.write(
    JSON.stringify({ perSecond: Math.round((lines * 1000) / (lastMs - startMs)), lines }),
  )
  rmSync(folder, { recursive: true, force: true })
}
