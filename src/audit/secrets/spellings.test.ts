// Secrets in hundreds of spellings of many makes leave nothing, and lines that only speak of secrets stay as they are.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import { door } from '../reference.test-helper.ts'
import { redact } from './redact.ts'

const Spellings = z.strictObject({
  secret: z.array(z.strictObject({ line: z.string(), within: z.string().optional() })),
  none: z.array(z.string()),
})
const { secret, none } = Spellings.parse(
  yamlValue(readFileSync(join(import.meta.dirname, 'spellings.golden.yml'), 'utf8')),
)

/** As people and devices make them: mixed, a word, hexadecimal, what type 7 gives. */
const SECRETS = ['Tr0ub4dor9x', 'bankruptcy', '0a1b2c3d4e5f60718293a4b5c6d7e8f9', '04571A0E22']

test.each(SECRETS)('%s is left in no spelling', (value) => {
  const left = secret.filter(({ line, within }) => {
    const text = line.replaceAll('¤', value)
    const source = within === undefined ? [text] : [`${within} {`, text]
    return redact(source, door).lines.at(-1)?.includes(value) === true
  })
  expect(left).toEqual([])
})

test('what only speaks of secrets stays as it is', () => {
  const changed = none.filter((line) => {
    const source = /^ {4}\s*set /.test(line) ? ['config system x', line] : [line]
    return redact(source, door).lines.at(-1) !== line
  })
  expect(changed).toEqual([])
})
