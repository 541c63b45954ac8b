import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test.each([
  [{ b: 1, a: [true, null, 'é'] }, '{"a":[true,null,"é"],"b":1}'],
  [
    { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, ö: 7 },
    '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\u{1f600}":5,"\ufb33":3}',
  ],
  [
    [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0],
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
  ],
  ['\u000f\n"\\/', '"\\u000f\\n\\"\\\\/"'],
])('spells %j in one way', (value, spelled) => {
  expect(canonicalJson(value)).toBe(spelled)
})

const cycle: unknown[] = []
cycle.push(cycle)
test.each([[Number.NaN], [undefined], ['\ud800'], [cycle], [{ a: 1n }]])(
  'refuses what has no spelling',
  (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  },
)
