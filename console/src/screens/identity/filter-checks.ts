// Which checks fit the filter: all are here already. What found something first, the worst on top.

import type { IdentityCheck } from '../../api-types.ts'
import { plainText } from '../../parts/plain-text.ts'
import type { IdentitySearch } from '../../search-params.ts'

export const VERDICTS = [
  'fail',
  'not_assessable',
  'pass',
] as const satisfies readonly IdentityCheck['verdict'][]

const SEVERITIES: readonly IdentityCheck['severity'][] = ['critical', 'high', 'medium', 'low']

export function filterChecks(
  checks: readonly IdentityCheck[],
  { text = '', verdict, group }: IdentitySearch,
): readonly IdentityCheck[] {
  const words = plainText(text).split(/\s+/u).filter(Boolean)
  const rank = (one: IdentityCheck): number =>
    VERDICTS.indexOf(one.verdict) * SEVERITIES.length + SEVERITIES.indexOf(one.severity)
  return checks
    .filter((one) => verdict === undefined || verdict.split(',').includes(one.verdict))
    .filter((one) => group === undefined || one.group === group)
    .filter(({ id, title, policies }) => {
      const said = plainText([id, title.en, title.fr, ...policies].join(' '))
      return words.every((word) => said.includes(word))
    })
    .toSorted((a, b) => rank(a) - rank(b))
}
