import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdFolder } from './hold-folder.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigie-hold-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test.each([
  ['a short path', 'data'],
  ['a path longer than a socket may have', `${'deep/'.repeat(40)}data`],
])('a folder is held by one at a time: %s', async (_name, below) => {
  const folder = join(root, below)
  const release = await holdFolder(folder)
  await expect(holdFolder(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_BUSY' })
  await release()
  await (
    await holdFolder(folder)
  )()
})

test('what a killed station held is free again', async () => {
  const folder = join(root, 'data')
  const program = `import { holdFolder } from ${JSON.stringify(join(import.meta.dirname, 'hold-folder.ts'))}
    await holdFolder(${JSON.stringify(folder)})
    console.log('held')
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program])
  await once(child.stdout, 'data')
  await expect(holdFolder(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_BUSY' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  await (
    await holdFolder(folder)
  )()
})
