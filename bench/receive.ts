// Lines over TCP syslog: as far as the synced spool, or as far as judged rows. A process of its own. Prints JSON.
// Arguments: `spool` or `rows`, number of lines.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Intake } from '../src/collect/index.ts'
import { SPOOL_DEFAULTS, Spool } from '../src/collect/spool/spool.ts'
import { startSyslog } from '../src/collect/syslog/index.ts'
import { systemClock } from '../src/core/index.ts'
import { openStation } from './station.ts'

const [, , mode, asked] = process.argv
const count = Number(asked)
if ((mode !== 'spool' && mode !== 'rows') || !(count > 0))
  throw new TypeError('expected `spool` or `rows`, and a number of lines')
let arrived = 0
let tell = (): void => undefined
const all = new Promise<void>((resolve) => {
  tell = resolve
})
function add(lines: number): void {
  arrived += lines
  if (arrived >= count) tell()
}

const { intake, close } = mode === 'spool' ? openSpool() : await openRows()
const service = await startSyslog({
  intake,
  host: '127.0.0.1',
  udpPort: null,
  tcpPort: 0,
  tlsPort: null,
  onEvent: () => undefined,
})
const words = [join(import.meta.dirname, 'send.ts'), String(service.addresses.tcp), String(count)]
const sender = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] })
await once(sender.stdout, 'data')
const startMs = performance.now()
sender.stdin.write('go\n')
await all
const perSecond = Math.round((count * 1000) / (performance.now() - startMs))
await service.close()
process.stdout.write(JSON.stringify({ perSecond, lines: arrived }))
await close()
process.exit(0)

type Way = { readonly intake: Intake; readonly close: () => Promise<void> }

/** Segments are counted and taken away, as if they were loaded. */
function openSpool(): Way {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
  const spool = new Spool({
    ...SPOOL_DEFAULTS,
    folder,
    clock: systemClock,
    onTrouble: () => undefined,
    onSegment: (segment) => {
      unlinkSync(segment.file)
      spool.released(segment)
      add(segment.records)
    },
  })
  return {
    intake: spool,
    close: async () => {
      await spool.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openRows(): Promise<Way> {
  const station = await openStation(add)
  return { intake: station.core.wayIn.intake, close: station.close }
}
