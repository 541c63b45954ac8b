import {
  appendFile,
  copyFile,
  mkdtemp,
  open,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as setImmediatePromise } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Position } from '../position.ts'
import { startFollow } from './follow.ts'
import type { FollowOptions, Following } from './follow.ts'
import { fingerprintOf } from './positions.ts'
import { recordingIntake, until } from './recording-intake.test-helper.ts'
import type { RecordingIntake } from './recording-intake.test-helper.ts'
import { findByPosition } from './rotated-files.ts'

let folder: string
let saved: Map<string, Position>
let followings: Following[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-follow-'))
  saved = new Map()
  followings = []
})

afterEach(async () => {
  for (const following of followings) await following.close()
  await rm(folder, { recursive: true, force: true })
})

const path = (name: string) => join(folder, name)

function follow(changes: Partial<FollowOptions> = {}) {
  const intake = recordingIntake(saved)
  const positions = { get: (of: string) => saved.get(of) ?? null }
  const following = startFollow({
    paths: [path('a.log')],
    intake,
    positions,
    onTrouble: () => {},
    pollMs: 20,
    leaveAfterMs: 100,
    ...changes,
  })
  followings.push(following)
  return { intake, following }
}

const seen = (intake: RecordingIntake, ...texts: string[]) =>
  until(() => intake.lines.length >= texts.length).then(() => expect(intake.texts()).toEqual(texts))

test('reads what is there and what is added; a line without an end waits', async () => {
  await writeFile(path('a.log'), 'one\ntwo\nthr')
  const { intake } = follow()
  await seen(intake, 'one', 'two')
  await until(() => saved.get(path('a.log'))?.offset === 8)
  expect(saved.get(path('a.log'))?.offset).toBe(8)
  await appendFile(path('a.log'), 'ee\nfour\n')
  await seen(intake, 'one', 'two', 'three', 'four')
  expect(intake.lines[0]).toMatchObject({ kind: 'file', source: `file${path('a.log')}` })
})

test('a file that appears later is picked up, also by a glob', async () => {
  const { intake } = follow({ paths: [path('*.log')] })
  await new Promise((resolve) => setTimeout(resolve, 60))
  await writeFile(path('later.log'), 'one\n')
  await seen(intake, 'one')
})

test('rotation by renaming: the old file is read to its end, then the new one', async () => {
  await writeFile(path('a.log'), 'one\n')
  const { intake } = follow()
  await seen(intake, 'one')
  await rename(path('a.log'), path('a.log.1'))
  await appendFile(path('a.log.1'), 'two\nlast without end')
  await new Promise((resolve) => setTimeout(resolve, 60))
  await writeFile(path('a.log'), 'three\n')
  await seen(intake, 'one', 'two', 'last without end', 'three')
})

test('rotation by copying and truncating begins anew', async () => {
  await writeFile(path('a.log'), 'one\ntwo\n')
  const { intake } = follow()
  await seen(intake, 'one', 'two')
  await copyFile(path('a.log'), path('a.log.1'))
  await truncate(path('a.log'))
  await appendFile(path('a.log'), 'x\n')
  await seen(intake, 'one', 'two', 'x')
})

test('a truncated file that has grown past where it was is told by its beginning', async () => {
  await writeFile(path('a.log'), 'one\n')
  const { intake } = follow({ pollMs: 200 })
  await seen(intake, 'one')
  await writeFile(path('a.log'), 'other one\nother two\n')
  await seen(intake, 'one', 'other one', 'other two')
})

test('a new start goes on where the last one had stored', async () => {
  await writeFile(path('a.log'), 'one\ntwo\npar')
  const first = follow()
  await seen(first.intake, 'one', 'two')
  await first.following.close()
  await appendFile(path('a.log'), 'tial\nthree\n')
  const second = follow()
  await seen(second.intake, 'partial', 'three')
})

test('rotated while nobody followed: the rest of the old file comes first', async () => {
  await writeFile(path('a.log'), 'one\n')
  const first = follow()
  await seen(first.intake, 'one')
  await until(() => saved.size > 0)
  await first.following.close()
  await appendFile(path('a.log'), 'two\n')
  await rename(path('a.log'), path('a.log.1'))
  await writeFile(path('a.log'), 'three\n')
  const second = follow()
  await seen(second.intake, 'two', 'three')
})

