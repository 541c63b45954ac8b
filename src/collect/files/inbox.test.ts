import { existsSync } from 'node:fs'
import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Position } from '../position.ts'
import { startInbox } from './inbox.ts'
import type { Inbox, InboxEvent, InboxOptions } from './inbox.ts'
import type { Positions } from './positions.ts'
import { recordingIntake, until } from './recording-intake.test-helper.ts'

let folder: string
let inboxes: Inbox[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-inbox-'))
  inboxes = []
})

afterEach(async () => {
  for (const inbox of inboxes) await inbox.close()
  await rm(folder, { recursive: true, force: true })
})

function memory(): Positions & { readonly saved: Map<string, Position> } {
  const saved = new Map<string, Position>()
  return {
    saved,
    get: (path) => saved.get(path) ?? null,
  }
}

async function start({
  positions = memory(),
  ...changes
}: Partial<Omit<InboxOptions, 'positions'>> & {
  readonly positions?: ReturnType<typeof memory>
} = {}) {
  const intake = recordingIntake(positions.saved)
  const events: InboxEvent[] = []
  const inbox = await startInbox({
    folder,
    intake,
    positions,
    language: 'en',
    stableMs: 100,
    pollMs: 20,
    onFile: (event) => events.push(event),
    ...changes,
  })
  inboxes.push(inbox)
  return { intake, events, positions, inbox }
}

const path = (name: string) => join(folder, name)

test('a file is read once it stands still, stored, then moved to done', async () => {
  const { intake, events } = await start()
  await writeFile(path('fw.log'), 'one\n')
  for (let more = 0; more < 5; more += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    await appendFile(path('fw.log'), `more ${more}\n`)
    expect(intake.lines).toEqual([])
  }
  await until(() => events.some(({ kind }) => kind === 'read'))
  expect(intake.texts()).toEqual(['one', 'more 0', 'more 1', 'more 2', 'more 3', 'more 4'])
  expect(intake.lines[0]).toMatchObject({ kind: 'inbox', source: 'inbox/fw.log' })
  expect(intake.syncs.at(-1)).toBe(6)
  expect(await readdir(folder)).toEqual(['done', 'problem'])
  expect(await readdir(path('done'))).toEqual(['fw.log'])
})

test('files below folders keep their place, and a taken name is never replaced', async () => {
  await mkdir(path('done/site-1'), { recursive: true })
  await writeFile(path('done/site-1/fw.log'), 'older')
  await mkdir(path('site-1'))
  await writeFile(path('site-1/fw.log'), 'newer\n')
  await start()
  await until(() => existsSync(path('done/site-1/fw-1.log')))
  expect(await readFile(path('done/site-1/fw.log'), 'utf8')).toBe('older')
  expect(await readFile(path('done/site-1/fw-1.log'), 'utf8')).toBe('newer\n')
})

test('a file with problems goes to problem, with a note that says why', async () => {
  await writeFile(path('cut.gz'), gzipSync('line\n'.repeat(50_000)).subarray(0, 60))
  await start({ language: 'fr' })
  await until(() => existsSync(path('problem/cut.gz.txt')))
  expect(await readFile(path('problem/cut.gz.txt'), 'utf8')).toMatch(
    /cut\.gz\u202f: \d+ lignes ont été enregistrées[^]*s’arrêtent trop tôt/,
  )
})

test('a link in the inbox is left where it is', async () => {
  await writeFile(path('a.log'), 'a\n')
  await symlink('/etc/hostname', path('link'))
  const { intake } = await start()
  await until(() => existsSync(path('done/a.log')))
  expect(intake.texts()).toEqual(['a'])
  expect(existsSync(path('link'))).toBe(true)
})

test('a file that cannot be stored stays, and is tried again', async () => {
  await writeFile(path('a.log'), 'a\n')
  const { intake, events } = await start({ stableMs: 200 })
  intake.failSync(new Error('no space left'))
  await until(() => events.some(({ kind }) => kind === 'read'))
  expect(events.map(({ kind }) => kind).filter((kind) => kind !== 'progress')).toEqual([
    'waits',
    'read',
  ])
  expect(intake.texts()).toEqual(['a'])
})

test('closed in the middle of a file, a new start neither loses nor doubles', async () => {
  const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index}`)
  await writeFile(path('big.log'), `${lines.join('\n')}\n`)
  const positions = memory()
  const first = await start({ positions })
  first.intake.saturate()
  await until(() => first.intake.lines.length > 0)
  const closing = first.inbox.close()
  first.intake.release()
  await closing
  expect(first.intake.lines.length).toBeLessThan(lines.length)
  expect(existsSync(path('big.log'))).toBe(true)
  const second = await start({ positions })
  await until(() => existsSync(path('done/big.log')))
  expect([...first.intake.texts(), ...second.intake.texts()]).toEqual(lines)
})

test('a file that was read but not moved before a crash is only moved', async () => {
  await writeFile(path('a.log'), 'a\n')
  const { positions } = await start()
  await until(() => existsSync(path('done/a.log')))
  const known = positions.saved.get(path('a.log'))
  for (const inbox of inboxes) await inbox.close()
  await rename(path('done/a.log'), path('a.log'))
  const again = memory()
  if (known !== undefined) again.saved.set(path('a.log'), known)
  const { intake, events } = await start({ positions: again })
  await until(() => events.length > 0)
  expect(intake.lines).toEqual([])
  expect(existsSync(path('done/a.log'))).toBe(true)
})

test('what another room claims is no log: taken whole, or refused with its sentence', async () => {
  await writeFile(path('scan.xml'), '<nmaprun/>\n')
  await writeFile(path('bad.xml'), '<nmaprun\n')
  await writeFile(path('fw.log'), 'a line\n')
  const taken: string[] = []
  const { intake } = await start({
    claim: async ({ name, head, bytes }) => {
      if (!head.toString().startsWith('<nmaprun')) return undefined
      if (name === 'bad.xml') return { kind: 'refused', sentence: 'It ends too early.' }
      for await (const piece of bytes()) taken.push(Buffer.from(piece).toString())
      return { kind: 'taken' }
    },
  })
  await until(() => existsSync(path('done/fw.log')) && existsSync(path('problem/bad.xml.txt')))
  await until(() => existsSync(path('done/scan.xml')))
  expect(taken).toEqual(['<nmaprun/>\n'])
  expect(intake.texts()).toEqual(['a line'])
  expect(await readFile(path('problem/bad.xml.txt'), 'utf8')).toContain('It ends too early.')
})

test('a claim that fails is tried again, and no line of the file is stored meanwhile', async () => {
  await writeFile(path('scan.xml'), '<nmaprun/>\n')
  let asked = 0
  const { intake, events } = await start({
    claim: async () => {
      asked += 1
      if (asked === 1) throw new Error('the records are away')
      return { kind: 'taken' }
    },
  })
  await until(() => existsSync(path('done/scan.xml')))
  expect(events.map(({ kind }) => kind)).toEqual(['waits', 'read'])
  expect(intake.texts()).toEqual([])
})
