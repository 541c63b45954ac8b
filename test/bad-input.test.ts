// What nobody wishes to meet: each ends in a clear sentence, everything else goes on, nothing acknowledged is lost. Files that
// are broken are shown beside their readers in `src/collect/files`, peers that misbehave in `src/collect/syslog`.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openCore } from '../src/app/core.ts'
import { recoverSpool, sealedPart } from '../src/collect/spool/recover.ts'
import type { ClosedSegment } from '../src/collect/spool/segment-file.ts'
import { SPOOL_DEFAULTS, Spool } from '../src/collect/spool/spool.ts'
import { HOUR_MS, readSettings, systemClock } from '../src/core/index.ts'
import { sql } from '../src/store/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-bad-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const RULE = (id: number, title: string, detection: string) => `title: ${title}
id: 00000000-0000-4000-8000-00000000000${id}
status: stable
level: high
logsource: { category: firewall }
detection:
${detection}
  condition: s
`

describe('rules from outside', () => {
  const rules = join(folder, 'rules')
  mkdirSync(rules)
  writeFileSync(join(rules, 'a-good.yml'), RULE(1, 'Good', '  s: { dst_port: 4444 }'))
  writeFileSync(
    join(rules, 'b-large.yml'),
    RULE(2, 'Large', `  s: { user: '${'x'.repeat(10_000_000)}' }`),
  )
  writeFileSync(
    join(rules, 'c-exploding.yml'),
    RULE(3, 'Exploding', "  s: { user|re: '((a{1,1000}){1,1000}){1,1000}' }"),
  )
  writeFileSync(
    join(rules, 'd-backtracking.yml'),
    RULE(4, 'Backtracking', "  s: { user|re: '^(([a-z])+.)+[A-Z]([a-z])+$' }"),
  )
  writeFileSync(join(rules, 'e-broken.yml'), 'title: [')

  test('one of 10 MB, one that explodes and one that is broken are listed; the others judge', async () => {
    const troubles: unknown[] = []
    const core = await openCore({
      settings: readSettings({ data: join(folder, 'data'), rules }, {}),
      clock: systemClock,
      durable: false,
      onTrouble: (cause) => {
        if (cause !== null) troubles.push(cause)
      },
    })
    const from = core.wayIn.intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
    const user = `${'a'.repeat(5000)}!`
    const line = Buffer.from(
      `date=2026-03-14 time=09:26:53 devname="fw" devid="FGT60F" logid="0000000013" type="traffic" subtype="forward" level="notice" srcip=192.0.2.7 srcport=50000 dstip=203.0.113.9 dstport=4444 proto=6 action="accept" user="${user}"`,
    )
    core.wayIn.intake.write(from, line, 0, line.length)
    await core.wayIn.settled()
    const listed = await core.detection.listRules(core.store)
    const problems = core.detection.problems.map(({ code, file }) => [
      code,
      file?.split('/').at(-1),
    ])
    const { rows } = await core.store.events.ask.query<{ rule: string }>(
      sql`SELECT toString(rule) AS rule FROM findings WHERE rule LIKE '00000000-%' ORDER BY rule`,
    )
    await core.close()
    expect(problems).toContainEqual(['RULE_TOO_LARGE', 'b-large.yml'])
    expect(problems.map(([, file]) => file)).toContain('e-broken.yml')
    const states = new Map(listed.map(({ title, state }) => [title.en, state]))
    expect(states.get('Good')).toBe('active')
    const exploding = problems.some(([, file]) => file === 'c-exploding.yml')
    expect(exploding || states.get('Exploding') !== 'active').toBe(true)
    expect(rows.map(({ rule }) => rule)).toEqual(['00000000-0000-4000-8000-000000000001'])
    expect(troubles).toEqual([])
  }, 120_000)
})

describe('a disk that refuses', () => {
  const ToldSchema = z.object({ acknowledged: z.number(), code: z.string() })

  test('in the middle of a write: what was acknowledged is all there', async () => {
    const spool = join(folder, 'limited')
    mkdirSync(spool)
    const script = join(import.meta.dirname, 'full-disk-station.ts')
    // Files may grow to 100 KiB: the write that passes it is cut, as on a full disk.
    const child = spawn('bash', [
      '-c',
      'ulimit -f 100; exec "$0" "$@"',
      process.execPath,
      script,
      spool,
    ])
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const told = ToldSchema.parse(JSON.parse(String((await lines.next()).value)))
    child.kill('SIGKILL')
    await once(child, 'exit')
    const { segments } = recoverSpool(spool, join(folder, 'limited-quarantine'))
    expect(told.code).toBe('EFBIG')
    expect(told.acknowledged).toBeGreaterThan(0)
    expect(segments.reduce((sum, { records }) => sum + records, 0)).toBe(told.acknowledged)
  }, 60_000)

  test('is told once; lines wait, and are taken when it does again', async () => {
    const place = join(folder, 'gone')
    const told: unknown[] = []
    const closed: ClosedSegment[] = []
    const spool = new Spool({
      ...SPOOL_DEFAULTS,
      folder: place,
      clock: systemClock,
      onSegment: (segment) => closed.push(segment),
      onTrouble: (cause) => told.push(cause),
    })
    const from = spool.open({ kind: 'syslog', source: 's', context: '' })
    const bytes = Buffer.from('a line')
    spool.write(from, bytes, 0, bytes.length)
    const synced = spool.synced()
    await expect.poll(() => told.length).toBe(1)
    expect(spool.write(from, bytes, 0, bytes.length)).toBe(false)
    mkdirSync(place)
    await synced
    await spool.close()
    expect(told).toHaveLength(2)
    expect(told[1]).toBeNull()
    expect(closed.reduce((sum, { records }) => sum + records, 0)).toBe(2)
  })
})

test('a clock that jumps by hours, back and forth, loses no line and gives no id twice', async () => {
  const place = join(folder, 'clock')
  mkdirSync(place)
  let offsetMs = 0
  const closed: ClosedSegment[] = []
  const spool = new Spool({
    ...SPOOL_DEFAULTS,
    segmentMs: 20,
    folder: place,
    clock: { nowMs: () => systemClock.nowMs() + offsetMs },
    // As the loader does with what it has stored: what waits keeps the next segment open.
    onSegment: (segment) => {
      closed.push(segment)
      spool.released(segment)
    },
    onTrouble: () => undefined,
  })
  const from = spool.open({ kind: 'syslog', source: 's', context: '' })
  for (const hours of [0, -5, 9, -3, 0, -24, 24]) {
    const before = closed.length
    offsetMs = hours * HOUR_MS
    for (let line = 0; line < 10; line += 1) {
      const bytes = Buffer.from(`${hours} ${line}`)
      spool.write(from, bytes, 0, bytes.length)
    }
    await spool.synced()
    await expect.poll(() => closed.length).toBeGreaterThan(before)
  }
  await spool.close()
  const records = closed.map(({ file }) => sealedPart(readFileSync(file)).records)
  expect(records.reduce((sum, count) => sum + count, 0)).toBe(70)
  expect(new Set(closed.map(({ id }) => id)).size).toBe(closed.length)
})
