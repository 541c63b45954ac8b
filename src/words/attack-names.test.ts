import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { techniqueName, techniqueText } from './attack-names.ts'

const SHARED = join(import.meta.dirname, '../../../shared/data/sharing/attack-techniques.json')

test.each([
  ['T1078', 'T1078 Valid Accounts'],
  ['T1003.003', 'T1003.003 OS Credential Dumping: NTDS'],
  ['t1003.003', 't1003.003 OS Credential Dumping: NTDS'],
  // A number that was given up, and one that never was.
  ['T1574.002', 'T1574.002'],
  ['T9999', 'T9999'],
  ['', ''],
])('%s is %s', (id, text) => {
  expect(techniqueText(id)).toBe(text)
})

// Techniques that ATT&CK has withdrawn stand in its list with their old names; here they have none.
test.skipIf(!existsSync(SHARED))('each name is the one that ATT&CK publishes', () => {
  const { techniques } = z
    .object({ techniques: z.array(z.object({ id: z.string(), name: z.string() })) })
    .parse(JSON.parse(readFileSync(SHARED, 'utf8')))
  const byId = new Map(techniques.map(({ id, name }) => [id, name]))
  const named = techniques.filter(({ id }) => techniqueName(id) !== undefined)
  expect(named.length).toBeGreaterThan(680)
  const full = (id: string) =>
    id.includes('.') ? `${byId.get(id.split('.')[0] ?? '')}: ${byId.get(id)}` : byId.get(id)
  expect(named.filter(({ id }) => techniqueName(id) !== full(id))).toEqual([])
})
