// Every check with its golden examples: what it is met by, and what it stays silent on, for each make it names.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import type { AuditFinding } from '../../model/index.ts'
import { auditDevice } from '../audit-device.ts'
import { readDialects } from '../dialect/read-dialects.ts'
import { readConfig } from '../read-config.ts'
import { fingerprintWith } from '../secrets/fingerprint.ts'
import { readSecretRules } from '../secrets/secret-rules.ts'
import { readChecks } from './read-checks.ts'

const CONTENT = join(import.meta.dirname, '../../../content')
const dialects = readDialects(join(CONTENT, 'dialects'))
const door = {
  rules: readSecretRules(join(CONTENT, 'secrets.yml')),
  fingerprint: fingerprintWith(Buffer.alloc(32, 1)),
}
const checks = readChecks(join(CONTENT, 'checks'))

const GoldenSchema = z.array(
  z.strictObject({
    dialect: z.string(),
    before: z.string().optional(),
    hit: z.string(),
    miss: z.string(),
    what: z.union([z.string(), z.number()]).optional(),
  }),
)

function read(text: string, dialect: string) {
  const only = dialects.filter(({ name }) => name === dialect)
  const found = readConfig(Buffer.from(text), { dialects: only, door, knownAs: dialect })
  if (!found.ok) throw new Error(JSON.stringify(found.problem))
  return found.config
}

/** What the examples of operators and digests say of themselves. */
const KNOWN = {
  operators: ['ann'],
  hashes: new Map([['a.bin', ['00112233445566778899aabbccddeeff']]]),
}

function run(text: string, { dialect, before }: { dialect: string; before?: string | undefined }) {
  const now = read(text, dialect)
  const was = before === undefined ? {} : { before: read(before, dialect) }
  return auditDevice({ source: 'x', now, known: KNOWN, ...was }, checks).findings
}

const golden = (id: string) =>
  GoldenSchema.parse(yamlValue(readFileSync(join(CONTENT, 'checks', `${id}.golden.yml`), 'utf8')))
const met = (findings: readonly AuditFinding[], id: string) =>
  findings.find(({ check }) => check === id)

describe.each(checks)('$id', (check) => {
  const cases = golden(check.id)

  test.each(cases)('is met in $dialect', ({ dialect, before, hit, what }) => {
    const found = met(run(hit, { dialect, before }), check.id)
    expect(found).toBeDefined()
    expect(found?.places[0]?.first).toBeGreaterThan(0)
    if (what !== undefined) expect(found?.places.map((place) => place.what)).toContain(String(what))
  })

  test.each(cases)('stays silent in $dialect', ({ dialect, before, miss }) => {
    expect(met(run(miss, { dialect, before }), check.id)?.places).toBeUndefined()
  })

  test('needs two versions where it is about a change', () => {
    expect(cases.every(({ before }) => (before !== undefined) === (check.kind === 'change'))).toBe(
      true,
    )
  })

  test('has an example of every make it names', () => {
    const named = new Set(check.when.flatMap((when) => [...when.dialects]))
    const shown = new Set(cases.map(({ dialect }) => dialect))
    expect([...named].filter((name) => name !== 'any' && !shown.has(name))).toEqual([])
  })

  test('names makes that are known', () => {
    const known = new Set(['any', ...dialects.map(({ name }) => name)])
    expect(
      check.when.flatMap((when) => [...when.dialects]).filter((name) => !known.has(name)),
    ).toEqual([])
  })
})

test('an unchanged configuration meets no change check', () => {
  for (const check of checks.filter(({ kind }) => kind === 'change')) {
    for (const { dialect, hit } of golden(check.id)) {
      const changes = run(hit, { dialect, before: hit }).filter(
        (finding) => finding.kind === 'change',
      )
      expect(changes).toEqual([])
    }
  }
})
