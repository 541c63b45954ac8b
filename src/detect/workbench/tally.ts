// What a test found, counted: by rule, by time, by entity, with a few hits to read.

import { DAY_MS, HOUR_MS } from '../../core/index.ts'
import type { Finding, RuleTrial } from '../../model/index.ts'
import { FLOOD_FINDINGS } from '../breaker.ts'
import type { TrialRules } from './trial-rules.ts'

type Counted = Pick<
  RuleTrial,
  | 'rules'
  | 'hits'
  | 'accepted'
  | 'alerts'
  | 'mostInAnHour'
  | 'breakerLimit'
  | 'buckets'
  | 'bucketSeconds'
  | 'entities'
  | 'samples'
>
type Count = { hits: number; accepted: number }

/** Past this span hits are shown by day. */
const BY_HOUR_MS = 4 * DAY_MS
const SAMPLES = 20
const ENTITIES = 10

export class Tally {
  readonly #tried: TrialRules['tried']
  readonly #bucketMs: number
  readonly #rules = new Map<string, Count>()
  readonly #buckets = new Map<number, Count>()
  readonly #hours = new Map<string, number>()
  readonly #alerts = new Set<string>()
  readonly #entities = new Map<string, number>()
  #samples: readonly Finding[] = []

  constructor(
    tried: TrialRules['tried'],
    span: { readonly fromMs: number; readonly toMs: number },
  ) {
    this.#tried = tried
    this.#bucketMs = span.toMs - span.fromMs > BY_HOUR_MS ? DAY_MS : HOUR_MS
  }

  /** The findings of a whole slice, as the rules stand and as they would be filtered. */
  add(findings: readonly Finding[]): void {
    const filtered = new Map(
      this.#tried.flatMap(({ rule, filteredId }) =>
        filteredId === null ? [] : [[filteredId, rule.id] as const],
      ),
    )
    const remaining = new Set(
      findings
        .filter(({ rule }) => filtered.has(rule))
        .map((finding) => keyOf({ ...finding, rule: filtered.get(finding.rule) ?? '' })),
    )
    const withFilter = new Set(filtered.values())
    const met = findings.filter(({ rule }) => !filtered.has(rule))
    const accepted = (finding: Finding) =>
      withFilter.has(finding.rule) && !remaining.has(keyOf(finding))
    for (const finding of met) this.#count(finding, accepted(finding))
    const shown = withFilter.size > 0 ? met.filter(accepted) : met
    const newest = shown.toSorted((a, b) => (a.time < b.time ? 1 : -1)).slice(0, SAMPLES)
    this.#samples = [...this.#samples, ...newest].slice(0, SAMPLES)
  }

  #count({ rule, time, entityKind, entity }: Finding, isAccepted: boolean): void {
    const atMs = Date.parse(time)
    const step = { hits: 1, accepted: isAccepted ? 1 : 0 }
    raise(this.#rules, rule, step)
    raise(this.#buckets, atMs - (atMs % this.#bucketMs), step)
    if (isAccepted) return
    const hour = `${rule} ${Math.floor(atMs / HOUR_MS)}`
    this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + 1)
    this.#alerts.add(JSON.stringify([rule, entityKind, entity]))
    const key = JSON.stringify([entityKind, entity])
    this.#entities.set(key, (this.#entities.get(key) ?? 0) + 1)
  }

  get counted(): Counted {
    const counts = [...this.#rules.values()]
    return {
      rules: this.#tried.map(({ rule: { id, title, level }, filteredId }) => {
        const { hits, accepted } = this.#rules.get(id) ?? { hits: 0, accepted: 0 }
        return { id, title, severity: level, hits, accepted: filteredId === null ? null : accepted }
      }),
      hits: counts.reduce((sum, { hits }) => sum + hits, 0),
      accepted: counts.reduce((sum, { accepted }) => sum + accepted, 0),
      alerts: this.#alerts.size,
      mostInAnHour: Math.max(0, ...this.#hours.values()),
      breakerLimit: FLOOD_FINDINGS,
      buckets: [...this.#buckets]
        .toSorted(([a], [b]) => a - b)
        .map(([ms, count]) => ({ from: new Date(ms).toISOString(), ...count })),
      bucketSeconds: this.#bucketMs / 1000,
      entities: [...this.#entities]
        .toSorted(([, a], [, b]) => b - a)
        .slice(0, ENTITIES)
        .map(([key, hits]) => {
          const [kind, entity] = JSON.parse(key) as [string, string]
          return { kind, entity, hits }
        }),
      samples: [...this.#samples],
    }
  }
}

function raise<K>(counts: Map<K, Count>, key: K, { hits, accepted }: Count): void {
  const known = counts.get(key) ?? { hits: 0, accepted: 0 }
  counts.set(key, { hits: known.hits + hits, accepted: known.accepted + accepted })
}

function keyOf({ rule, batch, line }: Pick<Finding, 'rule' | 'batch' | 'line'>): string {
  return JSON.stringify([rule, batch, line])
}
