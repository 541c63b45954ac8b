// `vigie share` as people meet it: a file that is checked, a pattern that is asked or refused.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { run } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-share-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const INDICATOR = {
  type: 'indicator',
  spec_version: '2.1',
  id: 'indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',
  created: '2026-04-06T20:03:48.000Z',
  modified: '2026-04-06T20:03:48.000Z',
  name: 'Proxy',
  description: 'Of last week',
  pattern: "[ipv4-addr:value = '198.51.100.3']",
  pattern_type: 'stix',
  valid_from: '2026-04-06T20:03:48Z',
}

function bundle(...objects: readonly unknown[]): string {
  const file = join(folder, `${objects.length}.json`)
  const id = 'bundle--44af6c39-c09b-49c5-9de2-394224b04982'
  writeFileSync(file, JSON.stringify({ type: 'bundle', id, objects }))
  return file
}

test('a sound bundle ends with 0, one that breaks a rule with 3 and the place', async () => {
  const sound = await run(['share', 'check', bundle(INDICATOR)])
  expect([sound.code, sound.stdout.trim()]).toEqual([0, '1 object can be used.'])
  const broken = await run([
    'share',
    'check',
    bundle(INDICATOR, { ...INDICATOR, valid_from: 'soon' }),
  ])
  expect(broken.code).toBe(3)
  expect(broken.stdout).toContain('objects[1].valid_from')
  expect((await run(['share', 'check', join(folder, 'nowhere')])).code).toBe(2)
})

test('a pattern is shown as a statement without its values, or refused by name', async () => {
  const asked = await run(['share', 'pattern', "[url:value = 'secret']"])
  expect(asked.stdout).toContain('FROM events')
  expect(asked.stdout).not.toContain('secret')
  const refused = await run(['share', 'pattern', "[mutex:name = 'x']"])
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('mutex: events hold no such observable')
})
