// Every sign of the catalogue is carried by a check, answered elsewhere in this project, or refused with a reason. The
// catalogue lies beside the project; where it is not, what it says is not compared.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import { readChecks } from './read-checks.ts'

const ROOT = join(import.meta.dirname, '../../..')
const CATALOGUE = join(ROOT, '../shared/facts/edge-checks.json')
const REASONS = ['fleet', 'other-system'] as const

const { elsewhere, refused } = z
  .strictObject({
    elsewhere: z.array(z.strictObject({ id: z.string(), by: z.string(), note: z.string() })),
    refused: z.array(z.strictObject({ id: z.string(), reason: z.enum(REASONS), note: z.string() })),
  })
  .parse(yamlValue(readFileSync(join(ROOT, 'content/checks-elsewhere.yml'), 'utf8')))
const covered = readChecks(join(ROOT, 'content/checks')).flatMap(({ covers }) => covers)
const others = [...elsewhere, ...refused].map(({ id }) => id)

test('what answers elsewhere is there', () => {
  expect(elsewhere.filter(({ by }) => !existsSync(join(ROOT, by)))).toEqual([])
})

test('no sign is both carried by a check and said to be elsewhere or refused', () => {
  expect(others.filter((id) => covered.includes(id))).toEqual([])
  expect(new Set(others).size).toBe(others.length)
})

test.skipIf(!existsSync(CATALOGUE))('every sign of ../shared/facts is answered or refused', () => {
  const { checks } = z
    .object({ checks: z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse(readFileSync(CATALOGUE, 'utf8')))
  const known = checks.map(({ id }) => id)
  const answered = new Set([...covered, ...others])
  expect(known.filter((id) => !answered.has(id))).toEqual([])
  expect([...answered].filter((id) => !known.includes(id))).toEqual([])
})
