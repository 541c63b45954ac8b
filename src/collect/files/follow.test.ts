import { appendFile, copyFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Position } from '../position.ts'
import { startFollow } from './follow.ts'
import type { FollowOptions, Following } from './follow.ts'
import { recordingIntake, until } from './recording-intake.test-helper.ts'
import type { RecordingIntake } from './recording-intake.test-helper.ts'

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
