import { expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'

const LONG = `<189>Mar 14 09:26:53 rtr1 ${'x'.repeat(200)} Configured from console by webui as user${'y'.repeat(200)}`

test.each([
  ['a short value stands whole', 'cmd /c whoami', '*whoami*', 'cmd /c whoami'],
  ['lines become one', 'a\r\n\tb', 'a', 'a b'],
  ['nothing found: the beginning', LONG, '/re+/', `${LONG.slice(0, 100)}…`],
])('%s', (_name, value, pattern, shown) => {
  expect(excerpt(value, pattern)).toBe(shown)
})

test('the longest piece of the pattern stands in it, with something before and behind', () => {
  const shown = excerpt(LONG, String.raw`*from\*?*by WEBUI as*`)
  expect(shown).toMatch(/^….{20,}by webui as user.*…$/)
  expect(shown.length).toBeLessThanOrEqual(102)
})

test('characters of two halves are never cut in two', () => {
  const shown = excerpt(`${'🛰'.repeat(150)} end`, '*end*')
  expect(shown).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/)
})
