import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../core/index.ts'
import type { Origin } from '../intake.ts'
import { sealedPart } from '../spool/recover.ts'
import { openQueues } from './queues.ts'
import type { Queues } from './queues.ts'
import { SavedPositions } from './saved-positions.ts'

let folder = ''
let queues: Queues
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-queues-'))
})
afterEach(async () => {
  await queues.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(priority: readonly string[], alarm?: string): Promise<void> {
  queues = await openQueues({
    folder: join(folder, 'spool'),
    quarantine: join(folder, 'quarantine'),
    limitBytes: 64 * 1024 * 1024,
    priority,
    ...(alarm === undefined
      ? {}
      : {
          marks: {
            isFirst: (_source, bytes, start, end) => bytes.toString('utf8', start, end) === alarm,
          },
        }),
    positions: SavedPositions.open(join(folder, 'positions.json')),
    clock: systemClock,
    onTrouble: () => undefined,
  })
}

const POSITION = { inode: 0, offset: 1, lines: 1, fingerprint: '', done: false, seq: 1 }

/** Lines and positions that stand under seals in a queue. */
function held(queue: 'priority' | 'normal') {
  const place = join(folder, 'spool', queue)
  const parts = readdirSync(place).map((name) => sealedPart(readFileSync(join(place, name))))
  return {
    lines: parts.reduce((sum, { records }) => sum + records, 0),
    paths: parts.flatMap(({ marks }) => marks.map(({ path }) => path)),
  }
}

async function write(kind: Origin['kind'], source: string, text: string, path?: string) {
  const { intake } = queues
  const bytes = Buffer.from(text)
  intake.write(intake.open({ kind, source, context: '' }), bytes, 0, bytes.length)
  if (path !== undefined) intake.note(path, POSITION)
  await intake.synced()
}

describe('a position', () => {
  test.each([
    ['cloud', 'cloud/okta/system', 'cloud/okta/system', 'priority'],
    ['queue', 'queue/zeek', 'queue/zeek#3', 'priority'],
    ['cloud', 'cloud/duo/activities', 'cloud/duo/activities', 'normal'],
    ['file', 'file/eve.json', '/var/log/eve.json', 'normal'],
  ] as const)('of %s %s stands where its lines stand', async (kind, source, path, queue) => {
    await open(['cloud/okta/*', 'queue/*', 'file/*'])
    await write(kind, source, 'a line', path)
    expect(held(queue)).toEqual({ lines: 1, paths: [path] })
    expect(held(queue === 'normal' ? 'priority' : 'normal')).toEqual({ lines: 0, paths: [] })
    expect(queues.positionOf(path)).toMatchObject(POSITION)
  })
})

describe('an alarm', () => {
  test('of a sender goes the first way; of what has a position it stays', async () => {
    await open([], 'ALARM')
    await write('syslog', 'syslog/192.0.2.1', 'ALARM')
    await write('syslog', 'syslog/192.0.2.1', 'other')
    await write('queue', 'queue/suricata', 'ALARM', 'queue/suricata')
    expect(held('priority')).toEqual({ lines: 1, paths: [] })
    expect(held('normal')).toEqual({ lines: 2, paths: ['queue/suricata'] })
  })
})
