// Vigie's own rules as content: each stands complete in both languages, with golden lines beside it.
// Whether the lines fire is asked in test/own-rules.golden.test.ts, through the real parsers and engine.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { yamlValue } from '../core/index.ts'

const FOLDER = join(import.meta.dirname, '../../content/rules')

/** The evasion behaviours of the bulletin, in its order. */
const GROUPS = [
  'residential-proxies',
  'living-off-the-land',
  'staying-hidden',
  'providers',
  'new-vulnerabilities',
] as const

/** ATT&CK v18.1 tactics, as Sigma writes them. */
const TACTICS = new Set(
  `reconnaissance resource-development initial-access execution persistence privilege-escalation defense-evasion
   credential-access discovery lateral-movement collection command-and-control exfiltration impact`.split(
    /\s+/,
  ),
)

const Texts = z.array(z.string().min(1)).min(1)
/** What must be changed, as a part of a sentence with its full stop. */
const Sentence = z
  .string()
  .min(10)
  .max(140)
  .regex(/^[A-ZÀ-Ý].*\.$/)
const Steps = z.array(z.string().min(10)).min(2).max(4)

const RuleSchema = z.strictObject({
  title: z.string().min(10).max(110),
  id: z.uuidv4(),
  name: z.string().regex(/^vigie_[a-z0-9_]+$/),
  related: z.array(z.strictObject({ id: z.uuid(), type: z.literal('derived') })).optional(),
  status: z.enum(['experimental', 'test', 'stable']),
  description: z.string().min(80),
  references: z.array(z.url({ protocol: /^https$/ })).min(1),
  author: z.string().startsWith('Vigie project'),
  date: z.iso.date(),
  license: z.literal('DRL-1.1').optional(),
  tags: z.array(z.string().regex(/^attack\.(?:t\d{4}(?:\.\d{3})?|[a-z-]+)$/)).min(2),
  logsource: z.strictObject({
    category: z.string().optional(),
    product: z.string().optional(),
    service: z.string().optional(),
  }),
  detection: z.looseObject({ condition: z.string().min(1) }),
  falsepositives: Texts,
  level: z.enum(['low', 'medium', 'high', 'critical']),
  vigie: z.strictObject({
    fr: z.strictObject({ title: z.string().min(10).max(130), description: z.string().min(80) }),
    tradecraft: z.array(z.string().regex(/^[A-E]\d\d$/)).min(1),
    priority: z.enum(['P1', 'P2', 'P3']),
    attack_version: z.literal('18.1'),
    entity: z.enum(['account', 'address', 'device', 'source']),
    robustness: z.strictObject({
      level: z.int().min(1).max(5),
      evade: z.strictObject({ en: Sentence, fr: Sentence }),
    }),
    investigate: z.strictObject({ en: Steps, fr: Steps }),
  }),
})

const Lines = z
  .array(
    z.strictObject({
      what: z.string().min(1),
      raw: z
        .string()
        .min(10)
        .regex(/^[^\n]+$/),
    }),
  )
  .min(1)
const GoldenSchema = z.strictObject({ fires: Lines, silent: Lines })

const RULE_FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yml') && !file.endsWith('.golden.yml'))
  .toSorted()

const read = (file: string): unknown => yamlValue(readFileSync(join(FOLDER, file), 'utf8'))
const ruleOf = (file: string) => RuleSchema.parse(read(file))
const isTechnique = (name: string) => /^t\d{4}/.test(name)
const repeated = (texts: readonly string[]) =>
  texts.filter((text, at) => texts.indexOf(text) !== at)

describe.each(RULE_FILES)('rule %s', (file) => {
  test('says all a person needs, in both languages', () => {
    const { title, description, vigie } = ruleOf(file)
    expect(vigie.investigate.fr).toHaveLength(vigie.investigate.en.length)
    expect(vigie.fr.title).not.toBe(title)
    expect(vigie.fr.description).not.toBe(description)
    expect(vigie.robustness.evade.fr).not.toBe(vigie.robustness.evade.en)
  })

  test('names at least one tactic and one technique of ATT&CK', () => {
    const names = ruleOf(file).tags.map((tag) => tag.replace('attack.', ''))
    expect(names.filter((name) => !isTechnique(name) && !TACTICS.has(name))).toEqual([])
    expect(names.some(isTechnique)).toBe(true)
    expect(names.some((name) => TACTICS.has(name))).toBe(true)
  })

  // Detection Rule License 1.1: the authors stay named on the rule, and so on every alert.
  test('keeps the authors of the rule it is based on', () => {
    const { related = [], license, author, description, references } = ruleOf(file)
    const isBased = related.length > 0
    expect(license).toBe(isBased ? 'DRL-1.1' : undefined)
    expect(/, after .+ \(Detection Rule License 1\.1\)$/.test(author)).toBe(isBased)
    expect(related.filter(({ id }) => !description.includes(id))).toEqual([])
    expect(references.filter((url) => url.includes('github.com/SigmaHQ/sigma/')).length).toBe(
      related.length,
    )
  })

  test('has golden lines that fire and that stay silent', () => {
    const { fires, silent } = GoldenSchema.parse(read(file.replace(/\.yml$/, '.golden.yml')))
    expect(repeated([...fires, ...silent].map(({ raw }) => raw))).toEqual([])
  })
})

describe('the rules together', () => {
  const rules = RULE_FILES.map(ruleOf)

  test('cover at least 60 rows of the tradecraft table', () => {
    expect(new Set(rules.flatMap(({ vigie }) => vigie.tradecraft)).size).toBeGreaterThanOrEqual(60)
  })

  test.each(GROUPS)('cover the behaviour %s', (group) => {
    expect(RULE_FILES.some((file) => file.startsWith(`${group}/`))).toBe(true)
  })

  test('lie in the folders of the five behaviours only', () => {
    const known = new Set<string>(GROUPS)
    expect(RULE_FILES.filter((file) => !known.has(file.split('/')[0] ?? ''))).toEqual([])
  })

  test('are told apart by id, name and title in each language', () => {
    expect(repeated(rules.map(({ id }) => id))).toEqual([])
    expect(repeated(rules.map(({ name }) => name))).toEqual([])
    expect(repeated(rules.map(({ title }) => title))).toEqual([])
    expect(repeated(rules.map(({ vigie }) => vigie.fr.title))).toEqual([])
  })

  test('leave no golden file without its rule', () => {
    const goldens = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.golden.yml'),
    )
    const withRule = new Set(RULE_FILES.map((file) => file.replace(/\.yml$/, '.golden.yml')))
    expect(goldens.filter((file) => !withRule.has(file))).toEqual([])
  })
})
