// Repositories of Oxidized and RANCID, made here with git itself: their history becomes versions.

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followOnce } from '../../audit/index.ts'
import { listChanges } from '../../audit/records/device-changes.ts'
import { getDevice, listDevices } from '../../audit/records/devices.ts'
import { recordSigner } from '../../audit/records/sign-records.ts'
import { getVersion } from '../../audit/records/versions.ts'
import { addRepository, listRepositories } from '../../audit/repositories/keep-repositories.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { openStationAudit } from './audit-station.ts'

const data = mkdtempSync(join(tmpdir(), 'vigie-git-'))
const START = Date.parse('2026-03-01T02:00:00Z')
const DAY = 86_400_000
let nowMs = START + 100 * DAY
const clock = { nowMs: () => nowMs }
let records: Records
let rewritten: string[] = []

beforeAll(async () => {
  records = await openTemporaryRecords()
})
afterAll(async () => {
  await records.destroy()
  rmSync(data, { recursive: true, force: true })
})

const audit = () => openStationAudit({ records, settings: { data }, clock, onRaised: () => {} })
const follow = (limits = {}) =>
  followOnce({
    records,
    audit: audit(),
    clock,
    folder: join(data, 'mirrors'),
    limits,
    onRewritten: async (_, lost) => {
      rewritten.push(lost)
    },
  })
