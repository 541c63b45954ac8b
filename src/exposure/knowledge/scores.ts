// EPSS (first.org): how likely a vulnerability is exploited in the next thirty days, as CSV with its date on the first line.

import { instantOf } from './kev.ts'
import type { Loaded, Told } from './knowledge.ts'

const MOST_PROBLEMS = 20

export function isEpss(text: string): boolean {
  return /^#?model_version:|^cve,epss,percentile/m.test(text.slice(0, 400))
}

export function readEpss(text: string): Loaded {
  const told: Told[] = []
  const problems: Loaded['problems'][number][] = []
  let refused = 0
  const date = /score_date:([^\s,]+)/.exec(text.slice(0, 400))?.[1]
  for (const line of text.split('\n')) {
    const [id = '', epss = '', percentile = ''] = line.trim().split(',')
    if (id === '' || id.startsWith('#') || /^cve\b(?!-)/.test(id)) continue
    const [score, rank] = [Number(epss), Number(percentile)]
    if (/^CVE-\d{4}-\d{4,19}$/.test(id) && score >= 0 && score <= 1 && rank >= 0 && rank <= 1)
      told.push({ id, epss: score, percentile: rank })
    else {
      refused += 1
      if (problems.length < MOST_PROBLEMS)
        problems.push({ kind: 'entry', detail: line.slice(0, 80) })
    }
  }
  return {
    name: 'EPSS',
    kind: 'epss',
    dated: instantOf(date) ?? new Date(0).toISOString(),
    isWhole: false,
    told,
    support: [],
    refused,
    problems,
  }
}
