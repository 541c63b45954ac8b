import { EventEmitter, once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { watchRules } from './watch-rules.ts'
import type { RuleWatch } from './watch-rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-watch-rules-'))
let watching: RuleWatch

afterEach(async () => {
  await watching.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a rule that is saved is read without waiting for the next look, in folders below too', async () => {
  mkdirSync(join(folder, 'below'))
  writeFileSync(join(folder, 'below', 'first.yml'), 'title: first')
  const told = new EventEmitter()
  watching = watchRules({
    folders: [folder],
    known: () => new Map(),
    reload: async () => {
      told.emit('read')
    },
    onTrouble: (cause) => {
      throw cause
    },
    // The next look is in an hour.
    everyMs: 3_600_000,
  })
  for (const file of ['second.yml', join('below', 'first.yml'), join('below', 'third.yml')]) {
    const read = once(told, 'read')
    writeFileSync(join(folder, file), 'title: changed')
    expect(await read).toEqual([])
  }
})
