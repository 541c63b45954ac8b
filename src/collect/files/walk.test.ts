import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isVigieError } from '../../core/index.ts'
import { walkPaths } from './walk.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-walk-'))
  await mkdir(join(folder, 'deep/er'), { recursive: true })
  await mkdir(join(folder, '.git'))
  for (const name of ['a.log', 'b.txt', '.hidden', 'deep/c.log', 'deep/er/d.log', '.git/config']) {
    await writeFile(join(folder, name), name)
  }
  await symlink('/etc', join(folder, 'deep/out'))
  await symlink(join(folder, 'a.log'), join(folder, 'named-link'))
  execFileSync('mkfifo', [join(folder, 'deep/pipe')])
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function walk(...paths: string[]) {
  const [files, skipped]: [string[], [string, string][]] = [[], []]
  for await (const file of walkPaths(paths.map((path) => join(folder, path)))) {
    if (file.kind === 'file') files.push(relative(folder, file.path))
    else skipped.push([relative(folder, file.problem.file), file.problem.code])
  }
  return { files, skipped }
}

test('a folder gives all below it, hidden files too, but not .git, links or pipes', async () => {
  expect(await walk('')).toEqual({
    files: ['.hidden', 'a.log', 'b.txt', 'deep/c.log', 'deep/er/d.log'],
    skipped: [
      ['deep/out', 'symbolic_link'],
      ['deep/pipe', 'not_a_file'],
      ['named-link', 'symbolic_link'],
    ],
  })
})

test('a named link is followed, and each file comes once', async () => {
  expect((await walk('named-link')).files).toEqual(['named-link'])
  expect((await walk('a.log', '*.log', '')).files.filter((name) => name === 'a.log')).toHaveLength(
    1,
  )
})

test('a glob gives what it matches', async () => {
  expect((await walk('**/*.log')).files).toEqual(['a.log', 'deep/c.log', 'deep/er/d.log'])
})

test.each(['nothing-here', '*.nothing'])('%s leads to nothing, and that is said', async (path) => {
  const thrown = await walk(path).catch((cause: unknown) => cause)
  expect(isVigieError(thrown) && thrown.code).toBe('NOTHING_TO_READ')
})
