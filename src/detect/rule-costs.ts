// What each rule costs. Rules share one scan of a row, so a scan's time is divided among the rules it was made for by the
// number of patterns each asks; fetching what was hit is divided by hits. What serves no rule in particular (sorting rows
// by kind) is nobody's, so shares add up to less than one.

import type { JudgeMeter, Unit } from './sigma/index.ts'
import { atomsOf } from './sigma/index.ts'

export type RuleCost = {
  /** Milliseconds of judging for a million judged events, of whatever kind; null while too few were judged to say. */
  readonly msPerMillion: number | null
  /** Part of all judging time. */
  readonly share: number
}

/** Fewer events than this say more about starting a statement than about a rule. */
const LEAST_ROWS = 10_000

export class RuleCosts implements JudgeMeter {
  readonly #units = new Map<Unit, number>()
  readonly #findings = new Map<string, number>()
  #rows = 0
  #ms = 0

  readonly unit: JudgeMeter['unit'] = (unit, ms) => {
    this.#units.set(unit, (this.#units.get(unit) ?? 0) + ms)
  }

  readonly findings: JudgeMeter['findings'] = (hits, ms) => {
    const all = [...hits.values()].reduce((sum, count) => sum + count, 0)
    for (const [rule, count] of hits)
      this.#findings.set(rule, (this.#findings.get(rule) ?? 0) + (ms * count) / all)
  }

  readonly judged: JudgeMeter['judged'] = (rows, ms) => {
    this.#rows += rows
    this.#ms += ms
  }

  /** By rule id; rules that no event was for are not in it. Empty before the first event. */
  costs(): ReadonlyMap<string, RuleCost> {
    if (this.#rows === 0 || this.#ms === 0) return new Map()
    const byRule = new Map(this.#findings)
    for (const [unit, ms] of this.#units) {
      for (const [rule, part] of partsOf(unit))
        byRule.set(rule, (byRule.get(rule) ?? 0) + ms * part)
    }
    return new Map(
      [...byRule].map(([rule, ms]) => [
        rule,
        {
          msPerMillion: this.#rows < LEAST_ROWS ? null : (ms / this.#rows) * 1_000_000,
          share: ms / this.#ms,
        },
      ]),
    )
  }
}

/** Each rule's part of a unit's time. A rule without patterns of its own still has its condition decided. */
function partsOf({ rules }: Unit): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  let all = 0
  for (const { rule, expression } of rules) {
    const weight = Math.max(1, new Set(atomsOf(expression)).size)
    weights.set(rule.id, (weights.get(rule.id) ?? 0) + weight)
    all += weight
  }
  return new Map([...weights].map(([rule, weight]) => [rule, weight / all]))
}