const git = (folder: string, atMs: number, ...args: readonly string[]) => {
  const date = new Date(atMs).toISOString()
  const env = {
    ...process.env,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
    GIT_CONFIG_GLOBAL: '/dev/null',
  }
  return execFileSync('git', ['-c', 'user.name=ox', '-c', 'user.email=ox@example.org', ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim()
}
function repository(name: string): string {
  const folder = join(data, name)
  mkdirSync(folder)
  git(folder, START, 'init', '--quiet', '-b', 'main')
  return folder
}
function commit(folder: string, atMs: number, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git(folder, atMs, 'add', '-A')
  git(folder, atMs, 'commit', '--quiet', '-m', 'update')
  return git(folder, atMs, 'rev-parse', 'HEAD')
}
const config = (name: string, ...more: readonly string[]) =>
  [
    'version 17.9',
    `hostname ${name}`,
    'snmp-server community Pl4nted RO',
    ...more,
    'line vty 0 4',
    ' access-class 20 in',
    'end',
    '',
  ].join('\n')
const add = (place: string) => addRepository(records, { place, branch: '' }, { who: 'ann', nowMs })
const versionsOf = async (name: string) => {
  const { id = '' } = (await listDevices(records)).find((one) => one.name === name) ?? {}
  return (await getDevice(records, id, recordSigner(Buffer.alloc(32, 1)))).versions.toReversed()
}

test('every commit becomes a version of its time, secrets replaced; a known version makes nothing new', async () => {
  // The newest version is known before the history comes.
  await audit().take(
    Buffer.from(config('ox1', 'ntp server 10.0.0.2', 'ip route 10.9.0.0 255.255.0.0 10.0.0.2')),
    { source: 'handed in' },
  )
  const folder = repository('oxidized')
  commit(folder, START, { 'sites/ox1': config('ox1'), 'README.md': '# Backups' })
  commit(folder, START + DAY, { 'sites/ox1': config('ox1', 'ntp server 10.0.0.2') })
  commit(folder, START + 2 * DAY, {
    'sites/ox1': config('ox1', 'ntp server 10.0.0.2', 'ip route 10.9.0.0 255.255.0.0 10.0.0.2'),
    'sites/ox2': config('ox2'),
  })
  await add(folder)
  await follow()
  const versions = await versionsOf('ox1')
  expect(versions.map(({ received }) => received)).toEqual(
    [START, START + DAY, nowMs].map((ms) => new Date(ms).toISOString()),
  )
  const changes = (
    await listChanges(records, { limit: 10 }, recordSigner(Buffer.alloc(32, 1)))
  ).filter(({ deviceName }) => deviceName === 'ox1')
  // What was known last is compared with what the history brought before it.
  expect(changes.map(({ changeCount }) => changeCount)).toEqual([1, 1])
  const { row } = await getVersion(records, versions[0]?.id ?? '')
  expect(row.config).toContain('hostname ox1')
  expect(row.config).not.toContain('Pl4nted')
  const [state] = await listRepositories(records)
  expect(state).toMatchObject({
    place: folder,
    commits: 3,
    versions: 3,
    problem: null,
    rewritten: null,
  })
  await follow()
  expect((await listRepositories(records))[0]).toMatchObject({ commits: 3, versions: 3 })
  commit(folder, START + 3 * DAY, { 'sites/ox2': config('ox2', 'ntp server 10.0.0.3') })
  await follow()
  expect((await listRepositories(records))[0]).toMatchObject({ commits: 4, versions: 4 })
})

test('a history that was rewritten is said once, and what was taken in stays', async () => {
  const folder = join(data, 'oxidized')
  const lost = git(folder, 0, 'rev-parse', 'HEAD')
  git(folder, 0, 'reset', '--quiet', '--hard', 'HEAD~1')
  commit(folder, START + 3 * DAY, { 'sites/ox2': config('ox2', 'ntp server 10.0.0.4') })
  rewritten = []
  await follow()
  await follow()
  expect(rewritten).toEqual([lost])
  expect((await listRepositories(records))[0]).toMatchObject({ lost, problem: null })
  expect((await versionsOf('ox2')).length).toBe(3)
})

test('a hostile repository does no harm: links, submodules, hooks, odd names, huge files', async () => {
  const folder = repository('hostile')
  const marker = join(data, 'harmed')
  const script = `#!/bin/sh\ntouch ${marker}\n`
  for (const hook of ['post-checkout', 'reference-transaction', 'post-merge', 'pre-auto-gc']) {
    writeFileSync(join(folder, '.git/hooks', hook), script)
    chmodSync(join(folder, '.git/hooks', hook), 0o755)
  }
  writeFileSync(join(data, 'run.sh'), script, { mode: 0o755 })
  for (const [key, value] of [
    ['core.fsmonitor', join(data, 'run.sh')],
    ['core.sshCommand', join(data, 'run.sh')],
    ['uploadpack.packObjectsHook', join(data, 'run.sh')],
    ['diff.external', join(data, 'run.sh')],
    ['gpg.program', join(data, 'run.sh')],
    ['log.showSignature', 'true'],
  ] as const)
    execFileSync('git', ['config', key, value], { cwd: folder })
  writeFileSync(join(folder, '.gitattributes'), '* filter=harm diff=harm\n')
  writeFileSync(
    join(folder, '.gitmodules'),
    '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% /tmp/harmed\n',
  )
  symlinkSync('/etc/passwd', join(folder, 'link'))
  const odd = {
    'a\nb': config('odd-1'),
    '-rf': config('odd-2'),
    'commit 0123456789012345678901234567890123456789 1': config('odd-3'),
    ':100644 x': config('odd-4'),
    'dir with blanks/é': config('odd-5'),
  }
  commit(folder, START, {
    ...odd,
    big: `hostname big\n${'! fill\n'.repeat(11_000_000)}`,
    binary: 'a\0b',
    empty: '',
  })
  rmSync(marker, { force: true })
  await add(folder)
  await follow()
  expect(existsSync(marker)).toBe(false)
  const names = (await listDevices(records)).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['odd-1', 'odd-2', 'odd-3', 'odd-4', 'odd-5']))
  expect(names.some((name) => /big|root|link/.test(name))).toBe(false)
  const state = (await listRepositories(records)).find(({ place }) => place === folder)
  expect(state?.problem).toBeNull()
  expect(state?.refused.map(({ file, problem }) => [file, problem]).toSorted()).toEqual([
    ['big', 'too_large'],
    ['binary', 'binary'],
  ])
})

test('a repository past its limits, one that is none, and places that are refused say so in a sentence', async () => {
  const large = repository('large')
  commit(large, START, { r: config('large') })
  commit(large, START + DAY, { r: config('large', 'ntp server 10.0.0.9') })
  await add(large)
  await add(join(data, 'nowhere'))
  await follow({ commits: 1 })
  const said = new Map(
    (await listRepositories(records)).map(({ place, problem }) => [place, problem]),
  )
  expect(said.get(large)?.en).toContain('more commits')
  expect(said.get(join(data, 'nowhere'))?.fr).toContain('git ne peut pas le lire')
  for (const place of [
    'ext::sh -c id',
    '-uid',
    'http://example.org/x',
    'https://ann:s3cret@example.org/x',
    'ssh://-oProxyCommand=x/y',
  ])
    await expect(add(place)).rejects.toMatchObject({ code: 'REPOSITORY_REFUSED' })
  await expect(add('https://ann:s3cret@example.org/x')).rejects.not.toThrow('s3cret')
})
