// What was acknowledged, and what stands in files, survives `kill -9` at any moment, and nothing is doubled.

import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { EvidenceReportSchema } from '../src/model/index.ts'

const KILLS = 50
const folder = mkdtempSync(join(tmpdir(), 'vigie-kill-'))
mkdirSync(join(folder, 'inbox'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ReadySchema = z.object({ port: z.number() })
const OutcomeSchema = z.object({
  rows: z.array(z.object({ raw: z.string(), times: z.coerce.number() })),
  batches: z.array(z.object({ id: z.string(), lines: z.number() })),
  sources: z.array(z.object({ name: z.string(), lines: z.coerce.number() })),
  report: EvidenceReportSchema,
})

/** Of the kills: the others come while a station is still starting, which is sooner over. */
const IN_FULL_SWING = (round: number) => round % 3 === 0
const STARTING_MS = 3000

type Station = {
  readonly child: ChildProcessWithoutNullStreams
  readonly lines: AsyncIterator<string>
  readonly port: number
}

function spawnStation(): ChildProcessWithoutNullStreams {
  const program = join(import.meta.dirname, 'kill-nine-station.ts')
  const child = spawn(process.execPath, ['--liftoff-only', program, folder])
  child.stderr.on('data', (text: Buffer) => process.stderr.write(text))
  return child
}

async function start(): Promise<Station> {
  const child = spawnStation()
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const first = await lines.next()
  const { port } = ReadySchema.parse(JSON.parse(String(first.value)))
  return { child, lines, port }
}

const followed = join(folder, 'followed.log')
const inbox = join(folder, 'inbox')

/** Lines added to the followed file; every fifth round it is rotated first. */
function follow(round: number, at: number): readonly string[] {
  const lines = Array.from({ length: 50 }, (_, line) => `followed ${round} part ${at} line ${line}`)
  if (at === 0 && round % 5 === 4) renameSync(followed, `${followed}.${round}`)
  appendFileSync(followed, `${lines.join('\n')}\n`)
  return lines
}

/** A file for the inbox: plain in even rounds, packed in odd ones. */
function drop(round: number): readonly string[] {
  const lines = Array.from({ length: 5_000 }, (_, line) => `dropped ${round} line ${line}`)
  const text = lines.join('\n')
  const file = join(folder, 'dropping')
  writeFileSync(file, round % 2 === 0 ? text : gzipSync(text))
  renameSync(file, join(inbox, `dropped-${round}`))
  return lines
}

/** Sends small requests and writes files until the station dies; returns the lines that must be stored. */
async function sendUntilKilled(
  { child, port }: Station,
  round: number,
  afterMs: number,
): Promise<readonly string[]> {
  const acknowledged: string[] = [...drop(round)]
  setTimeout(() => child.kill('SIGKILL'), afterMs)
  for (let at = 0; child.exitCode === null && child.signalCode === null; at += 1) {
    acknowledged.push(...follow(round, at))
    const lines = Array.from(
      { length: 20 },
      (_, line) => `round ${round} request ${at} line ${line}`,
    )
    const sent = await fetch(`http://127.0.0.1:${port}/ingest`, {
      method: 'POST',
      headers: { Authorization: 'Bearer test' },
      body: lines.join('\n'),
    }).catch(() => undefined)
    if (sent?.ok === true) acknowledged.push(...lines)
  }
  return acknowledged
}

/** Files stand there already; what the station was about to do with them and with what the last one left is cut off. */
async function killWhileStarting(round: number): Promise<readonly string[]> {
  const written = [...drop(round), ...follow(round, 0)]
  const child = spawnStation()
  const ended = once(child, 'exit')
  await sleep(Math.random() * STARTING_MS)
  child.kill('SIGKILL')
  await ended
  return written
}

test(
  `keeps each acknowledged line once through ${KILLS} kills at random moments`,
  { timeout: 1_800_000 },
  async () => {
    const acknowledged: string[] = []
    for (let round = 0; round < KILLS; round += 1) {
      const kept = IN_FULL_SWING(round)
        ? await sendUntilKilled(await start(), round, 20 + Math.random() * 1300)
        : await killWhileStarting(round)
      acknowledged.push(...kept)
    }
    const last = await start()
    writeFileSync(join(folder, 'acknowledged.txt'), acknowledged.join('\n'))
    last.child.stdin.write('all was sent\n')
    await once(last.child, 'exit')
    const outcome = readFileSync(join(folder, 'outcome.json'), 'utf8')
    const { rows, batches, sources, report } = OutcomeSchema.parse(JSON.parse(outcome))
    const times = new Map(rows.map((row) => [row.raw, row.times]))

    expect(acknowledged.length).toBeGreaterThan(KILLS)
    expect(acknowledged.filter((line) => !times.has(line))).toEqual([])
    expect(rows.filter((row) => row.times !== 1)).toEqual([])
    // The ledger and the sources count what is stored, no more and no less.
    expect(batches.reduce((sum, { lines }) => sum + lines, 0)).toBe(rows.length)
    expect(sources.reduce((sum, { lines }) => sum + lines, 0)).toBe(rows.length)
    // And the log of evidence knows each batch, as it is stored.
    expect(report).toMatchObject({ state: 'done', flaws: [], lines: rows.length })
    expect(report.batches).toEqual({ verified: batches.length, expired: 0, uncovered: 0 })
  },
)
