// Indicators on a whole station: through the way in, a restart, and a scan.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openCore } from '../src/app/core.ts'
import type { Core } from '../src/app/core.ts'
import { scanPaths } from '../src/app/scan.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { ImportAskSchema } from '../src/model/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-indicators-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const line = (from: string, to: string) =>
  `<134>date=2026-11-24 time=02:40:01 devname="FGT" devid="F1" logid="0000000013" type="traffic" subtype="forward" srcip=${from} srcport=40000 dstip=${to} dstport=443 action="accept"`

function open(): Promise<Core> {
  return openCore({
    settings: readSettings({ data: join(folder, 'data') }, {}),
    clock: systemClock,
    durable: false,
    onTrouble: (cause) => {
      if (cause !== null) throw cause
    },
  })
}

async function send(core: Core, lines: readonly string[]): Promise<void> {
  const from = core.wayIn.intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
  for (const text of lines) {
    const bytes = Buffer.from(text)
    core.wayIn.intake.write(from, bytes, 0, bytes.length)
  }
  await core.wayIn.settled()
}

async function* list() {
  yield Buffer.from('45.9.148.0/24\n45.9.148.7 # server\n')
}

test('what was met is counted once, also across a restart', async () => {
  const first = await open()
  await first.indicators.importList(list(), ImportAskSchema.parse({ list: 'cccs' }), 'test')
  await send(first, [line('10.0.0.1', '45.9.148.7'), line('10.0.0.2', '192.0.2.9')])
  await first.close()
  const second = await open()
  expect((await second.indicators.find('45.9.148.7'))[0]?.hits).toBe(1)
  await send(second, [line('10.0.0.1', '45.9.148.7'), line('10.0.0.3', '45.9.148.8')])
  expect((await second.indicators.find('45.9.148.7'))[0]?.hits).toBe(2)
  expect((await second.indicators.find('45.9.148.0/24'))[0]?.hits).toBe(3)
  expect(await second.indicators.lists()).toMatchObject([{ name: 'cccs', total: 2, live: 2 }])
  await second.close()
})

test('a scan reports what the lists it is given know, and what of them it could not use', async () => {
  const logs = join(folder, 'logs')
  mkdirSync(logs)
  writeFileSync(join(logs, 'fw.log'), `${line('10.0.0.1', '45.9.148.7')}\n`)
  const file = join(folder, 'list.csv')
  writeFileSync(file, 'value,confidence\n45.9.148.7,90\nno value\n')
  const { report } = await scanPaths({
    paths: [logs],
    indicators: [file],
    settings: readSettings({}, {}),
    clock: systemClock,
    out: join(folder, 'report'),
    sarif: false,
    onProgress: () => undefined,
    onTrouble: () => undefined,
    signal: new AbortController().signal,
  })
  expect(report.alerts.map(({ why }) => why.en)).toEqual([
    'Address 10.0.0.1: The address 45.9.148.7 is an indicator (list.csv): dst_ip is “45.9.148.7”.',
  ])
  expect(report.problems).toMatchObject([{ file }])
})