test('a writer that has not turned to the new file yet loses nothing', async () => {
  await writeFile(path('a.log'), 'one\n')
  const { intake } = follow()
  await seen(intake, 'one')
  await rename(path('a.log'), path('a.log.1'))
  await writeFile(path('a.log'), 'three\n')
  await new Promise((resolve) => setTimeout(resolve, 60))
  await appendFile(path('a.log.1'), 'two\n')
  await seen(intake, 'one', 'two', 'three')
})

test('rotated more than once while nobody followed: each file comes in turn, a copy of one does not', async () => {
  await writeFile(path('a.log'), 'one\n')
  const first = follow()
  await seen(first.intake, 'one')
  await until(() => saved.size > 0)
  await first.following.close()
  await appendFile(path('a.log'), 'two\n')
  await rename(path('a.log'), path('a.log.2'))
  for (const [name, text] of [
    ['a.log.1', 'three\nwithout an end'],
    ['a.log.bak', 'not rotated\n'],
    ['a.log', 'four\n'],
  ] as const) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    await writeFile(path(name), text)
  }
  await copyFile(path('a.log.2'), path('a.log-20260314'))
  const second = follow()
  await seen(second.intake, 'two', 'three', 'without an end', 'four')
})

test('a rotated file of one line without an end is read', async () => {
  await writeFile(path('a.log'), 'only line')
  const { intake } = follow()
  await new Promise((resolve) => setTimeout(resolve, 60))
  await rename(path('a.log'), path('a.log.1'))
  await writeFile(path('a.log'), 'next\n')
  await seen(intake, 'only line', 'next')
})

test('a file is found again while it is being renamed', async () => {
  await writeFile(path('a.log'), 'one\ntwo\n')
  const { ino } = await stat(path('a.log'))
  const position = { inode: ino, offset: 4, lines: 1, fingerprint: '0:', done: false, seq: 1 }
  const handle = await open(path('a.log'))
  const fingerprint = await fingerprintOf(handle)
  await handle.close()
  for (let times = 1; times <= 300; times += 1) {
    const name = times === 1 ? 'a.log' : `a.log.${times - 1}`
    const [found] = await Promise.all([
      findByPosition(path('a.log'), { ...position, fingerprint }),
      setImmediatePromise().then(() => rename(path(name), path(`a.log.${times}`))),
    ])
    expect(found).not.toBeNull()
    await found?.close()
  }
})

test('each position noted stands behind exactly the lines before it', async () => {
  const lines = Array.from({ length: 40_000 }, (_, at) => `a line of the file ${at}`)
  const text = `${lines.join('\n')}\nwithout an end`
  await writeFile(path('a.log'), text)
  const { intake } = follow()
  await until(() => intake.lines.length === lines.length)
  expect(intake.notes.length).toBeGreaterThan(1)
  for (const { position, after } of intake.notes) {
    expect(text.slice(0, position.offset).split('\n').length - 1).toBe(after)
    expect(position.lines).toBe(after)
  }
  expect(intake.notes.map(({ position }) => position.seq)).toEqual(
    intake.notes.map((_, at) => at + 1),
  )
})

test('a Zeek header stays with its lines, also for a new start in the middle', async () => {
  const header = '#separator \\x09\n#path\tconn\n#fields\tts\tuid\n'
  await writeFile(path('a.log'), `${header}1\ta\n`)
  const first = follow()
  await seen(first.intake, '1\ta')
  await until(() => saved.size > 0)
  await first.following.close()
  await appendFile(path('a.log'), '2\tb\n')
  const second = follow()
  await seen(second.intake, '2\tb')
  expect(second.intake.lines[0]?.context).toBe(header.trim())
  expect(first.intake.lines[0]?.context).toBe(header.trim())
})

test('the names of a table stay with its rows, also for a new start in the middle', async () => {
  await writeFile(path('a.log'), 'Time,User,Action,Message\n1,jroy,read,"x\ny"\n')
  const first = follow()
  await seen(first.intake, '1,jroy,read,"x y"')
  await until(() => saved.size > 0)
  await first.following.close()
  await appendFile(path('a.log'), '2,jroy,read,z\n')
  const second = follow()
  await seen(second.intake, '2,jroy,read,z')
  expect(second.intake.lines).toMatchObject([
    { text: '2,jroy,read,z', context: '#table , ["Time","User","Action","Message"]' },
  ])
})
