// Event logs from the binary file to judged rows. A process of its own. Prints JSON. Argument: MiB of logs.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChunkWriter, evtxFile, utf16 } from '../src/collect/evtx/write-evtx.test-helper.ts'
import type { Node } from '../src/collect/evtx/write-evtx.test-helper.ts'
import { readFileInto } from '../src/collect/index.ts'
import { randomOf } from './random.ts'
import { openStation } from './station.ts'

const CHUNK_KIB = 64
const FILE_CHUNKS = 160
/** Fits a chunk beside its template. */
const RECORDS_A_CHUNK = 80
const DATA = [
  'SubjectUserSid',
  'SubjectUserName',
  'SubjectDomainName',
  'SubjectLogonId',
  'NewProcessId',
  'NewProcessName',
  'TokenElevationType',
  'ProcessId',
  'CommandLine',
  'TargetUserSid',
  'TargetUserName',
  'TargetDomainName',
  'TargetLogonId',
  'ParentProcessName',
]
const PROCESS_STARTED: Node = {
  name: 'Event',
  content: [
    {
      name: 'System',
      content: [
        { name: 'Provider', attributes: [['Name', 'Microsoft-Windows-Security-Auditing']] },
        { name: 'EventID', content: ['4688'] },
        { name: 'TimeCreated', attributes: [['SystemTime', { slot: 0 }]] },
        { name: 'Channel', content: ['Security'] },
        { name: 'Computer', content: [{ slot: 1 }] },
      ],
    },
    {
      name: 'EventData',
      content: DATA.map((name, at) => ({
        name: 'Data',
        attributes: [['Name', name]],
        content: [{ slot: at + 2 }],
      })),
    },
  ],
}

const files = Math.max(1, Math.round((Number(process.argv[2]) * 1024) / CHUNK_KIB / FILE_CHUNKS))
const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-evtx-'))
const random = randomOf(7)
const paths = Array.from({ length: files }, (_, at) => {
  const path = join(folder, `${at}.evtx`)
  writeFileSync(path, evtxFile(Array.from({ length: FILE_CHUNKS }, () => chunk())))
  return path
})
const station = await openStation(() => undefined)
const { intake } = station.core.wayIn
const startMs = performance.now()
const cpuBefore = process.cpuUsage()
let records = 0
for (const path of paths)
  records += (await readFileInto({ path, name: path, intake, kind: 'file' })).lines
await station.core.wayIn.settled()
const cpu = process.cpuUsage(cpuBefore)
const mb = (files * FILE_CHUNKS * CHUNK_KIB * 1024) / 1e6
process.stdout.write(
  JSON.stringify({
    mbPerSecond: Math.round((mb * 10_000) / (performance.now() - startMs)) / 10,
    mbPerCpuSecond: Math.round((mb * 10_000_000) / (cpu.user + cpu.system)) / 10,
    records,
    peakRssMib: station.peakRssMib(),
  }),
)
await station.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)

function chunk(): Buffer {
  const writer = new ChunkWriter()
  for (let record = 0; record < RECORDS_A_CHUNK; record += 1) {
    const user = `user${random.skewed(900)}`
    const values = [
      new Date(Date.UTC(2026, 2, 14) + random.int(86_400_000)).toISOString(),
      `WS${random.skewed(400)}.muni.example`,
      `S-1-5-21-1111111111-222222222-3333333333-${random.skewed(900)}`,
      user,
      'MUNI',
      `0x${random.int(0xff_ff_ff).toString(16)}`,
      `0x${random.int(9000).toString(16)}`,
      `C:\\Windows\\System32\\tool${random.skewed(60)}.exe`,
      '%%1936',
      `0x${random.int(9000).toString(16)}`,
      `tool${random.skewed(60)}.exe /run /id:${random.int(1_000_000)} /user:${user}`,
      'S-1-0-0',
      '-',
      '-',
      '0x0',
      `C:\\Windows\\explorer.exe`,
    ]
    writer.record({ template: PROCESS_STARTED, values: values.map(utf16) })
  }
  return writer.bytes
}
