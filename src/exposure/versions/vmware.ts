// VMware's two ways to name one release: 8.0 Update 2 is 8.0.2, and 8.0 U2d is a patch of it that the three numbers do not tell.

import { compareGeneric } from './generic.ts'
import { compareNumbers, compareText } from './order.ts'
import type { Comparator } from './order.ts'

const UPDATED = /^v?(\d+\.\d+)(?:[ .-]*(?:ep\d*)?)(?: ?(?:update|u) ?(\d+)([a-z]?))$/i
const NUMBERED = /^v?(\d+\.\d+)(?:\.(\d+))?(?:\.(\d+))?$/

type Read = { readonly numbers: readonly string[]; readonly letter?: string }

/** What is written in one way is compared as everything else is; the two ways by their numbers, and beyond these not at all. */
export const compareVmware: Comparator = (left, right) => {
  const [a, b] = [updated(left), updated(right)]
  const [c, d] = [numbered(left), numbered(right)]
  if (a !== undefined && b !== undefined)
    return compareNumbers(a.numbers, b.numbers) || compareText(a.letter ?? '', b.letter ?? '')
  const [one, other] = [a ?? c, b ?? d]
  if (one === undefined || other === undefined || (a === undefined && b === undefined))
    return compareGeneric(left, right)
  const order = compareNumbers(one.numbers.slice(0, 3), other.numbers.slice(0, 3))
  if (order !== 0) return order
  const isWhole = (one.letter ?? other.letter ?? '') === '' && [one, other].every(endsAtUpdate)
  return isWhole ? 0 : 'cannot-compare'
}

function updated(text: string): Read | undefined {
  const [, release, update, letter = ''] = UPDATED.exec(text) ?? []
  return release === undefined || update === undefined
    ? undefined
    : { numbers: [...release.split('.'), update], letter: letter.toLowerCase() }
}

function numbered(text: string): Read | undefined {
  const [, release, update = '0', build] = NUMBERED.exec(text) ?? []
  return release === undefined
    ? undefined
    : { numbers: [...release.split('.'), update, ...(build === undefined ? [] : [build])] }
}

function endsAtUpdate({ numbers }: Read): boolean {
  return numbers.length === 3
}
