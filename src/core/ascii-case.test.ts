import { expect, test } from 'vitest'
import { asciiCase } from './ascii-case.ts'

test('letters that Unicode folds to k and s are not taken for them; all others are as before', () => {
  const pattern = new RegExp(asciiCase('SKÉ\\x20a'), 'iu')
  for (const text of ['skÉ a', 'SKé A', 'sKé a']) expect(text).toMatch(pattern)
  for (const text of ['ſké a', 's\u212aé a']) expect(text).not.toMatch(pattern)
})
